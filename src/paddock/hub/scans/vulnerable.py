# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The known vulnerabilities of a release as rows and as a bar, from what was looked up. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.vulnerability import VulnerabilityFindings
from paddock.engine.reporter.vulnerable import (
    LEVELS,
    UNRATED,
    Item,
    VulnerablePackage,
    is_harmful,
    vulnerable_packages,
)

WIDTH = 1000
"""Units that the whole bar is wide."""
LEVEL_WORDS: dict[str, tuple[str, Promise]] = {
    "malware": ("bad", _("Malware")),
    "critical": ("bad", pgettext_lazy("vulnerability", "Critical")),
    "high": ("bad", pgettext_lazy("vulnerability", "High")),
    "medium": ("warn", pgettext_lazy("vulnerability", "Medium")),
    UNRATED: ("warn", _("Not rated")),
    "low": ("none", pgettext_lazy("vulnerability", "Low")),
    "none": ("none", _("No impact")),
    "unmaintained": ("none", _("Unmaintained")),
    "notice": ("none", _("Notice")),
}
"""Level -> tone and word, the worst first."""
MOST_REMARKS = 5
OPEN, UNCERTAIN, SETTLED = "open", "uncertain", "settled"


@dataclass(frozen=True, slots=True)
class Row:
    """One vulnerability in one package. state: OPEN, UNCERTAIN (cannot be told whether this version is concerned) or
    SETTLED (by VEX or by a decision, which `why` tells)."""

    package: VulnerablePackage
    item: Item
    state: str
    name: str
    version: str

    @property
    def ref(self) -> str:
        """The component, as a package URL."""
        return self.item.finding.ref

    @property
    def level(self) -> str:
        """Of LEVEL_WORDS."""
        return self.item.level

    @property
    def rank(self) -> int:
        """For sorting, the worst first."""
        return LEVELS.index(self.level)

    @property
    def exploited(self) -> bool:
        """Whether it is known to be exploited."""
        return self.item.vulnerability.kev is not None

    @property
    def remedy(self) -> str:
        """The version to go to, "" where none is known."""
        upgrade = self.item.finding.upgrade
        return upgrade.version if upgrade else ", ".join(self.item.finding.fixed_versions[:3])

    @property
    def why(self) -> str:
        """Why it does not count, or why it cannot be told; "" for what counts."""
        finding = self.item.finding
        if self.state == UNCERTAIN:
            return finding.reason
        if self.state == OPEN:
            return ""
        told: list[Any] = []
        if finding.assessment is not None:
            said = finding.assessment
            told = [f"VEX: {said.status.value.replace('_', ' ')}", said.justification.replace("_", " "),
                    said.statement, said.author, said.source]  # fmt: skip
        if finding.resolution is not None:
            told += [finding.resolution.reason, finding.resolution.comment, finding.resolution.approved_by]
        return "; ".join(str(part) for part in told if part)


def rows_of(result: Result) -> list[Row]:
    """Every vulnerability of every package, settled ones included, the worst first."""
    components = {component.ref: component for component in result.inventory.components}
    rows: list[Row] = []
    for settled in (False, True):
        for package in vulnerable_packages(result, settled=settled):
            for item in (*package.certain, *package.uncertain):
                state = SETTLED if settled else OPEN if item.finding.certain else UNCERTAIN
                component = components.get(item.finding.ref)
                name, version = (component.name, component.version) if component else (package.name, "")
                rows.append(Row(package, item, state, name, version))
    return sorted(rows, key=lambda row: (row.state == SETTLED, row.state == UNCERTAIN, row.item.weight, row.ref))


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One part of the bar. start and width: in the bar, of WIDTH."""

    level: str
    count: int
    start: int
    width: int

    @property
    def word(self) -> Promise:
        """For people."""
        return LEVEL_WORDS[self.level][1]

    @property
    def css(self) -> str:
        """Its class in the theme."""
        return self.level.replace(" ", "-")

    @property
    def query(self) -> str:
        """What the address of the list of these has."""
        return urlencode({"level": self.level, "state": OPEN})


@dataclass(frozen=True, slots=True)
class Figures:
    """What the sentence says. looked_up: whether anybody did. vulnerabilities: that count, each once however many
    packages have it; findings: rows that count, also of what is no vulnerability; remarks: what is missing, in
    sentences of the engine."""

    looked_up: bool
    vulnerabilities: int
    packages: int
    findings: int
    exploited: int
    uncertain: int
    settled: int
    shares: tuple[LevelShare, ...]
    remarks: tuple[str, ...]


def figures_of(advice: VulnerabilityFindings | None, rows: Iterable[Row]) -> Figures:
    """The figures of all rows, before anybody filters them. Findings of an earlier look-up count as looked up, even
    where which advisories were asked is not known."""
    rows = list(rows)
    harmful = [row for row in rows if row.state == OPEN and is_harmful(row.item)]
    return Figures(
        looked_up=advice is not None and (advice.data is not None or bool(advice.findings)),
        vulnerabilities=len({row.item.vulnerability.id for row in harmful}),
        packages=len({row.package.refs for row in harmful}),
        findings=sum(row.state == OPEN for row in rows),
        exploited=len({row.item.vulnerability.id for row in harmful if row.exploited}),
        uncertain=sum(row.state == UNCERTAIN for row in rows),
        settled=sum(row.state == SETTLED for row in rows),
        shares=tuple(level_shares(row.level for row in rows if row.state == OPEN)),
        remarks=_remarks(advice) if advice is not None and advice.data is not None else (),
    )


def _remarks(advice: VulnerabilityFindings) -> tuple[str, ...]:
    return tuple(issue.message for issue in advice.issues if issue.severity is not Severity.HINT)[:MOST_REMARKS]


def level_shares(levels: Iterable[str]) -> list[LevelShare]:
    """The parts of the bar, the worst first; they fill it."""
    counts = Counter(levels)
    total, before = sum(counts.values()), 0
    shares = []
    for level in LEVELS:
        if counts[level]:
            start, end = before * WIDTH // total, (before + counts[level]) * WIDTH // total
            shares.append(LevelShare(level, counts[level], start, end - start))
            before += counts[level]
    return shares
