# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes CSAF 2.0 and 2.1 documents of the profile VEX. Equal documents give equal bytes.

A CSAF document says one thing about a product at a time, so that of the statements only the latest are written.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from paddock.engine.formats.csaf.patterns import CPE
from paddock.engine.formats.csaf.tree_writer import TreeWriter, unwritable_range
from paddock.engine.formats.document import Kind, Written
from paddock.engine.formats.json_text import write_json
from paddock.engine.model.errors import EngineError
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Tool
from paddock.engine.vex.create import IncompleteStatement, complete, fingerprint
from paddock.engine.vex.merge import latest
from paddock.engine.vex.statement import Identity, Product, Response, Statement, Status, VexDocument
from paddock.engine.vex.vocabulary import CAUTION, GROUP_OF_STATUS, REMEDIATION_OF_RESPONSE

Value = dict[str, Any]
SOURCE = "formats/csaf"
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[!-;=?-\[\]_a-z~]+")
_CPE = re.compile(CPE)
_SYSTEMS = (("GHSA-", "GitHub Security Advisories"), ("CVE-", "CVE"))
_ROLES = ("coordinator", "discoverer", "other", "translator", "user", "vendor")
_TOGETHER = {Response.UPDATE, Response.WORKAROUND_AVAILABLE, Response.ROLLBACK}
"""Responses that do not exclude each other as remediations."""


class NoNamespace(EngineError):
    """CSAF wants the address of the author on the web, and the document has none."""


def write_document(document: VexDocument, kind: Kind, *, now: datetime, tool: Tool) -> Written:
    """The document as bytes. now: where the document has no time of its own.

    Raises NoNamespace, and IncompleteStatement when no statement is left.
    """
    if not _URI.fullmatch(document.namespace):
        raise NoNamespace(
            "CSAF wants the web address of the author (--namespace): give one, for instance https://example.com"
        )
    writing = _Writing(later=kind.version == "2.1")
    vulnerabilities = writing.vulnerabilities(latest(document.statements))
    if not vulnerabilities:
        raise IncompleteStatement("there is no statement that CSAF can carry")
    times = [statement.effective for statement in document.statements if statement.effective is not None]
    current = document.last_updated or max(times, default=document.timestamp or now)
    value: Value = {"$schema": "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"} if writing.later else {}
    value["document"] = _head(document, kind, current, tool)
    value["product_tree"] = writing.tree.value()
    value["vulnerabilities"] = vulnerabilities
    return Written(write_json(value), tuple(writing.issues))


def _head(document: VexDocument, kind: Kind, current: datetime, tool: Tool) -> Value:
    first = min(document.timestamp or current, current)
    head: Value = {"category": "csaf_vex", "csaf_version": kind.version}
    if kind.version == "2.1":
        head["distribution"] = {"tlp": {"label": "CLEAR"}}
    name, _, version = (document.tooling or f"{tool.name} {tool.version}").rpartition(" ")
    engine = {"name": name, "version": version} if name else {"name": version}
    head["publisher"] = {
        "category": document.role if document.role in _ROLES else "vendor",
        "name": document.author or "unknown",
        "namespace": document.namespace,
    }
    head["title"] = document.title or f"VEX statements of {document.author or 'unknown'}"
    head["tracking"] = {
        "current_release_date": _time(current),
        "generator": {"date": _time(current), "engine": engine},
        "id": document.id.strip() or f"vex-{fingerprint(document)[:16]}",
        "initial_release_date": _time(first),
        "revision_history": [{"date": _time(current), "number": "1", "summary": "As first written."}],
        "status": "final",
        "version": "1",
    }
    return head


