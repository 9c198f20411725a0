# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The section tables of executables (ELF, Mach-O, PE), read within bounds: where named pieces of data lie in the file.

Formats: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html (ELF), Apple's <mach-o/loader.h> and
<mach-o/fat.h>, https://learn.microsoft.com/windows/win32/debug/pe-format (PE). Nothing is loaded or run.
"""

import struct
from typing import BinaryIO

import msgspec

from paddock.engine.model.errors import Unreadable

MAX_SECTIONS = 4_096
MAX_TABLE_BYTES = 4 * 1024 * 1024

_MACHO = {
    b"\xfe\xed\xfa\xce": (">", 32),
    b"\xfe\xed\xfa\xcf": (">", 64),
    b"\xce\xfa\xed\xfe": ("<", 32),
    b"\xcf\xfa\xed\xfe": ("<", 64),
}
_FAT = b"\xca\xfe\xba\xbe"


class Section(msgspec.Struct, frozen=True):
    """A piece of the file: offset and size in bytes, the address it is loaded at, whether it is writable data."""

    name: str
    address: int
    offset: int
    size: int
    writable: bool


def is_executable(head: bytes) -> bool:
    """Whether the first bytes (8 or more) are those of an ELF, Mach-O or PE file. Java classes look like fat Mach-O."""
    if head.startswith(_FAT):
        return len(head) >= 8 and 0 < int.from_bytes(head[4:8], "big") < 20
    return head.startswith((b"\x7fELF", b"MZ", *_MACHO))


def read_sections(stream: BinaryIO) -> tuple[Section, ...]:
    """The sections of an executable, in file order of the table; of a fat Mach-O those of its first architecture.

    Empty for an MZ file that is no PE. Raises Unreadable when the tables are cut off or contradict themselves.
    """
    head = _at(stream, 0, 8)
    try:
        if head.startswith(b"\x7fELF"):
            return _elf(stream)
        if head.startswith(b"MZ"):
            return _pe(stream)
        if head.startswith(_FAT):
            (offset,) = struct.unpack(">I", _at(stream, 16, 4))
            return _macho(stream, offset)
        return _macho(stream, 0)
    except (struct.error, KeyError, OverflowError, ValueError) as error:
        raise Unreadable("the executable's section table is cut off or damaged") from error


def read_at(stream: BinaryIO, offset: int, size: int) -> bytes:
    """At most `size` bytes at an offset; fewer at the end of the file, none outside it."""
    if offset < 0 or size <= 0 or offset >= 1 << 62:
        return b""
    stream.seek(offset)
    return stream.read(size)


def _at(stream: BinaryIO, offset: int, size: int) -> bytes:
    data = read_at(stream, offset, min(size, MAX_TABLE_BYTES))
    if len(data) < size:
        raise Unreadable("the executable's section table is cut off or damaged")
    return data


def _text(data: bytes) -> str:
    return data.split(b"\0", 1)[0].decode("latin-1")


def _elf(stream: BinaryIO) -> tuple[Section, ...]:
    ident = _at(stream, 0, 16)
    wide = ident[4] == 2
    order = ">" if ident[5] == 2 else "<"
    layout = order + ("HHIQQQIHHHHHH" if wide else "HHIIIIIHHHHHH")
    header = struct.unpack(layout, _at(stream, 16, struct.calcsize(layout)))
    table, entry_size, count, names_index = header[5], header[10], header[11], header[12]
    entry = order + ("IIQQQQIIQQ" if wide else "IIIIIIIIII")
    if not table or not count:
        return ()
    if count > MAX_SECTIONS or entry_size < struct.calcsize(entry):
        raise Unreadable("the executable's section table is cut off or damaged")
    data = _at(stream, table, entry_size * count)
    rows = [struct.unpack_from(entry, data, number * entry_size) for number in range(count)]
    names = b""
    if names_index < count:
        names = read_at(stream, rows[names_index][4], min(rows[names_index][5], MAX_TABLE_BYTES))
    without_data = 8
    return tuple(
        Section(_text(names[row[0] : row[0] + 256]), row[3], row[4], row[5], bool(row[2] & 1))
        for row in rows
        if row[1] != without_data and row[5]
    )


def _pe(stream: BinaryIO) -> tuple[Section, ...]:
    (start,) = struct.unpack("<I", _at(stream, 0x3C, 4))
    if read_at(stream, start, 4) != b"PE\0\0":
        return ()
    _machine, count, _, _, _, optional_size, _ = struct.unpack("<HHIIIHH", _at(stream, start + 4, 20))
    optional = _at(stream, start + 24, optional_size) if optional_size else b""
    base = 0
    if optional[:2] == b"\x0b\x02":
        (base,) = struct.unpack_from("<Q", optional, 24)
    elif optional[:2] == b"\x0b\x01":
        (base,) = struct.unpack_from("<I", optional, 28)
    if count > MAX_SECTIONS:
        raise Unreadable("the executable's section table is cut off or damaged")
    data = _at(stream, start + 24 + optional_size, 40 * count) if count else b""
    found = []
    for number in range(count):
        row = struct.unpack_from("<8sIIIIIIHHI", data, number * 40)
        initialised, writable = 0x40, 0x80000000
        is_data = bool(row[9] & initialised and row[9] & writable)
        found.append(Section(_text(row[0]), base + row[2], row[4], row[3], is_data))
    return tuple(found)


def _macho(stream: BinaryIO, base: int) -> tuple[Section, ...]:
    order, bits = _MACHO[_at(stream, base, 4)]
    count, size = struct.unpack(order + "II", _at(stream, base + 16, 8))
    commands = _at(stream, base + (32 if bits == 64 else 28), size)
    segment_command = 0x19 if bits == 64 else 0x1
    segment = order + ("16sQQQQiiII" if bits == 64 else "16sIIIIiiII")
    row_layout = order + ("16s16sQQIIIIIIII" if bits == 64 else "16s16sIIIIIIIII")
    found: list[Section] = []
    position = 0
    for _ in range(min(count, MAX_SECTIONS)):
        command, length = struct.unpack_from(order + "II", commands, position)
        if length < 8:
            raise Unreadable("the executable's section table is cut off or damaged")
        if command == segment_command:
            fields = struct.unpack_from(segment, commands, position + 8)
            start = position + 8 + struct.calcsize(segment)
            for number in range(min(fields[7], MAX_SECTIONS - len(found))):
                row = struct.unpack_from(row_layout, commands, start + number * struct.calcsize(row_layout))
                found.append(Section(_text(row[0]), row[2], base + row[4], row[3], bool(fields[6] & 2)))
        position += length
    return tuple(found)
