# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""VEX of every format: what is written is valid and says the same when read back; nothing hostile crashes."""

import gzip
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.vex import KINDS, read_vex, validate_vex, write_vex
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Tool
from paddock.engine.vex.create import IncompleteStatement, complete, document_of
from paddock.engine.vex.statement import Identity, Justification, Product, Status, VexDocument
from tests.engine.formats.damage import JSON_VALUES, damaged_bytes, damaged_values
from tests.engine.vex.documents import CVE, LOG, NOW, SHOP, documents, product, statement

TOOL = Tool("Paddock", "1.0")
ALL = pytest.mark.parametrize("form", KINDS)


def written(document: VexDocument, form: str) -> bytes:
    return write_vex(document, KINDS[form], now=NOW, tool=TOOL).data


def sample() -> VexDocument:
    """One statement of each status, with everything that a statement can say."""
    return document_of(
        [
            statement(product(SHOP, LOG), impact_statement="Never called.", description="A flaw", aliases=("GHSA-1",)),
            statement(product(LOG), status=Status.AFFECTED, vulnerability="CVE-2025-0002"),
            statement(product("cpe:/a:example:shop:2"), status=Status.FIXED, vulnerability="GHSA-2"),
            statement(product("The shop"), status=Status.UNDER_INVESTIGATION, vulnerability="CVE-2025-0003"),
        ],
        author="Example Ltd",
        namespace="https://example.com",
        now=NOW,
    )


def names(identity: Identity) -> object:
    return frozenset(identity.purls) | frozenset(identity.cpes) or identity.name


def meaning(document: VexDocument) -> set[tuple[object, ...]]:
    """What a document says, apart from how it names and groups things, and from what formats have no place for."""
    return {
        (
            frozenset(one.ids),
            one.status,
            one.justification,
            one.impact_statement,
            one.action_statement,
            names(each.identity),
            part and names(part),
        )
        for one in map(complete, document.statements)
        for each in one.products
        for part in each.components or (None,)
    }


@ALL
def test_a_document_is_valid_and_says_the_same(form: str) -> None:
    data = written(sample(), form)
    kind, faults = validate_vex(data)
    assert faults == ()
    assert kind == KINDS[form]
    read = read_vex(data)
    assert read.issues == ()
    assert meaning(read) == meaning(sample())
    assert read.author == "Example Ltd"


@ALL
@given(documents())
def test_any_document_is_valid_and_says_the_same(form: str, document: VexDocument) -> None:
    result = write_vex(document, KINDS[form], now=NOW, tool=TOOL)
    assert validate_vex(result.data) == (KINDS[form], ())
    read = read_vex(result.data)
    assert meaning(read) == meaning(document)
    assert result.issues == ()
    assert result.data == write_vex(document, KINDS[form], now=NOW, tool=TOOL).data


@given(documents())
def test_openvex_and_cyclonedx_keep_times_notes_and_suppliers(document: VexDocument) -> None:
    kept = {(one.vulnerability, one.timestamp, one.status_notes, one.supplier) for one in document.statements}
    for form in ("openvex", "cyclonedx"):
        read = read_vex(written(document, form))
        assert {(one.vulnerability, one.timestamp, one.status_notes, one.supplier) for one in read.statements} == kept


@ALL
@given(st.data())
def test_documents_of_different_formats_convert_into_each_other(form: str, data: st.DataObject) -> None:
    document = data.draw(documents())
    first = written(document, data.draw(st.sampled_from(list(KINDS))))
    again = msgspec.structs.replace(read_vex(first), namespace="https://example.com")
    assert meaning(read_vex(written(again, form))) == meaning(document)


@ALL
@pytest.mark.parametrize("justification", Justification)
def test_every_justification_comes_back(form: str, justification: Justification) -> None:
    document = document_of(
        [statement(product(LOG), justification=justification)], author="A", namespace="https://a.example", now=NOW
    )
    assert read_vex(written(document, form)).statements[0].justification is justification


@ALL
@pytest.mark.parametrize("status", Status)
def test_every_status_comes_back(form: str, status: Status) -> None:
    document = document_of([statement(product(LOG), status=status)], author="A", namespace="https://a.example", now=NOW)
    assert read_vex(written(document, form)).statements[0].status is status


def test_ranges_of_versions() -> None:
    limited = Identity(purls=(product("pkg:npm/left").identity.purls), version_ranges=("vers:npm/>=1.0.0|<2.0.0",))
    document = VexDocument(
        statements=(
            statement(Product(identity=limited)),
            statement(product(SHOP), vulnerability="CVE-2025-0002"),
        ),
        author="A",
        namespace="https://a.example",
        timestamp=NOW,
    )
    for form in ("cyclonedx", "csaf", "csaf-2.1"):
        data = written(document, form)
        assert validate_vex(data)[1] == ()
        first = read_vex(data).statements[0].products[0].identity
        assert first.version_ranges == ("vers:npm/>=1.0.0|<2.0.0",)
        assert str(first.purls[0]) == "pkg:npm/left"
    result = write_vex(document, KINDS["openvex"], now=NOW, tool=TOOL)
    assert [one.vulnerability for one in read_vex(result.data).statements] == ["CVE-2025-0002"]
    assert "OpenVEX has no ranges of versions" in result.issues[0].message


