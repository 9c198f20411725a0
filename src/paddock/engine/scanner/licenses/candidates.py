# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which rules a region of a file resembles: by shared grams, rarest first, then by shared words."""

from collections import Counter

import msgspec
import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.grams import GRAM, gram_hashes
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.quality import minimum_coverage, minimum_lengths

MAX_ALIGNED = 10
_MAX_COMPARED = 80
_MAX_POSTINGS = 1_000_000
"""Entries of gram lists that are looked at for one region: the bound on the work."""
_FEWEST_SHARED, _LEAST_PART, _ENOUGH_SHARED = 2, 0.2, 12
"""Grams that a rule must share with a region: so many, and this part of its own up to that number."""
_HIGH_RESEMBLANCE = 0.8
_MOST = 0.7
_SAME = 2
"""How many rules of one expression are aligned that share as many words with a region as each other."""

Numbers = npt.NDArray[np.uint16]
Rules = npt.NDArray[np.int64]


class _Candidate(msgspec.Struct, order=True):
    """Compared field by field, the most telling first."""

    is_alike: bool
    containment: float
    resemblance: float
    length: float
    exact_containment: float
    exact_resemblance: float
    rule: int


def find_candidates(numbers: Numbers, index: Index, *, only_alike: bool = False, longer_than: int = 0) -> list[int]:
    """At most MAX_ALIGNED rules that a region may contain, the most alike first.

    only_alike: only those that the region as a whole is. longer_than: only rules with more words, most of them here.
    """
    rules = _by_grams(numbers, index)
    counts = np.bincount(numbers, minlength=len(index.is_legal)).astype(np.int32)
    region_length = len(numbers)
    candidates = []
    for rule in rules[index.lengths[rules] > longer_than].tolist():
        candidate = _compare(rule, counts, region_length, index)
        if candidate is None or (longer_than and candidate.exact_containment < _MOST):
            continue
        if candidate.is_alike or not only_alike:
            candidates.append(candidate)
    candidates.sort(reverse=True)
    return [candidate.rule for candidate in _different(candidates, index)[:MAX_ALIGNED]]


def _different(candidates: list[_Candidate], index: Index) -> list[_Candidate]:
    """Without those of which _SAME are there already: a text that lies in the data in ten copies, which differ in the
    names of its owners, would take the places of all others.
    """
    seen: Counter[tuple[str, float, float]] = Counter()
    kept = []
    for one in candidates:
        same = (index.expression(one.rule), one.exact_containment, one.exact_resemblance)
        seen[same] += 1
        if seen[same] <= _SAME:
            kept.append(one)
    return kept


def _by_grams(numbers: Numbers, index: Index) -> Rules:
    """Rules that share enough grams with the region, at most _MAX_COMPARED."""
    hashes = (np.unique(gram_hashes(numbers)) >> np.uint64(32)).astype(np.uint32)
    rows = np.searchsorted(index.gram_hashes, hashes)
    rows = np.minimum(rows, len(index.gram_hashes) - 1)
    rows = np.unique(rows[index.gram_hashes[rows] == hashes])
    starts = index.gram_starts[rows].astype(np.int64)
    sizes = index.gram_starts[rows + 1].astype(np.int64) - starts
    order = np.argsort(sizes, kind="stable")
    order = order[np.cumsum(sizes[order]) <= _MAX_POSTINGS]
    starts, sizes = starts[order], sizes[order]
    total = int(sizes.sum())
    if total == 0:
        return np.empty(0, np.int64)
    places = np.arange(total) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(starts, sizes)
    shared = np.bincount(index.gram_rules[places], minlength=len(index.lengths))
    rules = np.flatnonzero(shared >= _FEWEST_SHARED)
    grams = np.maximum(1, index.lengths[rules] - GRAM + 1)
    rules = rules[shared[rules] >= np.minimum(_LEAST_PART * grams, _ENOUGH_SHARED)]
    grams = np.maximum(1, index.lengths[rules] - GRAM + 1)
    score = shared[rules] / grams * np.sqrt(shared[rules])
    return rules[np.argsort(-score, kind="stable")[:_MAX_COMPARED]]


def _compare(rule: int, counts: npt.NDArray[np.int32], region_length: int, index: Index) -> _Candidate | None:
    """How much a rule's words, repeated ones counted, are among the region's; None when too few are."""
    words, repeats = np.unique(index.rule_words(rule), return_counts=True)
    common = np.minimum(repeats, counts[words])
    matched = int(common.sum())
    legal = int(common[index.is_legal[words]].sum())
    least, least_legal = minimum_lengths(index, rule)
    if matched < least or legal < least_legal:
        return None
    length = int(index.lengths[rule])
    containment = matched / length
    if 100 * containment < minimum_coverage(index, rule):
        return None
    resemblance = matched / (length + region_length - matched)
    return _Candidate(
        is_alike=round(resemblance, 1) >= _HIGH_RESEMBLANCE,
        containment=round(containment, 1),
        resemblance=round(resemblance**2, 1),
        length=round(matched / 20, 1),
        exact_containment=containment,
        exact_resemblance=resemblance**2,
        rule=rule,
    )
