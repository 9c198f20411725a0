# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which statement counts for a vulnerability in a component of a product.

A statement has to be about the vulnerability, by any of its names, and about the component: as a component of this very
product, as a package that every path to the component leads through, as the component itself, or as this product as a
whole. Of several the latest counts. Several of the same time that contradict each other are a remark, and the one that
asks for most care counts.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import UTC, datetime

import msgspec

from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import PackageURL
from paddock.engine.model.vulnerability import Assessment, Status
from paddock.engine.vex.identity import is_meant, is_named, package_key
from paddock.engine.vex.statement import Identity, Product, Statement, VexDocument
from paddock.engine.vex.succession import current

SOURCE = "vex"
"""Who says so, in issues."""
_CAUTION = {status: rank for rank, status in enumerate((Status.AFFECTED, Status.UNDER_INVESTIGATION, Status.FIXED))}
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_NAMED = 3


class NamedDocument(msgspec.Struct, frozen=True):
    """A document and what people call it: the name of its file."""

    name: str
    document: VexDocument


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A vulnerability, by all of its names, in a component.

    products, product_cpes: what is looked at, as far as somebody said. cpes: further names of the component. carriers:
    packages and projects that every path to the component leads through, so that what is said about the component in
    them holds here. others: projects at hand that the component need not be part of. With neither products nor others,
    the product that a statement names is taken on trust.
    """

    ids: tuple[str, ...]
    component: PackageURL
    products: tuple[PackageURL, ...] = ()
    product_cpes: tuple[str, ...] = ()
    cpes: tuple[str, ...] = ()
    carriers: tuple[PackageURL, ...] = ()
    others: tuple[PackageURL, ...] = ()


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The statement that counts for a subject, and where it stands.

    trusted: the statement names a product that could not be compared with the one at hand. overruled: places of earlier
    statements, or of ones that asked for less care, about the same.
    """

    statement: Statement
    document: NamedDocument
    trusted: bool = False
    overruled: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """File and place, for people: "shop.openvex.json: statements[3]"."""
        return _place(self.document, self.statement)

    @property
    def assessment(self) -> Assessment:
        """The decision as a result carries it."""
        statement = self.statement
        texts = (statement.impact_statement, statement.status_notes)
        return Assessment(
            status=statement.status,
            justification=statement.justification.value if statement.justification else "",
            statement=" ".join(dict.fromkeys(text for text in texts if text)),
            action=statement.action_statement,
            author=self.document.document.author,
            source=self.source,
            stated=statement.effective,
        )


class Decisions(msgspec.Struct, frozen=True):
    """One answer for each subject, in order (None: no statement is about it), and what is worth a remark."""

    decisions: tuple[Decision | None, ...]
    issues: tuple[Issue, ...] = ()


def apply(subjects: Sequence[Subject], documents: Iterable[NamedDocument]) -> Decisions:
    """Find the statement that counts for each subject. Documents that a later version replaces do not count."""
    documents, issues = current(list(documents))
    index = _Index(documents, {name.upper() for subject in subjects for name in subject.ids})
    remarks = _Remarks()
    decisions = [_decide(subject, index.about(subject), remarks) for subject in subjects]
    return Decisions(tuple(decisions), (*issues, *remarks.issues()))


class _Candidate(msgspec.Struct, frozen=True):
    """One product of one statement; number: in order of documents and statements."""

    number: int
    document: NamedDocument
    statement: Statement
    product: Product


class _Index:
    """Products of statements by vulnerability and by the package that has to be at hand for them to be meant; by
    vulnerability alone where package URLs do not tell. Only of the vulnerabilities that are wanted, in upper case.
    """

    def __init__(self, documents: Iterable[NamedDocument], wanted: Set[str]) -> None:
        self._by_package: dict[tuple[str, tuple[str, str, str]], list[_Candidate]] = {}
        self._others: dict[str, list[_Candidate]] = {}
        number = 0
        for document in documents:
            for statement in document.document.statements:
                names = wanted & {name.upper() for name in statement.ids}
                for product in statement.products if names else ():
                    candidate = _Candidate(number, document, statement, product)
                    number += 1
                    for name in names:
                        self._add(name, candidate)

    def _add(self, name: str, candidate: _Candidate) -> None:
        identities = candidate.product.components or (candidate.product.identity,)
        if any(identity.cpes for identity in identities):
            self._others.setdefault(name, []).append(candidate)
            return
        for key in {package_key(purl) for identity in identities for purl in identity.purls}:
            self._by_package.setdefault((name, key), []).append(candidate)

    def about(self, subject: Subject) -> list[_Candidate]:
        """The candidates for a subject, in order; each still has to be compared with it."""
        keys = {package_key(purl) for purl in (subject.component, *subject.products, *subject.carriers)}
        found: dict[int, _Candidate] = {}
        for name in {name.upper() for name in subject.ids}:
            for candidates in (self._others.get(name, ()), *(self._by_package.get((name, key), ()) for key in keys)):
                found.update((candidate.number, candidate) for candidate in candidates)
        return [found[number] for number in sorted(found)]


