# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""stack.yaml.lock: packages from Hackage, repositories and archives; the snapshot is not listed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import haskell
from paddock.engine.analyzer.extractors.haskell.stack_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

LOCK = f"""packages:
- completed:
    hackage: HOil-1.4.0@sha256:{"ab" * 32},613
    pantry-tree: {{sha256: {"cd" * 32}, size: 226}}
  original: {{hackage: HOil-1.4.0}}
- completed: {{name: paint, version: '2.0', git: 'https://example.org/paint.git', commit: {"ef" * 20}}}
- completed: {{name: wax-two, version: '3.1', url: 'https://example.org/wax.tgz', sha256: {"0A" * 32}, size: 9}}
snapshots:
- completed: {{sha256: {"11" * 32}, size: 5, url: 'https://example.org/lts/21/0.yaml'}}
  original: lts-21.0
"""


def test_packages_from_everywhere() -> None:
    found = extract(EXTRACTOR, {"stack.yaml.lock": LOCK})
    oil, paint, wax = found.components
    assert (oil.ref, oil.hashes) == ("pkg:hackage/HOil@1.4.0", ())
    assert oil.properties == (("hackage:cabal-file-sha256", "ab" * 32),)
    assert (paint.purl.name, paint.version, paint.vcs_url) == (
        "paint",
        "2.0",
        f"git+https://example.org/paint.git@{'ef' * 20}",
    )
    assert (wax.version, wax.hashes) == ("3.1", (Hash("sha256", "0a" * 32),))


def test_the_snapshot_is_reported_by_name() -> None:
    (issue,) = extract(EXTRACTOR, {"stack.yaml.lock": LOCK}).issues
    assert "lts-21.0" in issue.message


def test_with_settings_and_description_there_is_one_project_with_direct_needs() -> None:
    files: dict[str, str | bytes] = {
        "stack.yaml.lock": LOCK,
        "stack.yaml": "resolver: lts-21.0\npackages: [app]\nextra-deps: [HOil-1.4.0]\n",
        "app/app.cabal": "name: app\nlibrary\n  build-depends: HOil <2\n",
    }
    found = inventory(haskell.EXTRACTORS, files)
    assert [project.id for project in found.projects] == ["app/app.cabal"]
    oil = usages(found, "app/app.cabal")["pkg:hackage/HOil@1.4.0"]
    assert (oil.direct, oil.scope, oil.requirement) == (True, Scope.RUNTIME, "<2")
    assert len(found.issues) == 1


def test_an_entry_that_is_no_location_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"stack.yaml.lock": "packages: [{completed: {hackage: what}}, 3]"})
    assert (refs(found), len(found.issues)) == ([], 2)


@pytest.mark.parametrize("text", ["", "- a", "{"])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"stack.yaml.lock": text})


KEYS = [
    "packages",
    "completed",
    "original",
    "hackage",
    "name",
    "version",
    "git",
    "hg",
    "url",
    "archive",
    "commit",
    "sha256",
    "snapshots",
    "extra-deps",
    "resolver",
]
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["a-1", "/", "a@"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES), VALUES)
def test_any_structure_gives_an_extraction_or_unreadable(document: dict[str, Any], settings: object) -> None:
    survives(EXTRACTOR, {"stack.yaml.lock": json.dumps(document), "stack.yaml": json.dumps(settings)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"stack.yaml.lock": data})
