# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""VEX documents of every format: found out, validated, read and written. OpenVEX, CycloneDX and CSAF."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from paddock.engine.formats.csaf import detect as csaf_detect
from paddock.engine.formats.csaf import reader as csaf_reader
from paddock.engine.formats.csaf import validator as csaf_validator
from paddock.engine.formats.csaf import writer as csaf_writer
from paddock.engine.formats.cyclonedx import detect as cyclonedx_detect
from paddock.engine.formats.cyclonedx import exploitability, exploitability_writer
from paddock.engine.formats.cyclonedx.elements import bom_value
from paddock.engine.formats.cyclonedx.exploitability_rules import vex_faults
from paddock.engine.formats.cyclonedx.validator import check_xml, json_faults
from paddock.engine.formats.document import DocumentFormat, Fault, InvalidDocument, Kind, Written
from paddock.engine.formats.json_text import parse_json
from paddock.engine.formats.openvex import detect as openvex_detect
from paddock.engine.formats.openvex import reader as openvex_reader
from paddock.engine.formats.openvex import validator as openvex_validator
from paddock.engine.formats.openvex import writer as openvex_writer
from paddock.engine.formats.unpack import unpack
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Tool
from paddock.engine.vex.statement import VexDocument

KINDS: dict[str, Kind] = {
    "openvex": Kind(DocumentFormat.OPENVEX, "0.2.0"),
    "cyclonedx": Kind(DocumentFormat.CYCLONEDX_JSON, "1.6"),
    "cyclonedx-1.7": Kind(DocumentFormat.CYCLONEDX_JSON, "1.7"),
    "csaf": Kind(DocumentFormat.CSAF, "2.0"),
    "csaf-2.1": Kind(DocumentFormat.CSAF, "2.1"),
}
"""Every kind that `write_vex` can write, by its name on the command line."""
SOURCE = "formats/vex"
_HEAD = 64 * 1024
_WITHOUT = frozenset({"1.0", "1.1", "1.2", "1.3"})
"""Versions of CycloneDX that have no vulnerabilities."""
_NOTHING_KNOWN = Fault("document", "format", "this is neither an OpenVEX nor a CSAF nor a CycloneDX document")


class _Opened(NamedTuple):
    """A document: its kind, its value in the shape of JSON (None where it has none), what is wrong with it."""

    kind: Kind | None
    value: Any
    faults: tuple[Fault, ...]


def validate_vex(data: bytes) -> tuple[Kind | None, tuple[Fault, ...]]:
    """What the bytes (packed with gzip or not) claim to be, and every fault as a VEX document. Never raises."""
    opened = _open(data)
    return opened.kind, opened.faults


def read_vex(data: bytes) -> VexDocument:
    """The statements in the bytes (packed with gzip or not). What cannot be understood is left out and told as issues.

    Raises InvalidDocument when there is nothing to read: no known format, broken JSON or XML.
    """
    opened = _open(data)
    if opened.kind is None or not isinstance(opened.value, dict):
        raise InvalidDocument(opened.kind, opened.faults or (_NOTHING_KNOWN,))
    document = _READERS[opened.kind.format](opened.value, opened.kind, opened.faults)
    if document.statements or any(issue.severity is Severity.ERROR for issue in document.issues):
        return document
    nothing = Issue(Severity.WARNING, SOURCE, "there is no VEX statement in the document")
    return msgspec.structs.replace(document, issues=(*document.issues, nothing))


def write_vex(document: VexDocument, kind: Kind, *, now: datetime, tool: Tool) -> Written:
    """The document in one of KINDS, and what that has no place for. now: where the document has no time of its own.

    Raises IncompleteStatement when the format can carry no statement of it, NoNamespace for CSAF without an address.
    """
    match kind.format:
        case DocumentFormat.OPENVEX:
            return openvex_writer.write_document(document, now=now, tool=tool)
        case DocumentFormat.CSAF:
            return csaf_writer.write_document(document, kind, now=now, tool=tool)
    return exploitability_writer.write_document(document, kind, now=now, tool=tool)


_READERS: dict[DocumentFormat, Callable[[Any, Kind, tuple[Fault, ...]], VexDocument]] = {
    DocumentFormat.OPENVEX: openvex_reader.read_value,
    DocumentFormat.CSAF: csaf_reader.read_value,
    DocumentFormat.CYCLONEDX_JSON: exploitability.read_value,
    DocumentFormat.CYCLONEDX_XML: exploitability.read_value,
}


def _open(data: bytes) -> _Opened:
    try:
        plain = unpack(data)
    except InvalidDocument as error:
        return _Opened(None, None, error.faults)
    head = plain[:_HEAD].decode("utf-8", "replace")
    if head.lstrip()[:1] == "<":
        return _open_xml(plain, head)
    value, fault = parse_json(plain)
    if fault is not None:
        return _Opened(cyclonedx_detect.detect(head, None), None, (fault,))
    kind = openvex_detect.detect(value) or csaf_detect.detect(value) or cyclonedx_detect.detect(head, value)
    if kind is None:
        return _Opened(None, None, (_complaint(head, value),))
    match kind.format:
        case DocumentFormat.OPENVEX:
            return _Opened(kind, value, openvex_validator.value_faults(value, kind))
        case DocumentFormat.CSAF:
            return _Opened(kind, value, csaf_validator.value_faults(value, kind))
    return _Opened(kind, value, (*json_faults(plain, kind.version), *_vex_faults(value, kind)))


def _open_xml(plain: bytes, head: str) -> _Opened:
    kind = cyclonedx_detect.detect(head, None)
    if kind is None:
        return _Opened(None, None, (_complaint(head, None),))
    root, faults = check_xml(plain, kind.version)
    if root is None:
        return _Opened(kind, None, faults)
    try:
        value = bom_value(root)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        # What the schema promises may be missing in a document that breaks it; a valid one must never get here.
        if not faults:
            raise
        return _Opened(kind, None, (*faults, Fault("document", "shape", f"it cannot be read: {error}")))
    return _Opened(kind, value, (*faults, *_vex_faults(value, kind)))


def _vex_faults(value: Any, kind: Kind) -> tuple[Fault, ...]:
    if kind.version in _WITHOUT:
        return (
            Fault("vulnerabilities", "version", f"CycloneDX {kind.version} has no vulnerabilities; 1.4 and later do"),
        )
    return tuple(vex_faults(value))


def _complaint(head: str, value: Any) -> Fault:
    found = openvex_detect.complaint(value) or csaf_detect.complaint(value) or cyclonedx_detect.complaint(head, value)
    return found or _NOTHING_KNOWN


def with_issues(document: VexDocument, name: str) -> VexDocument:
    """The document with the file's name as the path of its issues."""
    issues = tuple(msgspec.structs.replace(issue, path=issue.path or name) for issue in document.issues)
    return msgspec.structs.replace(document, issues=issues)
