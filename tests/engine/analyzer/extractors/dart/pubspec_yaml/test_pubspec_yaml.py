# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pubspec.yaml without a lock file."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import dart
from paddock.engine.analyzer.extractors.dart.pubspec_yaml import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

MANIFEST = """
name: app
version: 2.0.0
dependencies:
  pinned: 1.2.3
  ranged: ^4.0.0
  forked: {git: {url: https://git.example.org/o/forked.git, ref: v1}}
  flutter: {sdk: flutter}
  near: {path: ../near}
dev_dependencies:
  tester:
  hosted_elsewhere: {hosted: https://pub.example.org, version: ^2.0.0}
"""


def test_the_project_and_what_it_declares() -> None:
    found = extract(EXTRACTOR, {"app/pubspec.yaml": MANIFEST, "near/pubspec.yaml": "name: near"})
    used = usages(found, "app/pubspec.yaml")
    assert {ref: (usage.scope, usage.requirement) for ref, usage in used.items()} == {
        "near/pubspec.yaml": (Scope.RUNTIME, ""),
        "pkg:pub/flutter": (Scope.RUNTIME, ""),
        "pkg:pub/forked?vcs_url=git%2Bhttps://git.example.org/o/forked.git%40v1": (Scope.RUNTIME, ""),
        "pkg:pub/hosted_elsewhere": (Scope.DEV, "^2.0.0"),
        "pkg:pub/pinned@1.2.3": (Scope.RUNTIME, "1.2.3"),
        "pkg:pub/ranged": (Scope.RUNTIME, "^4.0.0"),
        "pkg:pub/tester": (Scope.DEV, ""),
    }
    project = next(project for project in found.projects if project.id == "app/pubspec.yaml")
    assert (project.name, project.version) == ("app", "2.0.0")
    assert found.issues[0].message.startswith(
        "4 dependencies have no pinned version (forked, hosted_elsewhere, ranged, …)"
    )


def test_members_of_a_workspace_are_read_with_the_root() -> None:
    files: dict[str, str | bytes] = {
        "pubspec.yaml": "{name: root, workspace: [packages/*]}",
        "packages/a/pubspec.yaml": "{name: a, dependencies: {b: any, pinned: 1.0.0}}",
        "packages/b/pubspec.yaml": "{name: b}",
    }
    found = inventory(dart.EXTRACTORS, files)
    assert list(usages(found, "packages/a/pubspec.yaml")) == ["packages/b/pubspec.yaml", "pkg:pub/pinned@1.0.0"]
    assert found.issues == ()


def test_a_folder_outside_the_tree_is_a_component() -> None:
    assert refs(extract(EXTRACTOR, {"pubspec.yaml": "{name: a, dependencies: {b: {path: ../b}}}"})) == ["pkg:pub/b"]


def test_what_is_no_mapping_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"pubspec.yaml": "just text"})


KEYS = st.sampled_from(
    ["name", "version", "dependencies", "dev_dependencies", "workspace", "git", "url", "path", "sdk", "a"]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["..", "1.0.0", "**", "\0", "git@x:y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"pubspec.yaml": data})


@given(st.dictionaries(KEYS, VALUES))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any) -> None:
    survives(EXTRACTOR, {"pubspec.yaml": json.dumps(document)})
