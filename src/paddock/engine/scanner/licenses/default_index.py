# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the licence index of this machine lies, and the index opened once a process."""

import os
from functools import lru_cache
from pathlib import Path

import platformdirs

from paddock.engine.model.errors import EngineError
from paddock.engine.scanner.licenses.index import FORMAT, Index, open_index

PLACE = "PADDOCK_LICENSE_DB"
"""Environment variable with the index file to use instead of the one in the user's data folder."""


NOWHERE = "none"
"""The value of that variable that switches the recognition of licence texts off."""


class MissingIndex(EngineError):
    """There is no licence index on this machine, or it is told to do without."""


def is_switched_off() -> bool:
    """Whether this machine is told to do without an index."""
    return os.environ.get(PLACE) == NOWHERE


def index_path() -> Path:
    """The file that holds the index, whether it exists or not. Raises MissingIndex when there is to be none."""
    if is_switched_off():
        raise MissingIndex(
            f"{PLACE} is {NOWHERE}, which switches the recognition of licence texts off. "
            "Unset it, or set it to the file that holds the licence index."
        )
    stated = os.environ.get(PLACE)
    if stated:
        return Path(stated)
    return platformdirs.user_data_path("paddock") / f"licenses-{FORMAT}.index"


def default_index() -> Index:
    """The index of this machine. Raises MissingIndex when there is none, Unreadable when it is damaged."""
    return open_once(index_path())


def open_once(path: Path) -> Index:
    """An index, opened once a process and anew when the file was changed. Raises MissingIndex, Unreadable."""
    try:
        status = path.stat()
    except OSError:
        raise MissingIndex(
            f"There is no licence index at {path}. Make it with: paddock license-db build "
            "(without network: paddock license-db import FILE)"
        ) from None
    return _opened(path, status.st_mtime_ns, status.st_ino)


@lru_cache(maxsize=2)
def _opened(path: Path, _changed: int, _number: int) -> Index:
    return open_index(path)
