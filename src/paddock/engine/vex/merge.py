# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Several VEX documents as one: every statement with the time it was made, each once, in order of time."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from paddock.engine.model.issue import Issue, Severity
from paddock.engine.vex.apply import SOURCE, NamedDocument
from paddock.engine.vex.create import NO_ACTION, NO_REASON, complete, document_of
from paddock.engine.vex.statement import Identity, Product, Statement, Status, VexDocument
from paddock.engine.vex.succession import current

_EARLIEST = datetime.min.replace(tzinfo=UTC)


def merge(
    documents: Sequence[NamedDocument],
    *,
    author: str,
    now: datetime,
    role: str = "",
    namespace: str = "",
    id: str = "",
    title: str = "",
    tooling: str = "",
) -> VexDocument:
    """One document with the statements of all; of several versions of one document only the newest counts.

    Where a statement does not say why or what to do, it then says that (a warning), as every format demands something
    there. Contradictions of the same time are warnings, too. Who made a statement, if not the author, stands in its
    supplier. Raises IncompleteStatement when there is no statement.
    """
    kept, issues = current(documents)
    found: dict[tuple[object, ...], Statement] = {}
    gaps: list[Issue] = []
    for named in kept:
        for statement in named.document.statements:
            own = complete(_own(statement, named.document, author))
            if {own.impact_statement, own.action_statement} & {NO_REASON, NO_ACTION}:
                gaps.append(_gap(named, statement))
            found.setdefault(_content(own), own)
    ordered = sorted(found.values(), key=_order)
    document = document_of(
        ordered, author=author, now=now, role=role, namespace=namespace, id=id, title=title, tooling=tooling
    )
    told = (*issues, *gaps, *contradictions(document.statements), *_issues(kept))
    return msgspec.structs.replace(document, issues=told)


def latest(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """What is said now: for each vulnerability and product (with each of its components) only the latest statement.

    Statements of the same time all stay.
    """
    times: dict[tuple[str, str, str], datetime] = {}
    listed = tuple(statements)
    for statement in listed:
        for key in _keys(statement):
            times[key] = max(times.get(key, _EARLIEST), statement.effective or _EARLIEST)
    kept = []
    for statement in listed:
        products = tuple(_current_products(statement, times))
        if products:
            kept.append(msgspec.structs.replace(statement, products=products))
    return tuple(kept)


def contradictions(statements: Iterable[Statement]) -> tuple[Issue, ...]:
    """A warning for each product that statements of the same time say different things about."""
    said: dict[tuple[object, ...], Statement] = {}
    found: dict[Issue, None] = {}
    for statement in statements:
        for key in _keys(statement):
            first = said.setdefault((*key, statement.effective), statement)
            if first.status is not statement.status:
                of = f" in {key[1]}" if key[2] else ""
                text = (
                    f"statements of the same time about {statement.vulnerability} in {key[2] or key[1]}{of} contradict"
                    f" each other: {first.status.value} and {statement.status.value}"
                )
                found[Issue(Severity.WARNING, SOURCE, text)] = None
    return tuple(found)


def _own(statement: Statement, document: VexDocument, author: str) -> Statement:
    supplier = statement.supplier or (document.author if document.author != author else "")
    time = statement.timestamp or document.last_updated or document.timestamp
    return msgspec.structs.replace(statement, supplier=supplier, timestamp=time, id="", place="")


def _gap(named: NamedDocument, statement: Statement) -> Issue:
    what = "why it is not affected" if statement.status is Status.NOT_AFFECTED else "what users are to do"
    text = f"{statement.place or statement.vulnerability} does not say {what}"
    return Issue(Severity.WARNING, SOURCE, text, named.name)


def _content(statement: Statement) -> tuple[object, ...]:
    return msgspec.structs.astuple(statement)


def _order(statement: Statement) -> tuple[datetime, str, str, str]:
    labels = "\n".join(product.identity.label for product in statement.products)
    return statement.effective or _EARLIEST, statement.vulnerability, statement.status.value, labels


def _keys(statement: Statement) -> Iterable[tuple[str, str, str]]:
    for product in statement.products:
        if not product.components:
            yield statement.vulnerability.upper(), product.identity.label, ""
        for component in product.components:
            yield statement.vulnerability.upper(), product.identity.label, component.label


def _current_products(statement: Statement, times: dict[tuple[str, str, str], datetime]) -> Iterable[Product]:
    time = statement.effective or _EARLIEST
    name = statement.vulnerability.upper()

    def counts(product: Product, component: Identity | None) -> bool:
        return times[name, product.identity.label, component.label if component else ""] == time

    for product in statement.products:
        if not product.components:
            if counts(product, None):
                yield product
        elif components := tuple(one for one in product.components if counts(product, one)):
            yield msgspec.structs.replace(product, components=components)


def _issues(documents: Iterable[NamedDocument]) -> Iterable[Issue]:
    for named in documents:
        for issue in named.document.issues:
            yield msgspec.structs.replace(issue, path=issue.path or named.name)
