# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The known vulnerabilities of a result as people act on them: by the package that has them, the worst first."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from paddock.engine.model.inventory import SCOPE_ORDER, Scope
from paddock.engine.model.result import Result
from paddock.engine.model.vulnerability import AdvisoryKind, Finding, Vulnerability
from paddock.engine.reporter.causes import names_by_ref

UNRATED = "not rated"
"""The level of what nobody rated."""
LEVELS = ("malware", "critical", "high", "medium", UNRATED, "low", "none", "unmaintained", "notice")
"""Every level for people, the worst first. What nobody rated may be anything and stands in the middle."""


class Item(msgspec.Struct, frozen=True):
    """One finding with its vulnerability."""

    finding: Finding
    vulnerability: Vulnerability

    @property
    def level(self) -> str:
        """The level for people: "critical" … "none", "malware", UNRATED, or for what is no vulnerability its kind."""
        if self.vulnerability.kind is not AdvisoryKind.VULNERABILITY:
            return self.vulnerability.kind.value
        return self.vulnerability.level.value if self.vulnerability.level else UNRATED

    @property
    def weight(self) -> tuple[int, float, str]:
        """For sorting, the worst first: malware, what is exploited, by level, by probability of exploitation."""
        exploited = self.vulnerability.kev is not None and self.vulnerability.kind is AdvisoryKind.VULNERABILITY
        epss = self.vulnerability.epss
        rank = 0 if exploited else LEVELS.index(self.level)
        return rank, -(epss.probability if epss else 0.0), self.vulnerability.id


class VulnerablePackage(msgspec.Struct, frozen=True, kw_only=True):
    """A component with its findings, the worst first; `certain` ones and such that could not be told are kept apart.

    scope: the weightiest in which any project uses it. through: names of what brings it in.
    """

    ref: str
    name: str
    scope: Scope
    certain: tuple[Item, ...]
    uncertain: tuple[Item, ...]
    through: tuple[str, ...]

    @property
    def weight(self) -> tuple[bool, tuple[int, float, str], int, str]:
        """For sorting packages, the worst first."""
        items = self.certain or self.uncertain
        return not self.certain, items[0].weight, SCOPE_ORDER[self.scope], self.ref

    @property
    def clears_all(self) -> str:
        """The version that clears every finding, "" where none is known."""
        return next((item.finding.upgrade.clears_all for item in self.certain if item.finding.upgrade), "")

    @property
    def remedy(self) -> str:
        """What to do, in one sentence; "" where no fixed version is known."""
        upgrades = [item.finding.upgrade for item in self.certain if item.finding.upgrade]
        if not upgrades:
            return ""
        several = len(self.certain) > 1
        version = self.clears_all or upgrades[0].version
        what = f"{version} clears all {len(self.certain)}" if several and self.clears_all else version
        if several and not self.clears_all:
            what = f"{version} clears {sum(upgrade.version == version for upgrade in upgrades)} of {len(self.certain)}"
        if not self.through:
            return f"upgrade to {what}"
        others = f" and {len(self.through) - 2} more" if len(self.through) > 2 else ""
        return f"have {', '.join(self.through[:2])}{others} bring {what}"


def vulnerable_packages(result: Result, *, settled: bool = False) -> tuple[VulnerablePackage, ...]:
    """The packages with findings that count (or, `settled`, with those that do not), the worst first."""
    if result.advice is None:
        return ()
    known = result.advice.by_id()
    items: dict[str, list[Item]] = {}
    for finding in result.advice.findings:
        if finding.counts is not settled and finding.vulnerability in known:
            items.setdefault(finding.ref, []).append(Item(finding, known[finding.vulnerability]))
    names = names_by_ref(result)
    scopes = _scopes(result)
    found = []
    for ref, listed in items.items():
        listed.sort(key=lambda item: item.weight)
        through = {name for item in listed if item.finding.upgrade for name in item.finding.upgrade.through}
        found.append(
            VulnerablePackage(
                ref=ref,
                name=names.get(ref, ref),
                scope=scopes.get(ref, Scope.UNKNOWN),
                certain=tuple(item for item in listed if item.finding.certain),
                uncertain=tuple(item for item in listed if not item.finding.certain),
                through=tuple(names.get(name, name) for name in sorted(through)),
            )
        )
    return tuple(sorted(found, key=lambda package: package.weight))


def is_harmful(item: Item) -> bool:
    """Whether it is a vulnerability or malware; an unmaintained package or a mere notice harms nobody by itself."""
    return item.vulnerability.kind in {AdvisoryKind.VULNERABILITY, AdvisoryKind.MALWARE}


def level_counts(packages: Iterable[VulnerablePackage]) -> list[tuple[str, int]]:
    """How many vulnerabilities (each once, however many packages have it) there are of each level, the worst first."""
    items = {item.vulnerability.id: item for package in packages for item in package.certain}
    counts = Counter(item.level for item in items.values())
    return sorted(counts.items(), key=lambda pair: LEVELS.index(pair[0]))


def exploited(packages: Iterable[VulnerablePackage]) -> int:
    """How many vulnerabilities are known to be exploited."""
    return len({item.vulnerability.id for package in packages for item in package.certain if item.vulnerability.kev})


def summary_of(packages: tuple[VulnerablePackage, ...]) -> str:
    """The figures in one sentence without full stop: "12 known vulnerabilities in 5 packages: 2 critical, 10 high"."""
    certain = [package for package in packages if package.certain]
    counts = level_counts(certain)
    total = sum(count for _, count in counts)
    if not total:
        return "no known vulnerabilities"
    noun = "vulnerability" if total == 1 else "vulnerabilities"
    where = f"{len(certain):,} package{'s' * (len(certain) != 1)}"
    parts = [f"{count:,} {level}" for level, count in counts]
    if seen := exploited(certain):
        parts.insert(0, f"{seen:,} known to be exploited")
    return f"{total:,} known {noun} in {where}: {', '.join(parts)}"


def age_of_data(result: Result) -> int | None:
    """Days from the last change of the advisory database to the making of the result; None where none was used."""
    if result.advice is None or result.advice.data is None:
        return None
    return max(0, (result.created - result.advice.data.updated).days)


def _scopes(result: Result) -> dict[str, Scope]:
    found: dict[str, Scope] = {}
    for project in result.inventory.projects:
        for usage in project.usages:
            known = found.get(usage.ref, usage.scope)
            found[usage.ref] = min(known, usage.scope, key=SCOPE_ORDER.__getitem__)
    return found
