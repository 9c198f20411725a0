# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads a bill of materials of any known format."""

from collections.abc import Callable

from paddock.engine.formats.cyclonedx.reader import read_document as read_cyclonedx
from paddock.engine.formats.detect import detect_plain, unknown
from paddock.engine.formats.document import Document, DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.spdx2.reader import read_document as read_spdx2
from paddock.engine.formats.spdx3.reader import read_document as read_spdx3
from paddock.engine.formats.unpack import unpack

_READERS: dict[DocumentFormat, Callable[[bytes, Kind], Document]] = {
    DocumentFormat.CYCLONEDX_JSON: read_cyclonedx,
    DocumentFormat.CYCLONEDX_XML: read_cyclonedx,
    DocumentFormat.SPDX_JSON: read_spdx2,
    DocumentFormat.SPDX_YAML: read_spdx2,
    DocumentFormat.SPDX_TAG_VALUE: read_spdx2,
    DocumentFormat.SPDX_RDF: read_spdx2,
    DocumentFormat.SPDX3_JSON: read_spdx3,
}


def read(data: bytes) -> Document:
    """The document in the bytes (packed with gzip or not, with a byte order mark or not), validated and read.

    Raises InvalidDocument, with the faults, when it breaks its published schema in a way that forbids to trust it (for
    CycloneDX: in any way), or is of no known format. Lesser faults are issues of the inventory; `validate` lists all.
    """
    plain, kind = _opened(data)
    return _READERS[kind.format](plain, kind)


def read_leniently(data: bytes) -> Document:
    """As `read`, for documents that one has to live with: what others delivered, what lies in a tree.

    A CycloneDX document that breaks its schema is read as far as it has a shape that can be read; every kind of fault
    is an issue of the inventory, an error where something may be missing. Raises InvalidDocument for the rest.
    """
    plain, kind = _opened(data)
    if kind.format in (DocumentFormat.CYCLONEDX_JSON, DocumentFormat.CYCLONEDX_XML):
        return read_cyclonedx(plain, kind, lenient=True)
    return _READERS[kind.format](plain, kind)


def _opened(data: bytes) -> tuple[bytes, Kind]:
    plain = unpack(data)
    kind = detect_plain(plain)
    if kind is None:
        raise InvalidDocument(None, (unknown(plain),))
    return plain, kind
