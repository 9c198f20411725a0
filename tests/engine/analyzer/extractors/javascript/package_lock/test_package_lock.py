# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""package-lock.json and npm-shrinkwrap.json: places, members, scopes, digests, edges."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import javascript
from paddock.engine.analyzer.extractors.javascript.package_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages

DATA = Path(__file__).parent / "data"
LOCK = "package-lock.json"


def lock(packages: dict[str, Any], **more: Any) -> str:
    return json.dumps({"lockfileVersion": 3, "packages": packages, **more})


def test_a_workspace_gives_one_project_a_member_with_its_own_needs() -> None:
    found = inventory(javascript.EXTRACTORS, folder(DATA / "workspace"))
    assert [project.id for project in found.projects] == [
        "package.json",
        "packages/app/package.json",
        "packages/lib/package.json",
    ]
    app = usages(found, "packages/app/package.json")
    assert app["packages/lib/package.json"].direct is True
    assert (app["pkg:npm/left@1.2.3"].scope, app["pkg:npm/left@1.2.3"].requirement) == (Scope.RUNTIME, "^1.2.0")
    assert (app["pkg:npm/right@1.0.5"].scope, app["pkg:npm/right@1.0.5"].direct) == (Scope.RUNTIME, False)
    assert "pkg:npm/right@2.0.1" in app, "through the other member"
    assert "pkg:npm/tester@1.4.0" not in app, "what a member needs for its own development does not come along"
    assert usages(found, "packages/lib/package.json")["pkg:npm/tester@1.4.0"].scope is Scope.DEV
    assert usages(found, "package.json")["pkg:npm/linter@2.0.0"].scope is Scope.DEV
    assert found.projects[0].declared_licenses == ("EUPL-1.2",)
    assert found.issues == ()


def test_the_nearest_node_modules_upwards_is_what_a_package_gets() -> None:
    found = extract(EXTRACTOR, folder(DATA / "workspace"), LOCK)
    assert ("pkg:npm/left@1.2.3", "pkg:npm/right@1.0.5") in edges(found)
    assert ("pkg:npm/left@1.2.3", "pkg:npm/right@2.0.1") not in edges(found)


def test_digests_licences_and_addresses_are_read() -> None:
    found = extract(EXTRACTOR, folder(DATA / "workspace"), LOCK)
    left = next(component for component in found.components if component.purl.name == "left")
    assert left.hashes == (Hash("sha512", "00" * 64),)
    assert left.declared_licenses == ("MIT",)
    assert left.download_url == "https://registry.example.org/left/-/left-1.2.3.tgz"


def test_flags_give_the_scope_of_one_project() -> None:
    found = extract(
        EXTRACTOR,
        {
            LOCK: lock(
                {
                    "": {"dependencies": {"a": "1"}},
                    "node_modules/a": {"version": "1.0.0"},
                    "node_modules/b": {"version": "1.0.0", "dev": True},
                    "node_modules/c": {"version": "1.0.0", "optional": True},
                    "node_modules/d": {"version": "1.0.0", "devOptional": True},
                }
            )
        },
    )
    used = usages(found, LOCK)
    assert [used[f"pkg:npm/{name}@1.0.0"].scope.value for name in "abcd"] == ["runtime", "dev", "optional", "optional"]
    assert [used[f"pkg:npm/{name}@1.0.0"].direct for name in "ab"] == [True, False]


def test_version_1_is_read_with_the_manifest_for_what_is_direct() -> None:
    old = {
        "lockfileVersion": 1,
        "dependencies": {
            "a": {
                "version": "1.0.0",
                "requires": {"b": "^2.0.0"},
                "dependencies": {"b": {"version": "2.2.0", "dev": True}},
            },
            "b": {"version": "1.9.0"},
            "renamed": {"version": "npm:real@4.0.0"},
        },
    }
    manifest = {"name": "x", "dependencies": {"a": "^1.0.0", "renamed": "npm:real@^4.0.0"}}
    found = extract(EXTRACTOR, {LOCK: json.dumps(old), "package.json": json.dumps(manifest)})
    assert refs(found) == ["pkg:npm/a@1.0.0", "pkg:npm/b@1.9.0", "pkg:npm/b@2.2.0", "pkg:npm/real@4.0.0"]
    assert edges(found) >= {("pkg:npm/a@1.0.0", "pkg:npm/b@2.2.0")}
    used = usages(found, "package.json")
    assert [used[ref].direct for ref in refs(found)] == [True, False, False, True]
    alone = usages(extract(EXTRACTOR, {LOCK: json.dumps(old)}), LOCK)
    assert alone["pkg:npm/a@1.0.0"].direct is None, "version 1 does not say what the project declares"


