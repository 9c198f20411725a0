# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The bar of a release's licences: how much of it stands under which."""

from collections.abc import Sequence
from dataclasses import dataclass

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
"""Can be told apart with every kind of colour vision (Okabe and Ito, 2008)."""
REST = "#8a8f98"
WIDTH = 1000
"""Units that the whole bar is wide."""


@dataclass(frozen=True, slots=True)
class Share:
    """One part of the bar. license: "" for none known; is_rest: all the rarer licences together.

    percent: of all components. start and width: in the bar, of WIDTH.
    """

    license: str
    is_rest: bool
    count: int
    percent: float
    start: int
    width: int
    colour: str


def license_shares(counts: Sequence[tuple[str, int]]) -> list[Share]:
    """The parts of the bar from (licence, components), the commonest first; those beyond the colours become one."""
    ranked = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    shown = [(license, count, False, colour) for (license, count), colour in zip(ranked, COLOURS, strict=False)]
    rest = sum(count for _license, count in ranked[len(COLOURS) :])
    if rest:
        shown.append(("", rest, True, REST))
    total = sum(count for _license, count in ranked)
    shares: list[Share] = []
    before = 0
    for license, count, is_rest, colour in shown:
        start, end = before * WIDTH // total, (before + count) * WIDTH // total
        shares.append(Share(license, is_rest, count, 100 * count / total, start, end - start, colour))
        before += count
    return shares
