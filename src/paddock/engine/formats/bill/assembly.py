# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From what a document states to an inventory: projects, components, edges, and what could not be told.

A project is what the document describes and says needs or contains something. Where the document describes one package,
that is the project, unless it is the only package at all: then the document stands for the project and the package is a
component, so that its licence is looked at. Components that no project is said to need belong to the only project, or
to one that stands for the document.
"""

from collections.abc import Iterable

import msgspec

from paddock.engine.formats.bill.identity import component_of, stated_purl
from paddock.engine.formats.bill.remainder import (
    DAMAGED,
    restored_component,
    restored_document,
    restored_project,
)
from paddock.engine.formats.bill.statements import Bill, Bond, Entry
from paddock.engine.formats.bill.usages import Step, usages_of
from paddock.engine.model.component import Component, merge_components
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.issue import Issue, Severity

_MOST_USAGES = 2_000_000


class _Assembly:
    """The work on one bill: `nodes` maps the document's keys to component refs and project ids."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.entries = {entry.key: entry for entry in bill.entries}
        self.written_by_us = bill.remainder is not None
        self.issues: list[Issue] = list(bill.issues)
        self.nodes: dict[str, str] = {}
        self.components: dict[str, Component] = {}
        self.projects: dict[str, Project] = {}
        self.steps: dict[str, list[Step]] = {}

    def issue(self, severity: Severity, message: str) -> None:
        self.issues.append(Issue(severity, self.bill.source, message))


def inventory_of(bill: Bill) -> Inventory:
    """The inventory that a bill states, with the remainder of what this program wrote put back."""
    work = _Assembly(bill)
    keys = _project_keys(work)
    _add_components(work, keys)
    _add_projects(work, keys)
    edges = _add_steps(work)
    _add_usages(work)
    _add_document_project(work)
    _restore_projects(work)
    _tell_leftovers(work)
    inventory = Inventory(
        name=bill.name,
        projects=tuple(project for _, project in sorted(work.projects.items())),
        components=tuple(work.components[ref] for ref in sorted(work.components)),
        edges=tuple(sorted(edges)),
        issues=tuple(dict.fromkeys(work.issues)),
    )
    return _restore_document(work, inventory)


def _project_keys(work: _Assembly) -> list[str]:
    if work.written_by_us:
        return [entry.key for entry in work.bill.entries if _has(entry, "project")]
    described = [key for key in dict.fromkeys(work.bill.described) if key in work.entries]
    if len(described) == 1:
        return described if len(work.entries) > 1 else []
    needing = {relation.source for relation in work.bill.relations if relation.target in work.entries}
    return [key for key in described if key in needing]


def _add_components(work: _Assembly, project_keys: Iterable[str]) -> None:
    projects = set(project_keys)
    origins = _origins(work)
    for entry in sorted(work.bill.entries, key=lambda entry: entry.key in origins):
        if entry.key in projects:
            continue
        component = component_of(entry)
        origin = origins.get(entry.key)
        if origin in work.nodes:
            known = work.components[work.nodes[origin]]
            component = msgspec.structs.replace(component, purl=known.purl, properties=entry.properties)
        if _has(entry, "component"):
            try:
                component = restored_component(component, entry.remainder)
            except DAMAGED as error:
                work.issue(Severity.WARNING, f"the remark of {entry.key} is damaged: {error}")
        other = work.components.get(component.ref)
        work.components[component.ref] = component if other is None else merge_components(other, component)
        work.nodes[entry.key] = component.ref


def _origins(work: _Assembly) -> dict[str, str]:
    """Entries without a package URL that are copies or descendants of exactly one entry with one."""
    found: dict[str, set[str]] = {}
    for relation in work.bill.relations:
        if relation.bond is Bond.DESCENDS:
            source, target = work.entries.get(relation.source), work.entries.get(relation.target)
            if source and target and target.purls and not source.purls:
                found.setdefault(source.key, set()).add(target.key)
    return {key: next(iter(targets)) for key, targets in found.items() if len(targets) == 1}


def _add_projects(work: _Assembly, keys: Iterable[str]) -> None:
    for key in keys:
        entry = work.entries[key]
        wanted = _given_id(entry) or (f"{entry.name}@{entry.version}" if entry.version else entry.name)
        project_id = _free_id(work, wanted, key)
        work.nodes[key] = project_id
        work.projects[project_id] = Project(
            id=project_id,
            origin=Origin.DESCRIBED,
            name=entry.name,
            version=entry.version,
            purl=stated_purl(entry),
            declared_licenses=entry.declared_licenses,
        )
        if entry.concluded_license and entry.concluded_license not in entry.declared_licenses:
            work.issue(
                Severity.HINT,
                f"the document concludes {entry.concluded_license!r} as the licence of {project_id!r} itself",
            )


