# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Aligns a region of a file with a rule: the longest chain of common runs, the small gaps between them filled."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.chain import Block, Chains
from paddock.engine.scanner.licenses.grams import gram_hashes
from paddock.engine.scanner.licenses.stretches import common_runs

_SEED = 3
"""Words in the common runs that a chain is made of."""
_MANY_BLOCKS, _LONG, _MOST = 150, 8, 0.6
_MAX_BLOCKS = 400
_MAX_PAIRS = 400_000
_MAX_GAP = 80
"""Words of the longest stretch in which single common words are looked for."""
_MAX_COPIES = 8
_REMEMBERED_STRETCHES = 4_096
_WIDTH = 2
"""Bytes of a word number."""

Numbers = npt.NDArray[np.uint16]
Legal = npt.NDArray[np.bool_]


class Region:
    """The words of a region, with what alignments with many rules need of it, worked out once.

    is_legal: by word number.
    """

    def __init__(self, numbers: Numbers, is_legal: Legal) -> None:
        self.words = numbers.tobytes()
        self.legal_before: list[int] = [0, *np.cumsum(is_legal[numbers]).tolist()]
        grams = gram_hashes(numbers, _SEED)
        self._order = np.argsort(grams, kind="stable")
        self._grams = grams[self._order]

    def is_telling(self, block: Block) -> bool:
        """Whether a block holds a legal word."""
        return self.legal_before[block[0] + block[2]] > self.legal_before[block[0]]

    def runs_in_common(self, rule: Numbers) -> list[Block]:
        """Maximal common runs of at least _SEED words, the longest _MAX_BLOCKS of them, in order of the region."""
        theirs = gram_hashes(rule, _SEED)
        if not len(self._grams) or not len(theirs):
            return []
        first = np.searchsorted(self._grams, theirs, "left")
        known = np.flatnonzero(self._grams[np.minimum(first, len(self._grams) - 1)] == theirs)
        first = first[known]
        counts = np.searchsorted(self._grams, theirs[known], "right") - first
        total = int(counts.sum())
        if not 0 < total <= _MAX_PAIRS:
            return []
        in_rule = np.repeat(known, counts)
        in_region = self._order[np.arange(total) + np.repeat(first - (np.cumsum(counts) - counts), counts)]
        # Pairs in order of their diagonal, then of the region, by sorting one number for each.
        pairs = np.sort(((in_region - in_rule + len(rule)) << 32) | in_region)
        firsts = np.concatenate([[0], np.flatnonzero(np.diff(pairs) != 1) + 1])
        lengths = np.diff(firsts, append=total) + _SEED - 1
        starts = pairs[firsts]
        if len(firsts) > _MAX_BLOCKS:
            longest = np.argsort(-lengths, kind="stable")[:_MAX_BLOCKS]
            starts, lengths = starts[longest], lengths[longest]
        positions = starts & ((1 << 32) - 1)
        rule_positions = positions - (starts >> 32) + len(rule)
        return sorted(zip(positions.tolist(), rule_positions.tolist(), lengths.tolist(), strict=True))


def align(region: Region, rule: Numbers) -> list[list[Block]]:
    """Every place of the region that goes along with the rule, each as blocks in order in both; the fullest first.

    Common runs without a legal word count for nothing: everyday words agree everywhere.
    """
    blocks = _long_enough([block for block in region.runs_in_common(rule) if region.is_telling(block)], len(rule))
    rule_words = rule.tobytes() if blocks else b""
    chains = Chains()
    found: list[list[Block]] = []
    pending = [blocks]
    while pending and len(found) < _MAX_COPIES:
        rest = pending.pop()
        chain = chains.best(rest)
        if not chain:
            continue
        filled = [block for block in _fill(chain, region.words, rule_words) if region.is_telling(block)]
        found.append(filled)
        start, end = filled[0][0], filled[-1][0] + filled[-1][2]
        pending.append([block for block in rest if block[0] + block[2] <= start])
        pending.append([block for block in rest if block[0] >= end])
    return found


def _long_enough(blocks: list[Block], rule_length: int) -> list[Block]:
    """Only the long runs where there are very many, if these make up most of the rule: the gaps are filled anyway."""
    if len(blocks) <= _MANY_BLOCKS:
        return blocks
    long = [block for block in blocks if block[2] >= _LONG]
    return long if sum(block[2] for block in long) >= _MOST * rule_length else blocks


def _fill(chain: Sequence[Block], region: bytes, rule: bytes) -> list[Block]:
    """The chain with single common words in its gaps and right before and behind it. Texts are of 16-bit numbers."""
    first, last = chain[0], chain[-1]
    reach = min(_MAX_GAP, first[1] * 2, first[0])
    filled = _between(region, rule, (first[0] - reach, first[0]), (max(0, first[1] - _MAX_GAP), first[1]))
    for block, following in zip(chain, [*chain[1:], None], strict=True):
        filled.append(block)
        end, rule_end = block[0] + block[2], block[1] + block[2]
        if following is not None:
            filled.extend(_between(region, rule, (end, following[0]), (rule_end, following[1])))
    end, rule_end = last[0] + last[2], last[1] + last[2]
    left = len(rule) // _WIDTH - rule_end
    reach = min(_MAX_GAP, left * 2)
    filled.extend(
        _between(
            region, rule, (end, min(len(region) // _WIDTH, end + reach)), (rule_end, rule_end + min(left, _MAX_GAP))
        )
    )
    return filled


def _between(region: bytes, rule: bytes, here: tuple[int, int], there: tuple[int, int]) -> list[Block]:
    """Common words of two short stretches, in order."""
    if (
        here[0] >= here[1]
        or there[0] >= there[1]
        or here[1] - here[0] > _MAX_GAP * 2
        or there[1] - there[0] > _MAX_GAP * 4
    ):
        return []
    runs = _runs(region[here[0] * _WIDTH : here[1] * _WIDTH], rule[there[0] * _WIDTH : there[1] * _WIDTH])
    return [(here[0] + position, there[0] + other, length) for position, other, length in runs]


@lru_cache(maxsize=_REMEMBERED_STRETCHES)
def _runs(first: bytes, second: bytes) -> list[Block]:
    """The rules that a region is like are like each other, so that the same stretches are compared again and again."""
    return common_runs(memoryview(first).cast("H").tolist(), memoryview(second).cast("H").tolist())
