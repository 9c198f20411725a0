# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Common words of short stretches: the answers of difflib."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses.stretches import common_runs

SEQUENCES = st.lists(st.integers(0, 4), max_size=25)


@given(SEQUENCES, SEQUENCES)
def test_the_answers_are_those_of_difflib(first, second) -> None:
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    assert common_runs(first, second) == [tuple(block) for block in blocks if block.size]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([], [1], []),
        ([1, 2], [3, 4], []),
        ([9, 1], [1, 8], [(1, 0, 1)]),
        ([1, 2, 3], [1, 2, 3], [(0, 0, 3)]),
        ([1, 9, 2], [1, 8, 2], [(0, 0, 1), (2, 2, 1)]),
    ],
)
def test_few_words(first, second, expected) -> None:
    assert common_runs(first, second) == expected
