# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SARIF 2.1.0, for code hosts' security tabs and editors.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. One result per reason, one per known
vulnerability of a component (see `sarif_vulnerabilities`) and one per ERROR or WARNING issue; waived reasons are
results with a suppression. Fingerprints rest on rule and component, so that they survive moved lines.
"""

from typing import Any

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Reason, ReasonKind
from paddock.engine.model.vulnerability import AdvisoryData
from paddock.engine.reporter.report import Report
from paddock.engine.reporter.sarif_places import fingerprint, location, locations
from paddock.engine.reporter.sarif_vulnerabilities import vulnerability_results, vulnerability_rules

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def render(result: Result) -> bytes:
    """The reasons and issues of a result as a SARIF log with one run."""
    components = {component.ref: component for component in result.inventory.components}
    findings = result.advice.findings if result.advice else ()
    as_findings = {(finding.ref, finding.vulnerability) for finding in findings}
    reasons = [
        reason
        for reason in (result.verdict.reasons if result.verdict else ())
        if (reason.ref, reason.vulnerability) not in as_findings
    ]
    issues = [issue for issue in result.all_issues() if issue.severity is not Severity.HINT]
    rules = {reason.rule: _rule(reason) for reason in reasons}
    rules |= {f"scan/{issue.source}": {"id": f"scan/{issue.source}"} for issue in issues}
    rules |= vulnerability_rules(result)
    order = {rule: number for number, rule in enumerate(sorted(rules))}
    results = [_of_reason(reason, components, order) for reason in reasons]
    results += vulnerability_results(result, order)
    results += [_of_issue(issue, order) for issue in issues]
    driver = {
        "name": result.tool.name,
        "semanticVersion": result.tool.version,
        "rules": [rules[rule] for rule in sorted(rules)],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": result.created.strftime("%Y-%m-%dT%H:%M:%SZ")}],
        "results": results,
        "columnKind": "unicodeCodePoints",
    }
    if result.advice is not None and result.advice.data is not None:
        run["properties"] = {"advisories": _looked_up_in(result.advice.data)}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _looked_up_in(data: AdvisoryData) -> dict[str, Any]:
    """How many advisories, of when, and of when the newest of them is."""
    found: dict[str, Any] = {"records": data.records, "updated": data.updated.isoformat()}
    return found | ({"newest": data.newest.isoformat()} if data.newest else {})


def _rule(reason: Reason) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": reason.rule, "defaultConfiguration": {"level": _LEVELS[reason.severity]}}
    if reason.why:
        rule["fullDescription"] = {"text": reason.why}
    if reason.how_to_fix:
        rule["help"] = {"text": reason.how_to_fix}
    return rule


def _of_reason(reason: Reason, components: dict[str, Component], order: dict[str, int]) -> dict[str, Any]:
    component = components.get(reason.ref)
    message = reason.message if not reason.how_to_fix else f"{reason.message} {reason.how_to_fix}"
    found: dict[str, Any] = {
        "ruleId": reason.rule,
        "ruleIndex": order[reason.rule],
        "level": _LEVELS[reason.severity],
        "message": {"text": message},
        "locations": locations(component, reason.projects),
        "partialFingerprints": {"reason/v1": fingerprint(reason.rule, reason.ref, reason.license)},
        # The standard's kind "open" would force the level "none", and viewers hide that: a property says it instead.
        "properties": {
            "component": reason.ref,
            "license": reason.license,
            "projects": list(reason.projects),
            "undecided": reason.kind is ReasonKind.QUESTION,
        },
    }
    if reason.waiver is not None:
        text = ": ".join(part for part in (reason.waiver.reason, reason.waiver.comment) if part)
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": text}]
    return found


def _of_issue(issue: Issue, order: dict[str, int]) -> dict[str, Any]:
    rule = f"scan/{issue.source}"
    return {
        "ruleId": rule,
        "ruleIndex": order[rule],
        "level": _LEVELS[issue.severity],
        "message": {"text": issue.message},
        "locations": [_place_of(issue)] if issue.path else [],
        "partialFingerprints": {"issue/v1": fingerprint(rule, issue.path, issue.message)},
    }


def _place_of(issue: Issue) -> dict[str, Any]:
    if issue.path.startswith("pkg:"):  # something in the published source of a package, which is no file of the tree
        return {"logicalLocations": [{"fullyQualifiedName": issue.path, "kind": "package"}]}
    return location(issue.path, issue.line)


REPORTS = (Report(name="sarif", title="SARIF 2.1.0", suffix=".sarif", render=render, needs_verdict=True),)
