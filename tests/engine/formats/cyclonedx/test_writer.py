# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What we write validates, says what it can in CycloneDX's own words, and reads back to the same inventory."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.read import read
from paddock.engine.formats.validate import validate
from paddock.engine.formats.write import WRITABLE, UnsupportedKind, write
from paddock.engine.model.component import Component, Hash, Location
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.result import Tool
from tests.engine.formats.inventories import inventories

KINDS = [kind for kind in WRITABLE if kind.format in (DocumentFormat.CYCLONEDX_JSON, DocumentFormat.CYCLONEDX_XML)]
JSON_16 = Kind(DocumentFormat.CYCLONEDX_JSON, "1.6")
JSON_17 = Kind(DocumentFormat.CYCLONEDX_JSON, "1.7")
SERIAL = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"
CREATED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def written(inventory: Inventory, kind: Kind = JSON_17, serial: str = SERIAL, created: datetime = CREATED) -> bytes:
    return write(inventory, kind, created=created, serial=serial, tool=Tool("paddock", "1.0"))


def component(purl: str, **facts: object) -> Component:
    return Component(purl=parse_purl(purl), **facts)  # type: ignore[arg-type]


def one_project(*components: Component, **facts: object) -> Inventory:
    project = Project(
        id="web/package.json",
        origin=Origin.LOCKED,
        name="web",
        version="2.0",
        usages=tuple(Usage(item.ref, Scope.RUNTIME, True) for item in components),
    )
    return Inventory(name="web", projects=(project,), components=components, **facts)  # type: ignore[arg-type]


def first_component(inventory: Inventory, kind: Kind = JSON_17) -> dict[str, object]:
    found: dict[str, object] = msgspec.json.decode(written(inventory, kind))["components"][0]
    return found


@pytest.mark.parametrize("kind", KINDS, ids=str)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(inventory=inventories())
def test_reading_back_gives_the_same_inventory_and_the_document_validates(kind: Kind, inventory: Inventory) -> None:
    data = written(inventory, kind)
    assert validate(data) == (kind, ())
    assert read(data).inventory == inventory


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(categories=("Cs", "L")), min_size=1, max_size=5))
def test_lone_surrogates_become_replacement_characters(text: str) -> None:
    inventory = one_project(component("pkg:npm/a@1", description=f"x{text}"))
    expected = "x" + "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert read(written(inventory)).inventory.components[0].description == expected


def test_facts_are_said_in_the_words_of_the_standard() -> None:
    inventory = one_project(
        component(
            "pkg:npm/%40scope/a@1.0",
            declared_licenses=("MIT",),
            concluded_license="MIT OR Apache-2.0",
            supplier="Example Ltd",
            authors=("Ada <ada@example.org>",),
            copyrights=("(c) Ada", "(c) Bob"),
            description="A package",
            homepage="https://example.org/a",
            vcs_url="git+https://example.org/a.git@v1",
            download_url="https://example.org/a.tgz",
            hashes=(Hash("sha256", "ab" * 32),),
            locations=(Location("web/package-lock.json", 7),),
            modified=True,
            properties=(
                ("cpe", "cpe:2.3:a:x:a:1.0:*:*:*:*:*:*:*"),
                ("note", "hello"),
                ("reference:issue-tracker", "https://example.org/issues"),
                ("type", "framework"),
            ),
        )
    )
    assert first_component(inventory) == {
        "type": "framework",
        "bom-ref": "pkg:npm/%40scope/a@1.0",
        "supplier": {"name": "Example Ltd"},
        "authors": [{"name": "Ada", "email": "ada@example.org"}],
        "group": "@scope",
        "name": "a",
        "version": "1.0",
        "description": "A package",
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": "ab" * 32}],
        "licenses": [
            {"license": {"id": "MIT", "acknowledgement": "declared"}},
            {"expression": "MIT OR Apache-2.0", "acknowledgement": "concluded"},
        ],
        "copyright": "(c) Ada\n(c) Bob",
        "cpe": "cpe:2.3:a:x:a:1.0:*:*:*:*:*:*:*",
        "purl": "pkg:npm/%40scope/a@1.0",
        "modified": True,
        "externalReferences": [
            {"type": "website", "url": "https://example.org/a"},
            {"type": "vcs", "url": "git+https://example.org/a.git@v1"},
            {"type": "distribution", "url": "https://example.org/a.tgz"},
            {"type": "issue-tracker", "url": "https://example.org/issues"},
        ],
        "evidence": {"occurrences": [{"location": "web/package-lock.json", "line": 7}]},
        "properties": [{"name": "note", "value": "hello"}],
    }


def test_before_1_7_a_single_expression_is_one_and_several_licences_are_names() -> None:
    single = one_project(component("pkg:npm/a@1", declared_licenses=("MIT OR ISC",)))
    several = one_project(component("pkg:npm/a@1", declared_licenses=("MIT OR ISC", "Zlib")))
    assert first_component(single, JSON_16)["licenses"] == [{"expression": "MIT OR ISC", "acknowledgement": "declared"}]
    assert first_component(several, JSON_16)["licenses"] == [
        {"license": {"name": "MIT OR ISC", "acknowledgement": "declared"}},
        {"license": {"id": "Zlib", "acknowledgement": "declared"}},
    ]


