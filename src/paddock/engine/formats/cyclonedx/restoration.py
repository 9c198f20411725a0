# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts back what CycloneDX has no place for, in documents that this program wrote.

It travels in properties named `paddock:remainder`: one of the metadata (its presence tells that the document is ours),
one of each component and project that needs it. Their content: bill/remainder.py; additionally `wrapped` in that of the
metadata. A remainder that was damaged is an issue, and the document's own statements stand.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from paddock.engine.formats.bill.remainder import (
    DAMAGED,
    restored_component,
    restored_document,
    restored_project,
    unpack,
)
from paddock.engine.formats.cyclonedx import bom as stated
from paddock.engine.formats.cyclonedx.statements import SOURCE, Plan, Statements, state
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Project
from paddock.engine.model.issue import Issue, Severity

REMAINDER = "paddock:remainder"


def inventory_of(bom: stated.Bom) -> Inventory:
    """The inventory that a document states, with what this program put beside it, if it wrote the document."""
    about = _remainder(bom.metadata.properties) if bom.metadata else None
    if about is None:
        return state(bom).inventory
    facts = {part.bom_ref: found for part in _parts(bom) if (found := _remainder(part.properties)) is not None}
    projects = {ref: project for ref, found in facts.items() if (project := _project_id(found))}
    statements = state(bom, Plan(projects, about.get("wrapped") is True))
    return _restored(statements, facts, about)


def _parts(bom: stated.Bom) -> Iterable[stated.Component]:
    """The components of one level; this program nests none."""
    root = bom.metadata.component if bom.metadata else None
    return [part for part in (root, *bom.components) if part is not None and part.bom_ref]


def _remainder(properties: Iterable[stated.Property]) -> dict[str, Any] | None:
    texts = (item.value for item in properties if item.name == REMAINDER)
    return next((facts for facts in map(unpack, texts) if isinstance(facts, dict)), None)


def _project_id(facts: dict[str, Any]) -> str:
    project = facts.get("project")
    project_id = project.get("id") if isinstance(project, dict) else None
    return project_id if isinstance(project_id, str) else ""


def _restored(statements: Statements, facts: dict[str, dict[str, Any]], about: dict[str, Any]) -> Inventory:
    components: dict[str, Component] = {component.ref: component for component in statements.inventory.components}
    projects: dict[str, Project] = {project.id: project for project in statements.inventory.projects}
    issues = list(statements.inventory.issues)
    for bom_ref, found in facts.items():
        node = statements.nodes.get(bom_ref, "")
        try:
            if node in components:
                components[node] = restored_component(components[node], found)
            elif node in projects:
                projects[node] = msgspec.structs.replace(restored_project(projects[node], found), id=node)
        except DAMAGED as error:
            issues.append(_damaged(bom_ref, error))
    inventory = msgspec.structs.replace(
        statements.inventory,
        components=tuple(components[ref] for ref in sorted(components)),
        projects=tuple(projects[key] for key in sorted(projects)),
        issues=tuple(issues),
    )
    try:
        inventory = restored_document(inventory, about)
    except DAMAGED as error:
        inventory = msgspec.structs.replace(inventory, issues=(*inventory.issues, _damaged("the document", error)))
    return _consistent(inventory)


def _consistent(inventory: Inventory) -> Inventory:
    """Without usages and edges that name what a changed document does not have any more."""
    known = {component.ref for component in inventory.components} | {project.id for project in inventory.projects}
    edges = tuple(edge for edge in inventory.edges if edge.source in known and edge.target in known)
    projects = tuple(
        msgspec.structs.replace(project, usages=tuple(usage for usage in project.usages if usage.ref in known))
        for project in inventory.projects
    )
    if edges == inventory.edges and projects == inventory.projects:
        return inventory
    issue = Issue(
        Severity.WARNING, SOURCE, "properties of this program name components that the document does not have"
    )
    return msgspec.structs.replace(inventory, edges=edges, projects=projects, issues=(*inventory.issues, issue))


def _damaged(what: str, error: Exception) -> Issue:
    return Issue(Severity.WARNING, SOURCE, f"the property {REMAINDER} of {what} is damaged: {error}")
