# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Installed packages: places, licences, people, licence files, and who they belong to."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import javascript
from paddock.engine.analyzer.extractors.javascript.installed import EXTRACTOR
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

PLACE = "web/node_modules/@s/a/package.json"
DOCUMENT = {
    "name": "@s/a",
    "version": "1.0.0",
    "description": "Does a thing",
    "license": "MIT",
    "licenses": [{"type": "Apache-2.0", "url": "https://example.org"}, "ISC"],
    "author": {"name": "Ada", "email": "ada@example.org"},
    "contributors": ["Grace <grace@example.org> (https://example.org)", 7],
    "homepage": "https://a.example.org",
    "repository": {"type": "git", "url": "git+https://git.example.org/s/a.git", "directory": "x"},
}


def test_metadata_and_licence_files_are_read() -> None:
    files: dict[str, str | bytes] = {
        PLACE: json.dumps(DOCUMENT),
        "web/node_modules/@s/a/LICENSE.md": "x",
        "web/node_modules/@s/a/NOTICE": "x",
        "web/node_modules/@s/a/licenses/third.txt": "x",
        "web/node_modules/@s/a/index.js": "x",
    }
    (component,) = extract(EXTRACTOR, files, PLACE).components
    assert component.ref == "pkg:npm/%40s/a@1.0.0"
    assert component.declared_licenses == ("MIT", "Apache-2.0", "ISC")
    assert component.authors == ("Ada <ada@example.org>", "Grace <grace@example.org>")
    assert (component.homepage, component.description) == ("https://a.example.org", "Does a thing")
    assert component.vcs_url == "git+https://git.example.org/s/a.git"
    assert component.license_files == ("web/node_modules/@s/a/LICENSE.md", "web/node_modules/@s/a/NOTICE")
    assert component.locations[0].path == PLACE


def test_the_project_that_owns_the_folder_uses_what_is_in_it() -> None:
    files: dict[str, str | bytes] = {
        "web/package.json": '{"name": "web", "dependencies": {"@s/a": "^1.0.0"}}',
        PLACE: json.dumps({**DOCUMENT, "dependencies": {"b": "1", "c": "1", "never": "1"}}),
        "web/node_modules/@s/a/node_modules/b/package.json": '{"name": "b", "version": "1.0.0"}',
        "web/node_modules/b/package.json": '{"name": "b", "version": "2.0.0"}',
        "node_modules/c/package.json": '{"name": "c", "version": "1.0.0"}',
    }
    found = inventory(javascript.EXTRACTORS, files)
    assert [(project.id, project.origin) for project in found.projects] == [
        ("node_modules", Origin.INSTALLED),
        ("web/package.json", Origin.INSTALLED),
    ]
    assert [project.definition_files for project in found.projects] == [(), ("web/package.json",)]
    used = usages(found, "web/package.json")
    assert (used["pkg:npm/%40s/a@1.0.0"].direct, used["pkg:npm/%40s/a@1.0.0"].scope) == (True, Scope.RUNTIME)
    assert (used["pkg:npm/b@1.0.0"].direct, used["pkg:npm/b@1.0.0"].scope) == (False, Scope.RUNTIME)
    assert used["pkg:npm/b@2.0.0"].scope is Scope.UNKNOWN, "nothing is seen to need it"
    assert ("pkg:npm/%40s/a@1.0.0", "pkg:npm/c@1.0.0") in edges(found)


def test_beside_a_lock_file_only_the_facts_count() -> None:
    lock = {
        "packages": {"": {"devDependencies": {"@s/a": "1"}}, "node_modules/@s/a": {"version": "1.0.0", "dev": True}}
    }
    files: dict[str, str | bytes] = {"web/package-lock.json": json.dumps(lock), PLACE: json.dumps(DOCUMENT)}
    found = inventory(javascript.EXTRACTORS, files)
    assert [(project.id, project.origin) for project in found.projects] == [("web/package-lock.json", Origin.LOCKED)]
    assert usages(found, "web/package-lock.json")["pkg:npm/%40s/a@1.0.0"].scope is Scope.DEV
    assert found.components[0].declared_licenses == ("MIT", "Apache-2.0", "ISC")


def test_manifests_deeper_inside_a_package_name_no_package() -> None:
    inner = '{"name": "fixture", "version": "0.0.0"}'
    for path in ("node_modules/a/test/package.json", "node_modules/@s/a/esm/package.json", "node_modules/package.json"):
        assert refs(extract(EXTRACTOR, {path: inner})) == []
    assert refs(extract(EXTRACTOR, {"node_modules/.pnpm/a@1/node_modules/a/package.json": inner})) == [
        "pkg:npm/fixture@0.0.0"
    ]


def test_incomplete_and_foreign_manifests_are_left_out() -> None:
    for document in (
        {"name": "a"},
        {"version": "1.0.0"},
        {"name": "a", "version": "1.0.0", "engines": {"vscode": "^1.0.0"}},
        {"name": "a", "version": "1.0.0", "unity": "2020.3"},
    ):
        assert refs(extract(EXTRACTOR, {"node_modules/a/package.json": json.dumps(document)})) == []


def test_which_paths_are_claimed() -> None:
    assert EXTRACTOR.claims.match("a/node_modules/b/package.json")
    assert EXTRACTOR.claims.match("node_modules/@s/b/package.json")
    assert not EXTRACTOR.claims.match("a/package.json")


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("1.0.0"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "type", "url", "a", "..", "\0"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*DOCUMENT, "dependencies", "engines"]), VALUES, max_size=8))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any) -> None:
    survives(EXTRACTOR, {"node_modules/a/package.json": json.dumps(document)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"node_modules/a/package.json": data})
