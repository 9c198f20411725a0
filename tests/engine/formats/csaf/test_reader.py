# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CSAF documents as VEX statements: statuses, products and what they are parts of, and back."""

import json

import pytest

from paddock.engine.formats.csaf.writer import NoNamespace
from paddock.engine.formats.vex import KINDS, read_vex, validate_vex, write_vex
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Tool
from paddock.engine.vex.create import IncompleteStatement
from paddock.engine.vex.statement import Identity, Justification, Product, Response, Status, VexDocument
from tests.engine.formats.csaf.advisories import DROP, advisory, changed
from tests.engine.vex.documents import LOG, NOW, SHOP, product, statement

FLAW = "vulnerabilities.0"
TOOL = Tool("Paddock", "1.0")


def read(value: dict) -> VexDocument:
    return read_vex(json.dumps(value).encode())


def statuses(value: dict) -> dict[str, Status]:
    return {each.identity.id: one.status for one in read(value).statements for each in one.products}


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_what_a_document_says(version: str) -> None:
    found = read(advisory(version))
    by_status = {one.status: one for one in found.statements}
    left = by_status[Status.NOT_AFFECTED]
    old = by_status[Status.AFFECTED]

    assert (found.id, found.author, found.namespace) == ("EX-1", "Example Ltd", "https://example.com")
    assert (found.version, found.role, found.title, found.issues) == ("2", "vendor", "Left", ())
    assert str(found.last_updated) == "2026-01-02 00:00:00+00:00"
    assert left.justification is Justification.VULNERABLE_CODE_NOT_PRESENT
    assert [str(purl) for purl in left.products[0].identity.purls] == ["pkg:npm/left@1.0.0"]
    assert left.place == "vulnerabilities[0].product_status.known_not_affected"
    assert left.timestamp == found.last_updated
    assert (old.action_statement, old.responses) == ("Update.", (Response.UPDATE,))
    assert old.description == "A flaw in left."
    assert statuses(advisory(version)) == {"LEFT": Status.NOT_AFFECTED, "OLD": Status.AFFECTED, "SHOP": Status.FIXED}


@pytest.mark.parametrize(
    ("group", "status"),
    [
        ("first_affected", Status.AFFECTED),
        ("last_affected", Status.AFFECTED),
        ("first_fixed", Status.FIXED),
        ("under_investigation", Status.UNDER_INVESTIGATION),
        ("recommended", None),
        ("unknown", None),
    ],
)
def test_groups_of_statuses(group: str, status: Status | None) -> None:
    value = changed(advisory("2.1"), {f"{FLAW}.product_status": {group: ["SHOP"]}})
    assert statuses(value).get("SHOP") is status


def test_impacts_remediations_and_groups() -> None:
    value = changed(
        advisory(),
        {
            f"{FLAW}.product_status": {"known_not_affected": ["LEFT", "SHOP"], "known_affected": ["OLD"]},
            f"{FLAW}.threats": [
                {"category": "impact", "details": "Gone.", "group_ids": ["ALL"]},
                {"category": "exploit_status", "details": "None known.", "product_ids": ["LEFT"]},
            ],
            f"{FLAW}.remediations": [
                {
                    "category": "workaround",
                    "details": "Switch off.",
                    "product_ids": ["OLD"],
                    "url": "https://a.example",
                },
                {
                    "category": "no_fix_planned",
                    "details": "Old.",
                    "product_ids": ["OLD"],
                    "date": "2026-01-02T00:00:00Z",
                },
            ],
        },
    )
    found = {(one.status, one.justification): one for one in read(value).statements}

    assert found[Status.NOT_AFFECTED, Justification.VULNERABLE_CODE_NOT_PRESENT].impact_statement == "Gone."
    assert found[Status.NOT_AFFECTED, None].impact_statement == "Gone."
    old = found[Status.AFFECTED, None]
    assert old.action_statement == "Switch off. (https://a.example)\nOld."
    assert old.responses == (Response.WORKAROUND_AVAILABLE, Response.WILL_NOT_FIX)
    assert str(old.action_timestamp) == "2026-01-02 00:00:00+00:00"


