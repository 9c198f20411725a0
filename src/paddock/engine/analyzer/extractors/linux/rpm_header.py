# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""RPM header blobs as the installed database keeps them: an index of tags and a store of values, without magic.

Format: https://rpm-software-management.github.io/rpm/manual/format_header.html, tags:
https://rpm-software-management.github.io/rpm/manual/tags.html
"""

import struct
from typing import NamedTuple

from paddock.engine.model.errors import Unreadable

MAX_ENTRIES = 65_536
"""rpm's own limit for the index of a header."""

_ENTRY = struct.Struct(">IIiI")
_INT32, _STRING, _STRING_ARRAY, _I18N = 4, 6, 8, 9

_TEXTS = {
    1000: "name",
    1001: "version",
    1002: "release",
    1004: "summary",
    1011: "vendor",
    1014: "license",
    1020: "url",
    1022: "arch",
    1044: "source",
    5096: "modularity",
}
_EPOCH, _PROVIDES, _REQUIRES, _BASENAMES, _DIRNAMES, _DIRINDEXES = 1003, 1047, 1049, 1117, 1118, 1116


class Header(NamedTuple):
    """What an inventory needs of an RPM header. Absent texts are empty; epoch None where the package has none.

    modularity: the module a package of a modular distribution belongs to ("nodejs:18:…").
    """

    texts: dict[str, str]
    epoch: int | None
    provides: tuple[str, ...]
    requires: tuple[str, ...]


def read_header(blob: bytes) -> Header:
    """Name, version and the like from a blob. Raises Unreadable where an index or a value leads out of it."""
    texts: dict[str, str] = {}
    lists: dict[int, tuple[str, ...]] = {}
    epoch = None
    for tag, (kind, position, count) in _entries(blob).items():
        if tag in _TEXTS and kind in (_STRING, _I18N, _STRING_ARRAY):
            texts[_TEXTS[tag]] = next(iter(_strings(blob, position, 1)), "")
        elif tag in (_PROVIDES, _REQUIRES) and kind == _STRING_ARRAY:
            lists[tag] = _strings(blob, position, count)
        elif tag == _EPOCH and kind == _INT32 and count:
            epoch = _integers(blob, position, 1)[0]
    return Header(texts, epoch, lists.get(_PROVIDES, ()), lists.get(_REQUIRES, ()))


def read_files(blob: bytes) -> tuple[str, ...]:
    """The paths of the package's files. Raises Unreadable as `read_header` does."""
    entries = _entries(blob)
    names, folders = (
        _strings(blob, *entries[tag][1:]) if tag in entries and entries[tag][0] == _STRING_ARRAY else ()
        for tag in (_BASENAMES, _DIRNAMES)
    )
    indexes = _integers(blob, *entries[_DIRINDEXES][1:]) if entries.get(_DIRINDEXES, (0,))[0] == _INT32 else ()
    return tuple(folders[index] + name for name, index in zip(names, indexes, strict=False) if index < len(folders))


def _entries(blob: bytes) -> dict[int, tuple[int, int, int]]:
    """Tag -> (type, position in the blob, count), the first of each tag."""
    if len(blob) < 8:
        raise Unreadable("an RPM header of less than 8 bytes")
    count, size = struct.unpack_from(">II", blob)
    store = 8 + 16 * count
    if count > MAX_ENTRIES or store + size > len(blob):
        raise Unreadable("an RPM header that is longer than its blob")
    entries: dict[int, tuple[int, int, int]] = {}
    for number in range(count):
        tag, kind, offset, length = _ENTRY.unpack_from(blob, 8 + 16 * number)
        entries.setdefault(tag, (kind, store + offset if offset >= 0 else len(blob), length))
    return entries


def _strings(blob: bytes, position: int, count: int) -> tuple[str, ...]:
    """Texts stand one after the other, each ended by a NUL byte."""
    found = []
    for _ in range(count):
        end = blob.find(b"\0", position)
        if end < 0:
            raise Unreadable("an RPM header with a text that leads out of it")
        found.append(blob[position:end].decode("utf-8", "replace"))
        position = end + 1
    return tuple(found)


def _integers(blob: bytes, position: int, count: int) -> tuple[int, ...]:
    if position + 4 * count > len(blob):
        raise Unreadable("an RPM header with numbers that lead out of it")
    return struct.unpack_from(f">{count}I", blob, position)
