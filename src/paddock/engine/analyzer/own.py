# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises the tree's own projects where they lie built or installed: they are no components of somebody else.

A jar in `target`, a program that was just linked, the project itself in its virtual environment: their metadata name a
package that a manifest of the tree defines.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from paddock.engine.analyzer.draft import merge_usages
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Origin, Project, Usage
from paddock.engine.model.purl import PackageURL

_IMPLICIT_ZERO = re.compile(r"(dev|post|rc|a|b)\Z")
"""In Python 1.0.dev is written 1.0.dev0 once it is built: https://packaging.python.org/en/latest/specifications/"""


def recognise_own(
    projects: Sequence[Project], components: Sequence[Component], edges: Iterable[Edge]
) -> tuple[list[Project], list[Component], set[Edge]]:
    """The same inventory, in which components that are projects of the tree are those projects.

    Only what no manifest and no lock file asks for, what has the name of a project and its version (unless the manifest
    states none), and what lies below that project's folder, or below that of a project which uses it.
    """
    own = _find(projects, components)
    if not own:
        return list(projects), list(components), set(edges)
    found = {own[component.ref]: component for component in components if component.ref in own}
    renamed = {Edge(own.get(edge.source, edge.source), own.get(edge.target, edge.target)) for edge in edges}
    return (
        [_describe(rename_usages(project, own), found.get(project.id)) for project in projects],
        [component for component in components if component.ref not in own],
        {edge for edge in renamed if edge.source != edge.target},
    )


def _find(projects: Sequence[Project], components: Sequence[Component]) -> dict[str, str]:
    """Refs of components by what they are: ids of projects."""
    written = [project for project in projects if project.origin is not Origin.INSTALLED]
    users: dict[str, list[Project]] = {}
    named: dict[tuple[str, str | None, str], list[Project]] = {}
    for project in written:
        for usage in project.usages:
            users.setdefault(usage.ref, []).append(project)
        if project.purl is not None:
            named.setdefault(_package(project.purl), []).append(project)
    found: dict[str, str] = {}
    for component in components if named else ():
        if component.ref in users:
            continue
        for project in named.get(_package(component.purl), ()):
            if _same_version(project, component) and lies_in(component, [project, *users.get(project.id, ())]):
                found[component.ref] = project.id
                break
    return found


def _package(purl: PackageURL) -> tuple[str, str | None, str]:
    return purl.type, purl.namespace, purl.name


def _same_version(project: Project, component: Component) -> bool:
    stated = project.version or (project.purl.version if project.purl else None) or ""
    built = component.version
    return not stated or not built or _spelt_out(stated) == _spelt_out(built)


def _spelt_out(version: str) -> str:
    return _IMPLICIT_ZERO.sub(r"\g<1>0", version.lower())


def lies_in(component: Component, projects: Sequence[Project]) -> bool:
    """Whether every place of a component lies below the folder of one of the projects."""
    folders = [project.id.rpartition("/")[0] for project in projects]
    return bool(component.locations) and all(
        any(not folder or place.path.startswith(f"{folder}/") for folder in folders) for place in component.locations
    )


def rename_usages(project: Project, names: Mapping[str, str]) -> Project:
    """The project with usages under their new refs; two that become one are merged."""
    if not any(usage.ref in names for usage in project.usages):
        return project
    usages: dict[str, Usage] = {}
    for usage in project.usages:
        renamed = Usage(names.get(usage.ref, usage.ref), usage.scope, usage.direct, usage.requirement)
        known = usages.get(renamed.ref)
        usages[renamed.ref] = renamed if known is None else merge_usages(known, renamed)
    return msgspec.structs.replace(project, usages=tuple(usages[ref] for ref in sorted(usages)))


def _describe(project: Project, built: Component | None) -> Project:
    """What only the built package tells: the version that a build computes, the licence where no manifest has one."""
    if built is None:
        return project
    return msgspec.structs.replace(
        project,
        version=project.version or built.version,
        purl=project.purl if project.version else built.purl,
        declared_licenses=project.declared_licenses or built.declared_licenses,
    )