def relation(part: str, whole: str, named: str) -> dict:
    return {
        "category": "default_component_of",
        "full_product_name": {"name": named, "product_id": named},
        "product_reference": part,
        "relates_to_product_reference": whole,
    }


def test_relationships() -> None:
    value = changed(
        advisory(),
        {
            "product_tree.relationships": [relation("LEFT", "OLD", "IN"), relation("IN", "SHOP", "DEEP")],
            f"{FLAW}.product_status": {"fixed": ["IN"], "under_investigation": ["DEEP"]},
            f"{FLAW}.flags": DROP,
            f"{FLAW}.remediations": DROP,
        },
    )
    found = {one.status: one.products[0] for one in read(value).statements}
    assert (found[Status.FIXED].identity.id, found[Status.FIXED].components[0].id) == ("OLD", "LEFT")
    deep = found[Status.UNDER_INVESTIGATION]
    assert (deep.identity.id, deep.components[0].id) == ("SHOP", "LEFT")


def test_product_paths() -> None:
    path = {
        "beginning_product_reference": "LEFT",
        "full_product_name": {"name": "x", "product_id": "X"},
        "subpaths": [
            {"category": "default_component_of", "next_product_reference": "OLD"},
            {"category": "installed_on", "next_product_reference": "SHOP"},
        ],
    }
    value = changed(
        advisory("2.1"),
        {"product_tree.product_paths": [path], f"{FLAW}.product_status": {"fixed": ["X"]}, f"{FLAW}.flags": DROP},
    )
    found = read(value).statements[0].products[0]
    assert (found.identity.id, found.components[0].id) == ("SHOP", "LEFT")


@pytest.mark.parametrize(
    ("purl", "category", "name", "expected", "ranges"),
    [
        ("pkg:npm/left", "product_version", "1.0.0", "pkg:npm/left@1.0.0", ()),
        ("pkg:npm/left", "product_version", "left", "pkg:npm/left", ()),
        ("pkg:npm/left@2.0.0", "product_version", "1.0.0", "pkg:npm/left@2.0.0", ()),
        ("pkg:npm/left", "product_version_range", "vers:npm/<2.0.0", "pkg:npm/left", ("vers:npm/<2.0.0",)),
    ],
)
def test_versions_of_branches(purl: str, category: str, name: str, expected: str, ranges: tuple[str, ...]) -> None:
    leaf = "product_tree.branches.0.branches.0"
    value = changed(
        advisory(),
        {
            f"{leaf}.category": category,
            f"{leaf}.name": name,
            f"{leaf}.product.product_identification_helper.purl": purl,
        },
    )
    identity = next(one for one in read(value).statements if one.status is Status.NOT_AFFECTED).products[0].identity
    assert (str(identity.purls[0]), identity.version_ranges) == (expected, ranges)


def test_ids_in_the_place_of_a_cve() -> None:
    ids = [{"system_name": "a", "text": "GHSA-1"}, {"system_name": "b", "text": "OSV-1"}]
    found = read(changed(advisory(), {f"{FLAW}.cve": DROP, f"{FLAW}.ids": ids}))
    assert {one.ids for one in found.statements} == {("GHSA-1", "OSV-1")}
    bare = read(changed(advisory(), {f"{FLAW}.cve": DROP}))
    assert bare.statements == ()
    assert "it names no vulnerability" in "".join(issue.message for issue in bare.issues)


def test_ids_of_single_products() -> None:
    ids = [{"system_name": "a", "text": "GHSA-1", "product_ids": ["LEFT"]}]
    found = read(changed(advisory("2.1"), {f"{FLAW}.ids": ids}))
    assert {one.status: one.aliases for one in found.statements}[Status.NOT_AFFECTED] == ("GHSA-1",)
    assert {one.status: one.aliases for one in found.statements}[Status.AFFECTED] == ()


def test_what_is_not_defined_is_left_out_and_told() -> None:
    found = read(changed(advisory(), {f"{FLAW}.product_status": {"fixed": ["NOBODY"]}}))
    assert found.statements == ()
    assert any(issue.severity is Severity.ERROR and "'NOBODY' was left out" in issue.message for issue in found.issues)


