# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Completes what lock files leave open: the scope of transitive components follows from who needs them."""

from collections.abc import Iterable, Mapping

import msgspec

from paddock.engine.model.inventory import SCOPE_ORDER, Edge, Origin, Project, Scope, Usage

_DELIVERED = {Scope.RUNTIME, Scope.OPTIONAL}
_SYSTEM_FOLDERS = ("var/", "lib/", "usr/")
_SYSTEM_PACKAGES = ("pkg:apk/", "pkg:alpm/", "pkg:deb/", "pkg:rpm/")


def targets_by_source(edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Edges as adjacency lists."""
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(edge.target)
    return targets


def complete_scopes(project: Project, targets: Mapping[str, list[str]]) -> Project:
    """Give each usage of unknown scope the weightiest scope among the direct usages that reach it by edges.

    What a manifest asks for in its tests only, but what is delivered needs too, is delivered. Also says "transitive" of
    what is reached only through others, once the project declares any direct usage. A usage that nothing reaches stays
    unknown. Cost: one walk over the edges per scope that occurs.
    """
    roots = [usage for usage in project.usages if usage.direct]
    if not roots or not targets:
        return project
    used = {usage.ref for usage in project.usages}
    reached: dict[str, Scope] = {}
    for scope in sorted({usage.scope for usage in roots}, key=SCOPE_ORDER.__getitem__):
        stack = [usage.ref for usage in roots if usage.scope is scope]
        seen = set(stack)
        while stack:
            ref = stack.pop()
            for target in targets.get(ref, ()):
                if target not in seen and target in used:
                    seen.add(target)
                    stack.append(target)
                    reached.setdefault(target, scope)
    return msgspec.structs.replace(project, usages=tuple(_complete(usage, reached) for usage in project.usages))


def borrow_scopes(projects: Iterable[Project]) -> tuple[Project, ...]:
    """Installed packages do not say what they are for: they take the weightiest scope that another project states.

    An environment (node_modules, site-packages) beside the lock files it was installed from is the usual case. What no
    other project states stays unknown, except in the root of a system, which is delivered with all that is installed.
    """
    projects = tuple(projects)
    otherwise = Scope.RUNTIME if any(map(_is_system_root, projects)) else Scope.UNKNOWN
    stated: dict[str, Scope] = {}
    for project in projects:
        for usage in project.usages if project.origin is not Origin.INSTALLED else ():
            if usage.scope is not Scope.UNKNOWN:
                known = stated.get(usage.ref, usage.scope)
                stated[usage.ref] = min(known, usage.scope, key=SCOPE_ORDER.__getitem__)
    return tuple(
        _borrow(project, stated, otherwise) if project.origin is Origin.INSTALLED else project for project in projects
    )


def _is_system_root(project: Project) -> bool:
    """Whether the project is a system's package database in its own place, not one that lies deeper in the tree."""
    in_place = project.origin is Origin.INSTALLED and project.id.startswith(_SYSTEM_FOLDERS)
    return in_place and any(usage.ref.startswith(_SYSTEM_PACKAGES) for usage in project.usages)


def _borrow(project: Project, stated: Mapping[str, Scope], otherwise: Scope) -> Project:
    usages = tuple(
        Usage(usage.ref, stated.get(usage.ref, otherwise), usage.direct, usage.requirement)
        if usage.scope is Scope.UNKNOWN
        else usage
        for usage in project.usages
    )
    return msgspec.structs.replace(project, usages=usages)


def _complete(usage: Usage, reached: dict[str, Scope]) -> Usage:
    if usage.ref not in reached:
        return usage
    scope = reached[usage.ref]
    if usage.scope is not Scope.UNKNOWN:
        raised = usage.direct and scope in _DELIVERED
        scope = min(usage.scope, scope, key=SCOPE_ORDER.__getitem__) if raised else usage.scope
    direct = False if usage.direct is None else usage.direct
    return Usage(usage.ref, scope, direct, usage.requirement)
