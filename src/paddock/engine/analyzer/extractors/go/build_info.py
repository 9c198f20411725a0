# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The build information that the Go linker leaves in programs: Go version, modules with checksums, build settings.

Format: https://pkg.go.dev/debug/buildinfo and the comments in Go's own sources: 16 bytes of magic and flags, then (Go
1.18 and later) two strings with a variable-length size before them, or (before) two pointers to strings. The module
text: https://pkg.go.dev/runtime/debug#BuildInfo.
"""

from typing import BinaryIO

import msgspec

from paddock.engine.analyzer.executables import Section, read_at, read_sections

MAGIC = b"\xff Go buildinf:"
MAX_SEARCH_BYTES = 64 * 1024 * 1024
MAX_VERSION_BYTES = 1024
MAX_MODULES_BYTES = 16 * 1024 * 1024

_ALIGNMENT = 16
_HEADER = 32
_CHUNK = 1024 * 1024
_SECTIONS = frozenset({".go.buildinfo", "__go_buildinfo"})


class Module(msgspec.Struct, frozen=True):
    """A module of the program; version "(devel)" where it was built from a folder."""

    path: str
    version: str
    checksum: str = ""


class BuildInfo(msgspec.Struct, kw_only=True):
    """What the program says about itself. modules: (required, replacement or None). settings: `-ldflags`, `vcs.*` …"""

    go_version: str
    path: str = ""
    main: Module | None = None
    modules: list[tuple[Module, Module | None]] = []
    settings: dict[str, str] = {}


def read_build_info(stream: BinaryIO) -> BuildInfo | None:
    """The build information of an executable, or None where it has none (not written in Go, packed, or Go < 1.13).

    Raises Unreadable when the executable's section table is damaged. Reads at most MAX_SEARCH_BYTES.
    """
    sections = read_sections(stream)
    offset = _find(stream, sections)
    if offset is None:
        return None
    header = read_at(stream, offset, _HEADER)
    if len(header) < _HEADER:
        return None
    inline = header[15] & 2
    version, modules = _inline(stream, offset + _HEADER) if inline else _pointed(stream, header, sections)
    if not version:
        return None
    return parse_modules(version.decode("utf-8", "replace"), _stripped(modules).decode("utf-8", "replace"))


def parse_modules(go_version: str, text: str) -> BuildInfo:
    """Read the tab-separated lines `path`, `mod`, `dep`, `=>` and `build`; others are left out."""
    found = BuildInfo(go_version=go_version)
    for line in text.split("\n"):
        key, *words = line.split("\t")
        match key:
            case "path" if words:
                found.path = words[0]
            case "mod" if len(words) >= 2:
                found.main = Module(words[0], words[1], words[2] if len(words) > 2 else "")
            case "dep" if len(words) >= 2:
                found.modules.append((Module(words[0], words[1], words[2] if len(words) > 2 else ""), None))
            case "=>" if words and found.modules:
                version = words[1] if len(words) > 1 else ""
                replacement = Module(words[0], version, words[2] if len(words) > 2 else "")
                found.modules[-1] = (found.modules[-1][0], replacement)
            case "build" if words:
                name, _, value = words[0].partition("=")
                found.settings[name.strip('"')] = value.strip('"')
    return found


def _find(stream: BinaryIO, sections: tuple[Section, ...]) -> int | None:
    named = [section for section in sections if section.name in _SECTIONS]
    budget = MAX_SEARCH_BYTES
    for section in named or [section for section in sections if section.writable]:
        size = min(section.size, budget)
        offset = _search(stream, section.offset, size)
        if offset is not None:
            return offset
        budget -= size
    return None


def _search(stream: BinaryIO, start: int, size: int) -> int | None:
    """The offset of the first magic, aligned within the piece; the chunks overlap by the magic's length."""
    position = 0
    while position < size:
        data = read_at(stream, start + position, min(_CHUNK + len(MAGIC), size - position))
        index = data.find(MAGIC)
        while index >= 0:
            if (position + index) % _ALIGNMENT == 0:
                return start + position + index
            index = data.find(MAGIC, index + 1)
        if len(data) < _CHUNK:
            return None
        position += _CHUNK
    return None


def _inline(stream: BinaryIO, offset: int) -> tuple[bytes, bytes]:
    version, offset = _counted(stream, offset, MAX_VERSION_BYTES)
    modules, _ = _counted(stream, offset, MAX_MODULES_BYTES)
    return version, modules


def _counted(stream: BinaryIO, offset: int, limit: int) -> tuple[bytes, int]:
    """The bytes after a variable-length size (7 bits a byte, lowest first), and where they end."""
    size = 0
    for number, byte in enumerate(read_at(stream, offset, 9)):
        size |= (byte & 0x7F) << (7 * number)
        if byte < 0x80:
            start = offset + number + 1
            return (read_at(stream, start, size), start + size) if size <= limit else (b"", start)
    return b"", offset


def _pointed(stream: BinaryIO, header: bytes, sections: tuple[Section, ...]) -> tuple[bytes, bytes]:
    width = header[14]
    if width not in (4, 8):
        return b"", b""
    order = "big" if header[15] & 1 else "little"
    texts = []
    for start, limit in ((16, MAX_VERSION_BYTES), (16 + width, MAX_MODULES_BYTES)):
        pointer = int.from_bytes(header[start : start + width], order)  # type: ignore[arg-type]  # one of two literals
        pair = _loaded(stream, sections, pointer, 2 * width)
        address = int.from_bytes(pair[:width], order)  # type: ignore[arg-type]  # as above
        size = int.from_bytes(pair[width:], order)  # type: ignore[arg-type]  # as above
        texts.append(_loaded(stream, sections, address, size) if size <= limit else b"")
    return texts[0], texts[1]


def _loaded(stream: BinaryIO, sections: tuple[Section, ...], address: int, size: int) -> bytes:
    """The bytes that would be at an address when the program is loaded."""
    for section in sections:
        if section.address and section.address <= address and address + size <= section.address + section.size:
            return read_at(stream, section.offset + address - section.address, size)
    return b""


def _stripped(modules: bytes) -> bytes:
    """The module text without the 16 bytes of marker that the linker puts at both ends."""
    if len(modules) >= 33 and modules[-17:-16] == b"\n":
        return modules[16:-16]
    return b""
