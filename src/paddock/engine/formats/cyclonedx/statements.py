# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a CycloneDX document states, as an inventory: the project, its components, who depends on whom, what is unclear.

`metadata.component` is the project, and everything listed belongs to it. In documents that this program wrote, further
components may be projects, and `metadata.component` may be none (`Plan`).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from paddock.engine.formats.bill.identity import MADE_UP
from paddock.engine.formats.cyclonedx import bom as stated
from paddock.engine.formats.cyclonedx.components import component_of, purl_of, scope_of
from paddock.engine.formats.cyclonedx.licensing import licenses_of
from paddock.engine.model.component import Component, merge_components
from paddock.engine.model.inventory import SCOPE_ORDER, Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import InvalidPurl

SOURCE = "cyclonedx"
_BOM_LINK = re.compile(r"urn:cdx:([0-9a-f\-]{36})/(\d+)(?:#(.+))?", re.DOTALL)
_SHOWN = 3
_NOT_HERE = ""


class Plan(msgspec.Struct, frozen=True):
    """What is known about a document that this program wrote.

    projects: bom-refs of the components that are projects, with the projects' ids. wrapped: metadata.component is no
    project, only the bracket around them.
    """

    projects: Mapping[str, str]
    wrapped: bool


class Statements(msgspec.Struct, frozen=True):
    """The inventory that a document states; `nodes`: bom-refs, to the component refs and project ids they stand for."""

    inventory: Inventory
    nodes: Mapping[str, str]


class _Reading:
    """The work on one document."""

    def __init__(self, bom: stated.Bom, plan: Plan | None) -> None:
        self.bom = bom
        self.plan = plan
        self.root = bom.metadata.component if bom.metadata else None
        self.nodes: dict[str, str] = {}
        self.projects: dict[str, Project] = {}
        self.listed: dict[str, list[Component]] = {}
        self.scopes: dict[str, Scope] = {}
        self.requirements: dict[str, str] = {}
        self.needs: dict[str, set[str]] = {}
        self.edges: set[Edge] = set()
        self.issues: list[Issue] = []

    def issue(self, message: str, severity: Severity = Severity.WARNING) -> None:
        self.issues.append(Issue(severity, SOURCE, message))

    def problem(self, name: str, messages: Iterable[str]) -> None:
        """Note what is wrong with a part; of our own documents nothing: they carry odd facts beside the statements."""
        if self.plan is None:
            for message in messages:
                self.issue(f"{name}: {message}")

    def connect(self, source: str, target: str) -> None:
        """Note that the source, a component or project, needs the target."""
        if source in self.projects:
            self.needs.setdefault(source, set()).add(target)
        elif source != target:
            self.edges.add(Edge(source, target))


def state(bom: stated.Bom, plan: Plan | None = None) -> Statements:
    """What the document states; `plan` only for documents that this program wrote."""
    reading = _Reading(bom, plan)
    whole = _add_root(reading)
    _add_components(reading, whole)
    _add_dependencies(reading)
    for key, project in reading.projects.items():
        usages = _all_usages(reading, key) if key == whole else _named_usages(reading, key)
        reading.projects[key] = msgspec.structs.replace(project, usages=usages)
    components = tuple(_one_of(reading.listed[ref]) for ref in sorted(reading.listed))
    if plan is None:
        _tell(reading, components)
    inventory = Inventory(
        name=reading.root.name if reading.root else "",
        projects=tuple(project for _, project in sorted(reading.projects.items())),
        components=components,
        edges=tuple(sorted(reading.edges)),
        issues=tuple(dict.fromkeys(reading.issues)),
    )
    return Statements(inventory, reading.nodes)


def _add_root(reading: _Reading) -> str:
    """Take metadata.component over; returns the id of the project that everything belongs to, "" when there is none."""
    root = reading.root
    if reading.plan is None:
        name = "/".join(filter(None, (root.group, root.name))) if root else ""
        whole = f"document {name}" if name.startswith("pkg:") else name or "document"
    elif reading.plan.wrapped or root is None:
        whole = _NOT_HERE
    else:
        whole = reading.plan.projects.get(root.bom_ref, root.name)
    if root is not None and root.bom_ref:
        reading.nodes[root.bom_ref] = whole
    if whole:
        _add_project(reading, whole, root)
    return whole


def _add_project(reading: _Reading, id: str, component: stated.Component | None) -> None:
    project = Project(id=id, origin=Origin.DESCRIBED)
    if component is not None:
        declared, concluded, problems = licenses_of(component.licenses)
        try:
            purl = purl_of(component)
        except InvalidPurl as error:
            purl = None
            problems.append(str(error))
        reading.problem(component.name, problems)
        if concluded and concluded not in declared:
            reading.issue(f"the document concludes {concluded!r} as the licence of {id!r} itself", Severity.HINT)
        project = msgspec.structs.replace(
            project, name=component.name, version=component.version, purl=purl, declared_licenses=declared
        )
        reading.scopes[id] = scope_of(component)
    reading.projects[id] = project


def _walk(reading: _Reading, whole: str) -> Iterator[tuple[stated.Component, str]]:
    """Every component with the node of the one it is nested in ("": in none), outer ones first."""
    waiting = deque((component, _NOT_HERE) for component in reading.bom.components)
    if reading.root is not None:
        waiting.extendleft((component, whole) for component in reversed(reading.root.components))
    while waiting:
        component, parent = waiting.popleft()
        yield component, parent
        if component.components:
            node = reading.nodes[_key(component)]
            waiting.extend((nested, node) for nested in component.components)


