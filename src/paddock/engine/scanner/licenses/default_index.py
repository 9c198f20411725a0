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


class MissingIndex(EngineError):
    """There is no licence index on this machine yet."""


def index_path() -> Path:
    """The file that holds the index, whether it exists or not."""
    stated = os.environ.get(PLACE)
    if stated:
        return Path(stated)
    return platformdirs.user_data_path("paddock") / f"licenses-{FORMAT}.index"


def default_index() -> Index:
    """The index of this machine. Raises MissingIndex when there is none, Unreadable when it is damaged."""
    path = index_path()
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
