# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""deno.lock, versions 1 to 5: npm, JSR and imported modules."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.javascript.deno_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

FIVE = {
    "version": "5",
    "specifiers": {"jsr:@std/a@1": "1.0.2", "jsr:@std/b@^1.1.0": "1.1.0", "npm:big@3": "3.0.0_small@1.0.0"},
    "jsr": {
        "@std/a@1.0.2": {"integrity": "ab" * 32, "dependencies": ["jsr:@std/b@^1.1.0"]},
        "@std/b@1.1.0": {"integrity": "cd" * 32},
    },
    "npm": {
        "big@3.0.0_small@1.0.0": {
            "integrity": "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "dependencies": ["short@npm:small@1.0.0"],
            "optionalDependencies": ["never"],
        },
        "small@1.0.0": {},
    },
    "remote": {
        "https://mods.example.org/x/tool@v0.9.1/mod.ts": "00",
        "https://mods.example.org/x/tool@v0.9.1/lib/a.ts": "00",
        "https://mods.example.org/loose.ts": "00",
    },
    "workspace": {
        "dependencies": ["jsr:@std/a@1"],
        "members": {"web": {"packageJson": {"dependencies": ["npm:big@3"]}}},
    },
}


def test_packages_of_both_registries_with_edges_and_digests() -> None:
    found = extract(EXTRACTOR, {"deno.lock": json.dumps(FIVE)})
    assert refs(found) == [
        "pkg:generic/mods.example.org/x/tool@v0.9.1?download_url=https://mods.example.org/x/tool%40v0.9.1",
        "pkg:jsr/%40std/a@1.0.2",
        "pkg:jsr/%40std/b@1.1.0",
        "pkg:npm/big@3.0.0",
        "pkg:npm/small@1.0.0",
    ]
    assert edges(found) == {
        ("pkg:jsr/%40std/a@1.0.2", "pkg:jsr/%40std/b@1.1.0"),
        ("pkg:npm/big@3.0.0", "pkg:npm/small@1.0.0"),
    }
    assert found.components[1].hashes == (Hash("sha256", "ab" * 32),)
    assert found.components[3].hashes == (Hash("sha1", "00" * 20),)
    assert [issue.message for issue in found.issues] == [
        "1 modules are imported from addresses without version: https://mods.example.org/loose.ts"
    ]


def test_members_are_projects_with_scopes_from_their_manifests() -> None:
    files: dict[str, str | bytes] = {
        "deno.lock": json.dumps(FIVE),
        "deno.json": "{}",
        "web/package.json": '{"name": "web", "devDependencies": {"big": "3"}}',
    }
    found = extract(EXTRACTOR, files)
    assert [project.id for project in found.projects] == ["deno.json", "web/package.json"]
    assert usages(found, "web/package.json")["pkg:npm/big@3.0.0"].scope is Scope.DEV
    root = usages(found, "deno.json")
    assert (root["pkg:jsr/%40std/a@1.0.2"].direct, root["pkg:jsr/%40std/b@1.1.0"].direct) == (True, False)
    assert "pkg:npm/small@1.0.0" not in root


@pytest.mark.parametrize(
    "document",
    [
        {
            "version": "2",
            "npm": {
                "specifiers": {"a@1": "a@1.0.0"},
                "packages": {"a@1.0.0": {"dependencies": {"b": "b@2.0.0"}}, "b@2.0.0": {}},
            },
        },
        {
            "version": "3",
            "packages": {
                "specifiers": {"npm:a@1": "npm:a@1.0.0"},
                "npm": {"a@1.0.0": {"dependencies": {"b": "b@2.0.0"}}, "b@2.0.0": {}},
            },
        },
        {
            "version": "4",
            "specifiers": {"npm:a@1": "1.0.0"},
            "npm": {"a@1.0.0": {"dependencies": ["b"]}, "b@2.0.0": {}},
        },
    ],
)
def test_older_versions_put_the_same_elsewhere(document: dict[str, Any]) -> None:
    found = extract(EXTRACTOR, {"deno.lock": json.dumps(document)})
    assert refs(found) == ["pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0"]
    assert edges(found) == {("pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0")}
    assert list(usages(found, "deno.lock")) == refs(found)
    assert found.issues == ()


def test_version_1_is_nothing_but_addresses() -> None:
    found = extract(EXTRACTOR, {"deno.lock": '{"https://mods.example.org/tool@1.0.0/mod.ts": "00"}'})
    assert [component.version for component in found.components] == ["1.0.0"]


def test_what_is_no_lock_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"deno.lock": "[]"})


KEYS = st.sampled_from(
    [
        "version",
        "npm",
        "jsr",
        "packages",
        "specifiers",
        "remote",
        "workspace",
        "members",
        "dependencies",
        "integrity",
        "a@1.0.0",
        "@s/a@1",
        "@",
        "https://[x/a@1",
        "https://h/@1/",
        "npm:a",
    ]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["1.0.0", "npm:a@1.0.0", "\0", ".."]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"deno.lock": data})


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any) -> None:
    survives(EXTRACTOR, {"deno.lock": json.dumps(document)})
