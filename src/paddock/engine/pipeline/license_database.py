# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Makes, takes over and hands on the licence index of this machine; every change is whole or does not happen."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.pipeline.obtain import Sources
from paddock.engine.pipeline.rule_archive import DATA_VERSION, check_archive, obtain_archive
from paddock.engine.scanner.licenses.array_file import write_arrays
from paddock.engine.scanner.licenses.build import build_index
from paddock.engine.scanner.licenses.index import open_index
from paddock.engine.scanner.licenses.rule_data import read_rule_data

FETCHING, READING, INDEXING = "Fetching licence rules", "Reading licence rules", "Indexing licence rules"

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); total 0 means that it is not known."""


class NotImported(EngineError):
    """A file is neither an index nor the archive of the rules."""


class IndexFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What an index is: its file, size in bytes, versions, and how many rules and licences it knows."""

    path: str
    size: int
    version: str
    data_version: str
    rules: int
    licenses: int


def build(target: Path, sources: Sources, progress: Progress = lambda *_: None) -> IndexFacts:
    """Fetch the rules, build the index, put it in place. Raises NoRules, Unreadable, OSError."""
    progress(FETCHING, 0, 0)
    return build_from(obtain_archive(sources), target, progress)


def build_from(archive: Path, target: Path, progress: Progress = lambda *_: None) -> IndexFacts:
    """Build the index from an archive of rules that lies here. Raises Unreadable, OSError."""
    data = read_rule_data(archive, lambda done, total: progress(READING, done, total))
    header, arrays = build_index(
        data.rules, data.licenses, DATA_VERSION, lambda done, total: progress(INDEXING, done, total)
    )
    with _replaced(target) as stream:
        write_arrays(stream, header, arrays)
    return describe(target)


def import_file(source: Path, target: Path, progress: Progress = lambda *_: None) -> IndexFacts:
    """Take over an exported index, or build one from the archive of the rules.

    Raises NotImported, NoRules (another archive than the one that is known), Unreadable (no index).
    """
    if zipfile.is_zipfile(source):
        check_archive(source)
        return build_from(source, target, progress)
    if not source.is_file():
        raise NotImported(f"{source} is no file")
    if not open_index(source).is_whole():
        raise NotImported(f"{source} is damaged: it is not what was exported. Copy it anew from where it was made.")
    with source.open("rb") as stream, _replaced(target) as place:
        shutil.copyfileobj(stream, place)
    return describe(target)


def export_file(source: Path, target: Path) -> IndexFacts:
    """Copy the index to a file that can be carried to another machine. Raises Unreadable, OSError."""
    open_index(source)
    with source.open("rb") as stream, _replaced(target) as place:
        shutil.copyfileobj(stream, place)
    return describe(target)


def describe(path: Path) -> IndexFacts:
    """What an index is. Raises Unreadable."""
    header = open_index(path).header
    return IndexFacts(
        path=str(path),
        size=path.stat().st_size,
        version=header.version,
        data_version=header.data_version,
        rules=header.rules,
        licenses=sum(not license.is_deprecated for license in header.licenses),
    )


@contextmanager
def _replaced(target: Path) -> Iterator[BinaryIO]:
    """A stream whose content takes the target's place when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