def _given_id(entry: Entry) -> str:
    facts = entry.remainder.get("project") if _has(entry, "project") else None
    project_id = facts.get("id") if isinstance(facts, dict) else None
    return project_id if isinstance(project_id, str) else ""


def _free_id(work: _Assembly, wanted: str, key: str) -> str:
    for project_id in (wanted, key, f"{wanted} ({key})"):
        if project_id and project_id not in work.projects and project_id not in work.components:
            return project_id
    number = 2
    while f"{key} ({number})" in work.projects:
        number += 1
    return f"{key} ({number})"


def _add_steps(work: _Assembly) -> set[Edge]:
    """Relations between nodes as steps; returns the edges among them (those that start at components)."""
    edges: set[Edge] = set()
    lost: dict[str, None] = {}
    for relation in work.bill.relations:
        source, target = work.nodes.get(relation.source), work.nodes.get(relation.target)
        for key, node in ((relation.source, source), (relation.target, target)):
            if node is None and key not in work.bill.others:
                lost.setdefault(key)
        if source is None or target is None or source == target or relation.bond is Bond.DESCENDS:
            continue
        work.steps.setdefault(source, []).append((target, relation.bond, relation.scope))
        if source in work.components:
            edges.add(Edge(source, target))
    if lost:
        first = next(iter(lost))
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        work.issue(Severity.WARNING, f"relationships name {first!r}{more}, which the document does not define")
    return edges


def _add_usages(work: _Assembly) -> None:
    budget = _MOST_USAGES
    cut = 0
    for project_id, project in work.projects.items():
        steps = work.steps if budget > 0 else {project_id: work.steps.get(project_id, [])}
        cut += budget <= 0
        usages = usages_of(steps, project_id)
        budget -= len(usages)
        work.projects[project_id] = msgspec.structs.replace(
            project, usages=tuple(usages[ref] for ref in sorted(usages))
        )
    if cut:
        work.issue(
            Severity.ERROR,
            f"the document describes more than {_MOST_USAGES:,} uses of components; "
            f"for {cut} of its projects only those that they name themselves were taken",
        )


def _add_document_project(work: _Assembly) -> None:
    if work.written_by_us:
        return
    used = {usage.ref for project in work.projects.values() for usage in project.usages}
    rest = tuple(Usage(ref) for ref in sorted(work.components) if ref not in used)
    if len(work.projects) == 1:
        project_id, project = next(iter(work.projects.items()))
        usages = sorted((*project.usages, *rest), key=lambda usage: usage.ref)
        work.projects[project_id] = msgspec.structs.replace(project, usages=tuple(usages))
    elif rest or not work.projects:
        project_id = _free_id(work, work.bill.name, work.bill.serial or "document")
        work.projects[project_id] = Project(id=project_id, origin=Origin.DESCRIBED, name=work.bill.name, usages=rest)


def _restore_projects(work: _Assembly) -> None:
    if not work.written_by_us:
        return
    for entry in work.bill.entries:
        if not _has(entry, "project"):
            continue
        project_id = work.nodes[entry.key]
        try:
            told = restored_project(work.projects[project_id], entry.remainder)
        except DAMAGED as error:
            work.issue(Severity.WARNING, f"the remark of {entry.key} is damaged: {error}")
            continue
        work.projects[project_id] = msgspec.structs.replace(told, id=project_id)


def _restore_document(work: _Assembly, inventory: Inventory) -> Inventory:
    if not work.written_by_us:
        return inventory
    try:
        return _consistent(work, restored_document(inventory, work.bill.remainder))
    except DAMAGED as error:
        issue = Issue(Severity.WARNING, work.bill.source, f"the remark of the document is damaged: {error}")
        return _consistent(work, msgspec.structs.replace(inventory, issues=(*inventory.issues, issue)))


def _consistent(work: _Assembly, inventory: Inventory) -> Inventory:
    """Without what a changed remark names but the document does not have."""
    known = work.components.keys() | work.projects.keys()
    edges = tuple(edge for edge in inventory.edges if edge.source in known and edge.target in known)
    projects = tuple(
        msgspec.structs.replace(project, usages=tuple(usage for usage in project.usages if usage.ref in known))
        for project in inventory.projects
    )
    issues = inventory.issues
    if edges != inventory.edges or projects != inventory.projects:
        message = "remarks name packages that the document does not have"
        issues = (*issues, Issue(Severity.WARNING, work.bill.source, message))
    return msgspec.structs.replace(inventory, edges=edges, projects=projects, issues=issues)


def _tell_leftovers(work: _Assembly) -> None:
    bill = work.bill
    if bill.external:
        work.issue(
            Severity.WARNING,
            f"relationships with other documents, whose contents are not known here: {bill.external}",
        )
    if bill.files:
        work.issue(Severity.HINT, f"files and snippets that are listed and are no components: {bill.files}")


def _has(entry: Entry, kind: str) -> bool:
    return isinstance(entry.remainder, dict) and kind in entry.remainder
