# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts the extractions of many files together into one inventory."""

from collections.abc import Iterable

from paddock.engine.analyzer.draft import merge_components, merge_usages
from paddock.engine.analyzer.extractor import Extraction
from paddock.engine.analyzer.scopes import complete_scopes, targets_by_source
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.issue import Issue

_TRUST = [Origin.LOCKED, Origin.DESCRIBED, Origin.INSTALLED, Origin.DECLARED]


def assemble(
    extractions: Iterable[tuple[str, Extraction]], *, name: str = "", issues: Iterable[Issue] = ()
) -> Inventory:
    """One inventory from (path, extraction) pairs; only the order among extractions of one path matters (first wins).

    What is said about a covered file is dropped. Components with the same purl become one, so do
    projects with the same id.
    """
    ordered = sorted(extractions, key=lambda pair: pair[0])
    covered = {path for _, extraction in ordered for path in extraction.covers}
    components: dict[str, list[Component]] = {}
    projects: dict[str, Project] = {}
    edges: set[Edge] = set()
    problems = list(issues)
    for path, extraction in ordered:
        if path in covered:
            continue
        problems.extend(extraction.issues)
        edges.update(extraction.edges)
        for component in extraction.components:
            components.setdefault(component.ref, []).append(component)
        for project in extraction.projects:
            other = projects.get(project.id)
            projects[project.id] = project if other is None else merge_projects(other, project)
    targets = targets_by_source(edges)
    return Inventory(
        name=name,
        projects=tuple(complete_scopes(project, targets) for _, project in sorted(projects.items())),
        edges=tuple(sorted(edges)),
        components=tuple(merge_components(*components[ref]) for ref in sorted(components)),
        issues=tuple(
            sorted(set(problems), key=lambda issue: (issue.path, issue.line or 0, issue.severity, issue.message))
        ),
    )


def merge_projects(first: Project, second: Project) -> Project:
    """Two descriptions of one project as one; the origin that tells more wins."""
    usages: dict[str, Usage] = {usage.ref: usage for usage in first.usages}
    for usage in second.usages:
        usages[usage.ref] = merge_usages(usages[usage.ref], usage) if usage.ref in usages else usage
    return Project(
        id=first.id,
        origin=min(first.origin, second.origin, key=_TRUST.index),
        name=first.name or second.name,
        version=first.version or second.version,
        purl=first.purl or second.purl,
        declared_licenses=first.declared_licenses or second.declared_licenses,
        definition_files=tuple(sorted({*first.definition_files, *second.definition_files})),
        usages=tuple(usages[ref] for ref in sorted(usages)),
    )
