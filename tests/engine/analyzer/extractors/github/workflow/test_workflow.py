# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""GitHub workflows: actions, reusable workflows, local and container uses, lines."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import github
from paddock.engine.analyzer.extractors.github.workflow import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

PATH = ".github/workflows/ci.yml"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WORKFLOW = f"""name: Checks
on: [push]
jobs:
  reused:
    uses: Some-Org/Shared/.github/workflows/build.yml@v2
  build:
    steps:
      - uses: actions/checkout@{COMMIT}  # v4.2.2
      - uses: "owner/tools/setup@main"
      - run: make
      - uses: ./.github/actions/prepare
      - uses: docker://registry.example.org/team/image:1.2@sha256:{"ab" * 32}
      - uses: docker://alpine:3.18
      - {{uses: broken}}
      - uses: owner/tool@
"""


def test_everything_used_is_a_component_needed_to_build() -> None:
    found = extract(EXTRACTOR, {PATH: WORKFLOW})
    assert refs(found) == [
        "pkg:docker/alpine@3.18",
        f"pkg:docker/team/image@sha256:{'ab' * 32}?repository_url=registry.example.org&tag=1.2",
        f"pkg:github/actions/checkout@{COMMIT}",
        "pkg:github/owner/tools@main#setup",
        "pkg:github/some-org/shared@v2#.github/workflows/build.yml",
    ]
    assert {(usage.scope, usage.direct) for usage in usages(found, PATH).values()} == {(Scope.BUILD, True)}
    assert found.projects[0].name == "Checks"


def test_lines_and_the_version_people_note_beside_a_commit() -> None:
    found = extract(EXTRACTOR, {PATH: WORKFLOW})
    checkout = next(component for component in found.components if component.purl.name == "checkout")
    assert checkout.locations[0].line == 8
    assert checkout.properties == (("github:version-comment", "v4.2.2"),)


def test_what_names_nothing_is_an_issue_with_its_line() -> None:
    found = extract(EXTRACTOR, {PATH: WORKFLOW})
    assert [(issue.line, issue.message) for issue in found.issues] == [
        (11, "`uses: ./.github/actions/prepare` is not in the tree"),
        (14, "`uses: broken` names no action with a version"),
        (15, "`uses: owner/tool@` names no action with a version"),
    ]


def test_an_action_of_this_repository_is_a_project() -> None:
    action = "runs: {using: composite, steps: [{uses: owner/inner@v1}]}"
    found = inventory(github.EXTRACTORS, {f"repo/{PATH}": WORKFLOW, "repo/.github/actions/prepare/action.yml": action})
    used = usages(found, f"repo/{PATH}")
    assert used["repo/.github/actions/prepare/action.yml"].direct is True
    assert list(usages(found, "repo/.github/actions/prepare/action.yml")) == ["pkg:github/owner/inner@v1"]


def test_a_workflow_without_jobs_uses_nothing() -> None:
    assert refs(extract(EXTRACTOR, {PATH: "on: push\n"})) == []


@pytest.mark.parametrize("text", ["jobs: [a]", "- a", "jobs: [", "", "a: " + "[" * 100_000])
def test_what_is_no_workflow_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {PATH: text})


def test_which_paths_are_claimed() -> None:
    assert EXTRACTOR.claims.match("a/.github/workflows/x.yaml")
    assert not EXTRACTOR.claims.match(".github/x.yml")


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["./..", "../../x", "docker://", "docker://@sha256:", "a/b@c", "-/.@c"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["jobs", "steps", "uses", "a"]), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.binary(max_size=200) | st.text(alphabet="jobsteu:-&*[]{}#\n ", max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {PATH: data})


@given(VALUES)
def test_any_values_in_any_place_give_an_extraction_or_unreadable(jobs: Any) -> None:
    survives(EXTRACTOR, {PATH: json.dumps({"jobs": jobs, "name": jobs})})
