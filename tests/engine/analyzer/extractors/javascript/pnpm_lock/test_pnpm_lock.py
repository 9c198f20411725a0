# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pnpm-lock.yaml, versions 5 to 9: keys, importers, scopes, peers, sources."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import javascript
from paddock.engine.analyzer.extractors.javascript.pnpm_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

LOCK = "pnpm-lock.yaml"

FIVE = """
lockfileVersion: 5.4
specifiers: {core: ^1.0.0, plug: ^2.0.0, tool: ^3.0.0}
dependencies:
  core: 1.0.1
  plug: 2.0.0_core@1.0.1
devDependencies:
  tool: 3.0.0
packages:
  /core/1.0.1:
    resolution: {integrity: sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=}
    dev: false
  /plug/2.0.0_core@1.0.1:
    peerDependencies: {core: '1'}
    dependencies: {core: 1.0.1, '@s/extra': 1.1.1_@s+peer@2.0.0}
    dev: false
  /@s/extra/1.1.1_@s+peer@2.0.0:
    optional: true
    dev: false
  registry.example.org/tool/3.0.0:
    dev: true
"""

SIX = """
lockfileVersion: '6.0'
dependencies:
  core: {specifier: ^1.0.0, version: 1.0.1}
  other: {specifier: 'npm:core@^2.0.0', version: /core@2.0.0}
packages:
  /core@1.0.1: {dev: false}
  /core@2.0.0: {dev: false}
  /plug@2.0.0-rc.1(@s/core@1.0.1)(x@2.0.0):
    dependencies: {core: 1.0.1}
    dev: true
"""

NINE = """
lockfileVersion: '9.0'
importers:
  .:
    devDependencies:
      tool: {specifier: ^3.0.0, version: 3.0.0}
  packages/app:
    dependencies:
      '@house/lib': {specifier: 'workspace:*', version: link:../lib}
      plug: {specifier: ^2.0.0, version: 2.0.0(core@1.0.1)}
      forked: {specifier: o/forked, version: https://codeload.github.com/o/forked/tar.gz/0123abc}
  packages/lib:
    optionalDependencies:
      core: {specifier: ^1.0.0, version: 1.0.1}
    devDependencies:
      tool: {specifier: ^3.0.0, version: 3.0.0}
patchedDependencies:
  plug@2.0.0: {hash: abc, path: patches/plug.patch}
packages:
  core@1.0.1: {}
  forked@https://codeload.github.com/o/forked/tar.gz/0123abc:
    resolution: {tarball: https://codeload.github.com/o/forked/tar.gz/0123abc}
    version: 0.4.0
  plug@2.0.0: {peerDependencies: {core: '1'}}
  tool@3.0.0: {}
snapshots:
  core@1.0.1: {}
  forked@https://codeload.github.com/o/forked/tar.gz/0123abc: {}
  plug@2.0.0(core@1.0.1): {dependencies: {core: 1.0.1}}
  tool@3.0.0: {dependencies: {core: 1.0.1}}
"""


def test_version_5_keys_flags_and_edges() -> None:
    found = extract(EXTRACTOR, {LOCK: FIVE})
    assert refs(found) == [
        "pkg:npm/%40s/extra@1.1.1",
        "pkg:npm/core@1.0.1",
        "pkg:npm/plug@2.0.0",
        "pkg:npm/tool@3.0.0",
    ]
    used = usages(found, LOCK)
    assert [usage.scope for usage in used.values()] == [Scope.OPTIONAL, Scope.RUNTIME, Scope.RUNTIME, Scope.DEV]
    assert [usage.direct for usage in used.values()] == [False, True, True, False]
    assert used["pkg:npm/core@1.0.1"].requirement == "^1.0.0"
    assert edges(found) >= {
        ("pkg:npm/plug@2.0.0", "pkg:npm/%40s/extra@1.1.1"),
        ("pkg:npm/plug@2.0.0", "pkg:npm/core@1.0.1"),
    }
    assert found.components[1].hashes == (Hash("sha1", "00" * 20),)


def test_version_6_aliases_and_peers() -> None:
    found = extract(EXTRACTOR, {LOCK: SIX})
    assert refs(found) == ["pkg:npm/core@1.0.1", "pkg:npm/core@2.0.0", "pkg:npm/plug@2.0.0-rc.1"]
    assert usages(found, LOCK)["pkg:npm/core@2.0.0"].requirement == "npm:core@^2.0.0"
    assert ("pkg:npm/plug@2.0.0-rc.1", "pkg:npm/core@1.0.1") in edges(found)


def test_version_9_importers_are_projects() -> None:
    files: dict[str, str | bytes] = {
        LOCK: NINE,
        "package.json": '{"name": "house"}',
        "packages/app/package.json": '{"name": "@house/app", "license": "MIT"}',
        "packages/lib/package.json": '{"name": "@house/lib"}',
    }
    found = inventory(javascript.EXTRACTORS, files)
    assert [project.id for project in found.projects] == [
        "package.json",
        "packages/app/package.json",
        "packages/lib/package.json",
    ]
    app = usages(found, "packages/app/package.json")
    assert app["packages/lib/package.json"].direct is True
    assert (app["pkg:npm/core@1.0.1"].scope, app["pkg:npm/core@1.0.1"].direct) == (Scope.RUNTIME, False)
    assert "pkg:npm/tool@3.0.0" not in app
    assert usages(found, "packages/lib/package.json")["pkg:npm/core@1.0.1"].scope is Scope.OPTIONAL
    assert usages(found, "package.json")["pkg:npm/core@1.0.1"].scope is Scope.DEV
    assert found.issues == ()


def test_version_9_sources_and_patches() -> None:
    core, forked, plug, _ = extract(EXTRACTOR, {LOCK: NINE}).components
    assert forked.vcs_url == "git+https://github.com/o/forked@0123abc"
    assert forked.version == "0.4.0"
    assert (core.modified, plug.modified) == (None, True)


def test_a_second_document_is_the_projects() -> None:
    tools = "---\nlockfileVersion: '9.0'\npackages:\n  pnpm@10.0.0: {}\n---\n"
    assert "pkg:npm/pnpm@10.0.0" not in refs(extract(EXTRACTOR, {LOCK: tools + NINE}))


def test_entries_that_are_no_packages_are_one_issue() -> None:
    found = extract(EXTRACTOR, {LOCK: "packages:\n  /what: {}\n  5: {}\n  /ok/1.0.0:\n"})
    assert refs(found) == ["pkg:npm/ok@1.0.0"]
    assert "2 entries are no packages" in found.issues[0].message


def test_git_by_commit() -> None:
    lock = """
packages:
  git.example.org/o/r/0123abc:
    resolution: {type: git, repo: 'git@git.example.org:o/r.git', commit: 0123abc}
    name: r
    version: 1.0.0
"""
    assert extract(EXTRACTOR, {LOCK: lock}).components[0].vcs_url == "git+ssh://git@git.example.org/o/r.git@0123abc"


@pytest.mark.parametrize("text", ["a: [", "- a\n", "[" * 100_000])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {LOCK: text})


KEYS = st.sampled_from(
    [
        "importers",
        "packages",
        "snapshots",
        "dependencies",
        "specifiers",
        "resolution",
        "version",
        "name",
        ".",
        "../x",
        "/a/1.0.0",
        "a@1.0.0",
        "a@1.0.0(b)",
        "repo",
        "type",
        "a",
    ]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["1.0.0", "link:../..", "file:x", "directory"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {LOCK: data})


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any) -> None:
    survives(EXTRACTOR, {LOCK: json.dumps(document), "package.json": "{}"})
