# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Documents in a tree: projects under their path, components, vendored subjects, files that are none."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import sbom
from paddock.engine.analyzer.extractors.sbom.document import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives

SUBJECT = {"type": "application", "bom-ref": "app", "name": "app", "version": "1", "purl": "pkg:generic/app@1"}
OIL = {
    "type": "library",
    "bom-ref": "oil",
    "name": "oil",
    "version": "1.4",
    "purl": "pkg:conan/oil@1.4",
    "licenses": [{"license": {"id": "MIT"}}],
}
WAX = {"type": "library", "bom-ref": "wax", "name": "wax", "version": "2", "purl": "pkg:conan/wax@2"}


def bom(**more: object) -> str:
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": SUBJECT}, **more})


FULL = bom(
    components=[OIL, WAX], dependencies=[{"ref": "app", "dependsOn": ["oil"]}, {"ref": "oil", "dependsOn": ["wax"]}]
)


def test_a_document_is_a_project_under_its_path_with_components_and_edges() -> None:
    found = inventory(sbom.EXTRACTORS, {"out/app.cdx.json": FULL})
    (project,) = found.projects
    assert (project.id, project.name, project.origin) == ("out/app.cdx.json", "app", Origin.DESCRIBED)
    assert refs(found) == ["pkg:conan/oil@1.4", "pkg:conan/wax@2"]
    assert edges(found) == {("pkg:conan/oil@1.4", "pkg:conan/wax@2")}
    assert {usage.ref: usage.direct for usage in project.usages} == {
        "pkg:conan/oil@1.4": True,
        "pkg:conan/wax@2": False,
    }
    assert found.components[0].declared_licenses == ("MIT",)
    assert found.components[0].locations[0].path == "out/app.cdx.json"


def test_documents_of_the_same_subject_stay_apart() -> None:
    found = inventory(sbom.EXTRACTORS, {"a/bom.json": FULL, "b/bom.json": bom(components=[WAX])})
    assert [project.id for project in found.projects] == ["a/bom.json", "b/bom.json"]
    assert [location.path for location in found.components[1].locations] == ["a/bom.json", "b/bom.json"]


def test_a_document_below_the_root_without_components_is_about_a_vendored_one() -> None:
    found = extract(EXTRACTOR, {"vendor/oil/oil.cdx.json": bom(metadata={"component": OIL})})
    assert refs(found) == ["pkg:conan/oil@1.4"]
    assert found.projects[0].usages[0].direct is True
    assert refs(extract(EXTRACTOR, {"bom.json": bom()})) == []


def test_spdx_documents_are_read_too() -> None:
    text = """SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: vendored
DocumentNamespace: https://example.org/vendored
Creator: Tool: example
Created: 2024-01-01T00:00:00Z

PackageName: app
SPDXID: SPDXRef-app
PackageDownloadLocation: NOASSERTION

PackageName: oil
SPDXID: SPDXRef-oil
PackageVersion: 1.4
PackageDownloadLocation: NOASSERTION
ExternalRef: PACKAGE-MANAGER purl pkg:conan/oil@1.4

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app
Relationship: SPDXRef-app DEPENDS_ON SPDXRef-oil
"""
    found = inventory(sbom.EXTRACTORS, {"third_party/a.spdx": text})
    assert refs(found) == ["pkg:conan/oil@1.4"]
    assert [project.id for project in found.projects] == ["third_party/a.spdx"]


def test_a_document_that_breaks_its_schema_is_read_as_far_as_it_goes_and_says_where() -> None:
    found = extract(EXTRACTOR, {"bom.json": bom(components=[{"type": "library"}, {"type": "library", "name": "b"}])})
    assert "pkg:generic/b" in refs(found)
    errors = [issue.message for issue in found.issues if issue.severity is Severity.ERROR]
    assert len(errors) == 1
    assert errors[0].startswith("components[0]")


def test_a_document_without_a_readable_shape_is_refused_with_the_place() -> None:
    with pytest.raises(Unreadable, match="components"):
        extract(EXTRACTOR, {"bom.json": bom(components={"type": "library"})})


def test_what_is_no_document_is_an_error_only_where_its_name_promises_one() -> None:
    (issue,) = extract(EXTRACTOR, {"sbom-settings.json": '{"a": 1}'}).issues
    assert issue.severity is Severity.HINT
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"a.cdx.json": '{"a": 1}'})


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["component", "name", "purl"]), inner),
    max_leaves=8,
)


@given(VALUES)
def test_any_structure_gives_an_extraction_or_unreadable(value: object) -> None:
    survives(EXTRACTOR, {"x/bom.json": bom(components=value)})
    survives(EXTRACTOR, {"x/bom.json": bom(metadata=value)})
    survives(EXTRACTOR, {"x/bom.json": json.dumps(value)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"a.spdx": data})


def test_a_python_package_named_with_its_file_is_the_package_that_others_name() -> None:
    wheel = {**OIL, "bom-ref": "pip", "purl": "pkg:pypi/oil@1.4?file_name=oil-1.4-py3-none-any.whl"}
    document = bom(
        components=[wheel, WAX],
        dependencies=[{"ref": "app", "dependsOn": ["pip"]}, {"ref": "pip", "dependsOn": ["wax"]}],
    )
    extraction = extract(EXTRACTOR, {"lib/oil.dist-info/sboms/repair.cdx.json": document})
    assert "pkg:pypi/oil@1.4" in refs(extraction)
    assert ("pkg:pypi/oil@1.4", "pkg:conan/wax@2") in edges(extraction)
