# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The known vulnerabilities of a result as people act on them: by the package that has them, the worst first."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from paddock.engine.model.inventory import SCOPE_ORDER, Scope
from paddock.engine.model.result import Result
from paddock.engine.model.vulnerability import AdvisoryData, AdvisoryKind, Finding, Vulnerability
from paddock.engine.reporter.causes import names_by_ref

OLD_DAYS = 14
"""Advisories older than this are worth a remark."""
UNRATED = "not rated"
"""The level of what nobody rated."""
LEVELS = ("malware", "critical", "high", "medium", UNRATED, "low", "none", "unmaintained", "notice")
"""Every level for people, the worst first. What nobody rated may be anything and stands in the middle."""

_HARMLESS = ("unmaintained", "notice")
_PAGES = (("GHSA-", "https://github.com/advisories/"), ("CVE-", "https://nvd.nist.gov/vuln/detail/"))


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
    """A package in one version with its findings, the worst first; `certain` ones and such that could not be told are
    kept apart.

    refs: its components; several where a version comes in variants, as for several platforms. scope: the weightiest in
    which any project uses one. through: names of what brings them in.
    """

    refs: tuple[str, ...]
    name: str
    scope: Scope
    certain: tuple[Item, ...]
    uncertain: tuple[Item, ...]
    through: tuple[str, ...]

    @property
    def weight(self) -> tuple[bool, tuple[int, float, str], int, str]:
        """For sorting packages, the worst first."""
        items = self.certain or self.uncertain
        return not self.certain, items[0].weight, SCOPE_ORDER[self.scope], self.refs[0]

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
        version = self.clears_all or upgrades[0].version
        cleared = sum(version in {upgrade.version, upgrade.clears_all} for upgrade in upgrades)
        count = len(self.certain)
        extent = "" if count == 1 else f" (clears {'all' if cleared == count else f'{cleared} of'} {count})"
        if not self.through:
            return f"upgrade to {version}{extent}"
        others = f" and {len(self.through) - 2} more" if len(self.through) > 2 else ""
        return f"have {', '.join(self.through[:2])}{others} bring {version}{extent}"


def vulnerable_packages(result: Result, *, settled: bool = False) -> tuple[VulnerablePackage, ...]:
    """The packages with findings that count (or, `settled`, with those that do not), the worst first."""
    if result.advice is None:
        return ()
    known = result.advice.by_id()
    names, scopes = names_by_ref(result), _scopes(result)
    items: dict[tuple[str, str], dict[str, Item]] = {}
    refs: dict[tuple[str, str], list[str]] = {}
    for finding in result.advice.findings:
        if finding.counts is not settled and finding.vulnerability in known:
            package = (finding.ref.partition("/")[0], names.get(finding.ref, finding.ref))
            items.setdefault(package, {}).setdefault(finding.vulnerability, Item(finding, known[finding.vulnerability]))
            refs.setdefault(package, []).append(finding.ref)
    found = []
    for package, by_id in items.items():
        listed = sorted(by_id.values(), key=lambda item: item.weight)
        through = {name for item in listed if item.finding.upgrade for name in item.finding.upgrade.through}
        variants = tuple(dict.fromkeys(refs[package]))
        found.append(
            VulnerablePackage(
                refs=variants,
                name=package[1],
                scope=min((scopes.get(ref, Scope.UNKNOWN) for ref in variants), key=SCOPE_ORDER.__getitem__),
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
    harmful = [package for package in packages if any(map(is_harmful, package.certain))]
    counts = level_counts(packages)
    total = sum(count for level, count in counts if level not in _HARMLESS)
    noted = [
        f"{count:,} {'unmaintained' if level == 'unmaintained' else f'notice{_s(count)}'}"
        for level, count in counts
        if level in _HARMLESS
    ]
    also = f", and {', '.join(noted)}" if noted else ""
    if not total:
        return f"no known vulnerabilities{also}"
    noun = "vulnerability" if total == 1 else "vulnerabilities"
    parts = [f"{count:,} {level}" for level, count in counts if level not in _HARMLESS]
    if seen := exploited(packages):
        parts.insert(0, f"{seen:,} known to be exploited")
    return f"{total:,} known {noun} in {len(harmful):,} package{_s(len(harmful))}: {', '.join(parts)}{also}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def clearing_version(result: Result, ref: str, vulnerabilities: Iterable[str]) -> str:
    """The smallest upgrade of a component that clears all of these vulnerabilities; "" where none is known."""
    wanted = set(vulnerabilities)
    findings = result.advice.findings if result.advice else ()
    upgrades = [one.upgrade for one in findings if one.ref == ref and one.vulnerability in wanted]
    versions = {upgrade.version if upgrade else "" for upgrade in upgrades}
    if len(versions) == 1:
        return versions.pop()
    return next((upgrade.clears_all for upgrade in upgrades if upgrade), "") if "" not in versions else ""


def age_of_data(result: Result) -> int | None:
    """Days from the last change of the advisory database to the making of the result; None where none was used."""
    if result.advice is None or result.advice.data is None:
        return None
    return max(0, (result.created - result.advice.data.updated).days)


def dated(data: AdvisoryData) -> str:
    """Which advisories were asked: "17,044 advisories of 2026-11-26 (newest 2026-08-22)"; the second date is told
    where it lies well before the first, as after an import of old files.
    """
    count = "1 advisory" if data.records == 1 else f"{data.records:,} advisories"
    newest = data.newest
    late = newest is not None and (data.updated - newest).days > OLD_DAYS
    return f"{count} of {data.updated:%Y-%m-%d}{f' (newest {newest:%Y-%m-%d})' if newest and late else ''}"


def exploitation_of(vulnerability: Vulnerability) -> list[str]:
    """What is known about exploitation, in words, the weightiest first; one who decided by SSVC is believed."""
    found = ["exploited"] if vulnerability.kev else []
    if vulnerability.epss is not None:
        found.append(f"EPSS {vulnerability.epss.probability:.0%}")
    if vulnerability.ssvc is not None:
        points = (vulnerability.ssvc.exploitation, vulnerability.ssvc.technical_impact)
        words = [point for point in points if point]
        if vulnerability.ssvc.automatable == "yes":
            words.insert(1, "automatable")
        found += [f"SSVC {'/'.join(words)}"] if words else []
    return found


def rated(vulnerability: Vulnerability) -> str:
    """The worst rating and who says so: "high 7.5 (CVSS 3.1, nvd@nist.gov)"; "" where nobody rated."""
    rating = vulnerability.rating
    if rating is None:
        return ""
    score = f" {rating.score:.1f}" if rating.score is not None else ""
    by = ", ".join(part for part in (rating.method, rating.source) if part)
    return f"{rating.level.value}{score}{f' ({by})' if by else ''}"


def page_of(vulnerability: Vulnerability) -> str:
    """The address of a page for people about it; "" where its name belongs to no list that is known to have one."""
    return next((page + vulnerability.id for start, page in _PAGES if vulnerability.id.startswith(start)), "")


def _scopes(result: Result) -> dict[str, Scope]:
    found: dict[str, Scope] = {}
    for project in result.inventory.projects:
        for usage in project.usages:
            known = found.get(usage.ref, usage.scope)
            found[usage.ref] = min(known, usage.scope, key=SCOPE_ORDER.__getitem__)
    return found
