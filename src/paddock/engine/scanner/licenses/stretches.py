# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Common words of two short stretches of text, in order.

The longest common run first, then the same before and behind it (Ratcliff and Metzener, "Pattern Matching: The Gestalt
Approach", Dr. Dobb's Journal, July 1988), with the answers of Python's difflib and a fraction of its cost: most
stretches have hardly a word in common, and only these words are looked at.
"""

from collections.abc import Sequence

Run = tuple[int, int, int]
"""(position in the first, position in the second, words)."""
_Hits = list[tuple[int, list[int]]]


def common_runs(first: Sequence[int], second: Sequence[int]) -> list[Run]:
    """Runs of words that both have, rising in both; of runs of one length the first, in `first`, then in `second`."""
    in_first = set(first)
    places: dict[int, list[int]] = {}
    for position, word in enumerate(second):
        if word in in_first:
            places.setdefault(word, []).append(position)
    if not places:
        return []
    hits = [(position, places[word]) for position, word in enumerate(first) if word in places]
    found: list[Run] = []
    pending = [(hits, 0, len(second))]
    while pending:
        here, low, high = pending.pop()
        position, other, length = _longest(here, low, high)
        if not length:
            continue
        found.append((position, other, length))
        if low < other:
            pending.append(([hit for hit in here if hit[0] < position], low, other))
        if other + length < high:
            pending.append(([hit for hit in here if hit[0] >= position + length], other + length, high))
    return _joined(sorted(found))


def _longest(hits: _Hits, low: int, high: int) -> Run:
    """The longest run among words of the first that the second has, between two of its positions."""
    best = (0, 0, 0)
    lengths: dict[int, int] = {}
    last = -2
    for position, others in hits:
        before = lengths if position == last + 1 else {}
        lengths = {}
        last = position
        for other in others:
            if other < low:
                continue
            if other >= high:
                break
            length = lengths[other] = before.get(other - 1, 0) + 1
            if length > best[2]:
                best = (position - length + 1, other - length + 1, length)
    return best


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Runs that follow each other in both as one."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before is not None and before[0] + before[2] == run[0] and before[1] + before[2] == run[1]:
            joined[-1] = (before[0], before[1], before[2] + run[2])
        else:
            joined.append(run)
    return joined
