# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Validates CycloneDX documents: by the published schema, and by the rules of the standard that schemas cannot say."""

import re
from typing import Any

from lxml import etree

from paddock.engine.formats.cyclonedx.schemas import json_validator, xml_schema
from paddock.engine.formats.document import DocumentFormat, Fault, Kind
from paddock.engine.formats.explain import explain, place_of
from paddock.engine.formats.json_text import parse_json

_BOM_REF = re.compile(rb'"bom-ref"\s*:\s*("(?:[^"\\]|\\.)*")')
_NAMESPACE = re.compile(r"\{https?:[^{}]*\}")
_MAX_MESSAGE = 400
SUBJECT_LISTED = "unique bom-ref (the subject is listed again)"
"""The rule broken by programs that list what the document is about among its components, too: nothing is lost by it."""


def faults(data: bytes, kind: Kind) -> tuple[Fault, ...]:
    """Everything that is wrong with the bytes as a document of this kind; nothing when it is valid."""
    if kind.format is DocumentFormat.CYCLONEDX_JSON:
        return json_faults(data, kind.version)
    return check_xml(data, kind.version)[1]


def json_faults(data: bytes, version: str) -> tuple[Fault, ...]:
    """Everything that is wrong with JSON of this version."""
    value, fault = parse_json(data)
    if fault is not None:
        return (fault,)
    validator = json_validator(version)
    try:
        found = () if validator.is_valid(value) else explain(validator.iter_errors(value))
    except (ValueError, RecursionError, OverflowError) as error:
        found = (Fault("document", "nesting", f"the document cannot be validated: {error}"),)
    return found + repeated_refs(data, value)


def repeated_refs(data: bytes, value: Any) -> tuple[Fault, ...]:
    """Each `bom-ref` after the first of the same text: "every bom-ref must be unique within the BOM".

    Not looked at is `formulation`, where the standard's own examples name one workspace several times.
    """
    refs = _BOM_REF.findall(data)
    if len(set(refs)) == len(refs):
        return ()
    found: list[Fault] = []
    seen: dict[str, tuple[str, Any]] = {}
    parts = {key: part for key, part in value.items() if key != "formulation"} if isinstance(value, dict) else {}
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), parts)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, dict):
            ref = item.get("bom-ref")
            if isinstance(ref, str):
                first, same = seen.setdefault(ref, (place_of(path), item))
                if same is not item:
                    rule = SUBJECT_LISTED if first == "metadata.component" and _same(item, same) else "unique bom-ref"
                    message = f"{ref[:80]!r} is also the bom-ref of {first}"
                    found.append(Fault(place_of((*path, "bom-ref")), rule, message))
            waiting.extend(((*path, key), item[key]) for key in reversed(item))
        elif isinstance(item, list):
            waiting.extend(((*path, index), item[index]) for index in reversed(range(len(item))))
    return tuple(found)


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("name", "group", "version", "purl"))


def check_xml(data: bytes, version: str) -> tuple[etree._Element | None, tuple[Fault, ...]]:
    """The root element, None when there is none to read, and the faults. Entities and DTDs are refused."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return None, (Fault(f"line {error.lineno or 1}", "XML syntax", f"not valid XML: {_short(error.msg or '')}"),)
    except ValueError as error:
        return None, (Fault("line 1", "XML syntax", f"not valid XML: {error}"),)
    if root.getroottree().docinfo.internalDTD is not None:
        return None, (Fault("line 1", "no DTD", "a document type declaration is not accepted: entities can hurt"),)
    schema = xml_schema(version)
    try:
        if schema.validate(root):
            return root, ()
    except etree.LxmlError as error:
        return None, (Fault("document", "XML schema", f"the document cannot be validated: {error}"),)
    log: Any = schema.error_log
    found = tuple(
        Fault(f"line {entry.line}", entry.type_name.removeprefix("SCHEMAV_").lower(), _short(entry.message))
        for entry in log
    )
    return root, tuple(dict.fromkeys(found)) or (Fault("document", "XML schema", "the document is not valid"),)


def _short(message: str) -> str:
    text = _NAMESPACE.sub("", message)
    return text if len(text) <= _MAX_MESSAGE else f"{text[:_MAX_MESSAGE]}…"
