# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""In which projects and how each component is used, after excludes; uses that rules cannot tell apart are one."""

from collections.abc import Mapping

import msgspec

from paddock.engine.evaluator.facts import Facts, FactSource
from paddock.engine.model.inventory import SCOPE_ORDER, Inventory, Project, Scope
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.licensing import issue_at
from paddock.engine.policy.types import Distribution


class Use(msgspec.Struct, frozen=True):
    """A component in projects where the same facts hold.

    project: the one project, "" where no rule asks for it. project_license: what they declare, None where no rule asks
    for it or no project is known.
    """

    scope: Scope
    direct: bool | None
    distribution: Distribution | None
    project: str
    project_license: str | None
    projects: tuple[str, ...]


class Uses(msgspec.Struct, frozen=True):
    """All uses by component ref, weightiest scope first; the projects that count; excludes without effect."""

    by_ref: dict[str, list[Use]]
    projects: tuple[Project, ...]
    issues: tuple[Issue, ...]


_Key = tuple[Scope, bool | None, Distribution | None, str, str | None]


def used_components(
    inventory: Inventory,
    configuration: Configuration,
    facts: FactSource,
    *,
    by_project: bool,
    licenses: Mapping[str, str],
) -> Uses:
    """The uses to judge. by_project: whether some rule looks at the project itself. licenses: what projects declare, by
    id; empty when no rule looks at them.

    Projects under an excluded path and usages in an excluded scope do not count. A component that no project uses, not
    even an excluded one, is judged as one whose scope is not known: documents may describe components loosely.
    """
    projects = tuple(project for project in inventory.projects if configuration.exclude_of(project.id) is None)
    excluded = {scope: exclude for exclude in configuration.scope_excludes for scope in exclude.scopes}
    effective = set()
    grouped: dict[str, dict[_Key, list[str]]] = {}
    for project in projects:
        distribution = facts.distribution(project.id)
        name = project.id if by_project else ""
        for usage in project.usages:
            if usage.scope.value in excluded:
                effective.add(excluded[usage.scope.value])
                continue
            key = (usage.scope, usage.direct, distribution, name, licenses.get(project.id))
            grouped.setdefault(usage.ref, {}).setdefault(key, []).append(project.id)
    mentioned = {usage.ref for project in inventory.projects for usage in project.usages}
    by_ref: dict[str, list[Use]] = {}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for component in inventory.components:
        if component.ref in grouped:
            by_ref[component.ref] = _uses(grouped[component.ref], shared)
        elif component.ref not in mentioned:
            by_ref[component.ref] = [Use(Scope.UNKNOWN, None, facts.distribution(""), "", None, ())]
    issues = tuple(
        issue_at(exclude.place, f"the exclude of scope {exclude.pattern!r} has no effect", Severity.HINT)
        for exclude in configuration.scope_excludes
        if exclude not in effective
    )
    return Uses(by_ref, projects, issues)


def _uses(groups: dict[_Key, list[str]], shared: dict[tuple[str, ...], tuple[str, ...]]) -> list[Use]:
    # Thousands of components are used by the same hundreds of projects: each such group is kept once.
    uses = [Use(*key, shared.setdefault(ids := tuple(sorted(projects)), ids)) for key, projects in groups.items()]
    return sorted(uses, key=lambda use: (SCOPE_ORDER[use.scope], use.projects))


def of_usage(use: Use) -> Facts:
    """What holds for a component in the projects of one use."""
    facts: Facts = {"project": use.project} if use.project else {}
    if use.scope is not Scope.UNKNOWN:
        facts["scope"] = use.scope.value
    if use.direct is not None:
        facts["direct"] = use.direct
    if use.distribution is not None:
        facts["distribution"] = use.distribution.value
    if use.project_license is not None:
        facts["project_license"] = use.project_license
    return facts
