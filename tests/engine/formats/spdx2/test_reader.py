# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading SPDX 2: one document in four notations, and what its statements become."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from paddock.engine.formats.document import Document, DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.spdx2.reader import read_document
from paddock.engine.formats.spdx2.validator import faults
from paddock.engine.model.component import Component, Hash
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import parse_purl

DATA = Path(__file__).parent / "data"
JSON = Kind(DocumentFormat.SPDX_JSON, "2.3")
TAG_VALUE = Kind(DocumentFormat.SPDX_TAG_VALUE, "2.3")
YAML = Kind(DocumentFormat.SPDX_YAML, "2.3")
RDF = Kind(DocumentFormat.SPDX_RDF, "2.3")
APP = json.loads((DATA / "app.spdx.json").read_bytes())
NOTATIONS = {
    JSON: (DATA / "app.spdx.json").read_bytes(),
    TAG_VALUE: (DATA / "app.spdx").read_bytes(),
    YAML: yaml.safe_dump(APP).encode(),
    RDF: (DATA / "app.spdx.rdf").read_bytes(),
}

LEFT_PAD = Component(
    purl=parse_purl("pkg:npm/left-pad@1.3.0"),
    authors=("Pad Makers",),
    supplier="Ada (ada@example.org)",
    description="Pads.",
    homepage="https://example.org/left-pad",
    download_url="https://example.org/left-pad-1.3.0.tgz",
    hashes=(Hash("sha256", "0" * 62 + "ab"),),
    properties=(
        ("LicenseRef-pad name", "Pad Licence"),
        ("LicenseRef-pad text", "Pad as you like."),
        ("cpe", "cpe:2.3:a:pad:left-pad:1.3.0:*:*:*:*:*:*:*"),
        ("reference house-id", "pad/1"),
    ),
)
TESTER = Component(
    purl=parse_purl("pkg:generic/tester"),
    concluded_license="NONE",
    copyrights=("NONE",),
    properties=(("purl", "made up by the reader"),),
)


def package(key: str, **facts: Any) -> dict[str, Any]:
    return {"SPDXID": f"SPDXRef-{key}", "name": key, "downloadLocation": "NOASSERTION", **facts}


