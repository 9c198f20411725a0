# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pubspec.lock: kinds, sources, digests, workspaces."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import dart
from paddock.engine.analyzer.extractors.dart.pubspec_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

LOCK = """
packages:
  alpha:
    dependency: "direct main"
    description: {name: alpha, sha256: "%s", url: "https://pub.example.org"}
    source: hosted
    version: "1.2.3+4"
  beta:
    dependency: "direct dev"
    description: {path: ".", ref: main, resolved-ref: 0123abc, url: "git@git.example.org:o/beta.git"}
    source: git
    version: "0.5.0"
  flutter: {dependency: transitive, description: flutter, source: sdk, version: "0.0.0"}
  gamma: {dependency: transitive, description: {name: gamma}, source: hosted, version: "2.0.0"}
  local: {dependency: "direct main", description: {path: packages/local}, source: path, version: "0.1.0"}
sdks: {dart: ">=3.0.0 <4.0.0"}
""" % ("ab" * 32)


def test_kinds_give_scope_and_direct() -> None:
    used = usages(extract(EXTRACTOR, {"pubspec.lock": LOCK}), "pubspec.lock")
    found = {ref.partition("?")[0]: (usage.scope, usage.direct) for ref, usage in used.items()}
    assert found == {
        "pkg:pub/alpha@1.2.3%2B4": (Scope.RUNTIME, True),
        "pkg:pub/beta@0.5.0": (Scope.DEV, True),
        "pkg:pub/flutter@0.0.0": (Scope.UNKNOWN, False),
        "pkg:pub/gamma@2.0.0": (Scope.UNKNOWN, False),
        "pkg:pub/local@0.1.0": (Scope.RUNTIME, True),
    }


def test_digests_sources_and_sdks() -> None:
    alpha, beta, flutter, *_ = extract(EXTRACTOR, {"pubspec.lock": LOCK}).components
    assert alpha.hashes == (Hash("sha256", "ab" * 32),)
    assert beta.vcs_url == "git+ssh://git@git.example.org/o/beta.git@0123abc"
    assert flutter.properties == (("pub:sdk", "flutter"),)


def test_the_manifest_is_the_project_and_a_folder_of_the_tree_is_one_too() -> None:
    files: dict[str, str | bytes] = {
        "pubspec.lock": LOCK,
        "pubspec.yaml": "{name: app, version: 1.0.0+2, dependencies: {alpha: ^1.2.0, local: {path: packages/local}}}",
        "packages/local/pubspec.yaml": "{name: local, version: 0.1.0, dependencies: {gamma: 2.0.0}}",
    }
    found = inventory(dart.EXTRACTORS, files)
    assert [(project.id, project.origin, project.version) for project in found.projects] == [
        ("packages/local/pubspec.yaml", Origin.DECLARED, "0.1.0"),
        ("pubspec.yaml", Origin.LOCKED, "1.0.0+2"),
    ]
    used = usages(found, "pubspec.yaml")
    assert used["pkg:pub/alpha@1.2.3%2B4"].requirement == "^1.2.0"
    assert used["packages/local/pubspec.yaml"].direct is True
    assert not any(ref.startswith("pkg:pub/local") for ref in refs(found))
    assert found.issues == ()


def test_members_of_a_workspace_have_their_own_direct_needs() -> None:
    files: dict[str, str | bytes] = {
        "pubspec.lock": LOCK,
        "pubspec.yaml": "{name: root, workspace: [app, lib]}",
        "app/pubspec.yaml": "{name: app, resolution: workspace, dependencies: {alpha: any, lib: any}}",
        "lib/pubspec.yaml": "{name: lib, resolution: workspace, dev_dependencies: {gamma: ^2.0.0}}",
    }
    found = inventory(dart.EXTRACTORS, files)
    app = usages(found, "app/pubspec.yaml")
    assert {ref: usage.scope for ref, usage in app.items()} == {
        "lib/pubspec.yaml": Scope.RUNTIME,
        "pkg:pub/alpha@1.2.3%2B4": Scope.RUNTIME,
    }
    assert usages(found, "lib/pubspec.yaml")["pkg:pub/gamma@2.0.0"].scope is Scope.DEV
    root = usages(found, "pubspec.yaml")
    assert root["pkg:pub/flutter@0.0.0"].direct is None, "which member brings it the file does not tell"
    assert "pkg:pub/alpha@1.2.3%2B4" not in root


@pytest.mark.parametrize("text", ["", "- a", "packages: ["])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"pubspec.lock": text})


KEYS = st.sampled_from(["packages", "description", "source", "version", "dependency", "workspace", "name", "path", "a"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["path", "git", "..", "direct main", "*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"pubspec.lock": data})


@given(st.dictionaries(KEYS, VALUES), st.dictionaries(KEYS, VALUES))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any, manifest: Any) -> None:
    survives(EXTRACTOR, {"pubspec.lock": json.dumps(document), "pubspec.yaml": json.dumps(manifest)})