@pytest.mark.parametrize(
    ("entry", "vcs_url"),
    [
        (
            {"version": "1.0.0", "resolved": "git+ssh://git@git.example.org/o/r.git#0123abc"},
            "git+ssh://git@git.example.org/o/r.git@0123abc",
        ),
        ({"version": "github:o/r#0123abc"}, "git+https://github.com/o/r@0123abc"),
    ],
)
def test_git_sources_keep_the_revision(entry: dict[str, str], vcs_url: str) -> None:
    found = extract(EXTRACTOR, {LOCK: lock({"node_modules/a": entry})})
    assert found.components[0].vcs_url == vcs_url
    assert found.components[0].purl.qualifiers == {"vcs_url": vcs_url}


def test_an_archive_outside_a_registry_is_part_of_the_identity() -> None:
    places = {
        "node_modules/a": {"version": "1.0.0", "resolved": "https://example.org/files/built.tgz"},
        "node_modules/b": {"version": "1.0.0", "resolved": "https://mirror.example.org/download/b/1.0.0/77"},
    }
    found = extract(EXTRACTOR, {LOCK: lock(places)})
    assert [component.purl.qualifiers for component in found.components] == [
        {"download_url": "https://example.org/files/built.tgz"},
        {},
    ]


def test_the_shrinkwrap_wins_over_the_package_lock() -> None:
    found = inventory(
        javascript.EXTRACTORS,
        {
            LOCK: lock({"node_modules/a": {"version": "1.0.0"}}),
            "npm-shrinkwrap.json": lock({"node_modules/a": {"version": "2.0.0"}}),
        },
    )
    assert refs(found) == ["pkg:npm/a@2.0.0"]


def test_a_linked_folder_outside_the_workspace_is_a_project() -> None:
    places = {
        "": {"dependencies": {"lib": "file:../lib"}},
        "../lib": {"version": "1.0.0"},
        "node_modules/lib": {"resolved": "../lib", "link": True},
    }
    found = extract(EXTRACTOR, {f"app/{LOCK}": lock(places), "lib/package.json": '{"name": "lib"}'})
    assert refs(found) == []
    assert usages(found, f"app/{LOCK}")["lib/package.json"].direct is True


def test_a_lock_file_inside_an_installed_package_is_nobodys() -> None:
    found = extract(EXTRACTOR, {f"node_modules/a/{LOCK}": lock({"node_modules/b": {"version": "1.0.0"}})})
    assert (found.projects, found.components) == ((), ())


def test_what_lies_inside_a_development_package_is_for_development() -> None:
    inner = {"version": "1.0.0"}
    outer = {"version": "1.0.0", "dev": True, "dependencies": {"b": inner}}
    lock = {"lockfileVersion": 1, "dependencies": {"a": outer}}
    found = usages(extract(EXTRACTOR, {"package-lock.json": json.dumps(lock)}), "package-lock.json")
    assert {ref: usage.scope for ref, usage in found.items()} == {
        "pkg:npm/a@1.0.0": Scope.DEV,
        "pkg:npm/b@1.0.0": Scope.DEV,
    }


def test_what_is_missing_is_one_issue() -> None:
    places = {
        "": {"dependencies": {"gone": "1", "a": "1"}},
        "node_modules/a": {"version": "1.0.0", "dependencies": {"lost": "1"}, "optionalDependencies": {"never": "1"}},
    }
    found = extract(EXTRACTOR, {LOCK: lock(places)})
    assert [issue.message for issue in found.issues] == [
        "2 dependencies are not in the lock file: the project needs gone, a needs lost"
    ]


def test_what_is_no_lock_file_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {LOCK: '{\n"packages": <html>'})
    assert caught.value.line == 2
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {LOCK: "[]"})


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=6)
    | st.sampled_from(["1.0.0", "../x", "npm:@", "git+x#", "\0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "version", "resolved", "link", "a", "@", "dependencies"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
PLACES = st.sampled_from(
    [
        "",
        "node_modules/a",
        "node_modules/a/node_modules/b",
        "node_modules/@s/x",
        "node_modules/",
        "packages/a",
        "../..",
        "node_modules//",
        "\0",
    ]
)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {LOCK: data})


@given(
    st.dictionaries(PLACES, VALUES, max_size=5),
    st.dictionaries(st.sampled_from(["a", "b", "@", ""]), VALUES, max_size=3),
    VALUES,
)
def test_any_values_in_any_place_give_an_extraction_or_unreadable(
    packages: dict[str, Any], old: dict[str, Any], manifest: Any
) -> None:
    survives(EXTRACTOR, {LOCK: lock(packages, dependencies=old), "package.json": json.dumps(manifest)})
    survives(EXTRACTOR, {LOCK: json.dumps({"dependencies": old}), "package.json": json.dumps(manifest)})
