# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What changed between two results: packages, licences, findings."""

from collections.abc import Iterable

import msgspec

from paddock.engine.model.component import Component, display_name
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Reason
from paddock.engine.reporter.licensed import NO_LICENSE, licenses_by_ref
from paddock.engine.versions.natural import compare

UPGRADED, DOWNGRADED, CHANGED = "upgraded", "downgraded", "changed"


class VersionChange(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A package whose set of versions differs; direction is "changed" where the order of versions cannot be told."""

    package: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    direction: str


class LicenseChange(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A package whose effective licence differs."""

    package: str
    name: str
    before: str
    after: str


class Finding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A reason of a verdict, without the version: what people recognise as "the same finding"."""

    cause: str
    package: str
    rule: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that changed from A to B, each list sorted. added, removed: purls of components."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    versions: tuple[VersionChange, ...] = ()
    licenses: tuple[LicenseChange, ...] = ()
    new_findings: tuple[Finding, ...] = ()
    gone_findings: tuple[Finding, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return self == Difference()


def compare_results(before: Result, after: Result) -> Difference:
    """The difference; packages are matched by purl without version and qualifiers."""
    old, new = _by_package(before.inventory.components), _by_package(after.inventory.components)
    both = sorted(old.keys() & new.keys())
    old_findings, new_findings = _findings(before), _findings(after)
    return Difference(
        added=tuple(sorted(one.ref for package in new.keys() - old.keys() for one in new[package])),
        removed=tuple(sorted(one.ref for package in old.keys() - new.keys() for one in old[package])),
        versions=tuple(change for package in both for change in _version_change(package, old[package], new[package])),
        licenses=tuple(_license_changes(both, before, after, old, new)),
        new_findings=tuple(sorted(new_findings - old_findings)),
        gone_findings=tuple(sorted(old_findings - new_findings)),
    )


def _by_package(components: Iterable[Component]) -> dict[str, list[Component]]:
    found: dict[str, list[Component]] = {}
    for component in components:
        found.setdefault(component.package.to_string(), []).append(component)
    return found


def _version_change(package: str, old: list[Component], new: list[Component]) -> list[VersionChange]:
    before, after = {_version(one) for one in old}, {_version(one) for one in new}
    if before == after:
        return []
    gone, come = sorted(before - after), sorted(after - before)
    direction = CHANGED
    if len(gone) == 1 and len(come) == 1:
        order = compare(gone[0], come[0])
        direction = {-1: UPGRADED, 1: DOWNGRADED}.get(order, CHANGED) if order is not None else CHANGED
    return [
        VersionChange(
            package=package,
            name=new[0].name,
            before=tuple(sorted(before)),
            after=tuple(sorted(after)),
            direction=direction,
        )
    ]


def _version(component: Component) -> str:
    """The version as it is compared: tools disagree on the "v" before versions of Go modules."""
    version = component.version
    return version.removeprefix("v") if component.purl.type == "golang" else version


def _license_changes(
    packages: list[str],
    before: Result,
    after: Result,
    old: dict[str, list[Component]],
    new: dict[str, list[Component]],
) -> Iterable[LicenseChange]:
    if before.scan is None or after.scan is None:
        return
    old_facts, new_facts = licenses_by_ref(before), licenses_by_ref(after)
    for package in packages:
        texts = [
            " / ".join(sorted({(facts[one.ref].effective if one.ref in facts else "") or NO_LICENSE for one in found}))
            for facts, found in ((old_facts, old[package]), (new_facts, new[package]))
        ]
        if texts[0] != texts[1]:
            yield LicenseChange(
                package=package, name=display_name(new[package][0].purl), before=texts[0], after=texts[1]
            )


def _findings(result: Result) -> set[Finding]:
    packages = {component.ref: component.package.to_string() for component in result.inventory.components}
    reasons: tuple[Reason, ...] = result.verdict.open_reasons if result.verdict else ()
    return {
        Finding(cause=reason.cause, package=packages.get(reason.ref, reason.ref), rule=reason.rule)
        for reason in reasons
    }
