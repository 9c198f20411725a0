# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 3.0.0 and 3.0.1 documents in JSON-LD."""

from paddock.engine.formats.bill.assembly import inventory_of
from paddock.engine.formats.document import Document, Fault, InvalidDocument, Kind
from paddock.engine.formats.spdx3.graph import read_graph
from paddock.engine.formats.spdx3.interpretation import SOURCE, bill_of
from paddock.engine.formats.spdx3.rules import check
from paddock.engine.model.issue import Issue, Severity


def read_document(data: bytes, kind: Kind) -> Document:
    """The document in some bytes (not compressed, UTF-8).

    A document that breaks a rule without which its statements cannot be trusted (a type, a relationship without ends)
    is refused: InvalidDocument with all those faults. Other broken rules are issues of the inventory, one for each
    rule.
    """
    graph = read_graph(data, kind)
    findings = check(graph, kind.version)
    if findings.fatal:
        raise InvalidDocument(kind, tuple(sorted(findings.fatal)))
    bill = bill_of(graph)
    bill.issues.extend(_issues(findings.others))
    return Document(
        kind=kind,
        inventory=inventory_of(bill),
        serial=bill.serial,
        created=bill.created,
        authors=bill.authors,
        tools=bill.tools,
    )


def _issues(faults: list[Fault]) -> list[Issue]:
    by_rule: dict[str, list[Fault]] = {}
    for fault in faults:
        by_rule.setdefault(fault.rule, []).append(fault)
    found = []
    for rule, group in by_rule.items():
        more = f" ({len(group) - 1} more like this)" if len(group) > 1 else ""
        message = f"{group[0].place}: {group[0].message} [{rule}]{more}"
        found.append(Issue(Severity.WARNING, SOURCE, message))
    return found
