# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Broken SPDX 3 documents are told apart from whole ones, with the place and the rule."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paddock.engine.formats.document import DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.spdx3.reader import read_document
from paddock.engine.formats.spdx3.validator import faults

APP = json.loads((Path(__file__).parent / "data" / "app.spdx3.json").read_bytes())
KIND = Kind(DocumentFormat.SPDX3_JSON, "3.0.1")
INFO, DOC, LEFT_PAD, SNIPPET, EXPRESSION, LICENSE, SCOPED, NOTE = 0, 4, 7, 10, 11, 13, 15, 20

Change = Callable[[dict[str, Any]], object]


def put(*steps: Any) -> Change:
    """Change one value: the steps to it below `@graph`, then the value."""

    def change(document: dict[str, Any]) -> None:
        *path, last, value = steps
        place = document["@graph"]
        for step in path:
            place = place[step]
        place[last] = value

    return change


def drop(*steps: Any) -> Change:
    """Remove one value: the steps to it below `@graph`."""

    def change(document: dict[str, Any]) -> None:
        *path, last = steps
        place = document["@graph"]
        for step in path:
            place = place[step]
        del place[last]

    return change


def context(value: Any) -> Change:
    """Name another context."""
    return lambda document: document.update({"@context": value})


FATAL: list[tuple[Change, str, str]] = [
    (context("https://example.org/"), "@context", "serialization"),
    (context("https://spdx.org/rdf/3.0.0/spdx-context.jsonld"), "@context", "serialization"),
    (put(1, "text"), "@graph[1]", "serialization"),
    (drop(LEFT_PAD, "type"), f"@graph[{LEFT_PAD}]", "serialization"),
    (drop(INFO, "created"), f"@graph[{INFO}]", "CreationInfo/created"),
    (put(INFO, "createdBy", []), f"@graph[{INFO}]", "CreationInfo/createdBy"),
    (put(LEFT_PAD, "name", 7), f"@graph[{LEFT_PAD}].name", "Element/name"),
    (put(LEFT_PAD, "name", ["a"]), f"@graph[{LEFT_PAD}].name", "Element/name"),
    (put(LEFT_PAD, "suppliedBy", 7), f"@graph[{LEFT_PAD}].suppliedBy", "Artifact/suppliedBy"),
    (
        put(SNIPPET, "software_byteRange", "endIntegerRange", "20"),
        f"@graph[{SNIPPET}].software_byteRange.endIntegerRange",
        "PositiveIntegerRange/endIntegerRange",
    ),
    (drop(SCOPED, "from"), f"@graph[{SCOPED}]", "Relationship/from"),
    (drop(SCOPED, "relationshipType"), f"@graph[{SCOPED}]", "Relationship/relationshipType"),
]

