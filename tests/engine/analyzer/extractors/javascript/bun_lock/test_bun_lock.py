# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""bun.lock: workspaces, chains of packages, sources, patches; bun.lockb is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import javascript
from paddock.engine.analyzer.extractors.javascript.bun_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

LOCK = """{
  "lockfileVersion": 1, // commas may trail
  "workspaces": {
    "": {
      "name": "house",
      "devDependencies": { "tool": "^1.0.0", },
    },
    "packages/app": {
      "name": "@house/app",
      "dependencies": { "@house/lib": "workspace:*", "deep": "^1.0.0" },
      "optionalDependencies": { "extra": "github:o/extra#main" },
    },
    "packages/lib": { "name": "@house/lib", "version": "0.2.0", "dependencies": { "shared": "^1.0.0" } },
  },
  "patchedDependencies": { "deep@1.0.3": "patches/deep.patch" },
  "packages": {
    "@house/app": ["@house/app@workspace:packages/app"],
    "@house/lib": ["@house/lib@workspace:packages/lib"],
    "@house/lib/shared": ["shared@1.9.0", "", {}, "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA="],
    "deep": ["deep@1.0.3", "", { "dependencies": { "shared": "^2.0.0" }, "peerDependencies": { "never": "1" } }, ""],
    "extra": ["extra@github:o/extra#0123abc", {}, "o-extra-0123abc"],
    "shared": ["shared@2.0.0", "", {}, ""],
    "tool": ["tool@1.0.0", "https://r.example.org/tool/-/tool-1.0.0.tgz", { "dependencies": { "shared": "2" } }, ""],
  },
}
"""


def test_workspaces_are_projects_that_find_what_is_installed_below_them() -> None:
    files: dict[str, str | bytes] = {
        "bun.lock": LOCK,
        "packages/lib/package.json": '{"name": "@house/lib", "license": "MIT"}',
    }
    found = inventory(javascript.EXTRACTORS, files)
    assert [project.id for project in found.projects] == [
        "bun.lock",
        "bun.lock#packages/app",
        "packages/lib/package.json",
    ]
    app = usages(found, "bun.lock#packages/app")
    assert app["packages/lib/package.json"].direct is True
    assert app["pkg:npm/shared@1.9.0"].direct is False
    assert (app["pkg:npm/shared@2.0.0"].scope, app["pkg:npm/deep@1.0.3"].requirement) == (Scope.RUNTIME, "^1.0.0")
    assert list(usages(found, "packages/lib/package.json")) == ["pkg:npm/shared@1.9.0"]
    root = usages(found, "bun.lock")
    assert {ref: usage.scope for ref, usage in root.items()} == {
        "pkg:npm/shared@2.0.0": Scope.DEV,
        "pkg:npm/tool@1.0.0": Scope.DEV,
    }
    assert found.issues == ()


def test_sources_digests_patches_and_edges() -> None:
    found = extract(EXTRACTOR, {"bun.lock": LOCK})
    by_name = {component.ref: component for component in found.components}
    assert by_name["pkg:npm/shared@1.9.0"].hashes == (Hash("sha1", "00" * 20),)
    assert by_name["pkg:npm/deep@1.0.3"].modified is True
    assert by_name["pkg:npm/tool@1.0.0"].download_url == "https://r.example.org/tool/-/tool-1.0.0.tgz"
    extra = next(component for component in found.components if component.purl.name == "extra")
    assert (extra.version, extra.vcs_url) == ("", "git+https://github.com/o/extra@0123abc")
    assert ("pkg:npm/deep@1.0.3", "pkg:npm/shared@2.0.0") in edges(found)


def test_what_only_one_package_sees_is_resolved_through_its_chain() -> None:
    lock = {
        "packages": {
            "@s/a": ["@s/a@1.0.0", "", {"dependencies": {"b": "1"}}, ""],
            "@s/a/b": ["b@1.0.0", "", {"dependencies": {"c": "1"}}, ""],
            "@s/a/c": ["c@1.0.0", "", {}, ""],
            "c": ["c@2.0.0", "", {}, ""],
        }
    }
    assert edges(extract(EXTRACTOR, {"bun.lock": json.dumps(lock)})) == {
        ("pkg:npm/%40s/a@1.0.0", "pkg:npm/b@1.0.0"),
        ("pkg:npm/b@1.0.0", "pkg:npm/c@1.0.0"),
    }


def test_the_binary_form_is_refused_unless_the_text_form_is_there() -> None:
    with pytest.raises(Unreadable, match="binary"):
        extract(EXTRACTOR, {"bun.lockb": b"#!/usr/bin/env bun\n\0"})
    assert refs(extract(EXTRACTOR, {"bun.lockb": b"\0", "bun.lock": LOCK})) == []


def test_broken_entries_are_one_issue() -> None:
    lock = {"workspaces": {"": {"dependencies": {"gone": "1"}}}, "packages": {"a": [], "b": "x", "c": ["c@1.0.0"]}}
    found = extract(EXTRACTOR, {"bun.lock": json.dumps(lock)})
    assert refs(found) == ["pkg:npm/c@1.0.0"]
    assert [issue.message for issue in found.issues] == [
        "2 entries cannot be understood and were left out: a, b",
        "1 dependencies are not in the lock file: the project needs gone",
    ]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["a@1.0.0", "a@root:", "@", "a@workspace:../..", "a@git+x#"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["", "a", "a/b", "@", "@s/", "dependencies", "name"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:/*\\ a\n', max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"bun.lock": data})


@given(st.dictionaries(st.sampled_from(["workspaces", "packages", "patchedDependencies"]), VALUES))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any) -> None:
    survives(EXTRACTOR, {"bun.lock": json.dumps(document)})
