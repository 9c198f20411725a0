# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Bills of materials that lie in a tree: CycloneDX and SPDX documents about vendored or delivered software.

Formats: https://cyclonedx.org/specification/overview/ and https://spdx.dev/use/specifications/, read by the room
`formats`. What a document is about is a project; what it lists are components. A document below the root that lists
nothing is about one vendored component, which then is listed itself.
"""

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.read import read_leniently
from paddock.engine.model.component import Component, Location
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import InvalidPurl, make_purl

NAME = "sbom/document"

_CERTAIN = (".cdx.", ".spdx")
"""Parts of names that promise a bill of materials; `sbom.json` and `bom.json` may be anything."""


def extract(file: SourceFile) -> Extraction:
    """The document's inventory, its projects under the file's path.

    Raises Unreadable, naming the first fault, for a document that breaks its schema. A file of no known format is an
    error only where its name promises one.
    """
    try:
        document = read_leniently(file.read())
    except InvalidDocument as error:
        if error.kind is None and not any(part in file.name.lower() for part in _CERTAIN):
            hint = Issue(Severity.HINT, NAME, "not a bill of materials, in spite of its name", file.path)
            return Extraction(issues=(hint,))
        raise Unreadable(str(error)) from error
    return _extraction(file, document.inventory)


def _extraction(file: SourceFile, inventory: Inventory) -> Extraction:
    inventory, ids = _without_file_names(inventory)
    ids |= _project_ids(file, inventory)
    projects = tuple(_renamed(project, ids, file) for project in inventory.projects)
    components = tuple(
        msgspec.structs.replace(component, locations=(Location(file.path),)) for component in inventory.components
    )
    issues = [Issue(issue.severity, issue.source, issue.message, file.path, issue.line) for issue in inventory.issues]
    if not components and file.directory:
        vendored, projects = _vendored(file, projects)
        components = tuple(vendored.values())
        if not components:
            issues.append(Issue(Severity.WARNING, NAME, "the document lists no components", file.path))
    return Extraction(
        projects=projects,
        components=components,
        edges=tuple(
            sorted(
                {Edge(ids.get(edge.source, edge.source), ids.get(edge.target, edge.target)) for edge in inventory.edges}
            )
        ),
        issues=tuple(issues),
    )


def _without_file_names(inventory: Inventory) -> tuple[Inventory, dict[str, str]]:
    """The inventory with Python packages named as others name them, and new refs by old ones.

    Documents inside wheels (PEP 770) say in the purl which file they came in; it is the same package all the same.
    """
    renamed: dict[str, Component] = {}
    for component in inventory.components:
        purl = component.purl
        if purl.type == "pypi" and "file_name" in purl.qualifiers:
            kept = {name: value for name, value in purl.qualifiers.items() if name != "file_name"}
            plain = make_purl("pypi", purl.name, purl.version, qualifiers=kept)
            renamed[component.ref] = msgspec.structs.replace(component, purl=plain)
    components = tuple(renamed.get(component.ref, component) for component in inventory.components)
    refs = {old: component.ref for old, component in renamed.items()}
    return msgspec.structs.replace(inventory, components=components), refs


def _project_ids(file: SourceFile, inventory: Inventory) -> dict[str, str]:
    """Ids that are unique in the tree: the file's path, with the document's own id where it describes several."""
    if len(inventory.projects) == 1:
        return {inventory.projects[0].id: file.path}
    return {project.id: f"{file.path}#{project.id}" for project in inventory.projects}


def _renamed(project: Project, ids: dict[str, str], file: SourceFile) -> Project:
    usages = (msgspec.structs.replace(usage, ref=ids.get(usage.ref, usage.ref)) for usage in project.usages)
    return msgspec.structs.replace(
        project,
        id=ids[project.id],
        definition_files=tuple(sorted({*project.definition_files, file.path})),
        usages=tuple(sorted(usages)),
    )


def _vendored(file: SourceFile, projects: tuple[Project, ...]) -> tuple[dict[str, Component], tuple[Project, ...]]:
    """What a document without components describes, as components that one project uses."""
    found: dict[str, Component] = {}
    for project in projects:
        try:
            purl = project.purl or make_purl("generic", project.name, project.version)
        except InvalidPurl:
            continue
        component = Component(purl=purl, declared_licenses=project.declared_licenses, locations=(Location(file.path),))
        found[component.ref] = component
    if not found:
        return found, projects
    usages = tuple(Usage(ref, direct=True) for ref in sorted(found))
    owner = Project(id=file.path, origin=Origin.DESCRIBED, definition_files=(file.path,), usages=usages)
    return found, (owner,)


EXTRACTOR = Extractor(
    name=NAME,
    title="CycloneDX and SPDX documents in the tree",
    claims=Claims(
        names=("bom.json", "bom.xml", "sbom.xml"),
        suffixes=(".spdx",),
        patterns=(
            "*.cdx.json",
            "*.cdx.xml",
            "*.bom.json",
            "*.bom.xml",
            "sbom*.json",
            "*.sbom.json",
            "*.spdx.json",
            "*.spdx.yml",
            "*.spdx.yaml",
            "*.spdx.rdf",
            "*.spdx.rdf.xml",
            "*.spdx.xml",
            "*.spdx3.json",
            "*.spdx.jsonld",
        ),
    ),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "Whether what a document lists lies in this tree: its components are listed as described, not as found.",
        "More than the document says; what is missing there (versions, licences, edges) is missing here.",
    ),
    delivered=True,
    extract=extract,
)
