# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A compressed file as a stream that is only read forwards, unpacked in small steps and within bounds."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from paddock.engine.downloader.bounds import Bounds
from paddock.engine.model.errors import Unreadable

BROKEN = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError, MemoryError)
"""What the standard library raises for damaged data."""
_STEP = 64 * 1024
_LZMA_MEMORY = 256 * 1024**2
_REMEMBERED = 1_024
_LONGEST_MAGIC = 6


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gzip:
    """zlib's object with the interface of the other two: input that was not needed yet is kept inside."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)
        self._kept = b""

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        found = self._zlib.decompress(self._kept + data, max_length)
        self._kept = self._zlib.unconsumed_tail
        return found


_FORMATS: tuple[tuple[bytes, Callable[[], _Decompressor]], ...] = (
    (b"\x1f\x8b", _Gzip),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_LZMA_MEMORY)),
    (b"\x5d\0\0", lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_LZMA_MEMORY)),
)


def compression_of(head: bytes) -> Callable[[], _Decompressor] | None:
    """What unpacks a file with these first bytes; None where it is not compressed in a way that is known here."""
    return next((make for magic, make in _FORMATS if head.startswith(magic)), None)


class ForwardReader:
    """Reads an archive's unpacked bytes from front to end; can go back by a few bytes only, as tar readers do.

    Every byte is counted against the bounds, what a tar reader takes for headers also by itself (`new_member` starts
    anew). Raises Unreadable when bounds are passed or the packed data breaks off or is damaged.
    """

    def __init__(
        self, source: BinaryIO, packed: int, bounds: Bounds, *, make: Callable[[], _Decompressor] | None
    ) -> None:
        self._source = source
        self._packed = packed
        self._bounds = bounds
        self._make = make
        self._decompressor = make() if make else None
        self._ended = False
        self._pending = bytearray()
        self._position = 0
        self._header = 0
        self._last = b""

    def tell(self) -> int:
        """How many bytes lie before what is read next."""
        return self._position

    def read(self, count: int = -1) -> bytes:
        """At most `count` bytes; fewer only at the end. For headers: large requests are refused."""
        self._header += max(count, 0)
        if count < 0 or count > self._bounds.header or self._header > self._bounds.header:
            raise Unreadable("a header in it is larger than any archive needs")
        return self._take(count)

    def content(self, count: int) -> bytes:
        """The next `count` bytes of a member's content; what it costs is counted, but not as header."""
        parts = bytearray()
        while len(parts) < count and (data := self._take(min(_STEP, count - len(parts)))):
            parts += data
        return bytes(parts)

    def new_member(self) -> None:
        """A member has been understood: the next one's headers are counted from here."""
        self._header = 0

    def seek(self, target: int) -> int:
        """Go forwards to a position (less far at the end of the data), or back within the last few bytes."""
        back = self._position - target
        if 0 < back <= len(self._last):
            self._pending[:0] = self._last[-back:]
            self._last = self._last[:-back]
            self._position = target
        elif back > 0:
            raise Unreadable("its parts do not follow one another")
        while self._position < target and self._take(min(_STEP, target - self._position)):
            pass
        return self._position

    @property
    def stands_behind_zeros(self) -> bool:
        """Whether the last 512 bytes read are zeros, as at the end of a tar archive, or nothing follows at all."""
        return not any(self._last[-512:]) or not self._take(1)

    def _take(self, count: int) -> bytes:
        while len(self._pending) < count and not self._ended:
            self._fill()
        data = bytes(self._pending[:count])
        del self._pending[:count]
        self._position += len(data)
        self._last = (self._last + data)[-_REMEMBERED:]
        return data

    def _fill(self) -> None:
        try:
            data = self._step()
        except BROKEN as error:
            raise Unreadable("it is damaged or cut off") from error
        self._pending += data
        self._bounds.check_unpacked(self._position + len(self._pending), self._packed)

    def _step(self) -> bytes:
        decompressor = self._decompressor
        if decompressor is None or self._make is None:
            data = self._source.read(_STEP)
            self._ended = not data
            return data
        if decompressor.eof:
            rest = decompressor.unused_data
            if len(rest) < _LONGEST_MAGIC:
                rest += self._source.read(_STEP)
            if compression_of(rest) is None:
                self._ended = True  # padding, or rubbish behind the last stream, which gzip ignores too
                return b""
            self._decompressor = decompressor = self._make()
            return decompressor.decompress(rest, _STEP)
        data = decompressor.decompress(b"", _STEP)
        if data or decompressor.eof:
            return data
        packed = self._source.read(_STEP)
        if not packed:
            raise EOFError("the compressed data ends too early")
        return decompressor.decompress(packed, _STEP)
