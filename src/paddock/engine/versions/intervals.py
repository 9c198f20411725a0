# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Sets of versions as intervals of sort keys: what every range, of records and of packages, comes down to.

A database finds the ranges that hold a version by `low <= key < high`; here the same is done in memory.
"""

from collections.abc import Iterable, Sequence

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.versions.keys import HIGHEST, LOWEST, successor

OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})


class InvalidRange(EngineError):
    """The text is no range in the ecosystem's syntax."""


class Bound(msgspec.Struct, frozen=True):
    """One comparison: operator (=, !=, <, <=, >, >=) and version."""

    operator: str
    version: str

    def __str__(self) -> str:
        return self.version if self.operator == "=" else f"{self.operator}{self.version}"


class Interval(msgspec.Struct, frozen=True):
    """Versions from `low` on and below `high`, as sort keys; since and until: the same in versions, where bounded."""

    low: bytes
    high: bytes
    since: Bound | None = None
    until: Bound | None = None

    @property
    def fixed(self) -> str:
        """The version that ends the interval and is not in it, "" where there is none."""
        return self.until.version if self.until and self.until.operator == "<" else ""

    def __contains__(self, key: bytes) -> bool:
        return self.low <= key < self.high


EVERYTHING = (Interval(LOWEST, HIGHEST),)


def of_bound(bound: Bound, low: bytes, high: bytes | None = None) -> tuple[Interval, ...]:
    """The intervals of one comparison with a version whose key is `low`.

    high: where other versions count as the same one (the releases of a version, the builds of another), the lowest key
    above all of them.
    """
    above = successor(low) if high is None else high
    before, after = Interval(LOWEST, low, None, bound), Interval(above, HIGHEST, bound, None)
    match bound.operator:
        case "=":
            return (Interval(low, above, bound, bound),)
        case "!=":
            return (
                Interval(LOWEST, low, None, Bound("<", bound.version)),
                Interval(above, HIGHEST, Bound(">", bound.version), None),
            )
        case "<":
            return (before,)
        case "<=":
            return (Interval(LOWEST, above, None, bound),)
        case ">":
            return (after,)
        case ">=":
            return (Interval(low, HIGHEST, bound, None),)
    raise InvalidRange(f"{bound.operator!r} is no comparison")


def intersection(sets: Iterable[Sequence[Interval]]) -> tuple[Interval, ...]:
    """What is in every one of the sets; everything where there is none."""
    result: Sequence[Interval] = EVERYTHING
    for other in sets:
        result = _both(result, other)
    return tuple(result)


def union(sets: Iterable[Sequence[Interval]]) -> tuple[Interval, ...]:
    """What is in any of the sets, in order, overlapping and adjoining intervals joined."""
    merged: list[Interval] = []
    for interval in sorted((found for one in sets for found in one), key=lambda found: (found.low, found.high)):
        if interval.low >= interval.high:
            continue
        if merged and interval.low <= merged[-1].high:
            if interval.high > merged[-1].high:
                merged[-1] = Interval(merged[-1].low, interval.high, merged[-1].since, interval.until)
        else:
            merged.append(interval)
    return tuple(merged)


def _both(first: Sequence[Interval], second: Sequence[Interval]) -> list[Interval]:
    """Two ordered sets of disjoint intervals walked side by side."""
    found = []
    one = other = 0
    while one < len(first) and other < len(second):
        a, b = first[one], second[other]
        later, earlier = (a if a.low >= b.low else b), (a if a.high <= b.high else b)
        if later.low < earlier.high:
            found.append(Interval(later.low, earlier.high, later.since, earlier.until))
        if a.high <= b.high:
            one += 1
        else:
            other += 1
    return found