def purl(text: str) -> dict[str, Any]:
    ref = {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": text}
    return {"externalRefs": [ref]}


def related(*relationships: str) -> list[dict[str, str]]:
    found = []
    for source, kind, target in (text.split() for text in relationships):
        ends = [name if ":" in name or name.isupper() else f"SPDXRef-{name}" for name in (source, target)]
        ends = ["SPDXRef-DOCUMENT" if name == "DOCUMENT" else name for name in ends]
        found.append({"spdxElementId": ends[0], "relationshipType": kind, "relatedSpdxElement": ends[1]})
    return found


def document(packages: list[dict[str, Any]], *relationships: str, **facts: Any) -> dict[str, Any]:
    return {
        "SPDXID": "SPDXRef-DOCUMENT",
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "name": "doc",
        "documentNamespace": "https://example.org/doc",
        "creationInfo": {"created": "2026-01-02T03:04:05Z", "creators": ["Tool: t"]},
        "packages": packages,
        "relationships": related(*relationships),
        **facts,
    }


def read(value: dict[str, Any]) -> Document:
    return read_document(json.dumps(value).encode(), JSON)


def inventory(packages: list[dict[str, Any]], *relationships: str, **facts: Any) -> Inventory:
    return read(document(packages, *relationships, **facts)).inventory


@pytest.mark.parametrize("kind", NOTATIONS, ids=str)
def test_one_document_in_four_notations(kind: Kind) -> None:
    read = read_document(NOTATIONS[kind], kind)
    # Sets have no order in RDF: members are sorted. Elsewhere the expression stands as it was written.
    declared = "LicenseRef-pad OR WTFPL" if kind == RDF else "(WTFPL OR LicenseRef-pad)"
    left_pad = msgspec.structs.replace(LEFT_PAD, declared_licenses=(declared,))
    assert read == Document(
        kind=kind,
        serial="https://example.org/spdx/app",
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        authors=("Example Works (sbom@example.org)", "Ada"),
        tools=("maker-1.0",),
        inventory=Inventory(
            name="app",
            projects=(
                Project(
                    id="app@1.0",
                    origin=Origin.DESCRIBED,
                    name="app",
                    version="1.0",
                    declared_licenses=("MIT",),
                    usages=(
                        Usage("pkg:generic/tester", Scope.TEST, True),
                        Usage("pkg:npm/left-pad@1.3.0", Scope.RUNTIME, True),
                    ),
                ),
            ),
            components=(TESTER, left_pad),
            edges=(Edge("pkg:generic/tester", "pkg:npm/left-pad@1.3.0"),),
            issues=(
                Issue(
                    Severity.WARNING,
                    "spdx2",
                    "relationships with other documents, whose contents are not known here: 1",
                ),
                Issue(Severity.HINT, "spdx2", "files and snippets that are listed and are no components: 2"),
            ),
        ),
    )


@pytest.mark.parametrize("kind", NOTATIONS, ids=str)
def test_the_example_is_valid(kind: Kind) -> None:
    assert faults(NOTATIONS[kind], kind) == ()


@pytest.mark.parametrize(
    ("relationship", "usage"),
    [
        ("app DEPENDS_ON a", Usage("pkg:npm/a@1", Scope.UNKNOWN, True)),
        ("a DEPENDENCY_OF app", Usage("pkg:npm/a@1", Scope.UNKNOWN, True)),
        ("a RUNTIME_DEPENDENCY_OF app", Usage("pkg:npm/a@1", Scope.RUNTIME, True)),
        ("a OPTIONAL_DEPENDENCY_OF app", Usage("pkg:npm/a@1", Scope.OPTIONAL, True)),
        ("a PROVIDED_DEPENDENCY_OF app", Usage("pkg:npm/a@1", Scope.BUILD, True)),
        ("a BUILD_DEPENDENCY_OF app", Usage("pkg:npm/a@1", Scope.BUILD, True)),
        ("a DEV_DEPENDENCY_OF app", Usage("pkg:npm/a@1", Scope.DEV, True)),
        ("a TEST_DEPENDENCY_OF app", Usage("pkg:npm/a@1", Scope.TEST, True)),
        ("a BUILD_TOOL_OF app", Usage("pkg:npm/a@1", Scope.BUILD, True)),
        ("app DYNAMIC_LINK a", Usage("pkg:npm/a@1", Scope.RUNTIME, True)),
        ("app HAS_PREREQUISITE a", Usage("pkg:npm/a@1", Scope.UNKNOWN, True)),
        ("app CONTAINS a", Usage("pkg:npm/a@1", Scope.RUNTIME, None)),
        ("a CONTAINED_BY app", Usage("pkg:npm/a@1", Scope.RUNTIME, None)),
        ("a OPTIONAL_COMPONENT_OF app", Usage("pkg:npm/a@1", Scope.OPTIONAL, None)),
        ("app AMENDS a", Usage("pkg:npm/a@1")),
    ],
)
def test_what_a_relationship_says(relationship: str, usage: Usage) -> None:
    packages = [package("app"), package("a", **purl("pkg:npm/a@1"))]
    found = inventory(packages, "DOCUMENT DESCRIBES app", relationship)
    assert found.projects[0].usages == (usage,)
    assert found.issues == ()


def test_scopes_go_down_the_graph_and_never_get_weightier() -> None:
    keys = ["app", "run", "dev", "both", "deep", "plugin"]
    packages = [package(key, **({} if key == "app" else purl(f"pkg:npm/{key}@1"))) for key in keys]
    found = inventory(
        packages,
        "app DESCRIBED_BY DOCUMENT",
        "run RUNTIME_DEPENDENCY_OF app",
        "dev DEV_DEPENDENCY_OF app",
        "dev DEPENDS_ON both",
        "run DEPENDS_ON both",
        "dev DEPENDS_ON deep",
        "plugin BUILD_DEPENDENCY_OF run",
        "both DEPENDS_ON run",
    )
    assert {usage.ref.split("/")[1]: (usage.scope, usage.direct) for usage in found.projects[0].usages} == {
        "run@1": (Scope.RUNTIME, True),
        "dev@1": (Scope.DEV, True),
        "both@1": (Scope.RUNTIME, False),
        "deep@1": (Scope.DEV, False),
        "plugin@1": (Scope.BUILD, False),
    }
    assert Edge("pkg:npm/both@1", "pkg:npm/run@1") in found.edges


def test_several_described_packages_are_several_projects() -> None:
    packages = [
        package("web"),
        package("api"),
        package("a", **purl("pkg:npm/a@1")),
        package("b", **purl("pkg:npm/b@1")),
    ]
    found = inventory(
        packages,
        "DOCUMENT DESCRIBES web",
        "DOCUMENT DESCRIBES api",
        "web DEPENDS_ON a",
        "api DEPENDS_ON web",
    )
    assert {project.id: [usage.ref for usage in project.usages] for project in found.projects} == {
        "web": ["pkg:npm/a@1"],
        "api": ["pkg:npm/a@1", "web"],
        "doc": ["pkg:npm/b@1"],  # nothing is said to need it: the document stands for whoever does
    }


def test_packages_that_are_only_listed_are_components_of_the_document() -> None:
    packages = [package("a", **purl("pkg:npm/a@1")), package("b", **purl("pkg:npm/b@1"))]
    found = inventory(packages, "DOCUMENT DESCRIBES a", "DOCUMENT DESCRIBES b")
    assert [(project.id, len(project.usages)) for project in found.projects] == [("doc", 2)]
    alone = inventory(packages[:1], documentDescribes=["SPDXRef-a"])
    assert [component.ref for component in alone.components] == ["pkg:npm/a@1"]


def test_packages_with_one_purl_are_one_component() -> None:
    first = package("a1", **purl("pkg:npm/a@1"), licenseDeclared="MIT", supplier="Organization: One")
    second = package("a2", **purl("pkg:npm/a@1"), licenseDeclared="ISC", supplier="Organization: Two")
    found = inventory([first, second])
    assert [(item.ref, item.declared_licenses, item.supplier) for item in found.components] == [
        ("pkg:npm/a@1", ("MIT", "ISC"), "One")
    ]


def test_a_local_copy_without_purl_is_the_component_it_descends_from() -> None:
    packages = [package("copy", licenseDeclared="MIT"), package("origin", **purl("pkg:npm/a@1"))]
    found = inventory(packages, "copy DESCENDANT_OF origin")
    assert [(item.ref, item.declared_licenses) for item in found.components] == [("pkg:npm/a@1", ("MIT",))]


def test_purls_are_completed_and_bad_ones_kept_as_said() -> None:
    packages = [
        package("a", versionInfo="2.0", **purl("pkg:npm/a")),
        package("b", versionInfo="1.0", **purl("no purl")),
    ]
    found = inventory(packages)
    assert [item.ref for item in found.components] == ["pkg:generic/b@1.0", "pkg:npm/a@2.0"]
    assert ("unreadable purl", "no purl") in found.components[0].properties
    assert any("'no purl'" in issue.message for issue in found.issues)


def test_texts_that_are_no_expressions_are_kept_and_told() -> None:
    found = inventory([package("a", licenseDeclared="GPL-2.0, public-domain", licenseConcluded="MIT AND")])
    component = found.components[0]
    assert component.declared_licenses == ("GPL-2.0, public-domain",)
    assert component.concluded_license == "MIT AND"
    assert any("are no SPDX expressions" in issue.message for issue in found.issues)


def test_relationships_that_lead_nowhere_are_told() -> None:
    found = inventory([package("a"), package("b")], "a DEPENDS_ON ghost", "a DEPENDS_ON b")
    assert [issue.message for issue in found.issues if "ghost" in issue.message]
    assert len(found.components) == 2


def test_files_are_components_where_there_is_no_package() -> None:
    file = {
        "SPDXID": "SPDXRef-f",
        "fileName": "./lib.so",
        "checksums": [{"algorithm": "SHA1", "checksumValue": "A" * 40}],
        "licenseInfoInFiles": ["MIT", "NOASSERTION"],
    }
    found = inventory([], files=[file])
    assert [(item.name, item.declared_licenses, item.hashes) for item in found.components] == [
        ("./lib.so", ("MIT",), (Hash("sha1", "a" * 40),))
    ]


def test_what_the_document_concludes_about_its_subject_is_not_lost() -> None:
    packages = [package("app", licenseConcluded="GPL-2.0-only", licenseDeclared="MIT"), package("a")]
    found = inventory(packages, "DOCUMENT DESCRIBES app", "app DEPENDS_ON a")
    assert found.projects[0].declared_licenses == ("MIT",)
    assert "GPL-2.0-only" in found.issues[0].message


def test_a_widespread_slip_is_read_and_told() -> None:
    found = inventory([package("app"), package("a")], "DOCUMENT DESCRIBE app", "app DEPENDS_ON a")
    assert [project.name for project in found.projects] == ["app"]
    assert "'DESCRIBE' is no relationship type" in found.issues[0].message


def test_numbers_of_versions_stay_texts_in_yaml() -> None:
    text = """
SPDXID: SPDXRef-DOCUMENT
name: doc
packages:
- SPDXID: SPDXRef-a
  name: a
  versionInfo: 1.10
  filesAnalyzed: false
creationInfo:
  created: 2026-01-02T03:04:05Z
  creators: ["Tool: t"]
spdxVersion: SPDX-2.2
"""
    found = read_document(text.encode(), YAML)
    assert found.inventory.components[0].version == "1.10"
    assert found.kind == Kind(DocumentFormat.SPDX_YAML, "2.2")


def test_a_remark_that_someone_broke_is_told_and_harmless() -> None:
    remark = {"annotator": "Tool: x", "annotationDate": "2026-01-02T03:04:05Z", "annotationType": "OTHER"}
    found = inventory(
        [
            package("a", annotations=[{**remark, "comment": 'paddock-remainder: {"component": {"modified": 7}}'}]),
            package("p", annotations=[{**remark, "comment": 'paddock-remainder: {"project": {"id": 3}, "usages": 1}'}]),
        ],
        annotations=[{**remark, "comment": 'paddock-remainder: {"edges": [{"source": "x", "target": "y"}]}'}],
    )
    assert [component.name for component in found.components] == ["a"]
    assert found.edges == ()
    assert [project.id for project in found.projects] == ["p"]
    assert len([issue for issue in found.issues if "remark" in issue.message]) == 3


@pytest.mark.parametrize("version", ["2.1", "3.0", "x"])
def test_other_versions_are_refused_by_name(version: str) -> None:
    with pytest.raises(InvalidDocument, match=f"version {version} is not read"):
        read_document(NOTATIONS[JSON], Kind(DocumentFormat.SPDX_JSON, version))


def test_utf_16_is_read() -> None:
    data = NOTATIONS[TAG_VALUE].decode().encode("utf-16")
    assert read_document(data, TAG_VALUE).inventory == read_document(NOTATIONS[TAG_VALUE], TAG_VALUE).inventory
