# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Broken SPDX 2 documents are told apart from whole ones, with the place and the rule."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paddock.engine.formats.document import DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.spdx2.reader import read_document
from paddock.engine.formats.spdx2.validator import faults

DATA = Path(__file__).parent / "data"
APP = json.loads((DATA / "app.spdx.json").read_bytes())
TEXT = (DATA / "app.spdx").read_text()
GRAPH = (DATA / "app.spdx.rdf").read_text()
JSON = Kind(DocumentFormat.SPDX_JSON, "2.3")
TAG_VALUE = Kind(DocumentFormat.SPDX_TAG_VALUE, "2.3")
YAML = Kind(DocumentFormat.SPDX_YAML, "2.3")
RDF = Kind(DocumentFormat.SPDX_RDF, "2.3")


def line_of(part: str, text: str, shift: int = 0) -> str:
    """Where a part of a text stands, or so many lines after it."""
    assert part in text
    return f"line {text[: text.index(part)].count(chr(10)) + 1 + shift}"


Change = Callable[[dict[str, Any]], object]


def put(*steps: Any) -> Change:
    """Change one value: the steps to it, then the value."""

    def change(document: dict[str, Any]) -> None:
        *path, last, value = steps
        for step in path:
            document = document[step]
        document[last] = value

    return change


def drop(*steps: Any) -> Change:
    """Remove one value: the steps to it."""

    def change(document: dict[str, Any]) -> None:
        *path, last = steps
        for step in path:
            document = document[step]
        del document[last]

    return change


FATAL: list[tuple[Change, str, str]] = [
    (drop("spdxVersion"), "document", "6.1"),
    (drop("name"), "document", "6.4"),
    (put("name", ""), "document", "6.4"),
    (drop("creationInfo"), "document", "6"),
    (drop("creationInfo", "created"), "creationInfo", "6.9"),
    (put("creationInfo", "creators", "Tool: x"), "creationInfo.creators", "6.8"),
    (put("packages", {}), "packages", "7"),
    (put("packages", 0, []), "packages[0]", "7"),
    (drop("packages", 1, "name"), "packages[1]", "7.1"),
    (put("packages", 1, "name", None), "packages[1]", "7.1"),
    (drop("packages", 1, "SPDXID"), "packages[1]", "7.2"),
    (put("packages", 1, "versionInfo", 13), "packages[1].versionInfo", "7.3"),
    (put("packages", 1, "filesAnalyzed", "false"), "packages[1].filesAnalyzed", "7.8"),
    (put("packages", 1, "checksums", 0, "x"), "packages[1].checksums[0]", "7.10"),
    (put("snippets", 0, "ranges", 0, "endPointer", "offset", "20"), "snippets[0].ranges[0].endPointer.offset", "9.3"),
    (drop("hasExtractedLicensingInfos", 0, "licenseId"), "hasExtractedLicensingInfos[0]", "10.1"),
    (drop("relationships", 2, "relatedSpdxElement"), "relationships[2]", "11.1"),
    (put("relationships", 2, "relationshipType", None), "relationships[2]", "11.1"),
]

