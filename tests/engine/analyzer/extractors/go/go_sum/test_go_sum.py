# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A go.sum on its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import go
from paddock.engine.analyzer.extractors.go.go_sum import EXTRACTOR
from paddock.engine.analyzer.extractors.go.sum_file import version_key
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

SUMS = "example.org/a v1.0.0 h1:A=\nexample.org/a v1.0.0/go.mod h1:B=\nexample.org/b v0.1.0/go.mod h1:C=\n"


def test_modules_whose_content_was_needed_are_listed_with_a_warning() -> None:
    found = extract(EXTRACTOR, {"go.sum": SUMS})
    assert refs(found) == ["pkg:golang/example.org/a@1.0.0"]
    assert usages(found, "go.sum")[refs(found)[0]].direct is None
    assert "go.mod" in found.issues[0].message


def test_beside_a_go_mod_it_says_nothing_itself() -> None:
    found = inventory(go.EXTRACTORS, {"go.mod": "module m\ngo 1.22\n", "go.sum": SUMS})
    assert [project.id for project in found.projects] == ["go.mod"]
    assert refs(found) == ["pkg:golang/stdlib@1.22"]


def test_versions_are_ordered_as_semantic_versions() -> None:
    ordered = ["v0.9.0", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta", "v1.0.0-2.x", "v1.0.0", "v1.0.10"]
    ordered[1:5] = ["v1.0.0-2.x", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta"]
    assert sorted(ordered, key=version_key) == ordered


def test_what_has_no_checksum_line_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"go.sum": "hello\nworld\n"})


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from(["a/b", "v1.2.3", "h1:x", "\n", "/", "v1"])).map(" ".join).map(str.encode)
)
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"go.sum": data})
