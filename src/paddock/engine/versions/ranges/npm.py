# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""npm's ranges (node-semver): `^1.2.3`, `~1.2`, `1.x`, `1.2 - 2.3`, `>=1 <2 || 3`.

Also Cargo's, whose bare version is a caret and whose comparisons are separated by commas.
"""

import re

from paddock.engine.versions.intervals import EVERYTHING, Bound, InvalidRange
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges.clause import Clause, Partial, alternatives, clause, partial

_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")
_SPACED = re.compile(r"(?<=[<>=~^])\s+")
_COMPARATOR = re.compile(r"(\^|~>|~|>=|<=|=>|=<|==|>|<|=|)(.*)", re.DOTALL)


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a range. Raises InvalidRange."""
    return [_alternative(part, order, "=") for part in alternatives(text)]


def parse_cargo(text: str, order: Order) -> list[Clause]:
    """The one alternative of a Cargo requirement. Raises InvalidRange."""
    return [_alternative(text, order, "^")]


def _alternative(text: str, order: Order, bare: str) -> Clause:
    hyphen = _HYPHEN.fullmatch(text)
    if hyphen:
        return clause(order, [Bound(">=", partial(hyphen[1]).text), *_up_to(partial(hyphen[2]))])
    bounds: list[Bound] = []
    for part in _SPACED.sub("", text.replace(",", " ")).split():
        found = _COMPARATOR.fullmatch(part)
        if found is None:
            raise InvalidRange(f"{text!r} is no range")
        version = found[2].removeprefix("=")
        operator = found[1] or (bare if "*" not in version else "=")
        bounds += _bounds(operator, partial(version))
    return clause(order, bounds) if bounds else Clause((), EVERYTHING)


def _bounds(operator: str, version: Partial) -> list[Bound]:
    given = len(version.numbers)
    match operator:
        case "^":
            return _caret(version)
        case "~" | "~>":
            return [Bound(">=", version.text), Bound("<", version.above(min(1, given - 1)))] if given else []
        case ">=" | "=>":
            return [Bound(">=", version.text)] if given else []
        case "<=" | "=<":
            return _up_to(version)
        case ">":
            if not given:
                return [Bound("<", "0.0.0-0")]
            return [Bound(">", version.text) if given == 3 else Bound(">=", version.next_release(given - 1))]
        case "<":
            return [Bound("<", version.text if given == 3 else version.text + "-0")]
    if given == 3:
        return [Bound("=", version.text)]
    return [Bound(">=", version.text), Bound("<", version.above(given - 1))] if given else []


def _up_to(version: Partial) -> list[Bound]:
    given = len(version.numbers)
    if not given:
        return []
    return [Bound("<=", version.text) if given == 3 else Bound("<", version.above(given - 1))]


def _caret(version: Partial) -> list[Bound]:
    """Up to the next change of the first number that is not 0, among those given."""
    if not version.numbers:
        return []
    last = len(version.numbers) - 1
    index = next((index for index, number in enumerate(version.numbers) if number), last)
    return [Bound(">=", version.text), Bound("<", version.above(index))]
