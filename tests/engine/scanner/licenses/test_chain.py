# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Chains of common runs: the best one of all there are, at a cost that follows the runs near each other."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses import chain
from paddock.engine.scanner.licenses.chain import Block, Chains

BLOCKS = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(3, 40)), max_size=9).map(
    lambda blocks: sorted(set(blocks))
)


def value(blocks: tuple[Block, ...]) -> float | None:
    """What a chain is worth, written down plainly; None where two neighbours cannot follow each other."""
    total = float(blocks[0][2])
    for (start, rule_start, length), (other, rule_other, size) in pairwise(blocks):
        gap, rule_gap = other - start - length, rule_other - rule_start - length
        shared = max(0, -gap, -rule_gap)
        if other <= start or rule_other <= rule_start or shared >= size or gap > 200 or rule_gap > 320:
            return None
        total += size - shared - 0.02 * abs(gap - rule_gap)
    return total


def worth(blocks: tuple[Block, ...]) -> int:
    return sum(length for _, _, length in blocks)


@given(BLOCKS)
def test_no_chain_is_better(blocks) -> None:
    chains = [one for size in range(1, len(blocks) + 1) for one in combinations(blocks, size)]
    best = max((found for one in chains if (found := value(one)) is not None), default=0.0)
    found = Chains().best(blocks)
    # The gaps of the chain found are at least what was taken off.
    assert (worth(found) >= best - 1e-6) if blocks else found == ()


@given(BLOCKS)
def test_few_and_many_blocks_are_linked_alike(blocks) -> None:
    if blocks:
        few, many = chain._link_few(tuple(blocks)), chain._link(tuple(blocks))
        assert few == many


def test_runs_far_from_each_other_are_never_compared(monkeypatch) -> None:
    """A hundred times as many copies of a text cost a hundred times as much, not ten thousand times."""
    sizes: list[int] = []
    link_few, link = chain._link_few, chain._link
    monkeypatch.setattr(chain, "_link_few", lambda blocks: sizes.append(len(blocks)) or link_few(blocks))
    monkeypatch.setattr(chain, "_link", lambda blocks: sizes.append(len(blocks)) or link(blocks))
    copies = [(1_000 * copy + 30 * run, 30 * run, 20) for copy in range(100) for run in range(4)]
    assert Chains().best(copies) == tuple(copies[:4])
    assert sizes == [4] * 100


def test_what_was_worked_out_is_not_worked_out_again(monkeypatch) -> None:
    calls: list[int] = []
    link_few = chain._link_few
    monkeypatch.setattr(chain, "_link_few", lambda blocks: calls.append(len(blocks)) or link_few(blocks))
    copies = [(1_000 * copy + 30 * run, 30 * run, 20) for copy in range(20) for run in range(3)]
    chains = Chains()
    for first in range(20):
        assert chains.best(copies[3 * first :]) == tuple(copies[3 * first : 3 * first + 3])
    assert calls == [3] * 20