def test_a_package_url_that_a_reader_made_up_is_not_passed_off_as_stated() -> None:
    inventory = one_project(component("pkg:generic/a@1", properties=(("purl", "made up by the reader"),)))
    found = first_component(inventory)
    assert "purl" not in found
    assert read(written(inventory)).inventory == inventory


def test_dependencies_hold_direct_needs_and_edges_and_claim_nothing_unknown() -> None:
    a, b, c = (component(f"pkg:npm/{name}@1") for name in "abc")
    project = Project(
        id="p", origin=Origin.LOCKED, usages=(Usage(a.ref, Scope.RUNTIME, True), Usage(b.ref, Scope.RUNTIME, False))
    )
    inventory = Inventory(projects=(project,), components=(a, b, c), edges=(Edge(a.ref, b.ref),))
    assert msgspec.json.decode(written(inventory))["dependencies"] == [
        {"ref": a.ref, "dependsOn": [b.ref]},
        {"ref": b.ref},
        {"ref": "project:p", "dependsOn": [a.ref]},
    ]


def test_several_projects_become_components_that_the_root_depends_on() -> None:
    a = component("pkg:npm/a@1")
    projects = tuple(
        Project(id=path, origin=Origin.LOCKED, name=path[:3], usages=(Usage(a.ref, Scope.DEV, True, "^1"),))
        for path in ("api/package.json", "web/package.json")
    )
    bom = msgspec.json.decode(written(Inventory(name="shop", projects=projects, components=(a,))))
    assert bom["metadata"]["component"] == {"type": "application", "bom-ref": "inventory", "name": "shop"}
    assert [(item["type"], item["name"]) for item in bom["components"]] == [
        ("application", "api"),
        ("application", "web"),
        ("library", "a"),
    ]
    assert {"ref": "inventory", "dependsOn": ["project:api/package.json", "project:web/package.json"]} in bom[
        "dependencies"
    ]


def test_a_component_without_version_is_external_with_a_range_from_1_7_on() -> None:
    properties = (("external", "true"), ("version-range", "vers:npm/>=1|<2"))
    inventory = one_project(component("pkg:npm/a", properties=properties))
    found = first_component(inventory)
    assert found["isExternal"] is True
    assert found["versionRange"] == "vers:npm/>=1|<2"
    assert "versionRange" not in first_component(inventory, JSON_16)


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (SERIAL, SERIAL),
        (SERIAL.removeprefix("urn:uuid:"), SERIAL),
        ("https://example.org/boms/1", "urn:uuid:8188cdcb-9ae1-5dd6-8d93-23f05f0288ed"),
        ("", ""),
    ],
)
def test_the_serial_number_is_a_uuid(serial: str, expected: str) -> None:
    data = written(Inventory(), serial=serial)
    assert validate(data)[1] == ()
    assert read(data).serial == expected


def test_times_are_written_in_utc() -> None:
    local = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert read(written(Inventory(), created=local)).created == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert read(written(Inventory(), created=datetime(2026, 1, 1))).created == datetime(2026, 1, 1, tzinfo=UTC)  # noqa: DTZ001 - a naive time is the case


def test_the_tool_is_named() -> None:
    assert read(written(Inventory())).tools == ("paddock 1.0",)


def test_xml_is_in_the_order_of_the_schema_and_in_its_namespace() -> None:
    inventory = one_project(component("pkg:npm/a@1", declared_licenses=("MIT",), modified=False))
    root = etree.fromstring(written(inventory, Kind(DocumentFormat.CYCLONEDX_XML, "1.6")))
    assert root.tag == "{http://cyclonedx.org/schema/bom/1.6}bom"
    names = [etree.QName(child).localname for child in root[1][0]]
    assert names == ["name", "version", "scope", "licenses", "purl", "modified"]


def test_a_damaged_remainder_is_an_issue_and_the_rest_stands() -> None:
    inventory = one_project(component("pkg:npm/a@1", license_files=("LICENSE",)))
    data = written(inventory).replace(b'\\"license_files\\":[\\"LICENSE\\"]', b'\\"license_files\\":7')
    found = read(data).inventory
    assert [item.ref for item in found.components] == ["pkg:npm/a@1"]
    assert "damaged" in found.issues[0].message


def test_components_that_were_cut_out_of_our_document_leave_no_dangling_usages() -> None:
    a, b = component("pkg:npm/a@1"), component("pkg:npm/b@1")
    usages = (Usage(a.ref, Scope.DEV, None), Usage(b.ref, Scope.DEV, None, "^1"))
    project = Project(id="p", origin=Origin.LOCKED, usages=usages)
    bom = msgspec.json.decode(written(Inventory(projects=(project,), components=(a, b))))
    del bom["components"][1]
    found = read(msgspec.json.encode(bom)).inventory
    assert [usage.ref for usage in found.projects[0].usages] == [a.ref]
    assert "does not have" in found.issues[0].message


def test_other_kinds_are_not_written() -> None:
    with pytest.raises(UnsupportedKind, match=r"CycloneDX 1\.5 \(JSON\) cannot be written"):
        written(Inventory(), Kind(DocumentFormat.CYCLONEDX_JSON, "1.5"))
