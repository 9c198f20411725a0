# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Hashes of word sequences: four-word grams, and any range of a text at constant cost.

A sequence w0 … wk has the hash Σ value(wi) · Bⁱ modulo 2⁶⁴, with an odd B, so that B has an inverse and the hash of a
range follows from two prefix sums (Rabin and Karp, "Efficient randomized pattern-matching algorithms", IBM Journal of
Research and Development 31:2, 1987). Equal hashes are a strong hint only; who needs certainty compares the words.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

GRAM = 4
"""Words in a gram."""

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint16]

_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
_INVERSE = pow(_BASE, -1, _MODULUS)
_ROWS = 1 << 12


@lru_cache(maxsize=1)
def _values() -> Hashes:
    """A fixed 64-bit number for every word number, well mixed (the finaliser of SplitMix64)."""
    state = (np.arange(1 << 16, dtype=np.uint64) + np.uint64(1)) * np.uint64(_BASE)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


def _powers(base: int, count: int) -> Hashes:
    """base⁰ … base^(count-1), row by row, each the first row times one number, because numpy has no fast power."""
    row = _first_row(base)
    if count <= _ROWS:
        return row[:count]
    step = pow(base, _ROWS, _MODULUS)
    starts = [1]
    while len(starts) * _ROWS < count:
        starts.append(starts[-1] * step % _MODULUS)
    return (np.array(starts, dtype=np.uint64)[:, None] * row[None, :]).reshape(-1)[:count]


@lru_cache(maxsize=2)
def _first_row(base: int) -> Hashes:
    row = [1]
    for _ in range(_ROWS - 1):
        row.append(row[-1] * base % _MODULUS)
    return np.array(row, dtype=np.uint64)


def gram_hashes(numbers: Numbers, size: int = GRAM) -> Hashes:
    """(n - size + 1,) hashes of every run of `size` words; empty for shorter texts."""
    return all_gram_hashes(numbers, size)[size - 1]


def all_gram_hashes(numbers: Numbers, largest: int = GRAM) -> list[Hashes]:
    """The hashes of every run of one word, of two, … of `largest`; each an array as long as there are such runs."""
    values = _values()[numbers]
    found = [values]
    for size in range(2, largest + 1):
        count = max(0, len(numbers) - size + 1)
        further = values[size - 1 : size - 1 + count] * np.uint64(pow(_BASE, size - 1, _MODULUS))
        found.append(found[-1][:count] + further)
    return found


class RangeHashes:
    """The hash of any range of a text, after one pass over it. Holds 16 bytes a word."""

    def __init__(self, numbers: Numbers) -> None:
        count = len(numbers)
        self._prefix = np.zeros(count + 1, dtype=np.uint64)
        np.cumsum(_values()[numbers] * _powers(_BASE, count), out=self._prefix[1:])
        self._inverse = _powers(_INVERSE, count)

    def at(self, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> Hashes:
        """The hashes of the ranges [start, start + length), which must lie inside the text."""
        found: Hashes = (self._prefix[starts + lengths] - self._prefix[starts]) * self._inverse[starts]
        return found


def whole_hash(numbers: Numbers) -> int:
    """The hash of a whole sequence, equal to that of any range with the same words."""
    if len(numbers) == 0:
        return 0
    return int((_values()[numbers] * _powers(_BASE, len(numbers))).sum(dtype=np.uint64))