def test_drafts_and_faults_are_told() -> None:
    found = read(changed(advisory(), {"document.tracking.status": "draft", f"{FLAW}.notes": DROP}))
    messages = [issue.message for issue in found.issues]
    assert "document.tracking.status: the document is a draft" in messages
    assert any("[6.1.27.5 vulnerability notes]" in message for message in messages)


def written(*statements, form: str = "csaf", **more) -> dict:
    facts = {"author": "A", "namespace": "https://a.example", "timestamp": NOW, **more}
    result = write_vex(VexDocument(statements=statements, **facts), KINDS[form], now=NOW, tool=TOOL)
    assert validate_vex(result.data)[1] == ()
    return json.loads(result.data)


def test_only_what_is_said_now_is_written() -> None:
    before = statement(product(SHOP, LOG), status=Status.UNDER_INVESTIGATION)
    after = statement(product(SHOP, LOG), days=1)
    status = written(before, after)["vulnerabilities"][0]["product_status"]
    assert list(status) == ["known_not_affected"]


def test_of_a_contradiction_the_careful_word_is_written_and_told() -> None:
    both = VexDocument(
        statements=(statement(product(LOG)), statement(product(LOG), status=Status.AFFECTED)),
        author="A",
        namespace="https://a.example",
    )
    result = write_vex(both, KINDS["csaf"], now=NOW, tool=TOOL)
    assert list(json.loads(result.data)["vulnerabilities"][0]["product_status"]) == ["known_affected"]
    assert "contradict each other; affected was written" in result.issues[0].message


@pytest.mark.parametrize(
    ("responses", "categories"),
    [
        ((), ["mitigation"]),
        ((Response.UPDATE,), ["vendor_fix"]),
        ((Response.UPDATE, Response.WORKAROUND_AVAILABLE), ["vendor_fix", "workaround"]),
        ((Response.WILL_NOT_FIX, Response.WORKAROUND_AVAILABLE), ["workaround"]),
        ((Response.WILL_NOT_FIX, Response.CAN_NOT_FIX), ["no_fix_planned"]),
        ((Response.CAN_NOT_FIX,), ["none_available"]),
        ((Response.ROLLBACK,), ["mitigation"]),
    ],
)
def test_responses_become_remediations_that_do_not_exclude_each_other(responses, categories: list[str]) -> None:
    one = statement(product(LOG), status=Status.AFFECTED, responses=responses)
    for form in ("csaf", "csaf-2.1"):
        remediations = written(one, form=form)["vulnerabilities"][0]["remediations"]
        assert [remediation["category"] for remediation in remediations] == categories


def test_vulnerabilities_are_grouped_by_their_cve() -> None:
    value = written(
        statement(product(LOG), vulnerability="GHSA-1", aliases=("CVE-2025-0001",)),
        statement(product(SHOP), aliases=("OSV-1",)),
    )
    assert len(value["vulnerabilities"]) == 1
    assert value["vulnerabilities"][0]["cve"] == "CVE-2025-0001"
    assert [one["text"] for one in value["vulnerabilities"][0]["ids"]] == ["GHSA-1", "OSV-1"]


def test_ranges_that_the_standard_does_not_allow() -> None:
    strange = Product(identity=Identity(name="left", version_ranges=("before 2",)))
    spaced = Product(identity=Identity(name="left", version_ranges=("< 2.0",)))
    document = VexDocument(statements=(statement(strange, spaced),), author="A", namespace="https://a.example")
    result = write_vex(document, KINDS["csaf-2.1"], now=NOW, tool=TOOL)
    assert validate_vex(result.data)[1] == ()
    assert "CSAF 2.1 does not allow this range" in result.issues[0].message
    assert read_vex(result.data).statements[0].products[0].identity.version_ranges == ("<2.0",)


def test_what_csaf_needs() -> None:
    with pytest.raises(NoNamespace):
        written(statement(product(LOG)), namespace="")
    with pytest.raises(IncompleteStatement):
        written()
