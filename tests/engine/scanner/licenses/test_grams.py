# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Hashes of word sequences: the same words have the same hash, wherever they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses import grams
from paddock.engine.scanner.licenses.grams import GRAM, RangeHashes, all_gram_hashes, gram_hashes, whole_hash

NUMBERS = st.lists(st.integers(0, 5), max_size=40).map(lambda numbers: np.array(numbers, dtype=np.uint16))


def hash_of(hashes: RangeHashes, start: int, length: int) -> int:
    return int(hashes.at(np.array([start]), np.array([length]))[0])


@given(NUMBERS, st.data())
def test_any_range_has_the_hash_of_its_words(numbers, data) -> None:
    start = data.draw(st.integers(0, len(numbers)))
    length = data.draw(st.integers(0, len(numbers) - start))
    if start < len(numbers):
        assert hash_of(RangeHashes(numbers), start, length) == whole_hash(numbers[start : start + length])


@given(NUMBERS)
def test_grams_of_every_size_are_hashes_of_ranges(numbers) -> None:
    for size, hashes in enumerate(all_gram_hashes(numbers), 1):
        assert hashes.tolist() == [whole_hash(numbers[at : at + size]) for at in range(len(numbers) - size + 1)]
        assert hashes.tolist() == gram_hashes(numbers, size).tolist()


@given(NUMBERS, NUMBERS)
def test_different_words_have_different_hashes(first, second) -> None:
    assert (whole_hash(first) == whole_hash(second)) == (first.tolist() == second.tolist())


@pytest.mark.parametrize("count", range(GRAM))
def test_a_text_shorter_than_a_gram_has_none(count) -> None:
    assert len(gram_hashes(np.zeros(count, dtype=np.uint16))) == 0


def test_ranges_of_long_texts_are_right_where_the_powers_come_from_several_rows(monkeypatch) -> None:
    numbers = np.arange(200, dtype=np.uint16) % 7
    expected = RangeHashes(numbers).at(np.arange(150), np.full(150, 50))
    grams._first_row.cache_clear()
    monkeypatch.setattr(grams, "_ROWS", 16)
    assert (RangeHashes(numbers).at(np.arange(150), np.full(150, 50)) == expected).all()
    grams._first_row.cache_clear()
