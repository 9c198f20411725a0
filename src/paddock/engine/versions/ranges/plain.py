# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Comparisons as advisories write them for any ecosystem: `>= 1.2, < 2`, `||` between alternatives, `*` for all."""

from paddock.engine.versions.intervals import EVERYTHING
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges.clause import Clause, alternatives, checked, comparisons


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a range; versions alone, with commas between, are alternatives too. Raises InvalidRange."""
    return [one for part in alternatives(text) for one in _alternative(part, order)]


def _alternative(text: str, order: Order) -> list[Clause]:
    if text in {"*", ""}:
        return [Clause((), EVERYTHING)]
    bounds = comparisons(text)
    if all(bound.operator == "=" for bound in bounds):
        return [checked(order, [bound]) for bound in bounds]
    return [checked(order, bounds)]
