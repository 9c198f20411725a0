# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads SPDX 2.2 and 2.3 documents in JSON, YAML, tag-value and RDF."""

from paddock.engine.formats.bill.assembly import inventory_of
from paddock.engine.formats.bill.statements import Bill
from paddock.engine.formats.document import Document, InvalidDocument, Kind
from paddock.engine.formats.spdx2.interpretation import SOURCE, bill_of
from paddock.engine.formats.spdx2.load import load
from paddock.engine.formats.spdx2.raw import Breach, Raw
from paddock.engine.model.issue import Issue, Severity


def read_document(data: bytes, kind: Kind) -> Document:
    """The document in some bytes (not compressed; with or without byte order mark).

    A document that breaks a rule without which its statements cannot be trusted (a type, a missing name or id) is
    refused: InvalidDocument with all faults. Other broken rules are issues of the inventory, one for each rule.
    """
    raw, breaches, kind = load(data, kind)
    if any(breach.fatal for breach in breaches):
        raise InvalidDocument(kind, tuple(sorted(raw.fault(breach) for breach in breaches if breach.fatal)))
    bill = bill_of(raw.value)
    bill.issues.extend(_issues(raw, breaches))
    return document_of(bill, kind)


def document_of(bill: Bill, kind: Kind) -> Document:
    """A bill as a document."""
    return Document(
        kind=kind,
        inventory=inventory_of(bill),
        serial=bill.serial,
        created=bill.created,
        authors=bill.authors,
        tools=bill.tools,
    )


def _issues(raw: Raw, breaches: list[Breach]) -> list[Issue]:
    by_rule: dict[str, list[Breach]] = {}
    for breach in breaches:
        by_rule.setdefault(breach.rule, []).append(breach)
    found = []
    for rule, group in by_rule.items():
        first = raw.fault(group[0])
        more = f" ({len(group) - 1} more like this)" if len(group) > 1 else ""
        found.append(Issue(Severity.WARNING, SOURCE, f"{first.place}: {first.message} [{rule}]{more}"))
    return found