TOLD: list[tuple[Change, str, str]] = [
    (put("dataLicense", "MIT"), "dataLicense", "6.2"),
    (put("SPDXID", "SPDXRef-doc"), "SPDXID", "6.3"),
    (drop("documentNamespace"), "document", "6.5"),
    (put("documentNamespace", "app"), "documentNamespace", "6.5"),
    (put("documentNamespace", "https://example.org/a#b"), "documentNamespace", "6.5"),
    (put("externalDocumentRefs", 0, "externalDocumentId", "base"), "externalDocumentRefs[0].externalDocumentId", "6.6"),
    (put("creationInfo", "creators", 0, "maker"), "creationInfo.creators[0]", "6.8"),
    (put("creationInfo", "creators", []), "creationInfo.creators", "6.8"),
    (put("creationInfo", "created", "2026-02-30T00:00:00Z"), "creationInfo.created", "6.9"),
    (put("creationInfo", "created", "2026-02-03"), "creationInfo.created", "6.9"),
    (put("packages", 1, "SPDXID", "SPDXRef-left_pad"), "packages[1].SPDXID", "7.2"),
    (put("packages", 2, "SPDXID", "SPDXRef-app"), "packages[2].SPDXID", "6.3"),
    (put("packages", 1, "supplier", "Ada"), "packages[1].supplier", "7.5"),
    (drop("packages", 1, "downloadLocation"), "packages[1]", "7.7"),
    (put("packages", 1, "downloadLocation", "somewhere else"), "packages[1].downloadLocation", "7.7"),
    (put("packages", 0, "filesAnalyzed", False), "packages[0].packageVerificationCode", "7.9"),
    (put("packages", 1, "checksums", 0, "algorithm", "CRC"), "packages[1].checksums[0].algorithm", "7.10"),
    (put("packages", 1, "checksums", 0, "checksumValue", "ab"), "packages[1].checksums[0].checksumValue", "7.10"),
    (put("packages", 1, "checksums", 0, "checksumValue", "x" * 64), "packages[1].checksums[0].checksumValue", "7.10"),
    (put("packages", 1, "homepage", None), "packages[1].homepage", "7.11"),
    (put("packages", 1, "licenseConcluded", "MIT or"), "packages[1].licenseConcluded", "7.13"),
    (put("packages", 1, "licenseDeclared", "MIT, ISC"), "packages[1].licenseDeclared", "7.15"),
    (put("packages", 1, "licenseDeclared", "LicenseRef-x"), "packages[1].licenseDeclared", "10.1"),
    (put("packages", 1, "primaryPackagePurpose", "FUN"), "packages[1].primaryPackagePurpose", "7.24"),
    (put("packages", 1, "colour", "red"), "packages[1].colour", "7"),
    (
        put("packages", 1, "externalRefs", 0, "referenceLocator", "x"),
        "packages[1].externalRefs[0].referenceLocator",
        "7.21",
    ),
    (
        put("packages", 1, "externalRefs", 1, "referenceLocator", "cpe:2.3:a:b"),
        "packages[1].externalRefs[1].referenceLocator",
        "7.21",
    ),
    (
        put("packages", 1, "externalRefs", 0, "referenceCategory", "X"),
        "packages[1].externalRefs[0].referenceCategory",
        "7.21",
    ),
    (put("packages", 1, "annotations", 0, "annotationType", "X"), "packages[1].annotations[0].annotationType", "12.3"),
    (put("files", 0, "checksums", []), "files[0].checksums", "8.4"),
    (drop("files", 0, "checksums"), "files[0]", "8.4"),
    (put("files", 0, "fileTypes", 0, "CODE"), "files[0].fileTypes[0]", "8.3"),
    (drop("snippets", 0, "snippetFromFile"), "snippets[0]", "9.2"),
    (put("hasExtractedLicensingInfos", 0, "licenseId", "pad"), "hasExtractedLicensingInfos[0].licenseId", "10.1"),
    (put("relationships", 2, "relationshipType", "LIKES"), "relationships[2].relationshipType", "11.1"),
    (put("relationships", 2, "relatedSpdxElement", "SPDXRef-x"), "relationships[2].relatedSpdxElement", "11.1"),
    (
        put("relationships", 5, "relatedSpdxElement", "DocumentRef-x:SPDXRef-a"),
        "relationships[5].relatedSpdxElement",
        "11.1",
    ),
    (put("documentDescribes", ["SPDXRef-x"]), "documentDescribes[0]", "11.1"),
    (drop("revieweds", 0, "reviewDate"), "revieweds[0]", "13.2"),
]


