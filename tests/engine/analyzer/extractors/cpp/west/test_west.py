# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""west.yml: remotes and defaults, groups, imports, revisions."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import cpp
from paddock.engine.analyzer.extractors.cpp.west import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

COMMIT = "0123456789abcdef0123456789abcdef01234567"
MANIFEST = f"""
manifest:
  defaults: {{remote: own, revision: v2.1}}
  remotes:
    - {{name: own, url-base: 'https://git.example.org/firm'}}
    - {{name: public, url-base: 'https://github.com/Someone'}}
  group-filter: [-debug, -trace, +trace]
  projects:
    - name: kernel
      revision: {COMMIT}
      path: os/kernel
      remote: public
    - {{name: shell, repo-path: tools/shell.git}}
    - {{name: probe, url: 'git@git.example.org:firm/probe.git', revision: main, groups: [debug]}}
    - {{name: trace, groups: [debug, trace]}}
"""


def test_remotes_and_defaults_give_addresses_and_revisions() -> None:
    found = extract(EXTRACTOR, {"west.yml": MANIFEST})
    assert [component.vcs_url for component in found.components] == [
        "git+ssh://git@git.example.org/firm/probe.git@main",
        "git+https://git.example.org/firm/tools/shell.git@v2.1",
        "git+https://git.example.org/firm/trace@v2.1",
        f"git+https://github.com/Someone/kernel@{COMMIT}",
    ]
    kernel = found.components[3]
    assert kernel.ref == f"pkg:github/someone/kernel@{COMMIT}"
    assert kernel.properties == (("west:path", "os/kernel"),)
    assert found.components[1].purl.version == "v2.1"


def test_a_branch_gives_no_version_and_one_issue() -> None:
    found = extract(EXTRACTOR, {"west.yml": MANIFEST})
    probe = found.components[0]
    assert probe.purl.version is None
    assert usages(found, "west.yml")[probe.ref].requirement == "main"
    assert [issue.message.partition(":")[0] for issue in found.issues] == ["1 project without a fixed revision (probe)"]


def test_projects_of_groups_that_are_switched_off_are_optional() -> None:
    found = extract(EXTRACTOR, {"west.yml": MANIFEST})
    scopes = {ref.partition("?")[0].partition("@")[0]: usage.scope for ref, usage in usages(found, "west.yml").items()}
    assert scopes["pkg:generic/probe"] is Scope.OPTIONAL
    assert scopes["pkg:generic/trace"] is Scope.UNKNOWN


def test_manifests_of_the_same_tree_are_read_with_it_and_others_reported() -> None:
    files: dict[str, str | bytes] = {
        "west.yml": """
manifest:
  self: {import: [sub, gone.yml]}
  projects: [{name: a, url: 'https://example.org/a', import: true}]
""",
        "sub/b.yml": "manifest: {projects: [{name: b, url: 'https://example.org/b', revision: '1.0'}]}",
        "sub/c.yml": "manifest: [",
    }
    found = inventory(cpp.EXTRACTORS, files)
    assert {component.purl.name: component.locations[0].path for component in found.components} == {
        "a": "west.yml",
        "b": "sub/b.yml",
    }
    messages = " ".join(issue.message for issue in found.issues)
    assert "'gone.yml', which is not in the tree" in messages
    assert "project 'a' brings in projects" in messages
    assert [issue.path for issue in found.issues if "YAML" in issue.message] == ["sub/c.yml"]


def test_a_remote_that_is_not_there_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"west.yml": "manifest: {projects: [{name: a, remote: x, revision: v1}]}"})
    assert refs(found) == ["pkg:generic/a@v1"]
    assert "remote" in found.issues[0].message


@pytest.mark.parametrize("text", ["", "a: 1", "manifest: []", "{"])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"west.yml": text})


KEYS = [
    "projects",
    "remotes",
    "defaults",
    "name",
    "url",
    "url-base",
    "remote",
    "revision",
    "repo-path",
    "groups",
    "group-filter",
    "self",
    "import",
    "file",
    "path",
]
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["/", "..", "x@y:z", "https://["]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=15,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_any_structure_gives_an_extraction_or_unreadable(manifest: dict[str, Any]) -> None:
    survives(EXTRACTOR, {"west.yml": json.dumps({"manifest": manifest}), "x.yml": json.dumps(manifest)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"west.yml": data})
