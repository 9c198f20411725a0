# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Applies the resolutions of a project's configuration to findings. Pure: the day is a parameter."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import PackageURL
from paddock.engine.model.vulnerability import Finding, Resolution, Vulnerability, VulnerabilityFindings
from paddock.engine.policy.configuration import Configuration, PathExclude, ScopeExclude, VulnerabilityResolution
from paddock.engine.policy.licensing import issue_at
from paddock.engine.policy.pattern import PatternIndex
from paddock.engine.policy.regex import matches_whole


def resolve(
    advice: VulnerabilityFindings,
    configuration: Configuration,
    inventory: Inventory,
    today: date,
) -> VulnerabilityFindings:
    """The findings, those settled that a resolution is about; it holds through its last day. Findings of components
    that the configuration leaves out of the product are settled by the exclude.

    Earlier resolutions in the findings do not count. One that is out of date, that cannot tell whether it is meant, or
    that nothing matches, is an issue: so that it is renewed or deleted.
    """
    purls = {component.ref: component.purl for component in inventory.components}
    settled = _Resolutions(configuration.resolutions, advice.by_id(), purls, today)
    left_out = _left_out(inventory, configuration)
    findings = tuple(
        msgspec.structs.replace(finding, resolution=resolution)
        if (resolution := settled.of(finding) or left_out.get(finding.ref)) != finding.resolution
        else finding
        for finding in advice.findings
    )
    if not settled.issues() and findings == advice.findings:
        return advice
    return msgspec.structs.replace(advice, findings=findings, issues=(*advice.issues, *settled.issues()))


def _left_out(inventory: Inventory, configuration: Configuration) -> dict[str, Resolution]:
    """The components all of whose uses are excluded, by ref, with the exclude of the last of them."""
    scopes = {scope: exclude for exclude in configuration.scope_excludes for scope in exclude.scopes}
    if not scopes and not configuration.path_excludes:
        return {}
    counting: set[str] = set()
    excluded: dict[str, PathExclude | ScopeExclude] = {}
    for project in inventory.projects:
        path = configuration.exclude_of(project.id)
        for usage in project.usages:
            exclude = path or scopes.get(usage.scope.value)
            if exclude is None:
                counting.add(usage.ref)
            else:
                excluded[usage.ref] = exclude
    return {
        ref: Resolution(reason=exclude.reason, comment=exclude.comment, place=exclude.place)
        for ref, exclude in excluded.items()
        if ref not in counting
    }


class _Resolutions:
    def __init__(
        self,
        resolutions: Iterable[VulnerabilityResolution],
        vulnerabilities: Mapping[str, Vulnerability],
        purls: Mapping[str, PackageURL],
        today: date,
    ) -> None:
        self._numbered = list(enumerate(resolutions))
        self._index = PatternIndex((one.pattern, (number, one)) for number, one in self._numbered)
        self._vulnerabilities = vulnerabilities
        self._purls = purls
        self._today = today
        self._used: set[int] = set()
        self._issues: dict[Issue, None] = {}

    def of(self, finding: Finding) -> Resolution | None:
        """The first resolution that settles a finding."""
        vulnerability = self._vulnerabilities.get(finding.vulnerability)
        names = vulnerability.ids if vulnerability else (finding.vulnerability,)
        for (number, one), answer in self._index.find(self._purls.get(finding.ref)):
            if not any(_is_meant(one, name) for name in names):
                continue
            self._used.add(number)
            if answer is None:
                text = f"the resolution is not used for {finding.ref}: its version cannot be compared with the range"
                self._issues[issue_at(one.place, text)] = None
            elif one.until is not None and one.until < self._today:
                text = f"the resolution of {one.vulnerability} expired on {one.until.isoformat()}: renew or delete it"
                self._issues[issue_at(one.place, text)] = None
            else:
                return Resolution(
                    reason=one.reason,
                    comment=one.comment,
                    approved_by=one.approved_by,
                    until=one.until,
                    place=one.place,
                )
        return None

    def issues(self) -> tuple[Issue, ...]:
        """What is wrong with the resolutions themselves, after all findings were asked about."""
        idle = [
            issue_at(
                one.place, f"the resolution of {one.vulnerability} has no effect: no finding matches it", Severity.HINT
            )
            for number, one in self._numbered
            if number not in self._used
        ]
        return (*self._issues, *idle)


def _is_meant(resolution: VulnerabilityResolution, name: str) -> bool:
    if resolution.is_regex:
        return matches_whole(resolution.vulnerability, name)
    return resolution.vulnerability.lower() == name.lower()
