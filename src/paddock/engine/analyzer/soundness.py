# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Keeps the promises of an inventory, whatever extractors were made to say by odd files."""

from collections.abc import Sequence

import msgspec

from paddock.engine.model.inventory import Inventory, Project
from paddock.engine.model.issue import Issue, Severity

SOURCE = "analyzer"
MAX_MESSAGE = 600
"""Characters; messages quote files, and a file may be one word of a megabyte."""


def make_sound(inventory: Inventory) -> Inventory:
    """The inventory in which every usage and edge names a component or project, and every message can be shown.

    What names nothing is left out, with an ERROR issue per project: something that is needed was not described.
    """
    known = {component.ref for component in inventory.components} | {project.id for project in inventory.projects}
    projects, issues = _settle_projects(inventory.projects, known)
    edges = tuple(edge for edge in inventory.edges if edge.source in known and edge.target in known)
    missing = sorted({end for edge in inventory.edges for end in (edge.source, edge.target)} - known)
    if missing:
        issues.append(_dangling(missing, ""))
    messages = tuple(map(_shorten, inventory.issues))
    if not issues and messages == inventory.issues:
        return inventory
    return msgspec.structs.replace(inventory, projects=projects, edges=edges, issues=(*messages, *issues))


def _settle_projects(projects: Sequence[Project], known: set[str]) -> tuple[tuple[Project, ...], list[Issue]]:
    settled = []
    issues = []
    for project in projects:
        missing = [usage.ref for usage in project.usages if usage.ref not in known]
        if missing:
            issues.append(_dangling(missing, project.id))
            usages = tuple(usage for usage in project.usages if usage.ref in known)
            project = msgspec.structs.replace(project, usages=usages)
        settled.append(project)
    return tuple(settled), issues


def _dangling(missing: Sequence[str], path: str) -> Issue:
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    message = f"needs {missing[0]}{more}, which nothing in the tree describes"
    return _shorten(Issue(Severity.ERROR, SOURCE, message, path))


def _shorten(issue: Issue) -> Issue:
    if len(issue.message) <= MAX_MESSAGE:
        return issue
    cut = f"{issue.message[:MAX_MESSAGE]}… ({len(issue.message):,} characters)"
    return msgspec.structs.replace(issue, message=cut)
