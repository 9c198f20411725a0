# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts the extractions of many files together into one inventory."""

from collections.abc import Iterable, Sequence

from paddock.engine.analyzer.covers import coverers, missing_in_locks
from paddock.engine.analyzer.draft import merge_usages
from paddock.engine.analyzer.extractor import Extraction
from paddock.engine.analyzer.named import recognise_named
from paddock.engine.analyzer.own import recognise_own
from paddock.engine.analyzer.scopes import borrow_scopes, complete_scopes, targets_by_source
from paddock.engine.model.component import Component, merge_components
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.issue import Issue

_TRUST = [Origin.LOCKED, Origin.DESCRIBED, Origin.INSTALLED, Origin.DECLARED]


def assemble(
    extractions: Iterable[tuple[str, Extraction]], *, name: str = "", issues: Iterable[Issue] = ()
) -> Inventory:
    """One inventory from (path, extraction) pairs; only the order among extractions of one path matters (first wins).

    What is said about a covered file is dropped, unless what covers it names nothing. Components with the same purl
    become one, so do projects with the same id. A component that is a project of the tree becomes that project, see
    `own.py`.
    """
    ordered = sorted(extractions, key=lambda pair: pair[0])
    covered = coverers(ordered)
    components: dict[str, list[Component]] = {}
    parts: dict[str, list[Project]] = {}
    edges: set[Edge] = set()
    problems = [*issues, *missing_in_locks(ordered, covered)]
    for path, extraction in ordered:
        if path in covered:
            continue
        problems.extend(extraction.issues)
        edges.update(extraction.edges)
        for component in extraction.components:
            components.setdefault(component.ref, []).append(component)
        for project in extraction.projects:
            parts.setdefault(project.id, []).append(project)
    projects, merged, edges = recognise_own(
        [merge_projects(parts[key]) for key in sorted(parts)],
        [merge_components(*components[ref]) for ref in sorted(components)],
        edges,
    )
    projects, merged, edges = recognise_named(projects, merged, edges)
    targets = targets_by_source(edges)
    return Inventory(
        name=name,
        projects=borrow_scopes(complete_scopes(project, targets) for project in projects),
        edges=tuple(sorted(edges)),
        components=tuple(merged),
        issues=tuple(
            sorted(set(problems), key=lambda issue: (issue.path, issue.line or 0, issue.severity, issue.message))
        ),
    )


def merge_projects(parts: Sequence[Project]) -> Project:
    """Descriptions of one project as one; the origin that tells more wins, of other facts the first that is told.

    All at once, because an installed package each may describe the same project: pairwise it would cost the square.
    """
    if len(parts) == 1:
        return parts[0]
    usages: dict[str, Usage] = {}
    for usage in (usage for part in parts for usage in part.usages):
        known = usages.get(usage.ref)
        usages[usage.ref] = usage if known is None else merge_usages(known, usage)
    return Project(
        id=parts[0].id,
        origin=min((part.origin for part in parts), key=_TRUST.index),
        name=next((part.name for part in parts if part.name), ""),
        version=next((part.version for part in parts if part.version), ""),
        purl=next((part.purl for part in parts if part.purl), None),
        declared_licenses=next((part.declared_licenses for part in parts if part.declared_licenses), ()),
        definition_files=tuple(sorted({path for part in parts for path in part.definition_files})),
        usages=tuple(usages[ref] for ref in sorted(usages)),
    )
