# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads CycloneDX documents, JSON and XML, all versions."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from paddock.engine.formats.cyclonedx import bom as stated
from paddock.engine.formats.cyclonedx.components import person
from paddock.engine.formats.cyclonedx.elements import bom_value
from paddock.engine.formats.cyclonedx.restoration import inventory_of
from paddock.engine.formats.cyclonedx.validator import check_json, check_xml
from paddock.engine.formats.document import Document, DocumentFormat, Fault, InvalidDocument, Kind


def read_document(data: bytes, kind: Kind) -> Document:
    """The document in the bytes. Raises InvalidDocument, with every fault, when it is not valid."""
    value, faults = _checked(data, kind)
    if faults:
        raise InvalidDocument(kind, faults)
    try:
        bom = msgspec.convert(value, stated.Bom)
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


def _checked(data: bytes, kind: Kind) -> tuple[Any, tuple[Fault, ...]]:
    if kind.format is DocumentFormat.CYCLONEDX_JSON:
        return check_json(data, kind.version)
    root, faults = check_xml(data, kind.version)
    return (None if root is None else bom_value(root)), faults


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
