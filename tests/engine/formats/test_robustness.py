# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whatever the bytes, reading gives a document or says InvalidDocument, and validation agrees with it."""

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paddock.engine.formats.detect import detect
from paddock.engine.formats.document import Document, DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.read import read
from paddock.engine.formats.validate import validate
from paddock.engine.formats.write import write
from paddock.engine.model.component import Component, Hash
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.result import Tool

JSON_VERSIONS = ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]
KINDS = [
    Kind(notation, version)
    for notation in (DocumentFormat.CYCLONEDX_JSON, DocumentFormat.CYCLONEDX_XML)
    for version in ("1.6", "1.7")
]
NAMES = [
    "type", "name", "version", "purl", "bom-ref", "licenses", "license", "id", "expression", "components", "evidence",
    "identity", "field", "concludedValue", "occurrences", "tools", "ref", "dependsOn", "properties", "value", "hashes",
    "externalReferences", "url", "supplier", "authors", "pedigree", "swid", "acknowledgement", "timestamp",
]  # fmt: skip
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
        st.sampled_from(["pkg:npm/a@1", "library", "root", "MIT", "urn:cdx:", "2026-01-01T00:00:00Z"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=5)), inner)
    ),
    max_leaves=12,
)
PARTS = st.sampled_from(
    ["metadata", "components", "services", "dependencies", "compositions", "serialNumber", "version", "properties"]
)
COMPONENTS = st.lists(
    st.dictionaries(st.sampled_from(NAMES), VALUES).map(lambda facts: {"type": "library", "name": "a"} | facts),
    max_size=3,
)


def survives(data: bytes) -> Document | None:
    """Read and validate; any error but InvalidDocument fails the test, and so does disagreement of the two."""
    kind, faults = validate(data)
    detect(data)
    document: Document | None
    try:
        document = read(data)
    except InvalidDocument as error:
        refused = error.faults
        document = None
    if document is None:
        assert faults
        assert refused
        assert all(fault.place and fault.rule and fault.message for fault in refused)
        return None
    assert kind == document.kind
    known = {component.ref for component in document.inventory.components}
    known |= {project.id for project in document.inventory.projects}
    used = {usage.ref for project in document.inventory.projects for usage in project.usages}
    ends = {end for edge in document.inventory.edges for end in (edge.source, edge.target)}
    assert used | ends <= known
    return document


def sample(kind: Kind) -> bytes:
    a = Component(
        purl=parse_purl("pkg:npm/a@1"),
        declared_licenses=("MIT",),
        hashes=(Hash("md5", "0" * 32),),
        license_files=("L",),
    )
    b = Component(purl=parse_purl("pkg:npm/b@2"), homepage="https://example.org", modified=True)
    project = Project(id="p", origin=Origin.LOCKED, usages=(Usage(a.ref, direct=True), Usage(b.ref, requirement="^2")))
    inventory = Inventory(projects=(project,), components=(a, b), edges=(Edge(a.ref, b.ref),))
    return write(inventory, kind, created=datetime(2026, 1, 1, tzinfo=UTC), serial="x", tool=Tool("paddock", "1"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    survives(data)
    survives(b"\x1f\x8b" + data)
    survives(b"{" + data)
    survives(b"<" + data)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_document_cut_off_anywhere(kind: Kind) -> None:
    data = sample(kind).strip()
    for end in range(0, len(data), 37):
        assert survives(data[:end]) is None
    assert survives(data) is not None


@pytest.mark.parametrize("kind", KINDS, ids=str)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_document_with_bytes_changed(kind: Kind, data: st.DataObject) -> None:
    original = bytearray(sample(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(original) - 1))
        original[position : position + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    survives(bytes(original))
    survives(gzip.compress(bytes(original), mtime=0))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(version=st.sampled_from(JSON_VERSIONS), parts=st.dictionaries(PARTS, VALUES), components=COMPONENTS)
def test_json_with_any_value_in_any_place(version: str, parts: dict[str, Any], components: list[Any]) -> None:
    document = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, "components": components, **parts}
    survives(json.dumps(document).encode())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    remainder=st.dictionaries(st.sampled_from(["component", "project", "usages", "edges", "issues", "name"]), VALUES)
)
def test_our_own_properties_with_any_content(remainder: dict[str, Any]) -> None:
    bom = json.loads(sample(KINDS[0]))
    for part in (bom["metadata"], bom["metadata"]["component"], *bom["components"]):
        part["properties"] = [{"name": "paddock:remainder", "value": "paddock-remainder: " + json.dumps(remainder)}]
    survives(json.dumps(bom).encode())


@pytest.mark.parametrize("depth", [50, 200, 400, 2_000, 100_000])
def test_deep_nesting(depth: int) -> None:
    start = '{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": ['
    opening = '{"type": "library", "name": "a", "components": ['
    survives((start + opening * depth + "]}" * depth + "]}").encode())
    survives((start + "[" * depth + "]" * depth + "]}").encode())
    inner = '<component type="library"><name>a</name><components>' * depth + "</components></component>" * depth
    survives(f'<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>{inner}</components></bom>'.encode())


def test_references_in_a_circle() -> None:
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {"type": "application", "name": "app", "bom-ref": "root"}},
        "components": [{"type": "library", "name": name, "bom-ref": name} for name in "ab"],
        "dependencies": [
            {"ref": "root", "dependsOn": ["root", "a"]},
            {"ref": "a", "dependsOn": ["b", "a"]},
            {"ref": "b", "dependsOn": ["a", "root"]},
        ],
    }
    document = survives(json.dumps(bom).encode())
    assert document is not None
    assert {usage.ref: usage.direct for usage in document.inventory.projects[0].usages} == {
        "pkg:generic/a": True,
        "pkg:generic/b": False,
    }
