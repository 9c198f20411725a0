# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Faults name the place and the rule, for JSON and XML, and for rules that the schemas do not have."""

from typing import Any

import msgspec
import pytest

from paddock.engine.formats.document import Fault
from paddock.engine.formats.validate import validate


def faults(version: str = "1.6", **parts: Any) -> tuple[Fault, ...]:
    value = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, **parts}
    return validate(msgspec.json.encode(value))[1]


def xml_faults(body: str, version: str = "1.6") -> tuple[Fault, ...]:
    return validate(
        f'<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/{version}">{body}</bom>'.encode()
    )[1]


def library(**facts: Any) -> dict[str, Any]:
    return {"type": "library", "name": "a", "version": "1", **facts}


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"])
def test_the_smallest_documents_are_valid_in_every_version(version: str) -> None:
    assert faults(version, components=[library()]) == ()
    assert (
        xml_faults(
            '<components><component type="library"><name>a</name><version>1</version></component></components>', version
        )
        == ()
    )


def test_a_missing_field() -> None:
    assert faults(components=[library(), {"type": "library"}]) == (
        Fault("components[1]", "bom-1.6.schema.json#/definitions/component/required", "'name' is missing"),
    )


def test_a_value_that_is_not_allowed() -> None:
    (fault,) = faults(components=[library(scope="sometimes")])
    assert fault.place == "components[0].scope"
    assert fault.rule == "bom-1.6.schema.json#/definitions/component/properties/scope/enum"
    assert fault.message == "'sometimes' is not allowed; allowed are 'required', 'optional', 'excluded'"


def test_of_several_allowed_forms_the_nearest_is_explained() -> None:
    licenses = [{"license": {"id": "MIT"}}, {"license": {"id": "Apache 2"}}]
    (fault,) = faults(components=[library(licenses=licenses)])
    assert fault.place == "components[0].licenses[1].license.id"
    assert fault.rule == "spdx.schema.json#/enum"
    assert fault.message.startswith("'Apache 2' is not allowed; allowed are '0BSD'")


def test_an_unknown_field_also_in_the_versions_whose_schema_has_a_lax_variant() -> None:
    for version in ("1.2", "1.3", "1.7"):
        (fault,) = faults(version, components=[library(colour="red")])
        assert (fault.place, fault.message) == ("components[0]", "'colour' is not known here")


def test_a_broken_pattern() -> None:
    (fault,) = faults(components=[library(hashes=[{"alg": "MD5", "content": "xyz"}])])
    assert fault.place == "components[0].hashes[0].content"
    assert fault.message.startswith("'xyz' does not match ^")


def test_dates_are_checked_but_addresses_of_repositories_are_not() -> None:
    assert faults(metadata={"timestamp": "yesterday"})[0].message == "'yesterday' is no date-time"
    assert faults(components=[library(externalReferences=[{"type": "vcs", "url": "git@example.org:a/b.git"}])]) == ()


def test_wrong_types_and_long_values_are_told_briefly() -> None:
    (fault,) = faults(components=[library(description=["x" * 10_000])])
    assert fault.place == "components[0].description"
    assert "wrong type" in fault.message
    assert len(fault.message) < 200


def test_range_and_version_exclude_each_other() -> None:
    (fault,) = faults("1.7", components=[library(versionRange="vers:npm/*", isExternal=True)])
    assert fault.place == "components[0]"


def test_a_repeated_bom_ref_is_a_fault_wherever_it_is() -> None:
    nested = library(**{"bom-ref": "x"}, components=[library(name="b", **{"bom-ref": "y"})])
    found = faults(components=[nested], services=[{"name": "s", "bom-ref": "y"}])
    assert found == (
        Fault("services[0].bom-ref", "unique bom-ref", "'y' is also the bom-ref of components[0].components[0]"),
    )


def test_a_text_that_only_looks_like_a_bom_ref_is_none() -> None:
    assert faults(components=[library(**{"bom-ref": "x"}, description='"bom-ref": "x"')]) == ()


def test_dependencies_that_lead_nowhere_are_no_fault() -> None:
    assert faults(dependencies=[{"ref": "ghost", "dependsOn": ["shade"]}]) == ()


def test_xml_faults_have_line_and_rule() -> None:
    (fault,) = xml_faults('\n\n<components><component type="library"><version>1</version></component></components>')
    assert fault == Fault(
        "line 4",
        "element_content",
        "Element 'version': This element is not expected. Expected is one of "
        "( supplier, manufacturer, authors, author, publisher, group, name ).",
    )


def test_xml_patterns_are_told_in_full() -> None:
    hashes = '<hashes><hash alg="MD5">x</hash></hashes>'
    body = f'<components><component type="library"><name>a</name>{hashes}</component></components>'
    assert "[a-fA-F0-9]{32}" in xml_faults(body)[0].message


def test_xml_bom_refs_are_unique() -> None:
    component = '<component type="library" bom-ref="x"><name>{}</name></component>'
    (fault,) = xml_faults(f"<components>{component.format('a')}{component.format('b')}</components>")
    assert fault.rule == "cvc_idc"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE bom [<!ENTITY x "y">]>',
        '<!DOCTYPE bom SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE bom [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_xml_with_entities_or_dtd_is_refused(prolog: str) -> None:
    data = f'{prolog}<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata/></bom>'.encode()
    kind, (fault,) = validate(data)
    assert str(kind) == "CycloneDX 1.6 (XML)"
    assert fault.rule == "no DTD"


def test_entities_in_the_text_are_not_expanded() -> None:
    data = (
        b'<!DOCTYPE bom [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b'<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library">'
        b"<name>&x;</name></component></components></bom>"
    )
    assert [fault.rule for fault in validate(data)[1]] == ["no DTD"]


@pytest.mark.parametrize(
    ("data", "place", "rule"),
    [
        (b'{"bomFormat": "CycloneDX",\n "specVersion": "1.6",\n oops}', "line 3", "JSON syntax"),
        (b'{"bomFormat": "CycloneDX",\n "specVersion": "1.6"', "line 2", "JSON syntax"),
        (b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "x": "\xff"}', "line 1", "encoding"),
        (b'<bom xmlns="http://cyclonedx.org/schema/bom/1.6">\n<components></bom>', "line 2", "XML syntax"),
        (b'{"bomFormat": "CycloneDX", "specVersion": "9.9"}', "specVersion", "version"),
        (b'{"bomFormat": "CycloneDX"}', "specVersion", "version"),
        (b'<bom xmlns="http://cyclonedx.org/schema/bom/2.0"/>', "line 1", "version"),
        (b'{"bomFormat": "Other", "specVersion": "1.6"}', "bomFormat", "enum"),
        (b'{"specVersion": "1.6"}', "document", "required"),
        (b'{"a": [1,\n2', "line 2", "JSON syntax"),
        (b"{}", "document", "format"),
        (b"", "document", "format"),
        (b"hello", "document", "format"),
    ],
)
def test_what_is_no_document_is_told_with_place_and_rule(data: bytes, place: str, rule: str) -> None:
    fault = validate(data)[1][0]
    assert (fault.place, fault.rule) == (place, rule)
