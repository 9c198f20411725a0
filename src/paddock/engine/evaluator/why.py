# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers "why is this in my product": which projects use a component, what for, and through what."""

import fnmatch

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Scope
from paddock.engine.model.paths import Path, PathFinder
from paddock.engine.policy.pattern import InvalidPattern, parse_pattern


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """One use of one component: by which project, in which scope, and up to three shortest paths."""

    ref: str
    project: str
    scope: Scope
    direct: bool | None
    requirement: str = ""
    paths: tuple[Path, ...] = ()


def explain(inventory: Inventory, wanted: str) -> tuple[Explanation, ...]:
    """Every use of the components that `wanted` names, sorted by component and project; empty when there is none.

    wanted: a package URL with or without version, a pattern (`pkg:npm/@scope/*`), or a name as people write it
    ("lodash", "@scope/pkg", "group:artifact"), with wildcards.
    """
    refs = {component.ref for component in inventory.components if _is_meant(component, wanted)}
    finder = PathFinder(inventory)
    found = [
        Explanation(
            ref=usage.ref,
            project=project.id,
            scope=usage.scope,
            direct=usage.direct,
            requirement=usage.requirement,
            paths=tuple(finder.paths(project.id, usage.ref)),
        )
        for project in inventory.projects
        for usage in project.usages
        if usage.ref in refs
    ]
    return tuple(sorted(found, key=lambda entry: (entry.ref, entry.project)))


def _is_meant(component: Component, wanted: str) -> bool:
    if component.ref == wanted:
        return True
    if not wanted.startswith("pkg:"):
        return fnmatch.fnmatchcase(component.name.lower(), wanted.lower())
    try:
        return parse_pattern(wanted).matches(component.purl) is True
    except InvalidPattern:
        return False