class _Remarks:
    """Collects what is worth saying, each thing once however many subjects it concerns."""

    def __init__(self) -> None:
        self._conflicts: dict[Issue, None] = {}
        self._foreign: dict[str, dict[str, int]] = {}
        self._trusted: dict[str, dict[str, int]] = {}
        self._open: dict[Issue, None] = {}

    def conflict(self, subject: Subject, found: Sequence[_Candidate], chosen: Statement) -> None:
        said = ", ".join(
            f"{one.statement.status.value} ({_place(one.document, one.statement)})" for one in found[:_NAMED]
        )
        text = (
            f"statements of the same time about {subject.ids[0]} in {subject.component} contradict each other: {said};"
            f" {chosen.status.value} counts until one of them is newer"
        )
        self._conflicts[Issue(Severity.WARNING, SOURCE, text, found[0].document.name)] = None

    def foreign(self, candidate: _Candidate) -> None:
        self._count(self._foreign, candidate)

    def trusted(self, candidate: _Candidate) -> None:
        self._count(self._trusted, candidate)

    def undecided(self, subject: Subject, candidate: _Candidate) -> None:
        text = (
            f"{candidate.statement.place or 'a statement'} about {subject.ids[0]} was not applied to"
            f" {subject.component}: its version cannot be compared"
        )
        self._open[Issue(Severity.WARNING, SOURCE, text, candidate.document.name)] = None

    @staticmethod
    def _count(counts: dict[str, dict[str, int]], candidate: _Candidate) -> None:
        labels = counts.setdefault(candidate.document.name, {})
        label = candidate.product.identity.label
        labels[label] = labels.get(label, 0) + 1

    def issues(self) -> tuple[Issue, ...]:
        """In a fixed order: contradictions first."""
        return (*self._conflicts, *self._open, *self._products())

    def _products(self) -> Iterable[Issue]:
        for name, labels in self._foreign.items():
            text = (
                f"statements about components of {_some(labels)} were not applied to {_findings(labels)}, because"
                " something else is being looked at; --product says what it is"
            )
            yield Issue(Severity.HINT, SOURCE, text, name)
        for name, labels in self._trusted.items():
            text = (
                f"it was taken on trust for {_findings(labels)} that {_some(labels)} is what is being looked at;"
                " --product says what it is"
            )
            yield Issue(Severity.HINT, SOURCE, text, name)


def _decide(subject: Subject, candidates: Iterable[_Candidate], remarks: _Remarks) -> Decision | None:
    found: list[tuple[_Candidate, bool]] = []
    for candidate in candidates:
        answer = _concerns(candidate.product, subject)
        if answer.component is None:
            remarks.undecided(subject, candidate)
        elif answer.component and answer.product is False:
            remarks.foreign(candidate)
        elif answer.component:
            found.append((candidate, answer.product is None))
    if not found:
        return None
    latest = max(_time(candidate) for candidate, _ in found)
    newest = [(candidate, trusted) for candidate, trusted in found if _time(candidate) == latest]
    chosen, trusted = min(newest, key=lambda one: _CAUTION.get(one[0].statement.status, len(_CAUTION)))
    if len({candidate.statement.status for candidate, _ in newest}) > 1:
        remarks.conflict(subject, [candidate for candidate, _ in newest], chosen.statement)
    if trusted:
        remarks.trusted(chosen)
    others = dict.fromkeys(
        _place(candidate.document, candidate.statement)
        for candidate, _ in sorted(found, key=lambda one: _time(one[0]), reverse=True)
        if candidate.statement is not chosen.statement
    )
    return Decision(statement=chosen.statement, document=chosen.document, trusted=trusted, overruled=tuple(others))


class _Answer(msgspec.Struct, frozen=True):
    """Whether the component is meant (None: its version leaves that open), and whether the product is (None: they
    cannot be compared)."""

    component: bool | None
    product: bool | None


def _concerns(product: Product, subject: Subject) -> _Answer:
    identity = product.identity
    here = _is_product(identity, subject)
    if here is not True and any(is_meant(identity, carrier) for carrier in subject.carriers):
        here = True
    if not product.components:
        return _Answer(here is True or is_meant(identity, subject.component, subject.cpes), True)
    answers = [is_meant(component, subject.component, subject.cpes) for component in product.components]
    return _Answer(True if True in answers else None if None in answers else False, here)


def _is_product(identity: Identity, subject: Subject) -> bool | None:
    """Whether what is being looked at is the product; None where the two have no kind of name in common."""
    by_purl = bool(identity.purls and (subject.products or subject.others))
    by_cpe = bool(identity.cpes and subject.product_cpes)
    if not by_purl and not by_cpe:
        return None
    return any(is_meant(identity, purl) for purl in subject.products) or is_named(identity, subject.product_cpes)


def _time(candidate: _Candidate) -> datetime:
    return candidate.statement.effective or _EARLIEST


def _place(document: NamedDocument, statement: Statement) -> str:
    return f"{document.name}: {statement.place}" if statement.place else document.name


def _some(labels: dict[str, int]) -> str:
    names = list(labels)
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _findings(labels: dict[str, int]) -> str:
    count = sum(labels.values())
    return f"{count:,} finding{'s' * (count != 1)}"
