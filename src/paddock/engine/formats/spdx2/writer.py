# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes inventories as SPDX 2.3, JSON or tag-value.

Each project is a package that the document DESCRIBES, each component a package. A usage that does not follow from edges
is a relationship of its scope's type; edges are DEPENDS_ON. What SPDX has no place for is carried by annotations
(bill/remainder.py): the document is interpreted without them, and they tell the difference.
"""

from datetime import datetime
from typing import Any

import msgspec

from paddock.engine.formats.bill import writing
from paddock.engine.formats.bill.assembly import inventory_of
from paddock.engine.formats.bill.expressions import NO_ANSWER
from paddock.engine.formats.bill.remainder import component_remainder, document_remainder, pack, project_remainder
from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.spdx2.interpretation import bill_of
from paddock.engine.formats.spdx2.tag_value_writer import tag_value_of
from paddock.engine.formats.spdx2.values import checksum, locator
from paddock.engine.formats.spdx2.vocabulary import ALGORITHM_NAMES, DOCUMENT_ID, SCOPE_TYPES
from paddock.engine.model.component import Component
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Inventory, Project
from paddock.engine.model.result import Tool

VERSION = "2.3"


class NotWritable(EngineError):
    """Asked for a notation or version that is not written."""


def write_document(inventory: Inventory, kind: Kind, *, created: datetime, serial: str, tool: Tool) -> bytes:
    """The inventory as a document.

    kind: SPDX 2.3 in JSON or tag-value; NotWritable otherwise. serial: the document's namespace, a URI; without one it
    is made from the content. Reading the bytes gives the same inventory. Equal input gives equal bytes.
    """
    if kind.version != VERSION or kind.format not in (DocumentFormat.SPDX_JSON, DocumentFormat.SPDX_TAG_VALUE):
        raise NotWritable(f"{kind} is not written; SPDX {VERSION} is, in JSON and tag-value")
    document = _Writing(inventory, created, serial, tool).document()
    if kind.format is DocumentFormat.SPDX_TAG_VALUE:
        return tag_value_of(document).encode()
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


class _Writing:
    """One document under construction. keys: SPDX ids by component ref and project id."""

    def __init__(self, inventory: Inventory, created: datetime, serial: str, tool: Tool) -> None:
        self.inventory = inventory
        self.created = writing.timestamp(created)
        self.namespace = writing.namespace(serial, inventory, created)
        self.creator = f"Tool: {writing.line(f'{tool.name}-{tool.version}') or 'unnamed'}"
        self.licenses = writing.LicenseTexts()
        self.keys = {item.ref: writing.key("SPDXRef-Package", item.ref) for item in inventory.components}
        self.keys.update((item.id, writing.key("SPDXRef-Project", item.id)) for item in inventory.projects)

    def document(self) -> dict[str, Any]:
        """The JSON form, with the remarks that make it read back as the inventory."""
        projects = [self._project(item) for item in self.inventory.projects]
        components = [self._component(item) for item in self.inventory.components]
        named = [item.name for item in self.inventory.projects if item.name]
        document: dict[str, Any] = {
            "SPDXID": DOCUMENT_ID,
            "spdxVersion": f"SPDX-{VERSION}",
            "dataLicense": "CC0-1.0",
            "name": writing.line(self.inventory.name) or writing.line(" ".join(named[:1])) or "unnamed",
            "documentNamespace": self.namespace,
            "creationInfo": {"created": self.created, "creators": [self.creator]},
            "packages": [*projects, *components],
            "relationships": self._relationships(),
            "annotations": [self._remark({})],
        }
        if self.licenses.defined:
            document["hasExtractedLicensingInfos"] = [
                {"licenseId": reference, "extractedText": text, **({"name": name} if name else {})}
                for reference, (name, text) in sorted(self.licenses.defined.items())
            ]
        self._add_remarks(document, projects, components)
        return document

    def _project(self, project: Project) -> dict[str, Any]:
        package = self._package(self.keys[project.id], project.name or project.id, project.version)
        package["licenseDeclared"] = self.licenses.declared(project.declared_licenses, {})
        if project.purl is not None:
            package["externalRefs"] = [_reference("PACKAGE-MANAGER", "purl", project.purl.to_string())]
        package["annotations"] = [self._remark({"project": {"id": project.id}})]
        return package

    def _component(self, component: Component) -> dict[str, Any]:
        package = self._package(self.keys[component.ref], component.name, component.version)
        properties = dict(component.properties)
        refs = [_reference("PACKAGE-MANAGER", "purl", component.ref)] if writing.needs_purl(component) else []
        refs.extend(
            _reference("SECURITY", "cpe23Type" if value.startswith("cpe:2.3:") else "cpe22Type", value)
            for name, value in component.properties
            if name == "cpe"
        )
        refs = [ref for ref in refs if not locator(ref["referenceType"], ref["referenceLocator"])]
        hashes = [(ALGORITHM_NAMES.get(item.algorithm, ""), item.value) for item in component.hashes]
        package |= {
            "supplier": _actor("Organization", component.supplier),
            "originator": _actor("Person", ", ".join(component.authors)),
            "downloadLocation": writing.uri(component.download_url) or writing.uri(component.vcs_url) or NO_ANSWER,
            "homepage": writing.uri(component.homepage),
            "licenseConcluded": self.licenses.expression(component.concluded_license, properties) or NO_ANSWER,
            "licenseDeclared": self.licenses.declared(component.declared_licenses, properties),
            "copyrightText": writing.paragraph("\n".join(component.copyrights)) or NO_ANSWER,
            "description": writing.paragraph(component.description),
            "checksums": [
                {"algorithm": name, "checksumValue": value}
                for name, value in hashes
                if name and not checksum(name, value)
            ],
            "externalRefs": refs,
        }
        return {name: value for name, value in package.items() if value not in ("", [])}

    def _package(self, key: str, name: str, version: str) -> dict[str, Any]:
        package: dict[str, Any] = {
            "SPDXID": key,
            "name": writing.line(name) or "unnamed",
            "versionInfo": writing.line(version),
            "downloadLocation": NO_ANSWER,
            "filesAnalyzed": False,
            "licenseConcluded": NO_ANSWER,
            "copyrightText": NO_ANSWER,
        }
        if not package["versionInfo"]:
            del package["versionInfo"]
        return package

    def _relationships(self) -> list[dict[str, str]]:
        keys = self.keys
        described = [item.id for item in self.inventory.projects] or [item.ref for item in self.inventory.components]
        found = [_relationship(DOCUMENT_ID, "DESCRIBES", keys[ref]) for ref in described]
        targets = writing.targets_of(self.inventory.edges)
        for project in self.inventory.projects:
            for usage in writing.stated_usages(project, targets):
                kind = SCOPE_TYPES.get(usage.scope)
                ends = (keys[project.id], keys[usage.ref])
                found.append(
                    _relationship(ends[1], kind, ends[0]) if kind else _relationship(ends[0], "DEPENDS_ON", ends[1])
                )
        ids = {item.id for item in self.inventory.projects}
        found.extend(
            _relationship(keys[edge.source], "DEPENDS_ON", keys[edge.target])
            for edge in self.inventory.edges
            if edge.source not in ids
        )
        return found

    def _add_remarks(
        self, document: dict[str, Any], projects: list[dict[str, Any]], components: list[dict[str, Any]]
    ) -> None:
        read = inventory_of(bill_of(document))
        known_projects = {item.id: item for item in read.projects}
        known_components = {item.ref: item for item in read.components}
        for project, package in zip(self.inventory.projects, projects, strict=True):
            package["annotations"] = [self._remark(project_remainder(known_projects[project.id], project))]
        for component, package in zip(self.inventory.components, components, strict=True):
            facts = component_remainder(known_components[component.ref], component)
            if facts:
                package["annotations"] = [self._remark(facts)]
        document["annotations"] = [self._remark(document_remainder(read, self.inventory))]

    def _remark(self, facts: dict[str, Any]) -> dict[str, str]:
        return {
            "annotationDate": self.created,
            "annotationType": "OTHER",
            "annotator": self.creator,
            "comment": pack(facts),
        }


def _relationship(source: str, kind: str, target: str) -> dict[str, str]:
    return {"spdxElementId": source, "relationshipType": kind, "relatedSpdxElement": target}


def _reference(category: str, kind: str, locator: str) -> dict[str, str]:
    return {"referenceCategory": category, "referenceType": kind, "referenceLocator": locator}


def _actor(kind: str, text: str) -> str:
    name = writing.line(text)
    return f"{kind}: {name}" if name else ""
