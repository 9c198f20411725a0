# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Completes what lock files leave open: the scope of transitive components follows from who needs them."""

from collections.abc import Iterable, Mapping

import msgspec

from paddock.engine.model.inventory import SCOPE_ORDER, Edge, Project, Scope, Usage


def targets_by_source(edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Edges as adjacency lists."""
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(edge.target)
    return targets


def complete_scopes(project: Project, targets: Mapping[str, list[str]]) -> Project:
    """Give each usage of unknown scope the weightiest scope among the direct usages that reach it by edges.

    Also says "transitive" of what is reached only through others, once the project declares any direct usage.
    A usage that nothing reaches stays unknown. Cost: one walk over the edges per scope that occurs.
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


def _complete(usage: Usage, reached: dict[str, Scope]) -> Usage:
    if usage.ref not in reached:
        return usage
    scope = reached[usage.ref] if usage.scope is Scope.UNKNOWN else usage.scope
    direct = False if usage.direct is None else usage.direct
    return Usage(usage.ref, scope, direct, usage.requirement)
