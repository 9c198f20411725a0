# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Applies VEX documents to findings: what they say is kept in each finding, with the statement's place."""

from collections.abc import Iterable

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import PackageURL
from paddock.engine.model.vulnerability import Finding, VulnerabilityFindings
from paddock.engine.vex.apply import SOURCE, NamedDocument, Subject, apply
from paddock.engine.vex.carriers import Carriers
from paddock.engine.vex.create import identify

_CPE = "cpe"


class Exploitability(msgspec.Struct, frozen=True, kw_only=True):
    """The documents to apply, and what is looked at, as far as that was said: by package URL, or by CPE name."""

    documents: tuple[NamedDocument, ...]
    products: tuple[PackageURL, ...] = ()
    cpes: tuple[str, ...] = ()


def exploitability_of(documents: Iterable[NamedDocument], products: Iterable[str] = ()) -> Exploitability:
    """Documents with the product that they are applied to. Raises InvalidPurl."""
    identities = [identify(text) for text in products]
    return Exploitability(
        documents=tuple(documents),
        products=tuple(purl for one in identities for purl in one.purls),
        cpes=tuple(cpe for one in identities for cpe in one.cpes),
    )


def assess(
    advice: VulnerabilityFindings, inventory: Inventory, exploitability: Exploitability | None
) -> VulnerabilityFindings:
    """The findings with what the documents say about them; earlier assessments that they say nothing about stay."""
    if exploitability is None or not exploitability.documents:
        return advice
    subjects = _Subjects(advice, inventory, exploitability)
    refs = {component.ref for component in inventory.components}
    known = [finding for finding in advice.findings if finding.ref in refs]
    decided = apply([subjects.of(finding) for finding in known], exploitability.documents)
    by_finding = dict(zip(map(_key, known), decided.decisions, strict=True))
    findings = tuple(
        msgspec.structs.replace(finding, assessment=decision.assessment)
        if (decision := by_finding.get(_key(finding))) is not None
        else finding
        for finding in advice.findings
    )
    used = {decision.document.name for decision in decided.decisions if decision is not None}
    used |= {issue.path for issue in decided.issues}
    issues = (*decided.issues, *_issues(exploitability.documents, used))
    return msgspec.structs.replace(
        advice, findings=findings, issues=(*advice.issues, *(one for one in issues if one not in advice.issues))
    )


def keep_assessments(earlier: VulnerabilityFindings | None, newer: VulnerabilityFindings) -> VulnerabilityFindings:
    """A newer look-up with what was decided about the same vulnerability, by whatever name, of the same component."""
    known = earlier.by_id() if earlier is not None else {}
    decided = {
        (name, finding.ref): finding.assessment
        for finding in (earlier.findings if earlier is not None else ())
        if finding.assessment is not None and finding.vulnerability in known
        for name in known[finding.vulnerability].ids
    }
    if not decided:
        return newer
    names = {one.id: one.ids for one in newer.vulnerabilities}
    findings = []
    for finding in newer.findings:
        keys = ((name, finding.ref) for name in names.get(finding.vulnerability, (finding.vulnerability,)))
        kept = next((decided[key] for key in keys if key in decided), None)
        findings.append(msgspec.structs.replace(finding, assessment=kept) if kept is not None else finding)
    return msgspec.structs.replace(newer, findings=tuple(findings))


def _key(finding: Finding) -> tuple[str, str]:
    return finding.vulnerability, finding.ref


class _Subjects:
    """What VEX needs to know of each finding."""

    def __init__(self, advice: VulnerabilityFindings, inventory: Inventory, exploitability: Exploitability) -> None:
        self._names = {one.id: one.ids for one in advice.vulnerabilities}
        self._components = {component.ref: component for component in inventory.components}
        self._purls = {component.ref: component.purl for component in inventory.components}
        self._purls |= {project.id: project.purl for project in inventory.projects if project.purl is not None}
        self._known = tuple(project.purl for project in inventory.projects if project.purl is not None)
        self._given = exploitability
        self._carriers = Carriers(inventory)

    def of(self, finding: Finding) -> Subject:
        """A finding as a subject."""
        component = self._components[finding.ref]
        carriers = tuple(self._purls[ref] for ref in self._carriers.of(finding.ref) if ref in self._purls)
        told = bool(self._given.products or self._given.cpes)
        return Subject(
            ids=self._names.get(finding.vulnerability, (finding.vulnerability,)),
            component=component.purl,
            products=self._given.products,
            product_cpes=self._given.cpes,
            cpes=_cpes(component),
            carriers=carriers,
            others=() if told else self._known,
        )


def _cpes(component: Component) -> tuple[str, ...]:
    return tuple(value for name, value in component.properties if name == _CPE)


def _issues(documents: Iterable[NamedDocument], used: set[str]) -> Iterable[Issue]:
    """What is wrong with the documents themselves. What was not read of them leaves findings as they are, so that it is
    never worse than a warning.
    """
    for named in documents:
        for issue in named.document.issues:
            severity = Severity.WARNING if issue.severity is Severity.ERROR else issue.severity
            yield msgspec.structs.replace(issue, severity=severity, path=issue.path or named.name)
        if named.name not in used and named.document.statements:
            yield Issue(Severity.HINT, SOURCE, "no statement of the document is about any finding", named.name)
