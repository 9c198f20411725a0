# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""stack.yaml: extra dependencies, folders of one's own, the snapshot."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.haskell.stack_yaml import EXTRACTOR
from tests.engine.analyzer.extractors.extraction import extract, refs, survives

TEXT = f"""resolver: lts-21.0
packages: [.]
extra-deps:
- HOil-1.4.0@sha256:{"ab" * 32},613
- ./vendor/own
- vendor/other
- https://example.org/wax-3.1.tar.gz
- git: https://example.org/paint.git
  commit: {"ef" * 20}
"""


def test_extra_dependencies_with_exact_versions_and_repositories() -> None:
    found = extract(EXTRACTOR, {"stack.yaml": TEXT})
    assert [(component.purl.name, component.version) for component in found.components] == [
        ("HOil", "1.4.0"),
        ("paint", ""),
    ]
    assert found.components[1].vcs_url == f"git+https://example.org/paint.git@{'ef' * 20}"


def test_what_is_not_told_is_reported() -> None:
    messages = [issue.message for issue in extract(EXTRACTOR, {"stack.yaml": TEXT}).issues]
    assert len(messages) == 2
    assert "wax-3.1" in messages[0]
    assert "lts-21.0" in messages[1]


def test_settings_without_extra_dependencies() -> None:
    assert refs(extract(EXTRACTOR, {"stack.yaml": "packages: []\n"})) == []


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["a-1", "../..", "**"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["git", "url", "commit", "name"]), inner)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["packages", "extra-deps", "resolver", "snapshot"]), VALUES))
def test_any_structure_gives_an_extraction_or_unreadable(document: dict[str, Any]) -> None:
    survives(EXTRACTOR, {"stack.yaml": json.dumps(document), "a/b.cabal": "name: b"})
