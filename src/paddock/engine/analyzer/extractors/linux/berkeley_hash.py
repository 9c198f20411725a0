# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Berkeley DB files of the access method hash: every record, in order of pages. Versions 8 to 10 (releases 4 and 5).

Format: the page layouts of https://github.com/berkeleydb/libdb/blob/master/src/dbinc/db_page.h (structures HMETA,
PAGE, HOFFPAGE), which is the format's only description.
"""

import struct
from collections.abc import Iterator

from paddock.engine.model.errors import Unreadable

_MAGIC = 0x061561
_HASH_PAGES = (2, 13)
_OVERFLOW_PAGE = 7
_ON_PAGE, _OFF_PAGE = 1, 3
_HEADER = 26


def read_records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(key, value) of every record. Raises Unreadable where the bytes are no such file or a page leads out of it."""
    if len(data) < 512:
        raise Unreadable("too short for a Berkeley DB file")
    order = next((order for order in "<>" if struct.unpack_from(f"{order}I", data, 12)[0] == _MAGIC), "")
    if not order:
        raise Unreadable("not a Berkeley DB file of the access method hash")
    (size,) = struct.unpack_from(f"{order}I", data, 20)
    if data[24]:
        raise Unreadable("the Berkeley DB file is encrypted")
    if size < 512 or size > 65_536 or size & (size - 1):
        raise Unreadable(f"a Berkeley DB file with pages of {size} bytes")
    pages = _Pages(data, order, size)
    for start in range(size, len(data) - size + 1, size):
        if data[start + 25] in _HASH_PAGES:
            yield from pages.records(start)


class _Pages:
    """The pages of one file; `order` is the byte order as `struct` writes it."""

    def __init__(self, data: bytes, order: str, size: int) -> None:
        self._data = data
        self._order = order
        self._size = size
        # Every page may be part of one value only, so that damaged links cannot make work without end.
        self._used: set[int] = set()

    def records(self, start: int) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values alternate; their offsets stand behind the page's header and fall from the page's end."""
        (count,) = struct.unpack_from(f"{self._order}H", self._data, start + 20)
        if _HEADER + 2 * count > self._size:
            raise Unreadable("a page of the Berkeley DB file has more records than room")
        offsets = struct.unpack_from(f"{self._order}{count}H", self._data, start + _HEADER)
        if any(offset > self._size for offset in offsets):
            raise Unreadable("a record of the Berkeley DB file leads out of its page")
        ends = (self._size, *offsets)
        items = [self._item(start + offset, start + end) for offset, end in zip(offsets, ends, strict=False)]
        yield from zip(items[::2], items[1::2], strict=False)

    def _item(self, start: int, end: int) -> bytes:
        kind = self._data[start] if start < end else 0
        if kind == _ON_PAGE:
            return self._data[start + 1 : end]
        if kind == _OFF_PAGE and end - start >= 12:
            page, length = struct.unpack_from(f"{self._order}II", self._data, start + 4)
            return self._overflow(page, length)
        return b""

    def _overflow(self, page: int, length: int) -> bytes:
        parts: list[bytes] = []
        while page:
            start = page * self._size
            if start + self._size > len(self._data) or self._data[start + 25] != _OVERFLOW_PAGE or page in self._used:
                raise Unreadable("a value of the Berkeley DB file leads out of it")
            self._used.add(page)
            (page,) = struct.unpack_from(f"{self._order}I", self._data, start + 16)
            (used,) = struct.unpack_from(f"{self._order}H", self._data, start + 22)
            parts.append(self._data[start + _HEADER : start + min(_HEADER + used, self._size)])
        value = b"".join(parts)
        if len(value) < length:
            raise Unreadable("a value of the Berkeley DB file ends early")
        return value[:length]
