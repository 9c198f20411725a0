# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The chain of common runs, rising in a text and in a rule, that has the most words.

Runs that lie too far apart for any chain fall into groups, each of which is worked through by itself and once: a text
of many notices has runs in common with a rule all over, and few of them anywhere near each other.
"""

from collections.abc import Iterator, Sequence

import numpy as np

Block = tuple[int, int, int]
"""(position in the region, position in the rule, words)."""
Chain = tuple[float, tuple[Block, ...]]
"""(value: its words, less a little for each word by which its gaps differ; the blocks without what two share)."""

_MAX_JUMP, _MAX_RULE_JUMP = 200, 320
"""Words between two common runs, in the file and in the rule, over which a chain may go on."""
_FEW = 14
"""Blocks up to which numbers one by one are faster than arrays."""
_NOTHING: Chain = (0.0, ())


class Chains:
    """The best chains of the blocks of one region and one rule. Remembers what was worked out for a group."""

    def __init__(self) -> None:
        self._known: dict[tuple[Block, ...], Chain] = {}

    def best(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Of blocks in order of the region, the best chain; of several equally good ones the first."""
        best = _NOTHING
        for group in _groups(blocks):
            found = self._known.get(group)
            if found is None:
                found = self._known[group] = _best_chain(group)
            if found[0] > best[0]:
                best = found
        return best[1]


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Blocks in order, cut where the next one is out of reach of all before it."""
    first, end = 0, 0
    for position, (start, _, length) in enumerate(blocks):
        if start - end > _MAX_JUMP and position > first:
            yield tuple(blocks[first:position])
            first = position
        end = max(end, start + length)
    if len(blocks) > first:
        yield tuple(blocks[first:])


def _best_chain(blocks: tuple[Block, ...]) -> Chain:
    """By dynamic programming over the blocks. Where one begins inside the last one, what both have counts once."""
    if len(blocks) == 1:
        return float(blocks[0][2]), blocks
    best, previous = (_link_few if len(blocks) <= _FEW else _link)(blocks)
    value = max(best)
    position = best.index(value)
    chain = []
    while position >= 0:
        chain.append(blocks[position])
        position = previous[position]
    return value, _disjoint(chain[::-1])


def _link_few(blocks: tuple[Block, ...]) -> tuple[list[float], list[int]]:
    """Of each block the value of the best chain that ends with it, and the block before it in there, or -1."""
    best = [float(length) for _, _, length in blocks]
    previous = [-1] * len(blocks)
    for current in range(1, len(blocks)):
        start, rule_start, length = blocks[current]
        for before in range(current):
            other, rule_other, size = blocks[before]
            gap, rule_gap = start - other - size, rule_start - rule_other - size
            shared = max(0, -gap, -rule_gap)
            if (
                start > other
                and rule_start > rule_other
                and shared < length
                and gap <= _MAX_JUMP
                and rule_gap <= _MAX_RULE_JUMP
            ):
                gain = best[before] + length - shared - 0.02 * abs(gap - rule_gap)
                if gain > best[current]:
                    best[current] = gain
                    previous[current] = before
    return best, previous


def _link(blocks: tuple[Block, ...]) -> tuple[list[float], list[int]]:
    """The same as `_link_few`, with everything that does not depend on other links worked out at once.

    Pairs of blocks are only those of which the later one is not out of reach of all up to the earlier one.
    """
    starts, rule_starts, lengths = (np.array(column, dtype=np.int64) for column in zip(*blocks, strict=True))
    numbers = np.arange(len(blocks))
    ends, rule_ends = starts + lengths, rule_starts + lengths
    lows = np.minimum(np.searchsorted(np.maximum.accumulate(ends), starts - _MAX_JUMP), numbers)
    counts = numbers - lows
    cuts = np.concatenate([[0], np.cumsum(counts)])
    later = np.repeat(numbers, counts)
    earlier = np.arange(len(later)) - np.repeat(cuts[:-1] - lows, counts)
    gaps = starts[later] - ends[earlier]
    rule_gaps = rule_starts[later] - rule_ends[earlier]
    shared = np.maximum(0, np.maximum(-gaps, -rule_gaps))
    usable = (starts[later] > starts[earlier]) & (rule_starts[later] > rule_starts[earlier])
    usable &= (shared < lengths[later]) & (gaps <= _MAX_JUMP) & (rule_gaps <= _MAX_RULE_JUMP)
    cost = np.where(usable, 0.02 * np.abs(gaps - rule_gaps), np.inf)
    best = lengths.astype(np.float64)
    previous = [-1] * len(blocks)
    for current in np.flatnonzero(np.bincount(later, usable, len(blocks))).tolist():
        low, pairs = lows[current], slice(cuts[current], cuts[current + 1])
        gain = best[low:current] + lengths[current] - shared[pairs] - cost[pairs]
        winner = int(gain.argmax())
        if gain[winner] > best[current]:
            best[current] = gain[winner]
            previous[current] = int(low) + winner
    return best.tolist(), previous


def _disjoint(chain: Sequence[Block]) -> tuple[Block, ...]:
    """The chain with what two neighbours share taken from the later one."""
    kept: list[Block] = []
    for start, rule_start, length in chain:
        if kept:
            before = kept[-1]
            shared = max(0, before[0] + before[2] - start, before[1] + before[2] - rule_start)
            start, rule_start, length = start + shared, rule_start + shared, length - shared
        if length > 0:
            kept.append((start, rule_start, length))
    return tuple(kept)
