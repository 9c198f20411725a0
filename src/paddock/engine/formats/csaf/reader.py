# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads what CSAF documents of any profile say about products and vulnerabilities as VEX statements.

Flags and threats of the category "impact" say why a product is not affected, remediations what its users are to do. The
statuses "recommended" and "unknown" are no statements about the vulnerability.
"""

from datetime import datetime
from typing import Any, NamedTuple

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.products import SOURCE, ProductTree
from paddock.engine.formats.document import Fault, Kind
from paddock.engine.formats.fields import Record
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.vex.statement import Justification, Product, Response, Statement, Status, VexDocument
from paddock.engine.vex.vocabulary import RESPONSE_OF_REMEDIATION, STATUS_OF_GROUP

_JUSTIFICATIONS = {one.value: one for one in Justification}


class _Saying(NamedTuple):
    """What is said about a product, apart from which product it is; products with equal sayings share a statement."""

    status: Status
    aliases: tuple[str, ...]
    justification: Justification | None = None
    impact: str = ""
    action: str = ""
    action_time: datetime | None = None
    responses: tuple[Response, ...] = ()


def read_value(value: Any, kind: Kind, faults: tuple[Fault, ...]) -> VexDocument:
    """The document in a parsed value; faults: what validation found, told as issues."""
    advisory = Advisory(value, kind.version)
    reading = _Reading(advisory)
    statements = [one for place, each in advisory.vulnerabilities for one in reading.statements(place, each)]
    publisher, engine = fields.record(advisory.document, "publisher"), _engine(advisory)
    issues = [Issue(Severity.WARNING, SOURCE, f"{one.place}: {one.message} [{one.rule}]") for one in faults]
    if advisory.status == "draft":
        issues.append(Issue(Severity.WARNING, SOURCE, "document.tracking.status: the document is a draft"))
    return VexDocument(
        format=str(kind).partition(" (")[0],
        id=fields.text(advisory.tracking, "id"),
        title=fields.text(advisory.document, "title"),
        author=fields.text(publisher, "name"),
        role=fields.text(publisher, "category"),
        namespace=fields.text(publisher, "namespace"),
        version=fields.text(advisory.tracking, "version") or "1",
        timestamp=fields.time(advisory.tracking, "initial_release_date"),
        last_updated=fields.time(advisory.tracking, "current_release_date"),
        tooling=engine,
        statements=tuple(statements),
        issues=(*reading.tree.issues, *reading.issues, *issues),
    )


def _engine(advisory: Advisory) -> str:
    engine = fields.record(fields.record(advisory.tracking, "generator"), "engine")
    return " ".join(filter(None, (fields.text(engine, "name"), fields.text(engine, "version"))))


class _Reading:
    """One document; `issues` collects what is left out."""

    def __init__(self, advisory: Advisory) -> None:
        self.tree = ProductTree(advisory)
        self.issues: list[Issue] = []
        self._advisory = advisory
        self._time = fields.time(advisory.tracking, "current_release_date")

    def statements(self, place: str, vulnerability: Record) -> list[Statement]:
        main, general = _names(vulnerability)
        sayings: dict[_Saying, list[Product]] = {}
        where: dict[_Saying, str] = {}
        told = _Told(self._advisory, vulnerability)
        for group, status in STATUS_OF_GROUP.items():
            for named in dict.fromkeys(fields.texts(fields.record(vulnerability, "product_status"), group)):
                product = self.tree.product(named)
                if product is None:
                    text = f"{place}.product_status.{group}: {named[:80]!r} was left out: it is not defined"
                    self.issues.append(Issue(Severity.ERROR, SOURCE, text))
                    continue
                saying = told.about(named, status, general)
                sayings.setdefault(saying, []).append(product)
                where.setdefault(saying, f"{place}.product_status.{group}")
        if not main and sayings and not any(saying.aliases for saying in sayings):
            self.issues.append(Issue(Severity.ERROR, SOURCE, f"{place} was left out: it names no vulnerability"))
            return []
        description = _description(vulnerability)
        return [
            self._statement(main, description, saying, products, where[saying])
            for saying, products in sayings.items()
            if main or saying.aliases
        ]

    def _statement(
        self, main: str, description: str, saying: _Saying, products: list[Product], place: str
    ) -> Statement:
        names = [main, *saying.aliases] if main else list(saying.aliases)
        return Statement(
            vulnerability=names[0],
            aliases=tuple(dict.fromkeys(name for name in names[1:] if name != names[0])),
            description=description,
            products=tuple(dict.fromkeys(products)),
            status=saying.status,
            justification=saying.justification,
            impact_statement=saying.impact,
            action_statement=saying.action,
            action_timestamp=saying.action_time,
            responses=saying.responses,
            timestamp=self._time,
            place=place,
        )


class _Told:
    """What a vulnerability's flags, threats, remediations and ids say about each product."""

    def __init__(self, advisory: Advisory, vulnerability: Record) -> None:
        self._flags: dict[str, Justification] = {}
        self._impacts: dict[str, dict[str, None]] = {}
        self._remediations: dict[str, list[Record]] = {}
        self._ids: dict[str, list[str]] = {}
        for _, flag in fields.records(vulnerability, "flags"):
            label = _JUSTIFICATIONS.get(fields.text(flag, "label"))
            for named in advisory.meant(flag) if label else ():
                self._flags.setdefault(named, label) if label else None
        for _, threat in fields.records(vulnerability, "threats"):
            if fields.text(threat, "category") == "impact":
                for named in advisory.meant(threat):
                    self._impacts.setdefault(named, {})[fields.text(threat, "details")] = None
        for _, remediation in fields.records(vulnerability, "remediations"):
            for named in advisory.meant(remediation):
                self._remediations.setdefault(named, []).append(remediation)
        for _, one in fields.records(vulnerability, "ids"):
            for named in advisory.meant(one):
                self._ids.setdefault(named, []).append(fields.text(one, "text"))

    def about(self, named: str, status: Status, general: tuple[str, ...]) -> _Saying:
        aliases = (*general, *self._ids.get(named, ()))
        if status is Status.NOT_AFFECTED:
            impact = "\n".join(self._impacts.get(named, ()))
            return _Saying(status, aliases, self._flags.get(named), impact)
        if status is Status.AFFECTED:
            found = self._remediations.get(named, [])
            responses = [RESPONSE_OF_REMEDIATION.get(fields.text(one, "category")) for one in found]
            times = [time for one in found if (time := fields.time(one, "date"))]
            return _Saying(
                status,
                aliases,
                action="\n".join(dict.fromkeys(filter(None, map(_advice, found)))),
                action_time=max(times, default=None),
                responses=tuple(dict.fromkeys(filter(None, responses))),
            )
        return _Saying(status, aliases)


def _advice(remediation: Record) -> str:
    details, url = fields.text(remediation, "details"), fields.text(remediation, "url")
    return f"{details} ({url})" if details and url and url not in details else details or url


def _names(vulnerability: Record) -> tuple[str, tuple[str, ...]]:
    """The CVE (or the first id that is of all products) and the other ids that are."""
    cve = fields.text(vulnerability, "cve")
    ids = [
        fields.text(one, "text")
        for _, one in fields.records(vulnerability, "ids")
        if "product_ids" not in one and "group_ids" not in one
    ]
    names = [name for name in dict.fromkeys((cve, *ids)) if name]
    return (names[0], tuple(names[1:])) if names else ("", ())


def _description(vulnerability: Record) -> str:
    notes = [note for _, note in fields.records(vulnerability, "notes")]
    described = (fields.text(note, "text") for note in notes if fields.text(note, "category") == "description")
    return next(filter(None, described), "") or fields.text(vulnerability, "title")