@ALL
def test_packed_documents_and_byte_order_marks(form: str) -> None:
    data = written(sample(), form)
    for wrapped in (gzip.compress(data), b"\xef\xbb\xbf" + data):
        assert validate_vex(wrapped)[1] == ()
        assert meaning(read_vex(wrapped)) == meaning(sample())


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "line 1"),
        (b"{", "line 1"),
        (b"[]", "document"),
        (b"null", "document"),
        (b"{}", "document"),
        (b'{"@context": "https://openvex.dev/ns/v9.0.0"}', "@context"),
        (b'{"author": "a", "statements": []}', "@context"),
        (b'{"document": {"csaf_version": "3.0"}}', "document.csaf_version"),
        (b'{"document": {"tracking": {}, "publisher": {}}}', "document.csaf_version"),
        (b'{"bomFormat": "CycloneDX", "specVersion": "9.9"}', "specVersion"),
        (b"<bom/>", "document"),
        (b'<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><oh', "line 1"),
        (b"\xff\xfe\x00", "document"),
        (b'"\xff"', "line 1"),
        (b"\x1f\x8b\x08broken", "document"),
        (b"[" * 100_000, "document"),
        (b'{"statements":' * 50_000, "document"),
    ],
)
def test_what_is_no_vex_document_is_refused_with_the_place(data: bytes, place: str) -> None:
    faults = validate_vex(data)[1]
    assert faults
    assert faults[0].place == place
    with pytest.raises(InvalidDocument) as caught:
        read_vex(data)
    assert caught.value.faults == faults


def test_a_document_without_statements_says_so() -> None:
    bom = b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}'
    assert "it is no VEX document" in validate_vex(bom)[1][0].message
    assert "no VEX statement" in read_vex(bom).issues[-1].message
    old = b'{"bomFormat": "CycloneDX", "specVersion": "1.3", "version": 1}'
    assert "has no vulnerabilities; 1.4 and later do" in validate_vex(old)[1][0].message


def test_bombs_are_refused() -> None:
    assert validate_vex(gzip.compress(b" " * 64 * 1024 * 1024))[1][0].rule == "gzip"


SAMPLES = {form: json.loads(written(sample(), form)) for form in KINDS}


def survives(data: bytes) -> None:
    """Validation and reading end in faults, issues or a document, and say the same about whether anything is wrong."""
    _, faults = validate_vex(data)
    assert all(fault.place and fault.rule and fault.message for fault in faults)
    try:
        document = read_vex(data)
    except InvalidDocument:
        assert faults
        return
    assert all(issue.message for issue in document.issues)
    if not faults:
        assert not any(issue.severity is Severity.ERROR for issue in document.issues)
    for one in document.statements:
        assert one.vulnerability
        assert one.products
    for form in KINDS:
        if document.statements:
            rewrite(document, form)


def rewrite(document: VexDocument, form: str) -> None:
    """Whatever was read can be written, or is refused as a whole, and what is written is valid."""
    named = msgspec.structs.replace(document, namespace="https://example.com")
    try:
        data = written(named, form)
    except IncompleteStatement:
        return
    assert validate_vex(data)[1] == ()


@ALL
@given(st.data())
def test_damaged_documents(form: str, data: st.DataObject) -> None:
    survives(json.dumps(data.draw(damaged_values(SAMPLES[form]))).encode())


@ALL
@given(st.data())
def test_damaged_bytes(form: str, data: st.DataObject) -> None:
    survives(data.draw(damaged_bytes(json.dumps(SAMPLES[form]).encode())))


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "@context": st.just("https://openvex.dev/ns/v0.2.0") | JSON_VALUES,
            "statements": st.lists(
                st.dictionaries(st.sampled_from(["vulnerability", "status", "products"]), JSON_VALUES)
            ),
            "document": st.just({"csaf_version": "2.1"}) | JSON_VALUES,
            "product_tree": JSON_VALUES,
            "vulnerabilities": JSON_VALUES,
            "bomFormat": st.just("CycloneDX"),
            "specVersion": st.just("1.6") | JSON_VALUES,
        },
    )
)
def test_arbitrary_values_in_places_that_count(value: dict) -> None:
    survives(json.dumps(value).encode())


def test_deep_branches_and_long_lists_are_read_in_bounded_time() -> None:
    value = json.loads(json.dumps(SAMPLES["csaf"]))
    deep: dict = {"category": "vendor", "name": "x", "product": {"name": "x", "product_id": "deep"}}
    for _ in range(150):
        deep = {"category": "vendor", "name": "x", "branches": [deep]}
    value["product_tree"]["branches"] = [deep]
    value["vulnerabilities"][0]["product_status"] = {"fixed": ["deep"] * 20_000}
    survives(json.dumps(value).encode())
    for kind in ("relationships", "product_paths"):
        chain = [
            {
                "category": "installed_on",
                "full_product_name": {"name": "x", "product_id": f"p{number}"},
                "product_reference": f"p{number + 1}",
                "relates_to_product_reference": f"p{(number + 1) % 3_000}",
                "beginning_product_reference": f"p{number + 1}",
                "subpaths": [{"category": "installed_on", "next_product_reference": "p0"}],
            }
            for number in range(3_000)
        ]
        value["product_tree"] = {kind: chain}
        value["vulnerabilities"][0]["product_status"] = {"fixed": [f"p{number}" for number in range(3_000)]}
        survives(json.dumps(value).encode())


def test_nested_components_to_the_depth_that_json_allows() -> None:
    inner: dict = {"type": "library", "name": "x", "bom-ref": "x", "purl": LOG}
    for number in range(200):
        inner = {"type": "library", "name": "x", "bom-ref": f"x{number}", "components": [inner]}
    value = {**SAMPLES["cyclonedx"], "components": [inner]}
    value["vulnerabilities"] = [{"id": CVE, "analysis": {"state": "resolved"}, "affects": [{"ref": "x"}]}]
    value["metadata"] = {"timestamp": "2026-01-01T00:00:00Z"}
    found = read_vex(json.dumps(value).encode()).statements[0].products[0]
    assert found.components[0].purls[0].name == "log"
    assert found.identity.id == "x199"
