# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Findings, violations and figures in their shapes, from a stored result and verdict."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Reason, ReasonKind
from paddock.engine.model.vulnerability import Finding, SeverityLevel, Status, Vulnerability
from paddock.hub.dependency_track.projects import milliseconds
from paddock.hub.scans.models import Evaluation

SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO", "UNASSIGNED")
_SEVERITY = {
    SeverityLevel.CRITICAL: "CRITICAL",
    SeverityLevel.HIGH: "HIGH",
    SeverityLevel.MEDIUM: "MEDIUM",
    SeverityLevel.LOW: "LOW",
    SeverityLevel.NONE: "INFO",
    None: "UNASSIGNED",
}
_STATE = {
    Status.NOT_AFFECTED: "NOT_AFFECTED",
    Status.AFFECTED: "EXPLOITABLE",
    Status.FIXED: "RESOLVED",
    Status.UNDER_INVESTIGATION: "IN_TRIAGE",
}
_VIOLATION_STATE = {Severity.ERROR: "FAIL", Severity.WARNING: "WARN", Severity.HINT: "INFO"}
_RISK = {"CRITICAL": 10, "HIGH": 5, "MEDIUM": 3, "LOW": 1, "INFO": 0, "UNASSIGNED": 5}
"""Weights of their inherited risk score."""


def stable_id(*parts: object) -> str:
    """The same UUID for the same thing, at every request: they have ids for what we have none for."""
    return str(uuid5(NAMESPACE_URL, "\x1f".join(map(str, parts))))


def component_of(release_id: UUID, ref: str, known: dict[str, Component]) -> dict[str, Any]:
    """A component; of one that is not in the inventory (a project as a whole) only what is known."""
    found = known.get(ref)
    shown: dict[str, Any] = {"uuid": stable_id(release_id, ref), "name": ref or "-", "project": str(release_id)}
    if found is not None:
        purl = found.purl
        shown |= {"name": purl.name, "group": purl.namespace, "version": purl.version, "purl": ref}
    return {name: value for name, value in shown.items() if value is not None}


def findings(release_id: UUID, result: Result | None, *, settled: bool = False) -> list[dict[str, Any]]:
    """Every finding, the worst first. settled: those that somebody settled (they say suppressed), too."""
    if result is None or result.advice is None:
        return []
    known = {component.ref: component for component in result.inventory.components}
    vulnerabilities = result.advice.by_id()
    shown = [
        _finding(release_id, finding, vulnerabilities[finding.vulnerability], known, result.created)
        for finding in result.advice.findings
        if settled or finding.counts
    ]
    return sorted(shown, key=lambda entry: (entry["vulnerability"]["severityRank"], entry["matrix"]))


def _finding(
    release_id: UUID, finding: Finding, vulnerability: Vulnerability, known: dict[str, Component], at: datetime
) -> dict[str, Any]:
    component = component_of(release_id, finding.ref, known)
    about = _vulnerability(finding, vulnerability)
    return {
        "component": component,
        "vulnerability": about,
        "analysis": _analysis(finding),
        "attribution": {"analyzerIdentity": "INTERNAL_ANALYZER", "attributedOn": milliseconds(at)},
        "matrix": f"{release_id}:{component['uuid']}:{about['uuid']}",
    }


def _vulnerability(finding: Finding, vulnerability: Vulnerability) -> dict[str, Any]:
    severity = _SEVERITY[vulnerability.level]
    weaknesses = [
        {"cweId": int(number), "name": name}
        for name in vulnerability.weaknesses
        if (number := name.upper().removeprefix("CWE-")).isascii() and number.isdigit()
    ]
    shown: dict[str, Any] = {
        "uuid": stable_id(vulnerability.id),
        "source": source_of(vulnerability.id),
        "vulnId": vulnerability.id,
        "title": vulnerability.summary or None,
        "description": vulnerability.summary or None,
        "recommendation": f"Upgrade to {finding.upgrade.version}." if finding.upgrade else None,
        "severity": severity,
        "severityRank": SEVERITIES.index(severity),
        "cwes": weaknesses,
        "aliases": _aliases(vulnerability),
    }
    if vulnerability.epss is not None:
        shown["epssScore"] = vulnerability.epss.probability
        shown["epssPercentile"] = vulnerability.epss.percentile
    score = next((rating for rating in vulnerability.ratings if rating.method.startswith("CVSS 3")), None)
    if score is not None:
        shown["cvssV3BaseScore"] = score.score
    return {name: value for name, value in shown.items() if value is not None}


def source_of(id: str) -> str:
    """Their name for the database that an id is from."""
    prefix = id.split("-", 1)[0]
    return {"CVE": "NVD", "GHSA": "GITHUB", "SNYK": "SNYK"}.get(prefix, "OSV")


