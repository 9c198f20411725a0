# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What comes over the wire as plain bytes: gzip taken off within bounds, byte order marks gone, JSON and text in UTF-8.

gzip: https://www.rfc-editor.org/rfc/rfc1952 (one layer; several members are one stream).
"""

import codecs
import zlib

from paddock.engine.formats.document import Fault, InvalidDocument

MAX_SIZE = 512 * 1024 * 1024
"""No document larger than this (bytes, unpacked) is read."""
MAX_RATIO = 250
"""Unpacked bytes per packed byte beyond which a stream counts as a bomb; bills of materials pack 10 to 60 times."""
_FREE = 8 * 1024 * 1024
_CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def unpack(data: bytes) -> bytes:
    """The document itself: without gzip, without byte order mark, in UTF-8 where a mark names another encoding.

    Raises InvalidDocument for a broken or exploding archive, and for text that is not in the encoding of its mark.
    """
    plain = _gunzip(data) if data.startswith(_GZIP) else data
    if len(plain) > MAX_SIZE:
        raise _refused("size", f"the document is larger than {MAX_SIZE // 2**20} MiB")
    for mark, encoding in _MARKS:
        if plain.startswith(mark):
            return _to_utf8(plain[len(mark) :], encoding)
    return plain


def _to_utf8(data: bytes, encoding: str) -> bytes:
    if encoding == "utf-8":
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refused(
            "encoding", f"the byte order mark says {encoding}, but the text is not: {error.reason}"
        ) from error
    if text.startswith("<?xml"):  # the declaration would name the encoding that the text no longer has
        text = text[text.find("?>") + 2 :] if "?>" in text else text
    return text.encode()


def _gunzip(data: bytes) -> bytes:
    parts: list[bytes] = []
    size = 0
    rest = data
    while rest.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        while not stream.eof:
            try:
                part = stream.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise _refused("gzip", f"the gzip stream is broken: {error}") from error
            rest = stream.unconsumed_tail
            size += len(part)
            parts.append(part)
            if size > MAX_SIZE or size > max(_FREE, len(data) * MAX_RATIO):
                raise _refused("gzip", f"the gzip stream unpacks to more than {size // 2**20} MiB")
            if not part and not rest and not stream.eof:
                raise _refused("gzip", "the gzip stream ends too early")
        rest = stream.unused_data
    if rest.strip(b"\0"):
        raise _refused("gzip", "there is something else behind the gzip stream")
    return b"".join(parts)


def _refused(rule: str, message: str) -> InvalidDocument:
    return InvalidDocument(None, (Fault("document", rule, message),))
