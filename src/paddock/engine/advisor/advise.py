# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From an inventory to findings: every component looked up under every name it goes by, all of them at once."""

from collections import Counter
from collections.abc import Callable

from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.judgement import Judgement, judge
from paddock.engine.advisor.places import Place, places_of
from paddock.engine.advisor.requirements import Requirements
from paddock.engine.advisor.upgrades import Package, find_upgrade
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.paths import Path, PathFinder
from paddock.engine.model.vulnerability import Finding, VulnerabilityFindings

SOURCE = "advisor"
"""Who says so, in issues."""

NO_DATABASE = VulnerabilityFindings(
    issues=(
        Issue(
            Severity.HINT,
            SOURCE,
            "vulnerabilities were not looked up: no advisory database; `paddock advisories sync` fetches one",
        ),
    )
)
"""The answer where there is no database."""

Paths = Callable[[str], tuple[Path, ...]]


def advise(inventory: Inventory, database: AdvisoryDatabase) -> VulnerabilityFindings:
    """What the database says about the components of an inventory. Raises DamagedDatabase."""
    covered = database.ecosystems()
    placed: list[tuple[Component, tuple[Place, ...]]] = []
    strangers: Counter[str] = Counter()
    for component in inventory.components:
        possible = places_of(component)
        places = tuple(place for place in possible if place.ecosystem.lower() in covered)
        if places:
            placed.append((component, places))
        else:
            strangers[possible[0].ecosystem if possible else f"pkg:{component.purl.type}"] += 1
    said = database.about(place.key for _, places in placed for place in places)
    judged: list[tuple[Component, Place, dict[int, Judgement]]] = []
    requirements = Requirements(inventory)
    packages: dict[tuple[str, str, str], Package] = {}
    for component, places in placed:
        for place in places:
            rows = said.get(place.key)
            required = () if place.version else requirements.spans(component.ref, place.ecosystem)
            if rows and (judgements := judge(place, rows, required)):
                judged.append((component, place, judgements))
                if place[:3] not in packages:
                    packages[place[:3]] = Package(place, rows)
    vulnerabilities = database.vulnerabilities(family for _, _, found in judged for family in found)
    paths = _paths(inventory)
    findings: dict[tuple[str, str], Finding] = {}
    for component, place, judgements in judged:
        found = paths(component.ref)
        for family, judgement in judgements.items():
            finding = Finding(
                vulnerability=vulnerabilities[family].id,
                ref=component.ref,
                certain=judgement.certain,
                reason=judgement.reason,
                records=judgement.records,
                affected=judgement.affected,
                fixed_versions=judgement.fixed_versions,
                upgrade=find_upgrade(place, judgement, packages[place[:3]], component, found),
                paths=found,
            )
            findings.setdefault((finding.ref, finding.vulnerability), finding)  # under its own name first
    named = {vulnerability for _, vulnerability in findings}
    return VulnerabilityFindings(
        vulnerabilities=tuple(
            sorted((one for one in vulnerabilities.values() if one.id in named), key=lambda one: one.id)
        ),
        findings=tuple(finding for _, finding in sorted(findings.items())),
        issues=tuple(_not_looked_up(strangers)),
        data=database.data(),
    )


def _paths(inventory: Inventory) -> Paths:
    """The paths to a component in the projects that use it, each asked for once."""
    finder = PathFinder(inventory)
    projects: dict[str, list[str]] = {}
    for project in inventory.projects:
        for usage in project.usages:
            projects.setdefault(usage.ref, []).append(project.id)
    known: dict[str, tuple[Path, ...]] = {}

    def paths(ref: str) -> tuple[Path, ...]:
        if ref not in known:
            known[ref] = finder.from_any(tuple(projects.get(ref, ())), ref)
        return known[ref]

    return paths


def _not_looked_up(strangers: Counter[str]) -> list[Issue]:
    if not strangers:
        return []
    count = sum(strangers.values())
    listed = ", ".join(f"{name} {number:,}" for name, number in sorted(strangers.items()))
    were = "package was" if count == 1 else "packages were"
    text = f"{count:,} {were} not looked up, because the database has no advisories about such: {listed}"
    return [Issue(Severity.WARNING, SOURCE, text)]
