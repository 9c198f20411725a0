# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads CycloneDX documents, JSON and XML, all versions."""

from datetime import UTC, datetime

import msgspec

from paddock.engine.formats.cyclonedx import bom as stated
from paddock.engine.formats.cyclonedx.components import person
from paddock.engine.formats.cyclonedx.elements import bom_value
from paddock.engine.formats.cyclonedx.restoration import inventory_of
from paddock.engine.formats.cyclonedx.validator import SUBJECT_LISTED, check_xml, json_faults
from paddock.engine.formats.document import Document, DocumentFormat, Fault, InvalidDocument, Kind
from paddock.engine.model.issue import Issue, Severity

SOURCE = "formats/cyclonedx"

_BOM = msgspec.json.Decoder(stated.Bom)


def read_document(data: bytes, kind: Kind, *, lenient: bool = False) -> Document:
    """The document in the bytes. Raises InvalidDocument, with every fault, when it is not valid.

    lenient: only when it cannot be read at all; what is wrong with it are then issues of the inventory.
    """
    faults: tuple[Fault, ...] = ()
    try:
        if kind.format is DocumentFormat.CYCLONEDX_JSON:
            faults, bom = _from_json(data, kind, lenient=lenient)
        else:
            faults, bom = _from_xml(data, kind, lenient=lenient)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InvalidDocument(kind, (Fault("document", "shape", f"the document cannot be read: {error}"),)) from error
    metadata = bom.metadata or stated.Metadata()
    inventory = inventory_of(bom)
    if faults:
        inventory = msgspec.structs.replace(inventory, issues=(*_issues(faults), *inventory.issues))
    return Document(
        kind=kind,
        inventory=inventory,
        serial=bom.serial_number,
        revision=int(bom.version),
        created=_time(metadata.timestamp),
        authors=tuple(filter(None, (person(author) for author in metadata.authors))),
        tools=_tools(metadata),
    )


def _from_json(data: bytes, kind: Kind, *, lenient: bool) -> tuple[tuple[Fault, ...], stated.Bom]:
    faults = json_faults(data, kind.version)
    if faults and not lenient:
        raise InvalidDocument(kind, faults)
    try:
        return faults, _BOM.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        if faults:
            raise InvalidDocument(kind, faults) from None
        raise


def _issues(faults: tuple[Fault, ...]) -> list[Issue]:
    """One issue for each kind of fault: the first place in full, the others counted."""
    by_rule: dict[tuple[str, bool], list[Fault]] = {}
    for fault in faults:
        by_rule.setdefault((fault.rule, _is_harmless(fault)), []).append(fault)
    issues = []
    for (rule, harmless), alike in by_rule.items():
        first, more = alike[0], f" ({len(alike) - 1} more like this)" if len(alike) > 1 else ""
        severity = Severity.WARNING if harmless else Severity.ERROR
        issues.append(Issue(severity, SOURCE, f"{first.place}: {first.message} [{rule}]{more}"))
    return issues


def _is_harmless(fault: Fault) -> bool:
    """Whether the inventory is whole all the same: the text is kept where a licence id or an address is malformed."""
    if fault.rule == SUBJECT_LISTED or fault.rule.endswith("/format"):
        return True
    return ".licenses[" in fault.place or ".externalReferences[" in fault.place


def _from_xml(data: bytes, kind: Kind, *, lenient: bool) -> tuple[tuple[Fault, ...], stated.Bom]:
    root, faults = check_xml(data, kind.version)
    if root is None or (faults and not lenient):
        raise InvalidDocument(kind, faults)
    try:
        return faults, msgspec.convert(bom_value(root), stated.Bom)
    except (msgspec.MsgspecError, ValueError, TypeError, AttributeError, KeyError) as error:
        # The mapping of elements may rely on what the schema promises; a valid document must never get here.
        if faults:
            raise InvalidDocument(kind, faults) from error
        raise


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