def _key(component: stated.Component) -> str:
    """What names a component within the document: its bom-ref, or a text that can be none."""
    return component.bom_ref or f"\0{id(component)}"


def _add_components(reading: _Reading, whole: str) -> None:
    projects = reading.plan.projects if reading.plan else {}
    for item, parent in _walk(reading, whole):
        key = _key(item)
        if item.bom_ref in projects:
            reading.nodes[key] = projects[item.bom_ref]
            _add_project(reading, projects[item.bom_ref], item)
            continue
        component, problems = component_of(item)
        ref = component.ref
        reading.problem(item.name, problems)
        reading.listed.setdefault(ref, []).append(component)
        reading.nodes[key] = ref
        scope = scope_of(item)
        reading.scopes[ref] = min(scope, reading.scopes.get(ref, scope), key=SCOPE_ORDER.__getitem__)
        if item.version_range:
            reading.requirements.setdefault(ref, item.version_range)
        if parent:
            reading.connect(parent, ref)


def _one_of(components: list[Component]) -> Component:
    """All statements about one component as one."""
    return merge_components(*components)


def _add_dependencies(reading: _Reading) -> None:
    others = _service_refs(reading.bom)
    lost: dict[str, None] = {}
    linked: dict[str, None] = {}

    def resolve(text: str) -> str:
        ref = _local(text, reading.bom)
        node = reading.nodes.get(ref)
        if node is None and ref in reading.listed:  # some tools name components by package URL
            node = ref
        if node is None and ref not in others:
            (linked if _BOM_LINK.fullmatch(text) else lost).setdefault(text)
        return node or _NOT_HERE

    for dependency in reading.bom.dependencies:
        source = resolve(dependency.ref)
        for text in dependency.depends_on:
            target = resolve(text)
            if source and target:
                reading.connect(source, target)
    if lost:
        reading.issue(f"dependencies name {_some(lost)}, which the document does not define")
    if linked:
        reading.issue(f"dependencies lead to other documents, whose contents are not known here: {_some(linked)}")


def _local(ref: str, bom: stated.Bom) -> str:
    """The bom-ref behind a BOM-Link into this very document; other references as they are."""
    link = _BOM_LINK.fullmatch(ref)
    if (
        link
        and link.group(3)
        and bom.serial_number == f"urn:uuid:{link.group(1)}"
        and int(link.group(2)) == bom.version
    ):
        return link.group(3)
    return ref


def _service_refs(bom: stated.Bom) -> set[str]:
    refs: set[str] = set()
    waiting = list(bom.services)
    while waiting:
        service = waiting.pop()
        refs.add(service.bom_ref)
        waiting.extend(service.services)
    return refs - {""}


def _all_usages(reading: _Reading, id: str) -> tuple[Usage, ...]:
    """Every component as one that the project uses; direct by what the document says the project depends on."""
    direct = reading.needs.get(id, set())
    targets: dict[str, list[str]] = {}
    for edge in reading.edges:
        targets.setdefault(edge.source, []).append(edge.target)
    reached: set[str] = set()
    waiting = list(direct)
    while waiting:
        for target in targets.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    refs = reading.listed.keys() | (direct - {id})
    return tuple(
        _usage(reading, ref, True if ref in direct else False if ref in reached else None) for ref in sorted(refs)
    )


def _named_usages(reading: _Reading, id: str) -> tuple[Usage, ...]:
    return tuple(_usage(reading, ref, True) for ref in sorted(reading.needs.get(id, set()) - {id}))


def _usage(reading: _Reading, ref: str, direct: bool | None) -> Usage:
    return Usage(ref, reading.scopes.get(ref, Scope.UNKNOWN), direct, reading.requirements.get(ref, ""))


def _tell(reading: _Reading, components: tuple[Component, ...]) -> None:
    """Note what the inventory cannot show of the document."""
    if reading.root is None:
        reading.issue("the document does not say what it describes (metadata.component)", Severity.HINT)
    unnamed = sum(MADE_UP in component.properties for component in components)
    if unnamed:
        reading.issue(
            f"{unnamed} of {len(components)} components have no package URL; "
            "they are named by type generic, name and version",
            Severity.HINT,
        )
    repeated = sum(len(listed) - 1 for listed in reading.listed.values())
    if repeated:
        reading.issue(f"{repeated} components are listed more than once; they were merged", Severity.HINT)
    services = len(reading.bom.services)
    if services:
        reading.issue(f"{services} services are described; they are no components", Severity.HINT)
    incomplete = [part.aggregate for part in reading.bom.compositions if part.aggregate.startswith("incomplete")]
    if incomplete:
        reading.issue(
            f"the document says that {len(incomplete)} of its parts are incomplete ({_some(set(incomplete))})"
        )


def _some(texts: Iterable[str]) -> str:
    ordered = list(texts)
    shown = ", ".join(repr(text[:80]) for text in ordered[:_SHOWN])
    return f"{shown} and {len(ordered) - _SHOWN} more" if len(ordered) > _SHOWN else shown
