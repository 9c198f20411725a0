# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ranges of Dart and Julia: Pub's `^1.2.3` and `>=1.0.0 <2.0.0`, Julia's `1.2, 2` and `~1.2`, commas meaning "or"."""

from paddock.engine.versions.intervals import EVERYTHING, Bound
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges import npm
from paddock.engine.versions.ranges.clause import Clause, clause, comparisons, partial


def parse(text: str, order: Order) -> list[Clause]:
    """Pub's constraints: an upper end without pre-release leaves out its own pre-releases. Raises InvalidRange."""
    stripped = text.strip()
    if stripped in {"any", ""}:
        return [Clause((), EVERYTHING)]
    if stripped.startswith("^"):
        return npm.parse(stripped, order)
    bounds = comparisons(stripped)
    prerelease = any("-" in bound.version for bound in bounds if bound.operator in {">", ">="})
    return [clause(order, [bound if prerelease else _without_prereleases(bound) for bound in bounds])]


def parse_julia(text: str, order: Order) -> list[Clause]:
    """Entries of Julia's `[compat]`: carets unless they say otherwise. Raises InvalidRange."""
    return [clause for part in text.split(",") for clause in npm.parse_cargo(part.strip(), order)]


def _without_prereleases(bound: Bound) -> Bound:
    if bound.operator != "<" or "-" in bound.version:
        return bound
    return Bound("<", partial(bound.version).text + "-0")
