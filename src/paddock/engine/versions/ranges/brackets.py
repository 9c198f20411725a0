# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Intervals in brackets: Maven's `[1.0,2.0)`, `(,1.0],[1.2,)`, Gradle's and Ivy's `[1.0,2.0[` and `1.+`, NuGet's `1.*`.

A bare version is that version, but NuGet's means "at least". (Maven's is a recommendation that its resolution may
overrule; nothing else can be said of it.)
"""

import re

from paddock.engine.versions.intervals import EVERYTHING, Bound, InvalidRange
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges.clause import MAX_DIGITS, Clause, checked, comparisons

_INTERVAL = re.compile(r"\s*([\[\](])([^\[\](),]*)(?:(,)([^\[\](),]*))?([\[\])])\s*(?:,|\Z)")
_FLOATING = re.compile(r"((?:[0-9]+\.)*)(?:\+|\*)(-\*)?|(\*)-\*")


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a Maven, Gradle or Ivy range. Raises InvalidRange."""
    return [_clause(order, bounds) for bounds in read(text)]


def parse_nuget(text: str, order: Order) -> list[Clause]:
    """The alternatives of a NuGet range. Raises InvalidRange."""
    return [_clause(order, bounds) for bounds in read(text, bare=">=")]


def read(text: str, bare: str = "=") -> list[list[Bound]]:
    """The alternatives of a range as bounds, whatever order they are compared by. Raises InvalidRange.

    bare: what a version without brackets and comparison means.
    """
    stripped = text.strip()
    if stripped[:1] not in {"[", "]", "("}:
        return [_without_brackets(stripped, bare)]
    found = []
    position = 0
    while position < len(stripped):
        interval = _INTERVAL.match(stripped, position)
        if interval is None:
            raise InvalidRange(f"{text!r} is no range; write it like '[1.2,2.0)'")
        found.append(_bounds(*(part or "" for part in interval.groups())))
        position = interval.end()
    return found


def _clause(order: Order, bounds: list[Bound]) -> Clause:
    return checked(order, bounds) if bounds else Clause((), EVERYTHING)


def _bounds(opening: str, low: str, comma: str, high: str, closing: str) -> list[Bound]:
    low, high = low.strip(), high.strip()
    if not comma:
        if opening != "[" or closing != "]" or not low:
            raise InvalidRange("one version alone stands in square brackets, like '[1.2]'")
        return [Bound("=", low)]
    bounds = []
    if low:
        bounds.append(Bound(">=" if opening == "[" else ">", low))
    if high:
        bounds.append(Bound("<=" if closing == "]" else "<", high))
    return bounds


def _without_brackets(text: str, bare: str) -> list[Bound]:
    floating = _FLOATING.fullmatch(text)
    if floating is None:
        bounds = comparisons(text)
        alone = len(bounds) == 1 and bounds[0].version == text
        return [Bound(bare, text)] if alone else bounds
    numbers = [part for part in (floating[1] or "").split(".") if part]
    if not numbers:
        return []
    if len(numbers[-1]) > MAX_DIGITS:
        raise InvalidRange("a number in the range has too many digits")
    following = ".".join([*numbers[:-1], str(int(numbers[-1]) + 1)])
    return [Bound(">=", ".".join(numbers)), Bound("<", following)]
