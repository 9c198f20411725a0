# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Small executables made by hand: just headers, one section and what the Go linker would put there."""

import struct

MAGIC = b"\xff Go buildinf:"
MODULES = (
    "path\texample.org/shop/cmd\n"
    "mod\texample.org/shop\tv1.4.0\th1:M=\n"
    "dep\texample.org/a\tv1.0.0\th1:A=\n"
    "dep\texample.org/b\tv1.0.0\n=>\texample.org/fork\tv1.0.1\th1:F=\n"
    "dep\texample.org/c\tv1.0.0\n=>\t../c\t(devel)\t\n"
    "build\tvcs.revision=0123abc\nbuild\tvcs.modified=true\nbuild\t-ldflags=secret\n"
)


def counted(data: bytes) -> bytes:
    """The bytes after their size, seven bits a byte."""
    size, prefix = len(data), bytearray()
    while size >= 0x80:
        prefix.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes([*prefix, size]) + data


def inline_info(version: str = "go1.22.3", modules: str = MODULES) -> bytes:
    """The build information as Go 1.18 and later write it."""
    marked = b"\x30" * 16 + modules.encode() + b"\x31" * 16 if modules else b""
    return MAGIC + bytes([8, 2]) + bytes(16) + counted(version.encode()) + counted(marked)


def pointer_info(address: int, version: str = "go1.16.2", modules: str = MODULES) -> bytes:
    """The build information of older releases, for a section that is loaded at `address` (64 bits, little endian)."""
    marked = b"\x30" * 16 + modules.encode() + b"\x31" * 16
    texts = address + 64
    header = MAGIC + bytes([8, 0]) + struct.pack("<QQ", address + 32, address + 48)
    pairs = struct.pack("<QQQQ", texts, len(version), texts + len(version), len(marked))
    return header + pairs + version.encode() + marked


def elf(content: bytes, name: str = ".go.buildinfo", *, address: int = 0x4000, wide: bool = True) -> bytes:
    """An ELF file with one named section."""
    names = b"\0" + name.encode() + b"\0.shstrtab\0"
    size, entry = (64, 64) if wide else (52, 40)
    start = size
    layout = "<IIQQQQIIQQ" if wide else "<IIIIIIIIII"
    rows = struct.pack(layout, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    rows += struct.pack(layout, 1, 1, 3, address, start, len(content), 0, 0, 16, 0)
    rows += struct.pack(layout, len(name) + 2, 3, 0, 0, start + len(content), len(names), 0, 0, 1, 0)
    table = start + len(content) + len(names)
    ident = b"\x7fELF" + bytes([2 if wide else 1, 1, 1]) + bytes(9)
    head = struct.pack(
        "<HHIQQQIHHHHHH" if wide else "<HHIIIIIHHHHHH", 2, 62, 1, 0, 0, table, 0, size, 0, 0, entry, 3, 2
    )
    return ident + head + content + names + rows


def pe(content: bytes, name: str = ".data") -> bytes:
    """A PE file with one section of writable data."""
    optional = b"\x0b\x02" + bytes(22) + struct.pack("<Q", 0x140000000) + bytes(8)
    head = b"MZ" + bytes(58) + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0)
    start = len(head) + len(coff) + len(optional) + 40
    row = struct.pack("<8sIIIIIIHHI", name.encode(), len(content), 0x1000, len(content), start, 0, 0, 0, 0, 0xC0000040)
    return head + coff + optional + row + content


def macho(content: bytes, name: str = "__go_buildinfo") -> bytes:
    """A 64-bit Mach-O file with one section."""
    start = 32 + 72 + 80
    head = b"\xcf\xfa\xed\xfe" + struct.pack("<IIIIIII", 0x0100000C, 0, 2, 1, 72 + 80, 0, 0)
    segment = struct.pack("<II16sQQQQiiII", 0x19, 72 + 80, b"__DATA", 0x1000, 0x1000, start, len(content), 3, 3, 1, 0)
    section = struct.pack(
        "<16s16sQQIIIIIIII", name.encode(), b"__DATA", 0x1000, len(content), start, 4, 0, 0, 0, 0, 0, 0
    )
    return head + segment + section + content
