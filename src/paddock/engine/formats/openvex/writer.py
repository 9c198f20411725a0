# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes OpenVEX 0.2.0. Equal documents give equal bytes."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from paddock.engine.formats.document import Written
from paddock.engine.formats.json_text import write_json
from paddock.engine.formats.openvex.detect import CURRENT
from paddock.engine.formats.openvex.naming import components_of, is_iri
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Tool
from paddock.engine.vex.create import PUBLIC_NAMESPACE, IncompleteStatement, complete, fingerprint
from paddock.engine.vex.statement import Identity, Product, Statement, VexDocument

Value = dict[str, Any]
SOURCE = "formats/openvex"
_NUMBER = re.compile(r"\d{1,9}")


def write_document(document: VexDocument, *, now: datetime, tool: Tool) -> Written:
    """The document as bytes. now: where the document itself has no time.

    OpenVEX has no ranges of versions: products that are limited to one are left out and told. Raises
    IncompleteStatement when no statement is left.
    """
    issued = document.timestamp or now
    issues: dict[Issue, None] = {}
    statements = [_statement(statement, issued, issues) for statement in document.statements]
    kept = _distinct(value for value in statements if value["products"])
    if not kept:
        raise IncompleteStatement("OpenVEX has no ranges of versions, and no statement is about anything else")
    value: Value = {"@context": f"https://openvex.dev/ns/v{CURRENT}"}
    value["@id"] = document.id if is_iri(document.id) else f"{PUBLIC_NAMESPACE}vex-{fingerprint(document)}"
    value["author"] = document.author or "unknown"
    value |= {"role": document.role} if document.role else {}
    value["timestamp"] = _time(issued)
    if document.last_updated and document.last_updated != issued:
        value["last_updated"] = _time(document.last_updated)
    value["version"] = _version(document.version)
    value["tooling"] = document.tooling or f"{tool.name} {tool.version}"
    value["statements"] = kept
    return Written(write_json(value), tuple(issues))


def _statement(stated: Statement, issued: datetime, issues: dict[Issue, None]) -> Value:
    statement = complete(stated)
    vulnerability: Value = {"name": statement.vulnerability}
    vulnerability |= {"description": statement.description} if statement.description else {}
    if aliases := [name for name in dict.fromkeys(statement.aliases) if name != statement.vulnerability]:
        vulnerability["aliases"] = aliases
    value: Value = {"@id": statement.id} if is_iri(statement.id) else {}
    value["vulnerability"] = vulnerability
    if statement.timestamp and statement.timestamp != issued:
        value["timestamp"] = _time(statement.timestamp)
    if statement.last_updated:
        value["last_updated"] = _time(statement.last_updated)
    value["products"] = _distinct(
        component for product in statement.products for component in _product(product, statement, issues)
    )
    value["status"] = statement.status.value
    texts = {
        "supplier": statement.supplier,
        "status_notes": statement.status_notes,
        "justification": statement.justification.value if statement.justification else "",
        "impact_statement": statement.impact_statement,
        "action_statement": statement.action_statement,
    }
    value |= {name: text for name, text in texts.items() if text}
    if statement.action_timestamp and statement.action_statement:
        value["action_statement_timestamp"] = _time(statement.action_timestamp)
    return value


def _product(product: Product, statement: Statement, issues: dict[Issue, None]) -> Iterable[Value]:
    kept = [component for component in product.components if not component.version_ranges]
    for left_out in (product.identity, *product.components):
        if left_out.version_ranges:
            issues[_lost(left_out, statement)] = None
    if product.identity.version_ranges or (product.components and not kept):
        return
    parts = _distinct(value for component in kept for value in components_of(component))
    for value in components_of(product.identity):
        yield value | ({"subcomponents": parts} if parts else {})


def _lost(identity: Identity, statement: Statement) -> Issue:
    text = (
        f"{statement.status.value} for {statement.vulnerability} in {identity.label}"
        f" {' or '.join(identity.version_ranges)} was left out: OpenVEX has no ranges of versions"
    )
    return Issue(Severity.WARNING, SOURCE, text)


def _distinct(values: Iterable[Value]) -> list[Value]:
    """The values without repetition; lists of OpenVEX are sets."""
    kept: dict[bytes, Value] = {}
    for value in values:
        kept.setdefault(write_json(value), value)
    return list(kept.values())


def _version(text: str) -> int:
    """The first number in a version of another format; at least 1, as OpenVEX wants it."""
    found = _NUMBER.search(text)
    return max(1, int(found.group())) if found else 1


def _time(time: datetime) -> str:
    zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat().replace("+00:00", "Z")
