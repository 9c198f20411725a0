# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes inventories as SPDX 3.0.1 in JSON-LD.

Each project is a package and a root element, each component a package. Usages that do not follow from edges are
`dependsOn` with the scope's lifecycle (optional ones `hasOptionalDependency`); edges are `dependsOn`. What SPDX has no
place for is carried by Annotation elements (bill/remainder.py): the graph is interpreted without them, and they tell
the difference.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from paddock.engine.formats.bill import writing
from paddock.engine.formats.bill.assembly import inventory_of
from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE, references_in
from paddock.engine.formats.bill.remainder import component_remainder, document_remainder, pack, project_remainder
from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.spdx3.graph import read_graph
from paddock.engine.formats.spdx3.interpretation import bill_of
from paddock.engine.formats.spdx3.vocabulary import CONTEXTS, LISTS, NO_LICENSE
from paddock.engine.model.component import Component
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Inventory, Project, Scope
from paddock.engine.model.result import Tool

VERSION = "3.0.1"
_CREATION = "_:creation"
_CONTEXT = next(url for url, version in CONTEXTS.items() if version == VERSION)
_KIND = Kind(DocumentFormat.SPDX3_JSON, VERSION)
_ALGORITHMS = {name.replace("_", ""): name for name in LISTS["HashAlgorithm"]}
_LIFECYCLES = {Scope.RUNTIME: "runtime", Scope.BUILD: "build", Scope.TEST: "test", Scope.DEV: "development"}
_Element = dict[str, Any]


class NotWritable(EngineError):
    """Asked for a version that is not written."""


def write_document(inventory: Inventory, kind: Kind, *, created: datetime, serial: str, tool: Tool) -> bytes:
    """The inventory as a document.

    kind: SPDX 3.0.1 in JSON-LD; NotWritable otherwise. serial: the document's IRI; without one it is made from the
    content. Reading the bytes gives the same inventory. Equal input gives equal bytes.
    """
    if kind != _KIND:
        raise NotWritable(f"{kind} is not written; {_KIND} is")
    graph = _Writing(inventory, created, serial, tool).graph()
    return msgspec.json.format(_encoded(graph), indent=2) + b"\n"


def _encoded(elements: list[_Element]) -> bytes:
    return msgspec.json.encode({"@context": _CONTEXT, "@graph": elements})


