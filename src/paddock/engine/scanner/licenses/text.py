# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A file's content as the text in which licences are looked for, or the reason why it is not looked into."""

import codecs

import msgspec

MAX_TEXT_BYTES = 32 * 1024 * 1024
"""What lies behind is not looked at; of a larger file only that is said."""
_BINARY_HEAD = 8 * 1024
_SOURCE_MAP_KEY = b'"sourcesContent"'
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"%PDF-", "PDF documents"),
    (b"PK\x03\x04", "archives"),
    (b"\x1f\x8b", "archives"),
    (b"BZh", "archives"),
    (b"\xfd7zXZ\x00", "archives"),
    (b"7z\xbc\xaf\x27\x1c", "archives"),
    (b"\x28\xb5\x2f\xfd", "archives"),
    (b"\x7fELF", "compiled programs"),
    (b"\xcf\xfa\xed\xfe", "compiled programs"),
    (b"\xca\xfe\xba\xbe", "compiled programs"),
    (b"\x00asm", "compiled programs"),
    (b"\x89PNG", "pictures"),
    (b"\xff\xd8\xff", "pictures"),
    (b"GIF8", "pictures"),
    (b"OTTO", "fonts"),
    (b"wOFF", "fonts"),
    (b"wOF2", "fonts"),
    (b"\x00\x01\x00\x00\x00", "fonts"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office documents"),
)
_MARKS_OF_BINARY = tuple(mark for mark, _ in _NOT_TEXT)
_MARKS_OF_TEXT = tuple(bom for bom, _ in _BOMS)
OTHER_BINARY = "other binary files"


class FileText(msgspec.Struct, frozen=True):
    """text: in UTF-8, or in an unknown encoding of which ASCII is part. not_looked_at: what kind of file this is, ""
    for texts. is_cut: whether there is more than MAX_TEXT_BYTES.
    """

    text: bytes
    not_looked_at: str = ""
    is_cut: bool = False


def read_text(data: bytes, path: str) -> FileText:
    """The text of a file. Source maps are read as the sources that they carry. Never raises."""
    kind = binary_kind(data)
    if kind:
        return FileText(b"", kind)
    is_cut = len(data) > MAX_TEXT_BYTES
    data = data[:MAX_TEXT_BYTES]
    if data.startswith(_MARKS_OF_TEXT):
        encoding = next(encoding for bom, encoding in _BOMS if data.startswith(bom))
        data = data.decode(encoding, "replace").encode()
    if path.endswith(".map") and _SOURCE_MAP_KEY in data:
        data = _sources(data)
    return FileText(data, "", is_cut)


def binary_kind(data: bytes) -> str:
    """What kind of file that holds no plain text this is, in the plural; "" for a text."""
    if data.startswith(_MARKS_OF_BINARY):
        return next(kind for mark, kind in _NOT_TEXT if data.startswith(mark))
    if data.startswith(_MARKS_OF_TEXT):
        return ""
    return OTHER_BINARY if data.find(b"\0", 0, _BINARY_HEAD) >= 0 else ""


class _SourceMap(msgspec.Struct):
    sources_content: list[str | None] = msgspec.field(name="sourcesContent", default_factory=list)


def _sources(data: bytes) -> bytes:
    try:
        found = msgspec.json.decode(data, type=_SourceMap)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return data
    return "\n".join(source or "" for source in found.sources_content).encode("utf-8", "replace")
