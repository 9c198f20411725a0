# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""GitHub actions: composite steps and container images."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.github.action import EXTRACTOR
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages


def test_a_composite_action_uses_what_its_steps_use() -> None:
    action = """name: Prepare
runs:
  using: composite
  steps:
    - uses: owner/tool@v3
    - uses: ./.github/actions/other
    - run: echo
"""
    files: dict[str, str | bytes] = {
        "repo/.github/actions/prepare/action.yml": action,
        "repo/.github/actions/other/action.yaml": "runs: {using: node20}",
    }
    found = extract(EXTRACTOR, files)
    assert list(usages(found, "repo/.github/actions/prepare/action.yml")) == [
        "pkg:github/owner/tool@v3",
        "repo/.github/actions/other/action.yaml",
    ]
    assert found.components[0].locations[0].line == 5
    assert found.issues == ()


def test_a_container_action_uses_its_image_but_not_its_own_dockerfile() -> None:
    published = extract(EXTRACTOR, {"action.yml": "runs: {using: docker, image: 'docker://example/image:1'}"})
    assert refs(published) == ["pkg:docker/example/image@1"]
    assert refs(extract(EXTRACTOR, {"action.yml": "runs: {using: docker, image: Dockerfile}"})) == []


def test_another_systems_action_file_is_left_alone() -> None:
    assert extract(EXTRACTOR, {"action.yml": "actions: [a]"}).projects == ()


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"a/action.yml": data})


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["./../..", "docker://a", "a/b@c"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["steps", "uses", "image"]), inner),
    max_leaves=8,
)


@given(VALUES)
def test_any_values_in_any_place_give_an_extraction_or_unreadable(runs: Any) -> None:
    survives(EXTRACTOR, {"a/action.yml": json.dumps({"runs": runs, "name": runs})})
