# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Conan's ranges: `[>=1.0 <2.0]`, `~1.2`, `^1.2`, `>1 <2.0 || ^3.2`, with `, include_prerelease`.

As Conan does, `>=` and `<` count from the lowest pre-release of their version on.
"""

import re

from paddock.engine.versions.intervals import Bound, Interval, InvalidRange, intersection, of_bound
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges.clause import MAX_DIGITS, Clause, alternatives

_CONDITION = re.compile(r"(>=|<=|>|<|\^|~|=|)(\S+)")


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a range. Raises InvalidRange."""
    expression, _, options = text.strip().removeprefix("[").removesuffix("]").partition(",")
    if options.strip() and not re.match(r"[a-z]", options.strip()):
        # Not Conan's: advisories put commas between comparisons.
        expression = f"{expression} {options.replace(',', ' ')}"
    return [_alternative(part, order) for part in alternatives(expression)]


def includes_prereleases(text: str) -> bool:
    """Whether the range itself asks for pre-releases."""
    return "include_prerelease" in text


def _alternative(text: str, order: Order) -> Clause:
    bounds: list[Bound] = []
    sets: list[tuple[Interval, ...]] = []
    for part in re.sub(r"(?<=[<>=~^])\s+", "", text).split() or ["*"]:
        found = _CONDITION.fullmatch(">=0.0.0" if part in {"*", "*-"} else part)
        if found is None:
            raise InvalidRange(f"{text!r} is no range; write it like '>=1.0 <2.0'")
        for operator, version in _conditions(found[1], found[2]):
            shown = version if operator == "<" and found[1] in {"~", "^"} else version.removesuffix("-")
            bounds.append(Bound(operator, shown))
            sets.append(of_bound(bounds[-1], order.key(version)))
    return Clause(tuple(bounds), intersection(sets))


def _conditions(operator: str, version: str) -> list[tuple[str, str]]:
    """Comparisons with the versions that are compared, their pre-releases included where Conan does so."""
    if operator in {"~", "^"}:
        numbers = [int(part) for part in re.findall(r"(?:\A|\.)([0-9]+)(?=[.+-]|\Z)", version[:MAX_DIGITS])]
        if not numbers:
            raise InvalidRange(f"{version!r} is no version that a range could name")
        if operator == "~":
            index = min(1, len(numbers) - 1)
        else:
            index = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
        upper = ".".join(map(str, [*numbers[:index], numbers[index] + 1]))
        return [(">=", _from_prereleases(version)), ("<", f"{upper}-")]
    return [(operator or "=", _from_prereleases(version) if operator in {">=", "<"} else version)]


def _from_prereleases(version: str) -> str:
    return version if "-" in version or "+" in version else f"{version}-"