def changed(change: Change) -> bytes:
    document = copy.deepcopy(APP)
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(("change", "place", "clause"), FATAL)
def test_what_cannot_be_trusted_is_refused(change: Change, place: str, clause: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(changed(change), JSON)
    assert (place, f"SPDX 2.3 clause {clause}") in {(fault.place, fault.rule) for fault in caught.value.faults}
    assert set(caught.value.faults) <= set(faults(changed(change), JSON))


@pytest.mark.parametrize(("change", "place", "clause"), TOLD)
def test_what_is_wrong_but_clear_is_told(change: Change, place: str, clause: str) -> None:
    data = changed(change)
    found = faults(data, JSON)
    assert (place, f"SPDX 2.3 clause {clause}") in {(fault.place, fault.rule) for fault in found}
    issues = read_document(data, JSON).inventory.issues
    assert any(issue.message.startswith(f"{place}: ") for issue in issues)


def test_2_2_asks_for_more() -> None:
    document = copy.deepcopy(APP)
    document["spdxVersion"] = "SPDX-2.2"
    del document["packages"][1]["licenseDeclared"]
    found = faults(json.dumps(document).encode(), Kind(DocumentFormat.SPDX_JSON, "2.2"))
    assert [(fault.place, fault.rule) for fault in found] == [("packages[1]", "SPDX 2.2 clause 7.15")]
    assert [fault.place for fault in faults(json.dumps(document).encode(), JSON)] == ["spdxVersion"]


@pytest.mark.parametrize(
    ("old", "new", "shift", "rule"),
    [
        ("PackageVersion: 1.3.0", "PackageVersion 1.3.0", 0, "clause 4.4"),
        ("# What it is about", "What it is about", 0, "clause 4.4"),
        ("Fine.</text>", "Fine.", 0, "clause 4.4"),
        ("Pads.</text>", "Pads.</text> Yes", 0, "clause 4.4"),
        ("Relationship: SPDXRef-tester DEPENDS_ON SPDXRef-left-pad", "Relationship: SPDXRef-tester", 0, "clause 11.1"),
        ("PackageName: tester", "PackageName:", 0, "clause 7.1"),
        ("Created: 2026-01-02T03:04:05Z", "Created:", -4, "clause 6.9"),
        ("SPDXVersion: SPDX-2.3", "SPDXVersion: SPDX-2.2", 0, "clause 6.1"),
    ],
)
def test_broken_tag_value_is_refused_with_the_line(old: str, new: str, shift: int, rule: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(TEXT.replace(old, new).encode(), TAG_VALUE)
    assert (caught.value.faults[0].place, True) == (line_of(old, TEXT, shift), rule in caught.value.faults[0].rule)


@pytest.mark.parametrize(
    ("old", "new", "shift", "rule"),
    [
        ("PackageVersion: 1.3.0", "PackageVersion: 1.3.0\nPackageVersion: 1.4.0", 1, "clause 7.3"),
        ("PackageVersion: 1.3.0", "Colour: red", 0, "clause 4.4"),
        ("SPDXVersion: SPDX-2.3", "SPDXVersion: SPDX-2.3\nFileComment: lost", 1, "clause 8.12"),
        ("PackageChecksum: SHA256: ", "PackageChecksum: SHA256-", 0, "clause 7.10"),
        ("ExternalRef: OTHER house-id pad/1", "ExternalRef: OTHER pad/1", 0, "clause 7.21"),
        ("SnippetByteRange: 10:20", "SnippetByteRange: 10-20", 0, "clause 9.3"),
        ("SHA1: 0000000000000000000000000000000000000001", "0001", 0, "clause 6.6"),
        ("AnnotationDate: 2026-01-02T03:04:05Z", "AnnotationDate: today", 0, "clause 12.2"),
    ],
)
def test_slips_in_tag_value_are_told_with_the_line(old: str, new: str, shift: int, rule: str) -> None:
    data = TEXT.replace(old, new).encode()
    assert (line_of(old, TEXT, shift), True) in {(fault.place, rule in fault.rule) for fault in faults(data, TAG_VALUE)}
    assert read_document(data, TAG_VALUE).inventory.components


@pytest.mark.parametrize(
    ("kind", "text", "place", "rule"),
    [
        (JSON, '{"a": 1,\n "b"', "line 2", "JSON"),
        (JSON, '{"a": 1,\n\n x}', "line 3", "JSON"),
        (JSON, "[]", "document", "SPDX 6"),
        (JSON, "[" * 100_000, "document", "JSON"),
        (YAML, "a: 1\nb: ]", "line 2", "YAML"),
        (YAML, "a: 1\na: 2", "line 2", "YAML"),
        (YAML, "a: &x {b: 1}\nc: *x", "line 2", "YAML"),
        (YAML, "? [a]\n: b", "line 1", "YAML"),
        (YAML, "- a", "line 1", "SPDX 6"),
        (YAML, "a: 1\n---\nb: 2", "line 2", "SPDX 6"),
        (YAML, "a: " + "[" * 100_000, "line 1", "YAML"),
        (YAML, "", "line 1", "SPDX 6"),
        (RDF, "<a>\n<b></a>", "line 2", "XML"),
        (RDF, "<a/>", "line 1", "SPDX 6"),
        (RDF, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "line 1", "XML"),
        (RDF, "<a>" * 10_000, "line 1", "XML"),
        (TAG_VALUE, "hello", "line 1", "clause 4.4"),
        (TAG_VALUE, "", "document", "clause 6"),
    ],
)
def test_what_is_not_even_the_notation_is_refused(kind: Kind, text: str, place: str, rule: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(text.encode(), kind)
    fault = caught.value.faults[0]
    assert fault.place == place
    assert rule in fault.rule
    assert fault in faults(text.encode(), kind)


@pytest.mark.parametrize("kind", [JSON, YAML, TAG_VALUE], ids=str)
def test_bytes_that_are_no_text_are_refused_with_the_line(kind: Kind) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(b"a: 1\n\n\xff", kind)
    assert caught.value.faults[0].place == "line 3"


@pytest.mark.parametrize(
    ("old", "new", "shift"),
    [
        ("<name>tester</name>", "", -1),
        ("<name>tester</name>", "<name>tester</name><name>other</name>", 0),
        ('<member rdf:resource="#LicenseRef-pad"/>', '<member rdf:nodeID="n"/>', 0),
        ("<annotationDate>2026-01-02T03:04:05Z", "<annotationDate>soon", 0),
    ],
)
def test_faults_in_rdf_have_lines(old: str, new: str, shift: int) -> None:
    assert line_of(old, GRAPH, shift) in {fault.place for fault in faults(GRAPH.replace(old, new).encode(), RDF)}


def test_licences_that_contain_themselves_end() -> None:
    ring = """<ConjunctiveLicenseSet rdf:nodeID="a"><member rdf:nodeID="b"/></ConjunctiveLicenseSet>
    <ConjunctiveLicenseSet rdf:nodeID="b"><member rdf:nodeID="a"/><member rdf:nodeID="a"/></ConjunctiveLicenseSet>"""
    text = GRAPH.replace("</rdf:RDF>", f"{ring}</rdf:RDF>").replace(
        '<licenseConcluded rdf:resource="http://spdx.org/rdf/terms#none"/>', '<licenseConcluded rdf:nodeID="a"/>'
    )
    assert any("contains itself" in fault.message for fault in faults(text.encode(), RDF))
    assert read_document(text.encode(), RDF).inventory.components
