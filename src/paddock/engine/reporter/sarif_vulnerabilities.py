# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Known vulnerabilities in SARIF: one rule a vulnerability, one result for each component that has it.

Code hosts sort by the property `security-severity` of the rule, a score as text. A result is an error when the policy
says that the product must not ship with it; without a verdict, critical and high ones are.
"""

from typing import Any

from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.model.vulnerability import Assessment, Finding, SeverityLevel, Vulnerability
from paddock.engine.reporter.causes import names_by_ref
from paddock.engine.reporter.sarif_places import fingerprint, locations
from paddock.engine.reporter.vulnerable import page_of, rated

_SCORES = {
    SeverityLevel.CRITICAL: 9.5,
    SeverityLevel.HIGH: 8.0,
    SeverityLevel.MEDIUM: 5.5,
    SeverityLevel.LOW: 2.0,
    SeverityLevel.NONE: 0.0,
}
"""Scores for levels that come without one: the middle of each (CVSS 4.0, section 6)."""
_BY_LEVEL = {SeverityLevel.LOW: "note", SeverityLevel.NONE: "note"}
_SEVERE = {SeverityLevel.CRITICAL, SeverityLevel.HIGH}


def vulnerability_rules(result: Result) -> dict[str, dict[str, Any]]:
    """A rule for each vulnerability that has findings, by its id."""
    return {one.id: _rule(one) for one in (result.advice.vulnerabilities if result.advice else ())}


def vulnerability_results(result: Result, order: dict[str, int]) -> list[dict[str, Any]]:
    """A result for each finding; order: numbers of rules. Those that are settled have a suppression."""
    if result.advice is None:
        return []
    components = {component.ref: component for component in result.inventory.components}
    projects: dict[str, list[str]] = {}
    for project in result.inventory.projects:
        for usage in project.usages:
            projects.setdefault(usage.ref, []).append(project.id)
    names, known, levels = names_by_ref(result), result.advice.by_id(), _decided(result)
    results = []
    for finding in result.advice.findings:
        if finding.vulnerability not in known:
            continue
        vulnerability = known[finding.vulnerability]
        decided = levels.get((finding.ref, finding.vulnerability))
        one: dict[str, Any] = {
            "ruleId": vulnerability.id,
            "ruleIndex": order[vulnerability.id],
            "level": _level(finding, vulnerability, decided, judged=result.verdict is not None),
            "message": {"text": _message(finding, vulnerability, names)},
            "locations": locations(components.get(finding.ref), projects.get(finding.ref, ())),
            "partialFingerprints": {"finding/v1": fingerprint(vulnerability.id, finding.ref)},
            "properties": {
                "component": finding.ref,
                "fixedVersions": list(finding.fixed_versions),
                "undecided": not finding.certain,
                **_ways(finding),
            },
        }
        if suppression := _suppression(finding):
            one["suppressions"] = [suppression]
        results.append(one)
    return results


def _ways(finding: Finding) -> dict[str, Any]:
    """The way in and the way out, for those who read more than the message."""
    found: dict[str, Any] = {"paths": [list(path) for path in finding.paths]} if finding.paths else {}
    if finding.upgrade is not None:
        found["upgrade"] = finding.upgrade.version
        found |= {"clearsAll": finding.upgrade.clears_all} if finding.upgrade.clears_all else {}
        found |= {"through": list(finding.upgrade.through)} if finding.upgrade.through else {}
    return found


def _rule(vulnerability: Vulnerability) -> dict[str, Any]:
    score = max((one.score for one in vulnerability.ratings if one.score is not None), default=None)
    if score is None and vulnerability.level is not None:
        score = _SCORES[vulnerability.level]
    names = ", ".join(vulnerability.aliases)
    properties: dict[str, Any] = {"tags": ["security", *_weaknesses(vulnerability)]}
    if score is not None:
        properties["security-severity"] = str(score)
    if vulnerability.epss is not None:
        properties["epss"] = vulnerability.epss.probability
    if vulnerability.kev is not None:
        properties["knownExploited"] = True
    if vulnerability.ssvc is not None:
        ssvc = vulnerability.ssvc
        points = {
            "exploitation": ssvc.exploitation,
            "automatable": ssvc.automatable,
            "technicalImpact": ssvc.technical_impact,
        }
        properties["ssvc"] = {name: value for name, value in points.items() if value}
    if vulnerability.aliases:
        properties["aliases"] = list(vulnerability.aliases)
    if said := rated(vulnerability):
        properties["rating"] = said
    rule: dict[str, Any] = {
        "id": vulnerability.id,
        "shortDescription": {"text": vulnerability.summary or vulnerability.id},
        "fullDescription": {"text": f"{vulnerability.summary or vulnerability.id}{f' ({names})' if names else ''}"},
        "properties": properties,
    }
    if page := page_of(vulnerability):
        rule["helpUri"] = page
    return rule


def _weaknesses(vulnerability: Vulnerability) -> list[str]:
    """As code hosts know them: "external/cwe/cwe-79"."""
    return [f"external/cwe/{name.lower()}" for name in vulnerability.weaknesses]


def _decided(result: Result) -> dict[tuple[str, str], Severity]:
    """The worst that open violations of the policy say about each finding."""
    order = list(Severity)
    found: dict[tuple[str, str], Severity] = {}
    for reason in result.verdict.open_reasons if result.verdict else ():
        if reason.vulnerability and reason.kind is ReasonKind.VIOLATION:
            key = (reason.ref, reason.vulnerability)
            found[key] = min(found.get(key, reason.severity), reason.severity, key=order.index)
    return found


def _level(finding: Finding, vulnerability: Vulnerability, decided: Severity | None, *, judged: bool) -> str:
    if not finding.certain:
        return "note"
    if decided is Severity.ERROR or (not judged and vulnerability.level in _SEVERE):
        return "error"
    return _BY_LEVEL.get(vulnerability.level, "warning") if vulnerability.level else "warning"


def _message(finding: Finding, vulnerability: Vulnerability, names: dict[str, str]) -> str:
    name = names.get(finding.ref, finding.ref)
    what = f"{vulnerability.id}: {vulnerability.summary}" if vulnerability.summary else vulnerability.id
    if not finding.certain:
        return f"It could not be told whether {name} has {what} ({finding.reason})."
    exploited = " It is known to be exploited." if vulnerability.kev else ""
    upgrade = f" Upgrade to {finding.upgrade.version}." if finding.upgrade else " No fixed version is known."
    through = ", ".join(names.get(ref, ref) for ref in finding.upgrade.through) if finding.upgrade else ""
    return f"{name} has {what}.{exploited}{upgrade}{f' It comes in through {through}.' if through else ''}"


def _said_by(assessment: Assessment) -> str:
    """By whose word, and where it stands."""
    return ", ".join(filter(None, (assessment.author, assessment.source)))


def _suppression(finding: Finding) -> dict[str, str] | None:
    if finding.counts:
        return None
    texts: tuple[str, ...] = ()
    if finding.resolution is not None:
        texts = (finding.resolution.reason, finding.resolution.comment)
    elif finding.assessment is not None:
        assessment = finding.assessment
        texts = (assessment.status.value, assessment.justification, assessment.statement, _said_by(assessment))
    return {"kind": "external", "status": "accepted", "justification": ": ".join(text for text in texts if text)}
