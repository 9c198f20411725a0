# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading .paddock.yml."""

import contextlib
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.purl import parse_purl
from paddock.engine.policy.configuration import Configuration, combine
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.read_configuration import read_configuration
from paddock.engine.policy.types import Distribution, Linkage

FULL = """
policy: compliance/policy.yml
distribution: app
projects:
  - {path: "tools/**", distribution: internal}
excludes:
  paths:
    - {pattern: "examples/**", reason: EXAMPLE_OF, comment: Not shipped.}
  scopes:
    - {scope: dev, reason: DEV_DEPENDENCY_OF}
curations:
  - purl: pkg:pypi/Some_Package
    versions: ">=1, <2"
    concluded_license: gpl-2.0+
    declared_license_mapping: {"BSD": BSD-3-Clause}
    modified: true
    comment: Looked at it.
  - path: "src/**"
    detected_license: GPL-2.0-only
    concluded_license: NONE
    start_lines: [3]
    reason: REFERENCE
license_choices:
  - {given: MIT OR GPL-2.0, choice: MIT}
  - {purl: "pkg:npm/@scope/*", choice: ISC}
waivers:
  - rule: strong-*
    purl: pkg:npm/left-pad@1.*
    license: GPL-3.0
    project: "web/**"
    reason: LICENSE_ACQUIRED
    approved_by: legal
    until: 2027-01-31
components:
  - {purl: "pkg:conan/*", linkage: static, modified: no}
"""


def read(text: str) -> Configuration:
    return read_configuration(text.encode())


def test_every_part_is_read() -> None:
    found = read(FULL)

    assert (found.policy, found.distribution) == ("compliance/policy.yml", Distribution.APP)
    assert found.distribution_of("tools/gen/package.json") is Distribution.INTERNAL
    assert found.distribution_of("package.json") is Distribution.APP
    assert found.exclude_of("examples/a/package.json") == found.path_excludes[0]
    assert found.exclude_of("src/examples/package.json") is None
    assert found.scope_excludes[0].scopes == ("dev",)
    (curation,) = found.curations
    assert curation.concluded_license == "GPL-2.0-or-later"
    assert curation.declared_license_mapping == {"BSD": "BSD-3-Clause"}
    assert curation.modified is True
    assert curation.pattern.matches(parse_purl("pkg:pypi/some-package@1.5")) is True
    (finding,) = found.finding_curations
    assert (finding.concluded_license, finding.start_lines) == ("", (3,))
    assert [(choice.given, choice.choice) for choice in found.choices] == [("MIT OR GPL-2.0-only", "MIT"), ("", "ISC")]
    (waiver,) = found.waivers
    assert (waiver.license, waiver.until, waiver.place) == ("GPL-3.0-only", date(2027, 1, 31), ".paddock.yml:27")
    (use,) = found.uses
    assert (use.linkage, use.modified) == (Linkage.STATIC, False)


def test_an_empty_file_says_nothing() -> None:
    assert read("") == Configuration(files=(".paddock.yml",))
    assert read("# nothing yet\n") == Configuration(files=(".paddock.yml",))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("distribution: apps", "2: distribution: 'apps' is not one of internal, hosted, app, embedded; did you mean"),
        ("waivers: [{rule: x, reason: y, until: 2027-01-01}]", "waivers[0]: the key 'approved_by' is missing"),
        (
            "waivers: [{rule: x, reason: y, approved_by: z, until: 2026-13-01}]",
            "waivers[0].until: '2026-13-01' is no date",
        ),
        (
            "waivers: [{rule: x, reason: y, approved_by: z, until: 2026-12-01, message: '(?=a)'}]",
            "matched safely",
        ),
        ("license_choices: [{given: MIT OR ISC, choice: X11}]", "'X11' is none of the alternatives of 'MIT OR ISC'"),
        ("license_choices: [{choice: MIT}]", "would apply to everything"),
        ("curations: [{purl: left-pad}]", "'left-pad' names no components"),
        ("curations: [{purl: pkg:npm/a, versions: '~1'}]", "curations[0].versions: '~1' is no version range"),
        ("curations: [{purl: pkg:npm/a, concluded_license: Foo}]", "'Foo' is not a licence expression"),
        ("curations: [{path: a, concluded_license: MIT, reason: x, start_lines: [y]}]", "'y' is no line number"),
        ("components: [{purl: pkg:npm/a}]", "the entry says nothing"),
        ("excludes: {scopes: [{scope: devel, reason: x}]}", "did you mean 'dev'"),
        ("excludes: {paths: [{pattern: '" + "*/" * 20 + "', reason: x}]}", "wildcards"),
        ("exclude: {}", "unknown key 'exclude'; did you mean 'excludes'?"),
    ],
)
def test_mistakes_say_where_and_what_to_do(text: str, fault: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        read("\n" + text)
    found = "\n".join(str(each) for each in caught.value.faults)
    assert fault in found


def test_two_configurations_combine_with_the_first_before_the_second() -> None:
    first = read("distribution: app\nexcludes: {paths: [{pattern: a, reason: x}]}")
    second = read_configuration(
        b"distribution: hosted\npolicy: p.yml\nexcludes: {paths: [{pattern: b, reason: y}]}", "other"
    )

    both = combine(first, second)

    assert (both.distribution, both.policy) == (Distribution.APP, "p.yml")
    assert [exclude.pattern for exclude in both.path_excludes] == ["a", "b"]
    assert both.files == (".paddock.yml", "other")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)
_FIELDS = (
    "purl path versions concluded_license declared_license_mapping given choice rule reason approved_by until license"
    " project message linkage modified scope pattern distribution start_lines"
)
_ENTRY = st.fixed_dictionaries({}, optional=dict.fromkeys(_FIELDS.split(), _JSON))
_SECTIONS = ("policy", "distribution", "projects", "curations", "license_choices", "waivers", "components")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{key: _JSON | st.lists(_ENTRY, max_size=2) for key in _SECTIONS},
            "excludes": _JSON
            | st.fixed_dictionaries({}, optional={"paths": st.lists(_ENTRY), "scopes": st.lists(_ENTRY)}),
        },
    )
)
def test_any_structure_is_a_configuration_or_refused(document: dict[str, object]) -> None:
    _survives(msgspec.json.encode(document))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_configuration_or_refused(data: bytes) -> None:
    _survives(data)


def _survives(data: bytes) -> None:
    with contextlib.suppress(InvalidFile):
        read_configuration(data)
