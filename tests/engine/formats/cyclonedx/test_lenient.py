# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Documents that break their schema but can be read: `read` refuses them, a scan lives with them and says so."""

import json
from typing import Any

import pytest

from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.read import read, read_leniently
from paddock.engine.model.issue import Severity


def bom(**component: Any) -> bytes:
    value = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "components": [{"type": "library", "name": "a", **component}],
    }
    return json.dumps(value).encode()


def test_a_licence_id_that_is_none_keeps_its_text() -> None:
    data = bom(version="1", licenses=[{"license": {"id": "BSD"}}])
    with pytest.raises(InvalidDocument):
        read(data)
    inventory = read_leniently(data).inventory
    assert [component.declared_licenses for component in inventory.components] == [("BSD",)]
    told = [issue for issue in inventory.issues if "components[0].licenses[0]" in issue.message]
    assert [issue.severity for issue in told] == [Severity.WARNING]


def test_what_may_hide_something_is_an_error() -> None:
    inventory = read_leniently(bom(version="1", type="no-such-type")).inventory
    assert [component.name for component in inventory.components] == ["a"]
    assert inventory.issues[0].severity is Severity.ERROR


def test_equal_faults_are_counted_not_repeated() -> None:
    components = [{"type": "nonsense", "name": f"c{number}", "version": "1"} for number in range(50)]
    data = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": components}).encode()
    inventory = read_leniently(data).inventory
    assert len(inventory.components) == 50
    assert "(49 more like this)" in inventory.issues[0].message


def test_what_has_no_readable_shape_is_refused_all_the_same() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_leniently(bom(version=["1"]))
    assert caught.value.faults[0].place == "components[0].version"


def test_xml_is_read_leniently_too() -> None:
    data = (
        b'<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="nonsense">'
        b"<name>a</name><version>1</version></component></components></bom>"
    )
    with pytest.raises(InvalidDocument):
        read(data)
    inventory = read_leniently(data).inventory
    assert [(component.name, component.version) for component in inventory.components] == [("a", "1")]
    assert inventory.issues[0].severity is Severity.ERROR


def wheel(**component: Any) -> bytes:
    """What a program that repairs wheels writes: the wheel is the subject and, once more, the first component."""
    subject = {
        "type": "library",
        "bom-ref": "wheel",
        "name": "oil",
        "version": "1",
        "purl": "pkg:pypi/oil@1",
        **component,
    }
    lead = {"type": "library", "bom-ref": "lead", "name": "lead", "version": "2", "purl": "pkg:generic/lead@2"}
    again = {**subject, "version": component.get("again", "1")}
    value = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.4",
        "metadata": {"component": {key: item for key, item in subject.items() if key != "again"}},
        "components": [{key: item for key, item in again.items() if key != "again"}, lead],
    }
    return json.dumps(value).encode()


def test_a_subject_that_is_listed_again_hides_nothing() -> None:
    inventory = read_leniently(wheel()).inventory
    assert {component.name for component in inventory.components} >= {"lead"}
    assert [issue.severity for issue in inventory.issues if "bom-ref" in issue.message] == [Severity.WARNING]
    with pytest.raises(InvalidDocument):
        read(wheel())


def test_another_component_under_the_ref_of_the_subject_is_an_error() -> None:
    inventory = read_leniently(wheel(again="2")).inventory
    assert [issue.severity for issue in inventory.issues if "bom-ref" in issue.message] == [Severity.ERROR]
