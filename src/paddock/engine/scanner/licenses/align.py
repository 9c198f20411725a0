# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Aligns a region of a file with a rule: the longest chain of common runs, the small gaps between them filled."""

from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.grams import gram_hashes

_SEED = 3
"""Words in the common runs that a chain is made of."""
_MANY_BLOCKS, _LONG, _MOST = 150, 8, 0.6
_MAX_BLOCKS = 400
_MAX_PAIRS = 400_000
_MAX_GAP = 80
"""Words of the longest stretch in which single common words are looked for."""
_MAX_JUMP, _MAX_RULE_JUMP = 200, 320
"""Words between two common runs, in the file and in the rule, over which a chain may go on."""
_MAX_COPIES = 8

Numbers = npt.NDArray[np.uint16]
Legal = npt.NDArray[np.bool_]
Block = tuple[int, int, int]
"""(position in the region, position in the rule, words)."""


def align(region: Numbers, rule: Numbers, is_legal: Legal) -> list[list[Block]]:
    """Every place of the region that goes along with the rule, each as blocks in order in both; the fullest first.

    is_legal: by word number. Common runs without a legal word count for nothing: everyday words agree everywhere.
    """
    legal_before = np.concatenate([[0], np.cumsum(is_legal[region])]).tolist()
    blocks = _long_enough(_telling(_common_runs(region, rule), legal_before), len(rule))
    found: list[list[Block]] = []
    pending = [blocks]
    while pending and len(found) < _MAX_COPIES:
        rest = pending.pop()
        chain = _best_chain(rest)
        if not chain:
            continue
        filled = _telling(_fill(chain, region, rule), legal_before)
        found.append(filled)
        start, end = filled[0][0], filled[-1][0] + filled[-1][2]
        pending.append([block for block in rest if block[0] + block[2] <= start])
        pending.append([block for block in rest if block[0] >= end])
    return found


def _telling(blocks: list[Block], legal_before: list[int]) -> list[Block]:
    """The blocks that hold a legal word."""
    return [block for block in blocks if legal_before[block[0] + block[2]] > legal_before[block[0]]]


def _long_enough(blocks: list[Block], rule_length: int) -> list[Block]:
    """Only the long runs where there are very many, if these make up most of the rule: the gaps are filled anyway."""
    if len(blocks) <= _MANY_BLOCKS:
        return blocks
    long = [block for block in blocks if block[2] >= _LONG]
    return long if sum(block[2] for block in long) >= _MOST * rule_length else blocks


def _common_runs(region: Numbers, rule: Numbers) -> list[Block]:
    """Maximal common runs of at least _SEED words, the longest _MAX_BLOCKS of them, in order of the region."""
    ours, theirs = gram_hashes(region, _SEED), gram_hashes(rule, _SEED)
    if not len(ours) or not len(theirs):
        return []
    order = np.argsort(theirs, kind="stable")
    first = np.searchsorted(theirs[order], ours, "left")
    counts = np.searchsorted(theirs[order], ours, "right") - first
    total = int(counts.sum())
    if not 0 < total <= _MAX_PAIRS:
        return []
    in_region = np.repeat(np.arange(len(ours)), counts)
    rows = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    in_rule = order[rows]
    diagonal = in_region - in_rule
    by_diagonal = np.lexsort((in_region, diagonal))
    diagonal, in_region, in_rule = diagonal[by_diagonal], in_region[by_diagonal], in_rule[by_diagonal]
    breaks = np.flatnonzero((np.diff(diagonal) != 0) | (np.diff(in_region) != 1)) + 1
    firsts = np.concatenate([[0], breaks])
    lengths = np.diff(np.concatenate([firsts, [total]])) + _SEED - 1
    longest = np.sort(np.argsort(-lengths, kind="stable")[:_MAX_BLOCKS])
    blocks = zip(
        in_region[firsts][longest].tolist(), in_rule[firsts][longest].tolist(), lengths[longest].tolist(), strict=True
    )
    return sorted(blocks)


def _best_chain(blocks: list[Block]) -> list[Block]:
    """The chain of blocks, rising in region and rule, with the most words (dynamic programming over blocks).

    Where the next block begins inside the last one, what both have counts once.
    """
    if not blocks:
        return []
    starts, rule_starts, lengths = (np.array(column, dtype=np.int64) for column in zip(*blocks, strict=True))
    best = lengths.astype(np.float64)
    previous = np.full(len(blocks), -1)
    for current in range(1, len(blocks)):
        gap = starts[current] - (starts[:current] + lengths[:current])
        rule_gap = rule_starts[current] - (rule_starts[:current] + lengths[:current])
        shared = np.maximum(0, np.maximum(-gap, -rule_gap))
        rises = (starts[current] > starts[:current]) & (rule_starts[current] > rule_starts[:current])
        usable = rises & (shared < lengths[current]) & (gap <= _MAX_JUMP) & (rule_gap <= _MAX_RULE_JUMP)
        if not usable.any():
            continue
        gain = best[:current] + lengths[current] - shared - 0.02 * np.abs(gap - rule_gap)
        gain[~usable] = -1
        winner = int(gain.argmax())
        if gain[winner] > best[current]:
            best[current] = gain[winner]
            previous[current] = winner
    position = int(best.argmax())
    chain = []
    while position >= 0:
        chain.append(blocks[position])
        position = int(previous[position])
    return _disjoint(chain[::-1])


def _disjoint(chain: list[Block]) -> list[Block]:
    """The chain with what two neighbours share taken from the later one."""
    kept: list[Block] = []
    for start, rule_start, length in chain:
        if kept:
            before = kept[-1]
            shared = max(0, before[0] + before[2] - start, before[1] + before[2] - rule_start)
            start, rule_start, length = start + shared, rule_start + shared, length - shared
        if length > 0:
            kept.append((start, rule_start, length))
    return kept


def _fill(chain: list[Block], region: Numbers, rule: Numbers) -> list[Block]:
    """The chain with single common words in its gaps and right before and behind it."""
    first, last = chain[0], chain[-1]
    reach = min(_MAX_GAP, first[1] * 2, first[0])
    filled = _between(region, rule, (first[0] - reach, first[0]), (max(0, first[1] - _MAX_GAP), first[1]))
    for block, following in zip(chain, [*chain[1:], None], strict=True):
        filled.append(block)
        end, rule_end = block[0] + block[2], block[1] + block[2]
        if following is not None:
            filled.extend(_between(region, rule, (end, following[0]), (rule_end, following[1])))
    end, rule_end = last[0] + last[2], last[1] + last[2]
    left = len(rule) - rule_end
    reach = min(_MAX_GAP, left * 2)
    filled.extend(
        _between(region, rule, (end, min(len(region), end + reach)), (rule_end, rule_end + min(left, _MAX_GAP)))
    )
    return filled


def _between(region: Numbers, rule: Numbers, here: tuple[int, int], there: tuple[int, int]) -> list[Block]:
    """Common words of two short stretches, in order."""
    if (
        here[0] >= here[1]
        or there[0] >= there[1]
        or here[1] - here[0] > _MAX_GAP * 2
        or there[1] - there[0] > _MAX_GAP * 4
    ):
        return []
    ours, theirs = region[here[0] : here[1]].tolist(), rule[there[0] : there[1]].tolist()
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [
        (here[0] + block.a, there[0] + block.b, block.size) for block in matcher.get_matching_blocks() if block.size
    ]