def _aliases(vulnerability: Vulnerability) -> list[dict[str, str]]:
    names = {"NVD": "cveId", "GITHUB": "ghsaId", "OSV": "osvId", "SNYK": "snykId"}
    own = names[source_of(vulnerability.id)]
    return [
        {own: vulnerability.id, names[source_of(alias)]: alias}
        for alias in vulnerability.aliases
        if names[source_of(alias)] != own
    ]


def _analysis(finding: Finding) -> dict[str, Any]:
    state = "NOT_SET"
    if finding.assessment is not None:
        state = _STATE[finding.assessment.status]
    elif finding.resolution is not None:
        state = "RESOLVED"
    return {"state": state, "isSuppressed": not finding.counts}


def violations(release_id: UUID, result: Result | None, evaluation: Evaluation | None) -> list[dict[str, Any]]:
    """The open reasons of the verdict that counts now, as policy violations."""
    if result is None or evaluation is None:
        return []
    known = {component.ref: component for component in result.inventory.components}
    version = evaluation.policy_version
    policy = version.policy.name if version is not None else "Paddock's default policy"
    reasons = msgspec.convert(evaluation.reasons, tuple[Reason, ...])
    return [
        _violation(release_id, reason, known, policy, evaluation.created_at)
        for reason in reasons
        if reason.waiver is None
    ]


def _violation(
    release_id: UUID, reason: Reason, known: dict[str, Component], policy: str, at: datetime
) -> dict[str, Any]:
    # A question is never more than a warning to them: they know no verdict that is open.
    state = _VIOLATION_STATE[reason.severity] if reason.kind is ReasonKind.VIOLATION else "WARN"
    return {
        "uuid": stable_id(release_id, reason.rule, reason.ref, reason.cause, reason.vulnerability),
        "type": kind_of(reason),
        "text": reason.message,
        "timestamp": milliseconds(at),
        "component": component_of(release_id, reason.ref, known),
        "policyCondition": {
            "uuid": stable_id(policy, reason.rule),
            "subject": "LICENSE" if kind_of(reason) == "LICENSE" else "VULNERABILITY_ID",
            "operator": "IS",
            "value": reason.license or reason.vulnerability or reason.cause,
            "policy": {"uuid": stable_id(policy), "name": f"{policy}: {reason.rule}", "violationState": state},
        },
    }


def kind_of(reason: Reason) -> str:
    """LICENSE, SECURITY or OPERATIONAL."""
    if reason.vulnerability:
        return "SECURITY"
    return "LICENSE" if reason.license or "license" in reason.rule else "OPERATIONAL"


def metrics(release_id: UUID, result: Result | None, evaluation: Evaluation | None) -> dict[str, Any]:
    """The figures of a project."""
    found = findings(release_id, result, settled=True)
    counted = [entry for entry in found if not entry["analysis"]["isSuppressed"]]
    by_severity = _counts((entry["vulnerability"]["severity"] for entry in counted), SEVERITIES)
    audited = sum(entry["analysis"]["state"] not in ("NOT_SET", "IN_TRIAGE") for entry in counted)
    moment = milliseconds(result.created) if result else None
    figures: dict[str, Any] = {
        "critical": by_severity["CRITICAL"],
        "high": by_severity["HIGH"],
        "medium": by_severity["MEDIUM"],
        "low": by_severity["LOW"] + by_severity["INFO"],
        "unassigned": by_severity["UNASSIGNED"],
        "vulnerabilities": len(counted),
        "vulnerableComponents": len({entry["component"]["uuid"] for entry in counted}),
        "components": len(result.inventory.components) if result else 0,
        "suppressed": len(found) - len(counted),
        "findingsTotal": len(counted),
        "findingsAudited": audited,
        "findingsUnaudited": len(counted) - audited,
        "inheritedRiskScore": float(sum(_RISK[severity] * count for severity, count in by_severity.items())),
        "firstOccurrence": moment,
        "lastOccurrence": moment,
    }
    return figures | _violation_figures(violations(release_id, result, evaluation))


def _violation_figures(found: list[dict[str, Any]]) -> dict[str, int]:
    states = _counts(
        (entry["policyCondition"]["policy"]["violationState"] for entry in found), ("FAIL", "WARN", "INFO")
    )
    kinds = _counts((entry["type"] for entry in found), ("LICENSE", "SECURITY", "OPERATIONAL"))
    figures = {f"policyViolations{state.title()}": count for state, count in states.items()}
    for name, count in {"": len(found), **{kind.title(): count for kind, count in kinds.items()}}.items():
        figures |= {
            f"policyViolations{name}Total": count,
            f"policyViolations{name}Audited": 0,
            f"policyViolations{name}Unaudited": count,
        }
    return figures


def _counts(values: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(names, 0)
    for value in values:
        counts[value] += 1
    return counts
