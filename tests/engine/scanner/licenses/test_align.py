# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Alignments of a text with a rule: the same words, in order in both, as many as there are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses.align import Region, align
from paddock.engine.scanner.licenses.chain import Block

ALL_LEGAL = np.ones(1_000, dtype=np.bool_)
SEQUENCES = st.lists(st.integers(0, 6), max_size=60)


def aligned(region, rule, legal=ALL_LEGAL) -> list[list[Block]]:
    return align(Region(np.array(region, dtype=np.uint16), legal), np.array(rule, dtype=np.uint16))


def covered(blocks: list[Block]) -> int:
    return sum(length for _, _, length in blocks)


@given(SEQUENCES, SEQUENCES)
def test_blocks_agree_word_by_word_and_rise_in_text_and_rule(region, rule) -> None:
    for blocks in aligned(region, rule):
        for start, rule_start, length in blocks:
            assert length > 0
            assert region[start : start + length] == rule[rule_start : rule_start + length]
        for before, behind in pairwise(blocks):
            assert before[0] + before[2] <= behind[0]
            assert before[1] + before[2] <= behind[1]


def test_a_copy_is_one_block() -> None:
    rule = list(range(50))
    assert aligned([900, *rule, 901], rule) == [[(1, 0, 50)]]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda rule: [*rule[:20], 900, *rule[21:]], 1),
        (lambda rule: [*rule[:20], 900, 901, 902, *rule[20:]], 0),
        (lambda rule: [*rule[:20], *rule[30:]], 10),
        (lambda rule: [*rule[:10], 900, *rule[11:40], 901, *rule[42:]], 3),
        (lambda rule: rule[5:], 5),
        (lambda rule: rule[:-5], 5),
    ],
)
def test_changed_added_and_lost_words_cost_themselves_and_no_more(change, missing) -> None:
    rule = list(range(60))
    (blocks,) = aligned([*range(700, 720), *change(rule), *range(720, 740)], rule)
    assert covered(blocks) == 60 - missing


def test_single_words_between_two_runs_are_taken_along() -> None:
    rule = list(range(30))
    region = [*rule[:10], 900, rule[12], 901, *rule[15:]]
    (blocks,) = aligned(region, rule)
    assert (11, 12, 1) in blocks


def test_several_copies_are_several_alignments() -> None:
    rule = list(range(40))
    gap = list(range(500, 700))
    found = aligned([*rule, *gap, *rule[:-2], *gap, *rule], rule)
    assert sorted(blocks[0][0] for blocks in found) == [0, 240, 478]
    assert [covered(blocks) for blocks in found] == sorted((covered(blocks) for blocks in found), reverse=True)


def test_parts_far_from_each_other_are_no_alignment() -> None:
    rule = list(range(40))
    found = aligned([*rule[:20], *range(100, 700), *rule[20:]], rule)
    assert sorted((blocks[0][0], covered(blocks)) for blocks in found) == [(0, 20), (620, 20)]


def test_everyday_words_in_common_are_no_alignment() -> None:
    legal = np.zeros(1_000, dtype=np.bool_)
    rule = list(range(40))
    assert aligned(rule, rule, legal) == []
    legal[7] = True
    assert [covered(blocks) for blocks in aligned(rule, rule, legal)] == [40]


@pytest.mark.parametrize(
    ("region", "rule"), [([], [1, 2, 3]), ([1, 2, 3], []), ([1, 2], [1, 2]), ([1, 2, 3], [4, 5, 6])]
)
def test_nothing_in_common_is_no_alignment(region, rule) -> None:
    assert aligned(region, rule) == []


def test_repetition_is_given_up_and_not_worked_through() -> None:
    """A million pairs of equal runs would have to be chained; a text of one word in a circle is no licence."""
    assert aligned([1] * 20_000, [1] * 2_000) == []


def test_the_words_of_a_region_are_sorted_once_for_all_rules(monkeypatch) -> None:
    sizes: list[int] = []
    argsort = np.argsort
    monkeypatch.setattr(np, "argsort", lambda array, **options: sizes.append(len(array)) or argsort(array, **options))
    region = Region(np.arange(10_000, dtype=np.uint16) % 900, ALL_LEGAL)
    for start in range(20):
        align(region, np.arange(start, start + 50, dtype=np.uint16))
    assert [size for size in sizes if size > 5_000] == [9_998]
