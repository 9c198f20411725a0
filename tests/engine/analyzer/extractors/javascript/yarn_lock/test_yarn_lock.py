# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""yarn.lock of yarn 1 and berry: entries, aliases, patches, workspaces, scopes, lines."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import javascript
from paddock.engine.analyzer.extractors.javascript.yarn_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

CLASSIC = """# yarn lockfile v1


"@deep/one@^1.0.0", "@deep/one@^1.1.0":
  version "1.2.0"
  resolved "https://registry.example.org/@deep/one/-/one-1.2.0.tgz#00112233445566778899aabbccddeeff00112233"
  dependencies:
    two "^2.0.0"
  optionalDependencies:
    "@only/elsewhere" "^9.0.0"

two@^2.0.0:
  version "2.0.4"
  resolved "https://registry.example.org/two/-/two-2.0.4.tgz#ffffffffffffffffffffffffffffffffffffffff"
  integrity sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=
"""

BERRY = """__metadata:
  version: 8
  cacheKey: 10c0

"@site/lib@workspace:*, @site/lib@workspace:packages/lib":
  version: 0.0.0-use.local
  resolution: "@site/lib@workspace:packages/lib"
  dependencies:
    small: "npm:^1.0.0"
  languageName: unknown
  linkType: soft

"big@npm:^3.0.0":
  version: 3.3.0
  resolution: "big@npm:3.3.0"
  dependencies:
    small: "npm:^1.0.0"
  checksum: 10c0/00ff
  languageName: node
  linkType: hard

"big@patch:big@npm%3A^3.0.0#./fix.patch":
  version: 3.3.0
  resolution: "big@patch:big@npm%3A3.3.0#./fix.patch::version=3.3.0&hash=00"
  languageName: node
  linkType: hard

"forked@https://git.example.org/o/forked.git#commit=0123abc":
  version: 0.1.0
  resolution: "forked@https://git.example.org/o/forked.git#commit=0123abc"
  languageName: node
  linkType: hard

"site@workspace:.":
  version: 0.0.0-use.local
  resolution: "site@workspace:."
  dependencies:
    "@site/lib": "workspace:*"
    big: "npm:^3.0.0"
    forked: "https://git.example.org/o/forked.git#commit=0123abc"
  languageName: unknown
  linkType: soft

? "small@npm:^1.0.0, small@npm:^1.0.1"
:
  version: 1.0.9
  resolution: "small@npm:1.0.9"
  languageName: node
  linkType: hard
"""

SITE = {
    "yarn.lock": BERRY,
    "package.json": json.dumps(
        {
            "name": "site",
            "workspaces": {"packages": ["packages/*"]},
            "dependencies": {"@site/lib": "workspace:*"},
            "devDependencies": {"big": "^3.0.0", "forked": "https://git.example.org/o/forked.git#commit=0123abc"},
        }
    ),
    "packages/lib/package.json": '{"name": "@site/lib", "version": "0.3.0", "dependencies": {"small": "^1.0.0"}}',
}


def test_classic_entries_have_lines_digests_and_edges() -> None:
    found = extract(EXTRACTOR, {"yarn.lock": CLASSIC})
    one, two = found.components
    assert (one.ref, two.ref) == ("pkg:npm/%40deep/one@1.2.0", "pkg:npm/two@2.0.4")
    assert (one.locations[0].line, two.locations[0].line) == (4, 12)
    assert one.hashes == (Hash("sha1", "00112233445566778899aabbccddeeff00112233"),)
    assert two.hashes == (Hash("sha1", "00" * 20),)
    assert edges(found) == {(one.ref, two.ref)}
    assert found.issues == (), "an optional dependency may be missing"


def test_classic_scopes_come_from_the_manifest() -> None:
    manifest = '{"name": "x", "license": "MIT", "devDependencies": {"@deep/one": "^1.1.0"}}'
    found = inventory(javascript.EXTRACTORS, {"yarn.lock": CLASSIC, "package.json": manifest})
    used = usages(found, "package.json")
    assert used["pkg:npm/%40deep/one@1.2.0"].requirement == "^1.1.0"
    assert [(usage.scope, usage.direct) for usage in used.values()] == [(Scope.DEV, True), (Scope.DEV, False)]
    alone = usages(extract(EXTRACTOR, {"yarn.lock": CLASSIC}), "yarn.lock")
    assert {(usage.scope, usage.direct) for usage in alone.values()} == {(Scope.UNKNOWN, None)}


