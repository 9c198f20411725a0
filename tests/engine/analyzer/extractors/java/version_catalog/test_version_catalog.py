# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Gradle version catalogues: every way to write a library, a plug-in, a version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.java.version_catalog import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

FILE = "gradle/libs.versions.toml"
CATALOG = """\
[versions]
http = "2.0"
rich = { strictly = "[1.7, 1.8[", prefer = "1.7.25" }

[libraries]
short = "org.a:short:1.0"
module = { module = "org.a:module", version = "1.1" }
split = { group = "org.a", name = "split", version.ref = "http" }
ranged = { module = "org.a:ranged", version.ref = "rich" }
open = { module = "org.a:open" }
preferred = { module = "org.a:preferred", version = { prefer = "3" } }

[bundles]
all = ["short", "module"]

[plugins]
lint = { id = "org.lint", version = "4" }
format = "org.format:5"
"""


def test_libraries_and_plugins_are_read() -> None:
    found = extract(EXTRACTOR, {FILE: CATALOG})
    assert refs(found) == [
        "pkg:maven/org.a/module@1.1",
        "pkg:maven/org.a/open",
        "pkg:maven/org.a/preferred@3",
        "pkg:maven/org.a/ranged",
        "pkg:maven/org.a/short@1.0",
        "pkg:maven/org.a/split@2.0",
        "pkg:maven/org.format/org.format.gradle.plugin@5",
        "pkg:maven/org.lint/org.lint.gradle.plugin@4",
    ]
    used = usages(found, FILE)
    assert used["pkg:maven/org.lint/org.lint.gradle.plugin@4"].scope is Scope.BUILD
    assert used["pkg:maven/org.a/short@1.0"].scope is Scope.UNKNOWN
    assert used["pkg:maven/org.a/ranged"].requirement == "[1.7, 1.8["
    assert {part.purl.name: part.locations[0].line for part in found.components}["split"] == 8


def test_what_a_catalogue_cannot_tell_is_said() -> None:
    messages = [issue.message for issue in extract(EXTRACTOR, {FILE: CATALOG}).issues]
    assert any("not what they use" in message for message in messages)
    assert any(
        "2 entries with no version in the catalogue (org.a:open, org.a:ranged [1.7, 1.8[)" in m for m in messages
    )


@pytest.mark.parametrize(
    ("stated", "version"),
    [("1.0!!", "1.0"), ("1.+", ""), ("+", ""), ("latest.release", ""), ("[1,2)", ""), ("]1,2[", ""), ("[1.5]", "1.5")],
)
def test_only_exact_versions_are_versions(stated: str, version: str) -> None:
    found = extract(EXTRACTOR, {FILE: f'[libraries]\nx = {{ module = "a:b", version = "{stated}" }}\n'})
    assert found.components[0].version == version


def test_a_reference_to_nothing_is_no_version() -> None:
    found = extract(EXTRACTOR, {FILE: '[libraries]\nx = { module = "a:b", version.ref = "gone" }\n'})
    assert refs(found) == ["pkg:maven/a/b"]


def test_a_library_without_module_is_an_issue() -> None:
    found = extract(EXTRACTOR, {FILE: '[libraries]\nx = { version = "1" }\n'})
    assert (found.components, found.issues[0].line) == ((), 2)


def test_what_is_not_toml_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {FILE: "[versions]\n<html>"})
    assert caught.value.line == 2


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {FILE: data})


SCALARS = st.sampled_from(
    ['"a:b:1"', '"a:b"', '"x"', '""', "1", "1.5", "true", "[]", '["a"]', "1979-05-27", "[{}]", '":::"']
)
KEYS = st.sampled_from(["module", "group", "name", "version", "id", "ref", "strictly", "http"])
TABLES = st.recursive(
    SCALARS,
    lambda inner: st.dictionaries(KEYS, inner, max_size=4).map(
        lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["versions", "libraries", "plugins", "bundles"]), TABLES), TABLES, TABLES)
def test_any_values_anywhere_give_an_extraction(document: dict[str, str], first: str, second: str) -> None:
    assert survives(EXTRACTOR, {FILE: "".join(f"{key} = {value}\n" for key, value in document.items())}) is not None
    text = f"[versions]\nv = {second}\n[libraries]\nx = {first}\ny = {{ module = 'a:b', version = {second} }}\n"
    assert survives(EXTRACTOR, {FILE: f"{text}[plugins]\nx = {first}\n"}) is not None
