# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads OpenVEX documents. A statement that cannot be understood is an issue, and the others are read."""

from typing import Any

from paddock.engine.formats import fields
from paddock.engine.formats.document import Fault, Kind
from paddock.engine.formats.openvex.naming import hashes_of, name_of
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import InvalidPurl, PackageURL, parse_purl
from paddock.engine.vex.cpe import parse_cpe
from paddock.engine.vex.statement import Identity, Justification, Product, Statement, Status, VexDocument

SOURCE = "formats/openvex"
_STATUSES = {status.value: status for status in Status}
_JUSTIFICATIONS = {one.value: one for one in Justification}


def read_value(value: Any, kind: Kind, faults: tuple[Fault, ...]) -> VexDocument:
    """The document in a parsed value; faults: what validation found, told as issues."""
    reading = _Reading(value)
    issues = [Issue(Severity.WARNING, SOURCE, f"{one.place}: {one.message} [{one.rule}]") for one in faults]
    statements = tuple(filter(None, (reading.statement(index, one) for index, one in _statements(value))))
    version = value.get("version")
    return VexDocument(
        format=str(kind).partition(" (")[0],
        id=fields.text(value, "@id"),
        author=fields.text(value, "author"),
        role=fields.text(value, "role"),
        version=str(version) if isinstance(version, int | str) and not isinstance(version, bool) else "1",
        timestamp=fields.time(value, "timestamp"),
        last_updated=fields.time(value, "last_updated"),
        tooling=fields.text(value, "tooling"),
        statements=statements,
        issues=(*reading.issues, *issues),
    )


def _statements(value: Any) -> list[tuple[int, Any]]:
    return list(enumerate(fields.items(value, "statements")))


class _Reading:
    """One document; `issues` collects what is left out of it."""

    def __init__(self, document: Any) -> None:
        self.issues: list[Issue] = []
        self._time = fields.time(document, "timestamp")
        self._supplier = fields.text(document, "supplier")
        self._plain: dict[str, Identity] = {}

    def statement(self, index: int, value: Any) -> Statement | None:
        place = f"statements[{index}]"
        vulnerability, aliases, description = _vulnerability(value)
        status = _STATUSES.get(fields.text(value, "status"))
        if not vulnerability or status is None:
            what = "it names no vulnerability" if not vulnerability else "it has none of the known statuses"
            self.issues.append(Issue(Severity.ERROR, SOURCE, f"{place} was left out: {what}"))
            return None
        products = self._products(value, place)
        if not products:
            self.issues.append(Issue(Severity.ERROR, SOURCE, f"{place} was left out: it names no product"))
            return None
        return Statement(
            vulnerability=vulnerability,
            aliases=aliases,
            description=description,
            products=products,
            status=status,
            justification=_JUSTIFICATIONS.get(fields.text(value, "justification")),
            impact_statement=fields.text(value, "impact_statement"),
            action_statement=fields.text(value, "action_statement"),
            action_timestamp=fields.time(value, "action_statement_timestamp"),
            status_notes=fields.text(value, "status_notes"),
            supplier=fields.text(value, "supplier") or self._supplier,
            timestamp=fields.time(value, "timestamp") or self._time,
            last_updated=fields.time(value, "last_updated"),
            id=fields.text(value, "@id"),
            place=place,
        )

    def _products(self, value: Any, place: str) -> tuple[Product, ...]:
        common = fields.items(value, "subcomponents")  # 0.0.1: of the statement
        shared = tuple(filter(None, (self._identity(part, place) for part in common)))
        products = []
        if common and not shared:
            return ()  # without them the statement would be about more than its author meant
        for index, product in enumerate(fields.items(value, "products")):
            where = f"{place}.products[{index}]"
            identity = self._identity(product, where)
            parts = fields.items(product, "subcomponents")
            components = tuple(filter(None, (self._identity(part, where) for part in parts)))
            if identity is None or len(components) < len(parts):
                message = f"{where}: what names nothing in it was left out"
                self.issues.append(Issue(Severity.WARNING, SOURCE, message))
            if identity is not None and (components or not parts):
                products.append(Product(identity=identity, components=components or shared))
        return tuple(products)

    def _identity(self, value: Any, place: str) -> Identity | None:
        """None where nothing is named. What has but an @id, which most do, is looked up: it tends to recur."""
        name = value if isinstance(value, str) else fields.text(value, "@id")
        plain = isinstance(value, str) or (isinstance(value, dict) and not {"identifiers", "hashes"} & value.keys())
        if plain and name in self._plain:
            return self._plain[name]
        identifiers = fields.record(value, "identifiers")
        stated = fields.text(identifiers, "purl")
        purls = [self._purl(text, place) for text in dict.fromkeys((name, stated)) if _is_purl(text, stated)]
        cpes = [fields.text(identifiers, field) for field in ("cpe23", "cpe22")]
        cpes += [name] if name.lower().startswith("cpe:") else []
        own = name_of(name)
        identity = Identity(
            id="" if own else name,
            name=own,
            purls=tuple(dict.fromkeys(filter(None, purls))),
            cpes=tuple(cpe for cpe in dict.fromkeys(cpes) if parse_cpe(cpe)),
            hashes=hashes_of(fields.record(value, "hashes")),
        )
        if identity == Identity():
            return None
        if plain:
            self._plain[name] = identity
        return identity

    def _purl(self, text: str, place: str) -> PackageURL | None:
        try:
            return parse_purl(text)
        except InvalidPurl as error:
            self.issues.append(Issue(Severity.WARNING, SOURCE, f"{place}: {error}"))
            return None


def _is_purl(text: str, stated: str) -> bool:
    return text.startswith("pkg:") or (bool(text) and text == stated)


def _vulnerability(value: Any) -> tuple[str, tuple[str, ...], str]:
    """Name, aliases and description; the last part of the address counts as an alias, as it often is the CVE's id."""
    plain = fields.text(value, "vulnerability")
    if plain:
        return plain, (), fields.text(value, "vuln_description")
    found = fields.record(value, "vulnerability")
    address = fields.text(found, "@id").rstrip("/").rpartition("/")[2]
    names = [fields.text(found, "name"), *fields.texts(found, "aliases")]
    if address.upper().startswith(("CVE-", "GHSA-")):
        names.append(address)
    distinct = list(dict.fromkeys(filter(None, names)))
    if not distinct:
        return "", (), ""
    return distinct[0], tuple(distinct[1:]), fields.text(found, "description")