class _Writing:
    """One document under construction. keys: ids by component ref and project id."""

    def __init__(self, inventory: Inventory, created: datetime, serial: str, tool: Tool) -> None:
        self.inventory = inventory
        self.created = writing.timestamp(created)
        self.namespace = writing.namespace(serial, inventory, created)
        self.tool = writing.plain(f"{tool.name}-{tool.version}").strip("-") or "unnamed"
        self.licenses = writing.LicenseTexts()
        self.keys = {item.ref: self._id(writing.key("package", item.ref)) for item in inventory.components}
        self.keys.update((item.id, self._id(writing.key("project", item.id))) for item in inventory.projects)
        self.agents: dict[tuple[str, str], _Element] = {}
        self.expressions: dict[str, _Element] = {}
        self.relations: list[_Element] = []

    def graph(self) -> list[_Element]:
        """All elements, with the remarks that make them read back as the inventory."""
        projects = [self._project(item) for item in self.inventory.projects]
        components = [self._component(item) for item in self.inventory.components]
        self._relate()
        elements = [*self._frame(), *projects, *components, *self._licensing(), *self.agents.values(), *self.relations]
        marks = [self._remark(self.namespace, {})]
        marks.extend(self._remark(self.keys[item.id], {"project": {"id": item.id}}) for item in self.inventory.projects)
        read = inventory_of(bill_of(read_graph(_encoded([*elements, *marks]), _KIND)))
        return [*elements, *self._remarks(read)]

    def _frame(self) -> list[_Element]:
        """Who, when, and the document itself."""
        agent, tool = self._id("agent"), self._id("tool")
        named = [item.name for item in self.inventory.projects if item.name]
        roots = [item.id for item in self.inventory.projects] or [item.ref for item in self.inventory.components]
        return [
            {
                "type": "CreationInfo",
                "@id": _CREATION,
                "specVersion": VERSION,
                "created": self.created,
                "createdBy": [agent],
                "createdUsing": [tool],
            },
            self._element("SoftwareAgent", agent, name=self.tool),
            self._element("Tool", tool, name=self.tool),
            self._element(
                "SpdxDocument",
                self.namespace,
                name=writing.plain(self.inventory.name) or writing.plain("".join(named[:1])) or "unnamed",
                profileConformance=["core", "software", "simpleLicensing", "expandedLicensing"],
                rootElement=[self.keys[ref] for ref in roots],
            ),
        ]

    def _project(self, project: Project) -> _Element:
        declared = self.licenses.declared(project.declared_licenses, {})
        self._license(self.keys[project.id], "hasDeclaredLicense", declared)
        return self._element(
            "software_Package",
            self.keys[project.id],
            name=writing.plain(project.name) or writing.plain(project.id) or "unnamed",
            software_packageVersion=project.version,
            software_packageUrl=project.purl.to_string() if project.purl else "",
        )

    def _component(self, component: Component) -> _Element:
        key = self.keys[component.ref]
        properties = dict(component.properties)
        self._license(key, "hasDeclaredLicense", self.licenses.declared(component.declared_licenses, properties))
        self._license(key, "hasConcludedLicense", self.licenses.expression(component.concluded_license, properties))
        download, vcs = writing.uri(component.download_url), writing.uri(component.vcs_url)
        return self._element(
            "software_Package",
            key,
            name=component.name,
            software_packageVersion=component.version,
            software_packageUrl=component.ref if writing.needs_purl(component) else "",
            software_downloadLocation=download or vcs,
            software_homePage=writing.uri(component.homepage),
            software_copyrightText="\n".join(component.copyrights),
            description=component.description,
            suppliedBy=self._agent("Organization", component.supplier),
            originatedBy=[self._agent("Person", name) for name in component.authors if writing.plain(name)],
            verifiedUsing=_hashes(component),
            externalIdentifier=_identifiers(component),
            externalRef=[{"type": "ExternalRef", "externalRefType": "vcs", "locator": [vcs]}]
            if vcs and download
            else [],
        )

    def _agent(self, kind: str, name: str) -> str:
        if not writing.plain(name):
            return ""
        key = self._id(writing.key(kind.lower(), name))
        self.agents.setdefault((kind, name), self._element(kind, key, name=name))
        return key

    def _license(self, package: str, kind: str, expression: str) -> None:
        """State the licence of a package; nothing where there is no answer."""
        if expression in ("", NO_ANSWER):
            return
        key = NO_LICENSE
        if expression != NONE:
            key = self._id(writing.key("license", expression))
            self.expressions.setdefault(expression, {"spdxId": key})
        self._relation("Relationship", package, kind, [key])

    def _licensing(self) -> Iterable[_Element]:
        """The licence expressions that packages name, and the licences that these define."""
        for expression, element in self.expressions.items():
            entries = [
                {"type": "DictionaryEntry", "key": name, "value": self._id(writing.key("custom-license", name))}
                for name in references_in(expression)
            ]
            yield self._element(
                "simplelicensing_LicenseExpression",
                element["spdxId"],
                simplelicensing_licenseExpression=expression,
                simplelicensing_customIdToUri=entries,
            )
        for reference, (name, text) in sorted(self.licenses.defined.items()):
            yield self._element(
                "expandedlicensing_CustomLicense",
                self._id(writing.key("custom-license", reference)),
                name=name,
                simplelicensing_licenseText=text,
            )

    def _relate(self) -> None:
        targets = writing.targets_of(self.inventory.edges)
        for project in self.inventory.projects:
            grouped: dict[Scope, list[str]] = {}
            for usage in writing.stated_usages(project, targets):
                grouped.setdefault(usage.scope, []).append(self.keys[usage.ref])
            for scope, refs in sorted(grouped.items()):
                self._need(self.keys[project.id], scope, refs)
        ids = {item.id for item in self.inventory.projects}
        for source, refs in targets.items():
            if source not in ids:
                self._relation("Relationship", self.keys[source], "dependsOn", [self.keys[ref] for ref in refs])

    def _need(self, source: str, scope: Scope, targets: list[str]) -> None:
        lifecycle = _LIFECYCLES.get(scope)
        if lifecycle:
            self._relation("LifecycleScopedRelationship", source, "dependsOn", targets, scope=lifecycle)
        else:
            kind = "hasOptionalDependency" if scope is Scope.OPTIONAL else "dependsOn"
            self._relation("Relationship", source, kind, targets)

    def _relation(self, type: str, source: str, kind: str, targets: list[str], **more: str) -> None:
        key = self._id(f"relationship-{len(self.relations) + 1}")
        facts = {"from": source, "relationshipType": kind, "to": targets, **more}
        self.relations.append(self._element(type, key, **facts))

    def _remarks(self, read: Inventory) -> Iterable[_Element]:
        known_projects = {item.id: item for item in read.projects}
        known_components = {item.ref: item for item in read.components}
        yield self._remark(self.namespace, document_remainder(read, self.inventory))
        for project in self.inventory.projects:
            yield self._remark(self.keys[project.id], project_remainder(known_projects[project.id], project))
        for component in self.inventory.components:
            facts = component_remainder(known_components[component.ref], component)
            if facts:
                yield self._remark(self.keys[component.ref], facts)

    def _remark(self, subject: str, facts: dict[str, Any]) -> _Element:
        return self._element(
            "Annotation",
            self._id(f"remark-{subject.rpartition('#')[2] if subject != self.namespace else 'document'}"),
            annotationType="other",
            contentType="text/plain",
            subject=subject,
            statement=pack(facts),
        )

    def _element(self, type: str, key: str, **facts: Any) -> _Element:
        """An element; properties without a value are left out."""
        texts = {name: writing.plain(value) if isinstance(value, str) else value for name, value in facts.items()}
        stated = {name: value for name, value in texts.items() if value not in ("", [], None)}
        return {"type": type, "spdxId": key, "creationInfo": _CREATION, **stated}

    def _id(self, name: str) -> str:
        return f"{self.namespace}#{name}"


def _hashes(component: Component) -> list[dict[str, str]]:
    return [
        {"type": "Hash", "algorithm": _ALGORITHMS[item.algorithm], "hashValue": item.value}
        for item in component.hashes
        if item.algorithm in _ALGORITHMS and item.value and item.value.isascii()
    ]


def _identifiers(component: Component) -> list[dict[str, str]]:
    return [
        {
            "type": "ExternalIdentifier",
            "externalIdentifierType": "cpe23" if value.startswith("cpe:2.3:") else "cpe22",
            "identifier": value,
        }
        for name, value in component.properties
        if name == "cpe" and value.startswith("cpe:") and value.isascii()
    ]
