# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whatever the bytes: a document or a refusal, and the validator agrees."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.document import Document, DocumentFormat, Fault, InvalidDocument, Kind
from paddock.engine.formats.spdx2.detect import detect
from paddock.engine.formats.spdx2.reader import read_document
from paddock.engine.formats.spdx2.validator import faults
from tests.engine.formats.damage import JSON_VALUES, damaged_bytes, damaged_values

DATA = Path(__file__).parent / "data"
APP = json.loads((DATA / "app.spdx.json").read_bytes())
JSON = Kind(DocumentFormat.SPDX_JSON, "2.3")
TAG_VALUE = Kind(DocumentFormat.SPDX_TAG_VALUE, "2.3")
YAML = Kind(DocumentFormat.SPDX_YAML, "2.2")
RDF = Kind(DocumentFormat.SPDX_RDF, "2.3")
KINDS = (JSON, TAG_VALUE, YAML, RDF)
WHOLE = {
    JSON: (DATA / "app.spdx.json").read_bytes(),
    TAG_VALUE: (DATA / "app.spdx").read_bytes(),
    YAML: yaml.safe_dump(APP).encode(),
    RDF: (DATA / "app.spdx.rdf").read_bytes(),
}


def read_or_refuse(data: bytes, kind: Kind) -> Document | None:
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


@given(data=st.binary(max_size=200), kind=st.sampled_from(KINDS))
def test_any_bytes(data: bytes, kind: Kind) -> None:
    read_or_refuse(data, kind)


@given(text=st.text(alphabet="[]{}<>/:\n -#&*!|\"'aSPDX", max_size=200), kind=st.sampled_from(KINDS))
def test_any_text_of_the_notations_own_characters(text: str, kind: Kind) -> None:
    read_or_refuse(text.encode(), kind)


@pytest.mark.parametrize("kind", KINDS, ids=str)
@given(data=st.data())
def test_damaged_bytes(kind: Kind, data: st.DataObject) -> None:
    read_or_refuse(data.draw(damaged_bytes(WHOLE[kind])), kind)


@given(value=damaged_values(APP))
def test_damaged_values(value: dict[str, Any]) -> None:
    read_or_refuse(json.dumps(value).encode(), JSON)
    read_or_refuse(yaml.safe_dump(value).encode(), YAML)


@given(
    remark=JSON_VALUES, other=st.dictionaries(st.sampled_from(["component", "project", "usages", "purl"]), JSON_VALUES)
)
def test_damaged_remarks(remark: Any, other: dict[str, Any]) -> None:
    value = json.loads(json.dumps(APP))
    value["annotations"] = [{"comment": f"paddock-remainder: {json.dumps(remark)}"}]
    for package in value["packages"]:
        package["annotations"] = [{"comment": f"paddock-remainder: {json.dumps(other)}"}]
    assert read_or_refuse(json.dumps(value).encode(), JSON) is not None


@given(head=st.text(max_size=100), value=JSON_VALUES | st.none())
def test_detection_of_anything(head: str, value: Any) -> None:
    detect(head, value)


def test_detection() -> None:
    for kind, data in WHOLE.items():
        value = APP if kind is JSON else None
        assert detect(data.decode()[:65536], value) == Kind(kind.format, "2.3")
    assert detect("SPDXVersion: SPDX-2.1\n", None) == Kind(DocumentFormat.SPDX_TAG_VALUE, "2.1")
    assert detect("SPDXID: SPDXRef-DOCUMENT\nname: x\n", None) == Kind(DocumentFormat.SPDX_YAML, "2.3")
    assert detect("", {"spdxVersion": "SPDX-2.2"}) == Kind(DocumentFormat.SPDX_JSON, "2.2")
    for nothing in ({"bomFormat": "CycloneDX"}, [], "x", {"spdxVersion": 2}):
        assert detect("", nothing) is None
    assert detect("<a/>", None) is None
