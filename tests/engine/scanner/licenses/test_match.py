# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ranges of words: what they have in common, and what a match says of itself."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses.match import APPROXIMATE, EXACT, HASH, TAG, Match, common_length, join_spans
from tests.engine.scanner.licenses.indexes import make_index, match_of, query_of, rule

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=8).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


def positions(spans) -> set[int]:
    return {position for start, end in spans for position in range(start, end)}


@given(SPANS)
def test_joined_ranges_are_disjoint_ascending_and_cover_the_same(spans) -> None:
    joined = join_spans(spans)
    assert positions(joined) == positions(spans)
    assert all(before[1] < behind[0] for before, behind in pairwise(joined))


@given(SPANS, SPANS)
def test_common_length_is_that_of_the_sets(first, second) -> None:
    ours, theirs = join_spans(first), join_spans(second)
    assert common_length(ours, theirs) == len(positions(ours) & positions(theirs))


@given(SPANS.filter(bool), SPANS.filter(bool))
def test_containment_and_overlap_of_matches_are_those_of_their_words(first, second) -> None:
    index = make_index(rule("zaffre yonder xebec wherry vellum"))
    query = query_of("zaffre " * 40, index)
    ours, theirs = (Match(query, 0, join_spans(spans), join_spans(spans), APPROXIMATE) for spans in (first, second))
    assert ours.overlap(theirs) == theirs.overlap(ours) == len(positions(first) & positions(second))
    assert ours.contains(theirs) == (positions(second) <= positions(first))
    assert ours.length == len(positions(first))
    if ours.contains(theirs):
        assert ours.surrounds(theirs)


def test_a_match_knows_its_rule() -> None:
    index = make_index(
        rule("zaffre yonder foo bar", "meadow AND brook", "two.RULE", relevance=70, referenced_files=("A", "B"))
    )
    query = query_of("intro zaffre yonder foo bar", index)
    match = match_of(query, "two", 1, 3, rule_start=1)
    assert (match.expression, match.relevance, match.referenced_files) == ("meadow AND brook", 70, ("A", "B"))
    assert (match.coverage, match.length, match.legal) == (50.0, 2, 1)
    assert not match.is_false_positive


@pytest.mark.parametrize(("surer", "less_sure"), [(HASH, TAG), (TAG, EXACT), (EXACT, APPROXIMATE)])
def test_the_surest_method_comes_first(surer, less_sure) -> None:
    index = make_index(rule("zaffre yonder"))
    query = query_of("zaffre yonder", index)
    first, second = (match_of(query, "meadow", 0, 2, matcher=matcher) for matcher in (surer, less_sure))
    assert first.order < second.order