@pytest.mark.parametrize(
    ("key", "resolved", "ref"),
    [
        (
            '"short@npm:@real/name@^1.0.0"',
            "https://registry.example.org/@real/name/-/name-1.0.0.tgz#00",
            "pkg:npm/%40real/name@1.0.0",
        ),
        (
            "short@^1.0.0",
            "https://registry.example.org/%40other%2fname/-/name-1.0.0.tgz#00",
            "pkg:npm/%40other/name@1.0.0",
        ),
        (
            "short@owner/repo#main",
            "https://codeload.github.com/owner/repo/tar.gz/0123abc",
            "pkg:npm/short@1.0.0?vcs_url=git%2Bhttps://github.com/owner/repo%400123abc",
        ),
        (
            '"short@git+ssh://git@git.example.org:o/r.git#1"',
            "git+ssh://git@git.example.org:o/r.git#0123abc",
            "pkg:npm/short@1.0.0?vcs_url=git%2Bssh://git%40git.example.org/o/r.git%400123abc",
        ),
        ('"short@file:./vendor/short"', "", "pkg:npm/short@1.0.0"),
    ],
)
def test_classic_aliases_and_sources_give_the_real_identity(key: str, resolved: str, ref: str) -> None:
    found = extract(EXTRACTOR, {"yarn.lock": f'{key}:\n  version "1.0.0"\n  resolved "{resolved}"\n'})
    assert refs(found) == [ref]


def test_berry_workspaces_are_projects_and_share_packages() -> None:
    found = inventory(javascript.EXTRACTORS, dict(SITE))
    assert [(project.id, project.name) for project in found.projects] == [
        ("package.json", "site"),
        ("packages/lib/package.json", "@site/lib"),
    ]
    root = usages(found, "package.json")
    assert root["packages/lib/package.json"].scope is Scope.RUNTIME
    assert root["pkg:npm/big@3.3.0"].scope is Scope.DEV
    assert root["pkg:npm/small@1.0.9"].scope is Scope.RUNTIME, "through the member as well as through big"
    assert usages(found, "packages/lib/package.json")["pkg:npm/small@1.0.9"].direct is True
    assert found.issues == ()


def test_berry_without_manifests_still_knows_the_workspaces_needs() -> None:
    found = extract(EXTRACTOR, {"yarn.lock": BERRY})
    assert [project.id for project in found.projects] == ["yarn.lock", "yarn.lock#packages/lib"]
    used = usages(found, "yarn.lock")
    assert (used["pkg:npm/big@3.3.0"].direct, used["pkg:npm/big@3.3.0"].scope) == (True, Scope.UNKNOWN)
    assert used["yarn.lock#packages/lib"].direct is True


def test_a_patched_package_is_marked_and_git_keeps_the_revision() -> None:
    found = extract(EXTRACTOR, dict(SITE))
    big, forked, small = found.components
    assert (big.modified, small.modified) == (True, None)
    assert forked.vcs_url == "git+https://git.example.org/o/forked.git@0123abc"
    assert small.locations[0].line == 1 + BERRY.splitlines().index('? "small@npm:^1.0.0, small@npm:^1.0.1"')


def test_a_forced_resolution_is_found_by_name() -> None:
    lock = """__metadata:
  version: 8

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  dependencies:
    b: "npm:^1.0.0"

"b@npm:2.0.0":
  version: 2.0.0
  resolution: "b@npm:2.0.0"
"""
    assert edges(extract(EXTRACTOR, {"yarn.lock": lock})) == {("pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0")}


def test_missing_entries_are_one_issue() -> None:
    lock = 'a@1:\n  version "1.0.0"\n  dependencies:\n    lost "^1"\n    gone "^2"\n'
    (issue,) = extract(EXTRACTOR, {"yarn.lock": lock}).issues
    assert issue.message == "2 dependencies are not in the lock file: a needs gone@^2, a needs lost@^1"


@pytest.mark.parametrize(
    ("text", "line"), [('a@1:\n  version "1"\n<<<<<<< HEAD\n', 3), ("  version 1\n", 1), ("a@1:\n  what\n", 2)]
)
def test_what_is_no_lock_file_is_refused_with_a_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"yarn.lock": text})
    assert caught.value.line == line


def test_an_empty_file_has_no_packages() -> None:
    assert refs(extract(EXTRACTOR, {"yarn.lock": "# yarn lockfile v1\n"})) == []


PIECES = st.sampled_from(
    [
        *("__metadata:\n", '"a@npm:^1", b@2:\n', "? x\n", ":\n", "@:\n", '"":\n', ",:\n", '"\\ud800@1":\n'),
        *("  version 1.0.0\n", '  version "1"\n', "  dependencies:\n", '    "@s/b" "1"\n', "    b: ^1\n", "  \n"),
        *('  resolution: "a@patch:@#"\n', '  resolution: "@workspace:../.."\n', '  resolution: "@"\n'),
        *('  resolved "git+ssh://x:y#z"\n', '"a@workspace:\\u0000":\n'),
    ]
)


@given(st.binary(max_size=200) | st.lists(PIECES, max_size=12).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"yarn.lock": data})


@given(
    st.recursive(
        st.none() | st.text(max_size=4) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(
                st.sampled_from(["name", "workspaces", "packages", "dependencies", "peerDependencies", "a"]),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_any_manifest_beside_it_is_survived(manifest: Any) -> None:
    survives(EXTRACTOR, {"yarn.lock": CLASSIC, "package.json": json.dumps(manifest)})
