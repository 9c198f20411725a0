# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads CycloneDX documents, JSON and XML, all versions."""

from datetime import UTC, datetime

import msgspec

from paddock.engine.formats.cyclonedx import bom as stated
from paddock.engine.formats.cyclonedx.components import person
from paddock.engine.formats.cyclonedx.elements import bom_value
from paddock.engine.formats.cyclonedx.restoration import inventory_of
from paddock.engine.formats.cyclonedx.validator import check_xml, json_faults
from paddock.engine.formats.document import Document, DocumentFormat, Fault, InvalidDocument, Kind

_BOM = msgspec.json.Decoder(stated.Bom)


def read_document(data: bytes, kind: Kind) -> Document:
    """The document in the bytes. Raises InvalidDocument, with every fault, when it is not valid."""
    try:
        bom = _from_json(data, kind) if kind.format is DocumentFormat.CYCLONEDX_JSON else _from_xml(data, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InvalidDocument(kind, (Fault("document", "shape", f"the document cannot be read: {error}"),)) from error
    metadata = bom.metadata or stated.Metadata()
    return Document(
        kind=kind,
        inventory=inventory_of(bom),
        serial=bom.serial_number,
        revision=int(bom.version),
        created=_time(metadata.timestamp),
        authors=tuple(filter(None, (person(author) for author in metadata.authors))),
        tools=_tools(metadata),
    )


def _from_json(data: bytes, kind: Kind) -> stated.Bom:
    if faults := json_faults(data, kind.version):
        raise InvalidDocument(kind, faults)
    return _BOM.decode(data)


def _from_xml(data: bytes, kind: Kind) -> stated.Bom:
    root, faults = check_xml(data, kind.version)
    if root is None:
        raise InvalidDocument(kind, faults)
    return msgspec.convert(bom_value(root), stated.Bom)


def _time(text: str) -> datetime | None:
    """The time stated; a time without zone (XML allows it) counts as UTC."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _tools(metadata: stated.Metadata) -> tuple[str, ...]:
    tools = metadata.tools
    if tools is None:
        return ()
    if isinstance(tools, list):
        names = [(tool.vendor, tool.name, tool.version) for tool in tools]
    else:
        parts: list[stated.Component | stated.Service] = [*tools.components, *tools.services]
        names = [(part.group, part.name, part.version) for part in parts]
    return tuple(filter(None, (" ".join(filter(None, texts)) for texts in names)))
