# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Validates OpenVEX documents: their structure, and what the specification demands beyond it."""

from collections.abc import Iterator
from typing import Any

from paddock.engine.formats import fields
from paddock.engine.formats.document import Fault, Kind
from paddock.engine.formats.json_text import parse_json
from paddock.engine.formats.openvex.shapes import shape_of
from paddock.engine.formats.schema_notation import shape_faults
from paddock.engine.model.purl import InvalidPurl, parse_purl
from paddock.engine.vex.cpe import parse_cpe
from paddock.engine.vex.statement import Status


def faults(data: bytes, kind: Kind) -> tuple[Fault, ...]:
    """Everything that is wrong with the bytes as a document of this kind; nothing when it is valid."""
    value, fault = parse_json(data)
    if fault is not None:
        return (fault,)
    return value_faults(value, kind)


def value_faults(value: Any, kind: Kind) -> tuple[Fault, ...]:
    """As `faults`, for a document that was parsed."""
    found = dict.fromkeys(shape_faults(shape_of(kind.version), value))
    found.update(dict.fromkeys(_rules(value)))
    return tuple(found)


def _rules(document: Any) -> Iterator[Fault]:
    dated = bool(fields.text(document, "timestamp"))
    for index, statement in fields.records(document, "statements"):
        place = f"statements[{index}]"
        yield from _completeness(statement, place)
        if not dated and not fields.text(statement, "timestamp"):
            yield Fault(
                f"{place}.timestamp", "timestamp", "neither the statement nor the document says when it was made"
            )
        yield from _names(statement, place)


def _completeness(statement: dict[str, Any], place: str) -> Iterator[Fault]:
    """What a statement has to have by its status (specification, "Statement Fields")."""
    if not fields.items(statement, "products"):
        yield Fault(f"{place}.products", "product", "the statement does not say which product it is about")
    status = fields.text(statement, "status")
    explained = fields.text(statement, "justification") or fields.text(statement, "impact_statement")
    if status == Status.NOT_AFFECTED and not explained:
        message = "not_affected needs a justification or an impact_statement"
        yield Fault(f"{place}.justification", "not_affected", message)
    if status not in (Status.NOT_AFFECTED, "") and fields.text(statement, "justification"):
        yield Fault(f"{place}.justification", "justification", f"a justification is for not_affected, not for {status}")
    if status == Status.AFFECTED and not fields.text(statement, "action_statement"):
        yield Fault(f"{place}.action_statement", "affected", "affected needs an action_statement")


def _names(statement: dict[str, Any], place: str) -> Iterator[Fault]:
    """Identifiers are of the kind that they claim to be (specification, appendix B)."""
    for number, product in enumerate(fields.items(statement, "products")):
        where = f"{place}.products[{number}]"
        yield from _identifiers(product, where)
        for index, part in fields.records(product, "subcomponents"):
            yield from _identifiers(part, f"{where}.subcomponents[{index}]")


def _identifiers(component: Any, place: str) -> Iterator[Fault]:
    identifiers = fields.record(component, "identifiers")
    named = component if isinstance(component, str) else fields.text(component, "@id")
    for text, where in ((named, "@id"), (fields.text(identifiers, "purl"), "identifiers.purl")):
        if text.startswith("pkg:") or (text and where == "identifiers.purl"):
            try:
                parse_purl(text)
            except InvalidPurl as error:
                yield Fault(place if isinstance(component, str) else f"{place}.{where}", "purl", str(error))
    for name, start in (("cpe22", "cpe:/"), ("cpe23", "cpe:2.3:")):
        text = fields.text(identifiers, name)
        if text and (not text.lower().startswith(start) or parse_cpe(text) is None):
            yield Fault(f"{place}.identifiers.{name}", "cpe", f"{text[:80]!r} is no name of CPE {name[3]}.{name[4]}")