TOLD: list[tuple[Change, str, str]] = [
    (context(["https://spdx.org/rdf/3.0.1/spdx-context.jsonld"]), "@context", "serialization"),
    (put(INFO, "created", "2026-01-02"), f"@graph[{INFO}].created", "CreationInfo/created"),
    (put(INFO, "created", "2026-13-02T00:00:00Z"), f"@graph[{INFO}].created", "CreationInfo/created"),
    (put(INFO, "specVersion", "3"), f"@graph[{INFO}].specVersion", "CreationInfo/specVersion"),
    (
        put(INFO, "createdBy", 0, "https://example.org/app#maker"),
        f"@graph[{INFO}].createdBy[0]",
        "CreationInfo/createdBy",
    ),
    (drop(LEFT_PAD, "creationInfo"), f"@graph[{LEFT_PAD}]", "Element/creationInfo"),
    (put(LEFT_PAD, "creationInfo", "_:other"), f"@graph[{LEFT_PAD}].creationInfo", "Element/creationInfo"),
    (drop(LEFT_PAD, "spdxId"), f"@graph[{LEFT_PAD}].spdxId", "Element/spdxId"),
    (put(LEFT_PAD, "spdxId", "left-pad"), f"@graph[{LEFT_PAD}].spdxId", "Element/spdxId"),
    (put(LEFT_PAD, "spdxId", "https://example.org/app#app"), f"@graph[{LEFT_PAD}]", "Element"),
    (put(LEFT_PAD, "type", "software_SoftwareArtifact"), f"@graph[{LEFT_PAD}].type", "software_SoftwareArtifact"),
    (put(LEFT_PAD, "type", "Thing"), f"@graph[{LEFT_PAD}].type", "serialization"),
    (put(LEFT_PAD, "colour", "red"), f"@graph[{LEFT_PAD}].colour", "software_Package"),
    (
        put(LEFT_PAD, "verifiedUsing", 0, "algorithm", "crc"),
        f"@graph[{LEFT_PAD}].verifiedUsing[0].algorithm",
        "Hash/algorithm",
    ),
    (drop(LEFT_PAD, "verifiedUsing", 0, "hashValue"), f"@graph[{LEFT_PAD}].verifiedUsing[0]", "Hash/hashValue"),
    (
        put(LEFT_PAD, "originatedBy", "https://example.org/app#ada"),
        f"@graph[{LEFT_PAD}].originatedBy",
        "Artifact/originatedBy",
    ),
    (
        put(LEFT_PAD, "software_homePage", "a b"),
        f"@graph[{LEFT_PAD}].software_homePage",
        "software_Package/software_homePage",
    ),
    (
        put(EXPRESSION, "simplelicensing_licenseExpression", "MIT AND"),
        f"@graph[{EXPRESSION}].simplelicensing_licenseExpression",
        "simplelicensing_LicenseExpression/simplelicensing_licenseExpression",
    ),
    (put(SCOPED, "scope", "later"), f"@graph[{SCOPED}].scope", "LifecycleScopedRelationship/scope"),
    (put(SCOPED, "to", []), f"@graph[{SCOPED}]", "Relationship/to"),
    (put(SCOPED, "to", ["left-pad"]), f"@graph[{SCOPED}].to[0]", "Relationship/to"),
    (put(SCOPED, "relationshipType", "likes"), f"@graph[{SCOPED}].relationshipType", "Relationship/relationshipType"),
    (put(NOTE, "contentType", "text"), f"@graph[{NOTE}].contentType", "Annotation/contentType"),
    (
        put(DOC, "profileConformance", ["x"]),
        f"@graph[{DOC}].profileConformance[0]",
        "ElementCollection/profileConformance",
    ),
]


def changed(change: Change) -> bytes:
    document = copy.deepcopy(APP)
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(("change", "place", "rule"), FATAL)
def test_what_cannot_be_trusted_is_refused(change: Change, place: str, rule: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(changed(change), KIND)
    assert (place, f"SPDX 3 {rule}") in {(fault.place, fault.rule) for fault in caught.value.faults}
    assert set(caught.value.faults) <= set(faults(changed(change), KIND))


@pytest.mark.parametrize(("change", "place", "rule"), TOLD)
def test_what_is_wrong_but_clear_is_told(change: Change, place: str, rule: str) -> None:
    data = changed(change)
    assert (place, f"SPDX 3 {rule}") in {(fault.place, fault.rule) for fault in faults(data, KIND)}
    issues = read_document(data, KIND).inventory.issues
    assert any(issue.message.startswith(f"{place}: ") for issue in issues)


def test_names_that_3_0_0_used_are_right_there() -> None:
    document = copy.deepcopy(APP)
    document["@context"] = "https://spdx.org/rdf/3.0.0/spdx-context.jsonld"
    document["@graph"][DOC]["imports"] = document["@graph"][DOC].pop("import")
    old = Kind(DocumentFormat.SPDX3_JSON, "3.0.0")
    assert faults(json.dumps(document).encode(), old) == ()
    document["@context"] = APP["@context"]
    assert [fault.place for fault in faults(json.dumps(document).encode(), KIND)] == [f"@graph[{DOC}].imports"]


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ('{"@graph": [],\n x', "line 2", "JSON, RFC 8259"),
        ("[" * 100_000, "document", "JSON, RFC 8259"),
        ("[]", "document", "SPDX 3 serialization"),
        ('{"@graph": {}}', "@graph", "SPDX 3 serialization"),
    ],
)
def test_what_is_not_even_json_ld_is_refused(text: str, place: str, rule: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(text.encode(), KIND)
    fault = caught.value.faults[0]
    assert (fault.place, fault.rule) == (place, rule)
    assert faults(text.encode(), KIND) == (fault,)


def test_bytes_that_are_no_text_are_refused_with_the_line() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(b'{\n"a": "\xff"}', KIND)
    assert caught.value.faults[0].place == "line 2"
