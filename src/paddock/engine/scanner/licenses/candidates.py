# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which rules a region of a file resembles: by shared grams, rarest first, then by shared words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.grams import GRAM, gram_hashes
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.quality import minima

MAX_ALIGNED = 10
_MAX_COMPARED = 80
_MAX_POSTINGS = 1_000_000
"""Entries of gram lists that are looked at for one region: the bound on the work."""
_FEWEST_SHARED, _LEAST_PART, _ENOUGH_SHARED = 2, 0.2, 12
"""Grams that a rule must share with a region: so many, and this part of its own up to that number."""
_HIGH_RESEMBLANCE = 0.8
_MOST = 0.7
_REMEMBERED_BAGS = 4_096
"""Rules whose words are kept counted: the same rules are candidates again and again."""
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


class _Bag(msgspec.Struct, frozen=True):
    """The different words of a rule and how often each occurs."""

    words: Numbers
    repeats: npt.NDArray[np.int32]


def find_candidates(numbers: Numbers, index: Index, *, only_alike: bool = False, longer_than: int = 0) -> list[int]:
    """At most MAX_ALIGNED rules that a region may contain, the most alike first.

    only_alike: only those that the region as a whole is. longer_than: only rules with more words, most of them here.
    """
    rules = _by_grams(numbers, index)
    candidates = []
    for candidate in _compare(rules[index.lengths[rules] > longer_than], numbers, index):
        if longer_than and candidate.exact_containment < _MOST:
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
    grams = gram_hashes(numbers)
    hashes = np.sort((grams[index.may_have_gram(grams)] >> np.uint64(32)).astype(np.uint32))
    if not len(hashes):
        return np.empty(0, np.int64)
    hashes = hashes[np.concatenate([[True], hashes[1:] != hashes[:-1]])]
    rows = np.searchsorted(index.gram_hashes, hashes)
    rows = np.minimum(rows, len(index.gram_hashes) - 1)
    rows = rows[index.gram_hashes[rows] == hashes]
    starts = index.gram_starts[rows].astype(np.int64)
    sizes = index.gram_starts[rows + 1].astype(np.int64) - starts
    order = np.argsort(sizes, kind="stable")
    order = order[np.cumsum(sizes[order]) <= _MAX_POSTINGS]
    starts, sizes = starts[order], sizes[order]
    total = int(sizes.sum())
    if total == 0:
        return np.empty(0, np.int64)
    places = np.arange(total) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    shared = np.bincount(index.gram_rules[places], minlength=len(index.lengths))
    rules = np.flatnonzero(shared >= _FEWEST_SHARED)
    shared = shared[rules]
    own = np.maximum(1, index.lengths[rules] - GRAM + 1)
    enough = shared >= np.minimum(_LEAST_PART * own, _ENOUGH_SHARED)
    rules, shared, own = rules[enough], shared[enough], own[enough]
    score = shared / own * np.sqrt(shared)
    return rules[np.argsort(-score, kind="stable")[:_MAX_COMPARED]]


def _compare(rules: Rules, numbers: Numbers, index: Index) -> Iterator[_Candidate]:
    """How much of the words of rules, repeated ones counted, are among a region's; those that have too few left out."""
    if not len(rules):
        return
    bags = _bags(rules.tolist(), index)
    words = np.concatenate([bag.words for bag in bags])
    counts = np.bincount(numbers, minlength=len(index.is_legal))
    common = np.minimum(counts[words], np.concatenate([bag.repeats for bag in bags]))
    starts = np.cumsum([0, *(len(bag.words) for bag in bags[:-1])])
    matched = np.add.reduceat(common, starts)
    legal = np.add.reduceat(common * index.is_legal[words], starts)
    lengths = index.lengths[rules].astype(np.int64)
    containments = matched / lengths
    resemblances = matched / (lengths + len(numbers) - matched)
    least = minima(index)
    is_enough = (
        (matched >= least.words[rules])
        & (legal >= least.legal_words[rules])
        & (100 * containments >= least.coverages[rules])
    )
    columns = (column[is_enough].tolist() for column in (rules, matched, containments, resemblances))
    for rule, count, containment, resemblance in zip(*columns, strict=True):
        yield _Candidate(
            is_alike=round(resemblance, 1) >= _HIGH_RESEMBLANCE,
            containment=round(containment, 1),
            resemblance=round(resemblance**2, 1),
            length=round(count / 20, 1),
            exact_containment=containment,
            exact_resemblance=resemblance**2,
            rule=rule,
        )


def _bags(rules: Sequence[int], index: Index) -> list[_Bag]:
    known = _known_bags(index)
    missing = [rule for rule in rules if rule not in known]
    if len(known) + len(missing) > _REMEMBERED_BAGS:
        known.clear()
        missing = list(rules)
    if missing:
        known.update(zip(missing, _count([index.rule_words(rule) for rule in missing]), strict=True))
    return [known[rule] for rule in rules]


@lru_cache(maxsize=2)
def _known_bags(_index: Index) -> dict[int, _Bag]:
    return {}


def _count(texts: Sequence[Numbers]) -> Iterator[_Bag]:
    """The words of every text, counted for all of them by sorting one array."""
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(text) for text in texts])
    keys = np.sort((owners << np.uint32(16)) | np.concatenate(texts))
    firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    repeats = np.diff(firsts, append=len(keys)).astype(np.int32)
    words = keys[firsts].astype(np.uint16)
    cuts = np.searchsorted(keys[firsts] >> np.uint32(16), np.arange(len(texts) + 1))
    for start, end in pairwise(cuts.tolist()):
        yield _Bag(words[start:end].copy(), repeats[start:end].copy())
