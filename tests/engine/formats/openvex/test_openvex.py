# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""OpenVEX: what is read of documents of both versions, and what is wrong with them."""

import json

import pytest

from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.openvex.detect import detect
from paddock.engine.formats.vex import read_vex, validate_vex
from paddock.engine.model.component import Hash
from paddock.engine.model.issue import Severity
from paddock.engine.vex.statement import Justification, Status

CURRENT = "https://openvex.dev/ns/v0.2.0"


def document(*statements: dict, **more) -> dict:
    facts = {
        "@context": CURRENT,
        "@id": "https://example.com/vex/1",
        "author": "Example Ltd",
        "timestamp": "2026-01-01T00:00:00Z",
        "version": 2,
        "statements": list(statements),
    }
    return {key: value for key, value in {**facts, **more}.items() if value is not None}


def statement(**more) -> dict:
    facts = {
        "vulnerability": {"name": "CVE-2025-0001"},
        "products": [{"@id": "pkg:npm/left@1.0.0"}],
        "status": "fixed",
    }
    return {key: value for key, value in {**facts, **more}.items() if value is not None}


def read(value: dict):
    return read_vex(json.dumps(value).encode())


def faults(value: dict) -> list[tuple[str, str]]:
    return [(fault.place, fault.rule) for fault in validate_vex(json.dumps(value).encode())[1]]


@pytest.mark.parametrize(
    ("context", "version"),
    [
        (CURRENT, "0.2.0"),
        ("https://openvex.dev/ns/0.2.0", "0.2.0"),
        (["https://www.w3.org/ns/x", CURRENT], "0.2.0"),
        ("https://openvex.dev/ns", "0.0.1"),
        ("https://openvex.dev/ns/v0.0.1", "0.0.1"),
    ],
)
def test_versions_are_recognised_by_the_context(context: object, version: str) -> None:
    assert detect({"@context": context}) == Kind(DocumentFormat.OPENVEX, version)


def test_other_contexts_are_not() -> None:
    for context in (None, 3, "https://spdx.org", "https://openvex.dev/ns/v3", []):
        assert detect({"@context": context}) is None
    assert detect([]) is None


def test_everything_that_a_statement_says() -> None:
    said = statement(
        **{
            "@id": "https://example.com/vex/1/a",
            "vulnerability": {
                "@id": "https://nvd.nist.gov/vuln/detail/CVE-2025-0001",
                "name": "GHSA-1",
                "description": "A flaw",
                "aliases": ["OSV-1"],
            },
            "products": [
                {
                    "@id": "https://example.com/shop",
                    "identifiers": {
                        "purl": "pkg:oci/shop@sha256:aa",
                        "cpe23": "cpe:2.3:a:example:shop:2:*:*:*:*:*:*:*",
                        "cpe22": "cpe:/a:example:shop:2",
                    },
                    "hashes": {"sha-256": "AB" * 32, "md5": "cd" * 16},
                    "subcomponents": [{"@id": "pkg:npm/left@1.0.0"}],
                }
            ],
            "status": "not_affected",
            "justification": "vulnerable_code_not_present",
            "impact_statement": "Gone.",
            "status_notes": "Looked.",
            "supplier": "Left Ltd",
            "timestamp": "2026-01-02T00:00:00+01:00",
            "last_updated": "2026-01-03T00:00:00Z",
        }
    )
    assert faults(document(said)) == []
    found = read(document(said, role="vendor", tooling="a tool"))
    one = found.statements[0]
    whole = one.products[0].identity

    assert (found.author, found.role, found.version, found.tooling) == ("Example Ltd", "vendor", "2", "a tool")
    assert one.ids == ("GHSA-1", "OSV-1", "CVE-2025-0001")
    assert (one.status, one.justification) == (Status.NOT_AFFECTED, Justification.VULNERABLE_CODE_NOT_PRESENT)
    assert (one.impact_statement, one.status_notes, one.supplier) == ("Gone.", "Looked.", "Left Ltd")
    assert [str(purl) for purl in whole.purls] == ["pkg:oci/shop@sha256:aa"]
    assert whole.cpes == ("cpe:2.3:a:example:shop:2:*:*:*:*:*:*:*", "cpe:/a:example:shop:2")
    assert whole.hashes == (Hash("md5", "cd" * 16), Hash("sha256", "ab" * 32))
    assert str(one.products[0].components[0].purls[0]) == "pkg:npm/left@1.0.0"
    assert one.effective is not None
    assert one.effective.day == 3
    assert one.place == "statements[0]"


