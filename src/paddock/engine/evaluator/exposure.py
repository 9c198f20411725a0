# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Known vulnerabilities as rules see them: the facts about a finding, and what its resolution means for a reason."""

from collections.abc import Mapping
from datetime import datetime

from paddock.engine.evaluator.facts import Facts
from paddock.engine.model.verdict import AppliedWaiver, Reason
from paddock.engine.model.vulnerability import Finding, Vulnerability, VulnerabilityFindings

VERSION, AFFECTED_VERSIONS = "version", "affected_versions"
"""What is missing where it cannot be told whether a finding concerns a component: the component's version, or what the
advisory says about versions."""


class Exposure:
    """The findings of a result, by component; those that VEX settled are left out, for they are about nothing."""

    def __init__(self, advice: VulnerabilityFindings | None, now: datetime) -> None:
        self._now = now
        self._knows_exploitation = advice is not None and advice.data is not None and advice.data.has("kev")
        self._vulnerabilities: Mapping[str, Vulnerability] = advice.by_id() if advice else {}
        self._by_ref: dict[str, list[Finding]] = {}
        self._resolved: dict[tuple[str, str], AppliedWaiver] = {}
        for finding in advice.findings if advice else ():
            if finding.vulnerability not in self._vulnerabilities:
                continue  # a result of other making
            if finding.resolution is not None:
                self._resolved[finding.ref, finding.vulnerability] = AppliedWaiver(
                    reason=finding.resolution.reason,
                    comment=finding.resolution.comment,
                    approved_by=finding.resolution.approved_by,
                    until=finding.resolution.until,
                )
            elif not finding.counts:
                continue
            self._by_ref.setdefault(finding.ref, []).append(finding)

    def of(self, ref: str) -> list[tuple[Finding, Facts]]:
        """The findings of a component, each with its facts; those with a resolution among them."""
        return [(finding, self._facts(finding)) for finding in self._by_ref.get(ref, ())]

    def lifted_by(self, reason: Reason) -> AppliedWaiver | None:
        """The resolution that lifts a reason; None when there is none."""
        return self._resolved.get((reason.ref, reason.vulnerability)) if reason.vulnerability else None

    def _facts(self, finding: Finding) -> Facts:
        vulnerability = self._vulnerabilities[finding.vulnerability]
        rating, epss, kev, ssvc = vulnerability.rating, vulnerability.epss, vulnerability.kev, vulnerability.ssvc
        facts: Facts = {
            "vulnerability": vulnerability.id,
            "aliases": list(vulnerability.ids),
            "advisory_kind": vulnerability.kind.value,
            "weaknesses": list(vulnerability.weaknesses),
            "fixable": finding.fixable,
            "fixed_version": finding.upgrade.version if finding.upgrade else "",
            "assessment": finding.assessment.status.value if finding.assessment else "",
        }
        if rating is not None:
            facts["severity"] = rating.level.value
        scores = [rating.score for rating in vulnerability.ratings if rating.score is not None]
        if scores:
            facts["cvss"] = max(scores)
        if epss is not None:
            facts["epss"] = epss.probability
            if epss.percentile is not None:
                facts["epss_percentile"] = epss.percentile
        if kev is not None or self._knows_exploitation:
            facts["kev"] = kev is not None
            facts["ransomware"] = kev is not None and kev.ransomware
        if ssvc is not None:
            stated = {
                "exploitation": ssvc.exploitation,
                "automatable": ssvc.automatable,
                "technical_impact": ssvc.technical_impact,
            }
            facts.update((name, value) for name, value in stated.items() if value)
        if vulnerability.published is not None:
            facts["days_known"] = max(0, (self._now - vulnerability.published).days)
        return facts


def missing_for(finding: Finding, facts: Mapping[str, object]) -> str:
    """What would have to be known to tell whether an uncertain finding concerns the component."""
    return VERSION if not facts.get("version") or "no version" in finding.reason else AFFECTED_VERSIONS
