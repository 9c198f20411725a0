# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Finds out what an archive is that only its file name names, where a manifest of the tree knows the package.

`asm-9.1.jar` alone is a generic component. Built by a project whose dependencies contain exactly one package called asm
in version 9.1, it is that package: else an inventory would have it twice, once without licence and once without file.
"""

from collections.abc import Sequence

from paddock.engine.analyzer.own import lies_in, rename_usages
from paddock.engine.model.component import Component, merge_components
from paddock.engine.model.inventory import Edge, Origin, Project

_GENERIC = "generic"


def recognise_named(
    projects: Sequence[Project], components: Sequence[Component], edges: set[Edge]
) -> tuple[list[Project], list[Component], set[Edge]]:
    """The same inventory, in which generic components that are known by a better purl have become one with those.

    Only what is found in place and asked for by no manifest, and only where name and version fit exactly one component
    that a project uses in whose folder it lies.
    """
    better = _find(projects, components)
    if not better:
        return list(projects), list(components), edges
    parts: dict[str, list[Component]] = {}
    for component in components:
        if component.ref in better:
            parts.setdefault(better[component.ref], []).append(component)
    merged = [
        merge_components(component, *parts.get(component.ref, ()))
        for component in components
        if component.ref not in better
    ]
    renamed = {Edge(better.get(edge.source, edge.source), better.get(edge.target, edge.target)) for edge in edges}
    return (
        [rename_usages(project, better) for project in projects],
        merged,
        {edge for edge in renamed if edge.source != edge.target},
    )


def _find(projects: Sequence[Project], components: Sequence[Component]) -> dict[str, str]:
    nameless = [component for component in components if component.purl.type == _GENERIC and component.version]
    if not nameless:
        return {}
    users: dict[str, list[Project]] = {}
    for project in projects:
        for usage in project.usages if project.origin is not Origin.INSTALLED else ():
            users.setdefault(usage.ref, []).append(project)
    named: dict[tuple[str, str], list[str]] = {}
    for component in components:
        if component.purl.type != _GENERIC and not component.purl.qualifiers and component.ref in users:
            named.setdefault((component.purl.name, component.version), []).append(component.ref)
    found: dict[str, str] = {}
    for component in nameless:
        candidates = named.get((component.purl.name, component.version), ())
        if len(candidates) == 1 and component.ref not in users and lies_in(component, users[candidates[0]]):
            found[component.ref] = candidates[0]
    return found
