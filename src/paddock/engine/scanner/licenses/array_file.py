# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Named arrays and a header in one file that is mapped into memory, so that processes share its pages.

Layout: 8 bytes of magic, a little-endian 64-bit length, that many bytes of JSON (header, and of each array its type,
shape and offset), then the arrays, each aligned to 64 bytes. All numbers are little-endian.
"""

import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from paddock.engine.model.errors import Unreadable

MAGIC = b"PADDOCK\x01"
_ALIGNMENT = 64
_MAX_HEADER = 64 * 1024 * 1024

Array = npt.NDArray[Any]
_Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 48)]


class _Place(msgspec.Struct):
    type: str
    shape: Annotated[list[_Count], msgspec.Meta(min_length=1, max_length=2)]
    offset: _Count


class _Contents(msgspec.Struct):
    header: msgspec.Raw
    arrays: dict[str, _Place]
    size: _Count


def write_arrays(stream: BinaryIO, header: bytes, arrays: Mapping[str, Array]) -> None:
    """Write the arrays behind a header of JSON."""
    places: dict[str, _Place] = {}
    offset = 0
    for name, array in arrays.items():
        offset = _aligned(offset)
        places[name] = _Place(array.dtype.str, list(array.shape), offset)
        offset += array.nbytes
    contents = msgspec.json.encode(_Contents(msgspec.Raw(header), places, offset))
    stream.write(MAGIC + struct.pack("<Q", len(contents)) + contents)
    start = _aligned(len(MAGIC) + 8 + len(contents))
    for name, array in arrays.items():
        stream.write(b"\0" * (start + places[name].offset - stream.tell()))
        stream.write(np.ascontiguousarray(array).tobytes())
    stream.write(b"\0" * (start + offset - stream.tell()))


def open_arrays(path: Path) -> tuple[bytes, dict[str, Array]]:
    """The header's JSON and the arrays, read-only and loaded page by page as they are used.

    Raises Unreadable when the file is none of this kind, is damaged or was cut off.
    """
    try:
        with path.open("rb") as stream:
            view = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be opened: {error}") from error
    if view[: len(MAGIC)] != MAGIC or len(view) < len(MAGIC) + 8:
        raise Unreadable("is no index of this version of Paddock")
    (length,) = struct.unpack_from("<Q", view, len(MAGIC))
    begin = len(MAGIC) + 8
    if length > min(_MAX_HEADER, len(view) - begin):
        raise Unreadable("is damaged: its header does not fit")
    try:
        contents = msgspec.json.decode(view[begin : begin + length], type=_Contents)
        start = _aligned(begin + length)
        if start + contents.size > len(view):
            raise Unreadable("was cut off")
        arrays = {name: _mapped(view, place, start) for name, place in contents.arrays.items()}
    except (msgspec.DecodeError, TypeError, ValueError) as error:
        raise Unreadable(f"is damaged: {error}") from error
    return bytes(contents.header), arrays


def _mapped(view: mmap.mmap, place: _Place, start: int) -> Array:
    count = int(np.prod(place.shape, dtype=np.int64))
    kind = np.dtype(place.type)
    if kind.hasobject:
        raise Unreadable("is damaged: an array of objects")
    return np.frombuffer(view, dtype=kind, count=count, offset=start + place.offset).reshape(place.shape)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT
