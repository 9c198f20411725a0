# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The rules of SPDX 3 applied to a graph: classes and properties, types of values, and that references fit.

https://spdx.github.io/spdx-spec/v3.0.1/ ; a rule is named by class and property, as the model documents them.
"""

import re
from datetime import datetime
from typing import Any

from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE, fault_in
from paddock.engine.formats.document import Fault
from paddock.engine.formats.spdx3.classes import CLASSES, Property, ancestry, is_element, properties_of
from paddock.engine.formats.spdx3.graph import Graph, Thing, context_version, type_of, values_of
from paddock.engine.formats.spdx3.vocabulary import INDIVIDUALS, LISTS

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_TOP = re.compile(r"(?:@graph\[\d+\])?")
_IRI = re.compile(r"(?!_:)[^\s:]+:\S+")
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+\-]+)?")
_MEDIA = re.compile(r"[^/\s]+/[^/\s;]+(?:\s*;.*)?")
_KEYWORDS = {"type", "@type", "spdxId", "@id"}
_OLD_NAMES = {"imports", "build_parameters", "software_contentType"}  # properties that 3.0.0 called otherwise
_TRUSTED = {("CreationInfo", "created"), ("CreationInfo", "createdBy"), ("CreationInfo", "specVersion")}
_TRUSTED |= {("Relationship", name) for name in ("from", "relationshipType")}


class Findings:
    """What was found wrong. fatal: that without which the document cannot be trusted to say what it seems to say."""

    def __init__(self) -> None:
        self.fatal: list[Fault] = []
        self.others: list[Fault] = []

    def tell(self, path: str, rule: str, message: str, *, fatal: bool = False) -> None:
        """Note one fault."""
        (self.fatal if fatal else self.others).append(Fault(path or "document", f"SPDX 3 {rule}", message))


def check(graph: Graph, version: str) -> Findings:
    """Every broken rule. Cost: one look at each value and each reference."""
    findings = Findings()
    _check_context(graph, version, findings)
    findings.others.extend(graph.shape_faults)
    for thing in graph.things:
        _check_thing(thing, graph, version, findings)
    return findings


def _check_context(graph: Graph, version: str, findings: Findings) -> None:
    stated = context_version(graph.context)
    if stated is None:
        findings.tell("@context", "serialization", "names no context of SPDX 3.0", fatal=True)
    elif stated != version:
        findings.tell("@context", "serialization", f"names version {stated}, not {version}", fatal=True)
    elif not isinstance(graph.context, str):
        findings.tell("@context", "serialization", "is not the one text that the specification prescribes")


def _check_thing(thing: Thing, graph: Graph, version: str, findings: Findings) -> None:
    path, name = graph.path(thing), type_of(thing)
    if not name:
        findings.tell(path, "serialization", "has no type", fatal=_TOP.fullmatch(path) is not None)
        return
    if name not in CLASSES:
        if not _IRI.fullmatch(name):  # classes of extensions go by their IRIs
            findings.tell(_join(path, "type"), "serialization", f"{name[:60]!r} is no class of SPDX 3.0")
        return
    if CLASSES[name].abstract:
        findings.tell(_join(path, "type"), name, "is abstract: nothing can be of this class itself")
    if is_element(name):
        key = thing.get("spdxId", thing.get("@id"))
        if not isinstance(key, str) or not _IRI.fullmatch(key):
            findings.tell(_join(path, "spdxId"), "Element/spdxId", "is missing or no IRI")
    known = properties_of(name)
    for key in thing:
        if key in known:
            _check_property(thing, key, known[key], graph, findings)
        elif not (key in _KEYWORDS or _IRI.fullmatch(key) or (version == "3.0.0" and key in _OLD_NAMES)):
            findings.tell(_join(path, key), name, "is not a property of this class")
    for key, wanted in known.items():
        if len(values_of(thing, key)) < wanted.least:
            owner = _owner(name, key)
            message = f"{key!r} is missing" if wanted.least == 1 else f"{key!r} needs at least {wanted.least} values"
            findings.tell(path, f"{owner}/{key}", message, fatal=(owner, key) in _TRUSTED)


def _check_property(thing: Thing, name: str, wanted: Property, graph: Graph, findings: Findings) -> None:
    value = thing[name]
    path = _join(graph.path(thing), name)
    rule = f"{_owner(type_of(thing), name)}/{name}"
    if isinstance(value, list) != wanted.many:
        # One value where a list belongs is told and read all the same; a list where one value belongs is not.
        findings.tell(path, rule, "is not a list" if wanted.many else "is a list", fatal=not wanted.many)
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        place = f"{path}[{index}]" if isinstance(value, list) else path
        message, fatal = _value_fault(item, wanted.type, graph)
        if message:
            findings.tell(place, rule, message, fatal=fatal)
    if name == "simplelicensing_licenseExpression" and isinstance(value, str) and value not in (NONE, NO_ANSWER):
        message = fault_in(value)
        if message:
            findings.tell(path, rule, message)


def _value_fault(item: Any, type: str, graph: Graph) -> tuple[str, bool]:
    """What is wrong with one value of a type, and whether that is fatal; "" when nothing is."""
    if type in CLASSES:
        return _reference_fault(item, type, graph)
    if type == "truth":
        return ("" if isinstance(item, bool) else "is neither true nor false"), True
    if type == "whole":
        return ("" if isinstance(item, int) and not isinstance(item, bool) else "is not a whole number"), True
    if type == "number":
        return ("" if _is_number(item) else "is not a number"), True
    if not isinstance(item, str):
        return "is not a text", True
    return _text_fault(item, type), False


def _text_fault(text: str, type: str) -> str:
    if type in LISTS:
        # Some writers use the full IRI of a list's entry; its last part is the entry.
        return "" if text.rpartition("/")[2] in LISTS[type] else f"{text[:60]!r} is not an entry of {type}"
    if type == "date":
        return _date_fault(text)
    if type == "version":
        return "" if _VERSION.fullmatch(text) else f"{text[:60]!r} is not a version of the form 1.2.3"
    if type == "media":
        return "" if _MEDIA.fullmatch(text) else f"{text[:60]!r} is not a media type"
    if type == "uri" and any(char.isspace() for char in text):
        return f"{text[:60]!r} is no URI"
    return ""


def _date_fault(text: str) -> str:
    if not _DATE.fullmatch(text):
        return f"{text[:60]!r} is not a date of the form YYYY-MM-DDThh:mm:ssZ"
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        return f"{text!r} is no date: {error}"
    return ""


def _is_number(item: Any) -> bool:
    if isinstance(item, str):
        return re.fullmatch(r"-?\d+(?:\.\d*)?", item) is not None
    return isinstance(item, int | float) and not isinstance(item, bool)


def _reference_fault(item: Any, wanted: str, graph: Graph) -> tuple[str, bool]:
    if not isinstance(item, str | dict):
        return "is neither an object nor a reference to one", True
    found = graph.find(item)
    if found is not None:
        classes = ancestry(type_of(found))
        return (f"is a {type_of(found)}, not a {wanted}" if classes and wanted not in classes else ""), False
    if isinstance(item, str) and item.startswith("_:"):
        return f"{item[:80]!r} is not defined; a blank node cannot stand elsewhere", False
    if isinstance(item, str) and ":" not in item and item.rpartition("_")[2] not in INDIVIDUALS:
        return f"{item[:80]!r} is no IRI", False
    return "", False


def _owner(name: str, key: str) -> str:
    """The class that brings a property, for the name of a rule."""
    return next((part for part in ancestry(name) if key in CLASSES[part].own), name)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