def test_a_statement_has_the_time_of_its_document() -> None:
    assert str(read(document(statement())).statements[0].timestamp) == "2026-01-01 00:00:00+00:00"


def test_documents_of_the_first_version() -> None:
    old = {
        "@context": "https://openvex.dev/ns",
        "@id": "old",
        "author": "A",
        "format": "text/vex+json",
        "role": "issuer",
        "version": "1",
        "statements": [
            {
                "vulnerability": "CVE-2025-0001",
                "products": ["pkg:oci/shop@sha256:aa"],
                "subcomponents": ["pkg:npm/left@1.0.0"],
                "status": "fixed",
                "timestamp": "2022-12-22T20:56:05-05:00",
            }
        ],
    }
    assert faults(old) == []
    one = read(old).statements[0]
    assert one.vulnerability == "CVE-2025-0001"
    assert str(one.products[0].components[0].purls[0]) == "pkg:npm/left@1.0.0"


def test_what_cannot_be_understood_is_left_out_and_told() -> None:
    broken = [
        statement(status="harmless"),
        statement(vulnerability={}),
        statement(products=[]),
        "nothing",
        statement(products=[{"subcomponents": []}]),
    ]
    found = read(document(*broken, statement()))

    assert [one.place for one in found.statements] == ["statements[5]"]
    left_out = [issue.message for issue in found.issues if issue.severity is Severity.ERROR]
    assert [message.partition(" ")[0] for message in left_out] == [f"statements[{number}]" for number in range(5)]


def test_a_statement_is_never_about_more_than_its_author_meant() -> None:
    """Subcomponents that cannot be read do not make a statement about the whole product."""
    unreadable = {"@id": "pkg:oci/shop@sha256:aa", "subcomponents": [{"name": "left"}]}
    assert read(document(statement(products=[unreadable]))).statements == ()
    old = {**document(statement(vulnerability="CVE-1", products=["pkg:oci/shop"], subcomponents=[3]))}
    assert read({**old, "@context": "https://openvex.dev/ns"}).statements == ()


@pytest.mark.parametrize(
    ("value", "place", "rule"),
    [
        (document(statement(), author=None), "document", "openvex-0.2.0 required"),
        (document(), "statements", "openvex-0.2.0 minItems"),
        (document(statement(), version=0), "version", "openvex-0.2.0 minimum"),
        (document(statement(), timestamp="yesterday"), "timestamp", "openvex-0.2.0 format"),
        (document(statement(), **{"@id": "no iri"}), "@id", "openvex-0.2.0 format"),
        (document(statement(), x=1), "document", "openvex-0.2.0 additionalProperties"),
        (document(statement(status="harmless")), "statements[0].status", "openvex-0.2.0 enum"),
        (document(statement(status="not_affected")), "statements[0].justification", "not_affected"),
        (document(statement(status="affected")), "statements[0].action_statement", "affected"),
        (document(statement(justification="component_not_present")), "statements[0].justification", "justification"),
        (document(statement(products=None)), "statements[0].products", "product"),
        (document(statement(products=[{}])), "statements[0].products[0]", "openvex-0.2.0 anyOf"),
        (document(statement(products=[{"@id": "pkg:npm"}])), "statements[0].products[0].@id", "purl"),
        (
            document(statement(products=[{"identifiers": {"cpe23": "cpe:/a:b:c"}}])),
            "statements[0].products[0].identifiers.cpe23",
            "cpe",
        ),
        (document(statement(), statement()), "statements", "openvex-0.2.0 uniqueItems"),
    ],
)
def test_faults_have_place_and_rule(value: dict, place: str, rule: str) -> None:
    assert (place, rule) in faults(value)