class _Writing:
    """One document; `issues` collects what is left out."""

    def __init__(self, *, later: bool) -> None:
        self.later = later
        self.tree = TreeWriter(later=later)
        self.issues: dict[Issue, None] = {}

    def vulnerabilities(self, statements: Iterable[Statement]) -> list[Value]:
        groups: dict[str, list[Statement]] = {}
        for statement in statements:
            if products := tuple(self._writable(statement)):
                kept = msgspec.structs.replace(complete(statement), products=products)
                groups.setdefault(main_name(kept).upper(), []).append(kept)
        return [self._vulnerability(group) for group in groups.values()]

    def _writable(self, statement: Statement) -> Iterable[Product]:
        for product in statement.products:
            parts = tuple(part for part in product.components if self._is_writable(part, statement))
            if self._is_writable(product.identity, statement) and (parts or not product.components):
                yield Product(identity=_valid(product.identity), components=tuple(map(_valid, parts)))

    def _is_writable(self, identity: Identity, statement: Statement) -> bool:
        text = unwritable_range(identity, later=self.later)
        if text:
            what = f"{statement.status.value} for {statement.vulnerability} in {identity.label} {text} was left out"
            self._tell(f"{what}: CSAF 2.1 does not allow this range")
        return not text

    def _tell(self, text: str) -> None:
        self.issues[Issue(Severity.WARNING, SOURCE, text)] = None

    def _vulnerability(self, statements: Sequence[Statement]) -> Value:
        name = main_name(statements[0])
        others = dict.fromkeys(one for statement in statements for one in statement.ids if one.upper() != name.upper())
        value: Value = {"cve": name} if _CVE.fullmatch(name) else {}
        ids = [*others] if value else [name, *others]
        value |= {"ids": [{"system_name": _system(one), "text": one} for one in ids]} if ids else {}
        described = next((one.description for one in statements if one.description), name)
        value["notes"] = [{"category": "description", "text": described, "title": "Vulnerability description"}]
        said = self._said(statements)
        status: Value = {}
        for group in sorted(GROUP_OF_STATUS.values()):
            ids_of = [named for named, statement in said.items() if GROUP_OF_STATUS[statement.status] == group]
            status |= {group: ids_of} if ids_of else {}
        value["product_status"] = status
        value |= _flags(said)
        value |= _remediations(said)
        value |= _impacts(said)
        return {name: value[name] for name in sorted(value)}

    def _said(self, statements: Sequence[Statement]) -> dict[str, Statement]:
        """The statement about each product id; of several, which are of the same time, the most careful one."""
        said: dict[str, Statement] = {}
        for statement in statements:
            for named in (named for product in statement.products for named in self.tree.ids_of(product)):
                before = said.setdefault(named, statement)
                if before.status is not statement.status:
                    said[named] = min(before, statement, key=lambda one: CAUTION.index(one.status))
                    text = (
                        f"statements of the same time about {statement.vulnerability} in {named} contradict each other"
                    )
                    self._tell(f"{text}; {said[named].status.value} was written")
        return said


def main_name(statement: Statement) -> str:
    """The name that a vulnerability goes by in CSAF: its CVE where it has one."""
    return next((one for one in statement.ids if _CVE.fullmatch(one)), statement.vulnerability)


def _valid(identity: Identity) -> Identity:
    """The identity without CPE names that are none by CSAF's pattern."""
    cpes = tuple(cpe for cpe in identity.cpes if _CPE.match(cpe))
    return identity if cpes == identity.cpes else msgspec.structs.replace(identity, cpes=cpes)


def _system(name: str) -> str:
    return next((system for start, system in _SYSTEMS if name.upper().startswith(start)), "OSV")


def _flags(said: dict[str, Statement]) -> Value:
    groups: dict[str, list[str]] = {}
    for named, statement in said.items():
        if statement.status is Status.NOT_AFFECTED and statement.justification is not None:
            groups.setdefault(statement.justification.value, []).append(named)
    flags = [{"label": label, "product_ids": named} for label, named in groups.items()]
    return {"flags": flags} if flags else {}


def _impacts(said: dict[str, Statement]) -> Value:
    groups: dict[str, list[str]] = {}
    for named, statement in said.items():
        if statement.status is Status.NOT_AFFECTED and statement.impact_statement:
            groups.setdefault(statement.impact_statement, []).append(named)
    threats = [{"category": "impact", "details": text, "product_ids": named} for text, named in groups.items()]
    return {"threats": threats} if threats else {}


def _remediations(said: dict[str, Statement]) -> Value:
    groups: dict[tuple[str, str, str], list[str]] = {}
    for named, statement in said.items():
        if statement.status is Status.AFFECTED:
            date = _time(statement.action_timestamp) if statement.action_timestamp else ""
            for category in _categories(statement.responses):
                groups.setdefault((category, date, statement.action_statement), []).append(named)
    found = [
        {"category": category, **({"date": date} if date else {}), "details": text, "product_ids": named}
        for (category, date, text), named in groups.items()
    ]
    return {"remediations": found} if found else {}


def _categories(responses: tuple[Response, ...]) -> list[str]:
    """The categories of remediations; of responses that exclude each other the first. Without any, it is a mitigation,
    which is the category that promises least.
    """
    helpful = [response for response in responses if response in _TOGETHER]
    chosen = helpful or list(responses[:1])
    return list(dict.fromkeys(REMEDIATION_OF_RESPONSE[response] for response in chosen)) or ["mitigation"]


def _time(time: datetime) -> str:
    zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat().replace("+00:00", "Z")
