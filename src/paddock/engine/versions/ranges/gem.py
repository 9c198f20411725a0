# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""RubyGems' requirements: `~> 2.0.8`, `>= 1.2, < 3`, `!= 1.5`; also with `||` between alternatives."""

import re

from paddock.engine.versions.intervals import EVERYTHING, Bound, Interval, InvalidRange, intersection, of_bound
from paddock.engine.versions.order import Order
from paddock.engine.versions.orders import gem
from paddock.engine.versions.ranges.clause import MAX_DIGITS, Clause, alternatives

_REQUIREMENT = re.compile(r"\s*(~>|>=|<=|!=|==|=|>|<|)\s*([0-9][0-9A-Za-z.-]*)\s*(?:,|\Z|(?<=\s)|(?=[<>=!~]))")


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a range. Raises InvalidRange."""
    return [_alternative(part, order) for part in alternatives(text)]


def _alternative(text: str, order: Order) -> Clause:
    bounds: list[Bound] = []
    sets: list[tuple[Interval, ...]] = []
    position = 0
    while position < len(text) and text != "*":
        found = _REQUIREMENT.match(text, position)
        if found is None:
            raise InvalidRange(f"{text!r} is no requirement; write it like '~> 2.0, >= 2.0.8'")
        position = found.end()
        operator, version = found[1], found[2]
        lower = Bound({"~>": ">=", "==": "=", "": "="}.get(operator, operator), version)
        bounds.append(lower)
        sets.append(of_bound(lower, order.key(version)))
        if operator == "~>":
            upper = Bound("<", _bumped(version))
            bounds.append(upper)
            # `~>` leaves out the pre-releases of its upper end.
            sets.append(of_bound(upper, gem.lowest_prerelease(upper.version)))
    return Clause(tuple(bounds), intersection(sets) if sets else EVERYTHING)


def _bumped(version: str) -> str:
    """As `Gem::Version#bump`: without pre-release and last number, the number before that one higher."""
    numbers: list[str] = []
    for part in re.findall("[0-9]+|[A-Za-z]+", version):
        if part.isalpha():
            break
        numbers.append(part)
    if len(numbers) > 1:
        numbers.pop()
    if len(numbers[-1]) > MAX_DIGITS:
        raise InvalidRange("a number in the range has too many digits")
    return ".".join([*numbers[:-1], str(int(numbers[-1]) + 1)])
