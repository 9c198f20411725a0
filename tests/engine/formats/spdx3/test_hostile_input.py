# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whatever the bytes: a document or a refusal, and the validator agrees."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.document import Document, DocumentFormat, Fault, InvalidDocument, Kind
from paddock.engine.formats.spdx3.detect import detect
from paddock.engine.formats.spdx3.reader import read_document
from paddock.engine.formats.spdx3.validator import faults
from tests.engine.formats.damage import JSON_VALUES, damaged_bytes, damaged_values

DATA = (Path(__file__).parent / "data" / "app.spdx3.json").read_bytes()
APP = json.loads(DATA)
KIND = Kind(DocumentFormat.SPDX3_JSON, "3.0.1")
KEYS = ["urn:x:a", "urn:x:b", "_:c"]
NAMES = ["type", "spdxId", "@id", "creationInfo", "name", "from", "to", "relationshipType", "scope", "rootElement"]
NAMES += ["verifiedUsing", "suppliedBy", "originatedBy", "externalIdentifier", "software_packageUrl", "statement"]


def read_or_refuse(data: bytes, kind: Kind = KIND) -> Document | None:
    found = faults(data, kind)
    refused: tuple[Fault, ...] = ()
    try:
        document = read_document(data, kind)
    except InvalidDocument as error:
        refused = error.faults
    assert set(refused) <= set(found)
    if refused:
        return None
    known = {item.ref for item in document.inventory.components} | {item.id for item in document.inventory.projects}
    assert {edge.source for edge in document.inventory.edges} | {
        edge.target for edge in document.inventory.edges
    } <= known
    assert {usage.ref for project in document.inventory.projects for usage in project.usages} <= known
    return document


@given(data=st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    read_or_refuse(data)


@given(data=damaged_bytes(DATA))
def test_damaged_bytes(data: bytes) -> None:
    read_or_refuse(data)


@given(value=damaged_values(APP))
def test_damaged_values(value: dict[str, Any]) -> None:
    read_or_refuse(json.dumps(value).encode())


@given(values=st.lists(st.dictionaries(st.sampled_from(NAMES), JSON_VALUES | st.sampled_from(KEYS)), max_size=6))
def test_any_elements(values: list[dict[str, Any]]) -> None:
    elements = [{"type": "software_Package", "spdxId": KEYS[index % 3], **value} for index, value in enumerate(values)]
    read_or_refuse(json.dumps({"@context": APP["@context"], "@graph": elements}).encode())


@given(
    remark=JSON_VALUES, other=st.dictionaries(st.sampled_from(["component", "project", "usages", "purl"]), JSON_VALUES)
)
def test_damaged_remarks(remark: Any, other: dict[str, Any]) -> None:
    value = json.loads(DATA)
    for number, (subject, facts) in enumerate((("", remark), ("#left-pad", other), ("#tester", other))):
        note = {
            "type": "Annotation",
            "spdxId": f"urn:x:{number}",
            "creationInfo": "_:info",
            "annotationType": "other",
            "subject": f"https://example.org/app{subject}",
            "statement": f"paddock-remainder: {json.dumps(facts)}",
        }
        value["@graph"].append(note)
    assert read_or_refuse(json.dumps(value).encode()) is not None


@given(value=JSON_VALUES | st.fixed_dictionaries({"@context": JSON_VALUES}))
def test_detection_of_anything(value: Any) -> None:
    detect("", value)


def test_detection() -> None:
    assert detect("", APP) == KIND
    assert detect("", {**APP, "@graph": None}) == KIND
    for version in ("3.0.0", "3.1.0"):
        url = f"https://spdx.org/rdf/{version}/spdx-context.jsonld"
        assert detect("", {"@context": ["x", url]}) == Kind(DocumentFormat.SPDX3_JSON, version)
    for nothing in ({"@context": "https://openvex.dev/ns/v0.2.0"}, {}, None, "x"):
        assert detect("", nothing) is None
