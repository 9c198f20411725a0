# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every syntax is read into, and the pieces that syntaxes share."""

import re
from collections.abc import Callable, Iterable

import msgspec

from paddock.engine.versions.intervals import Bound, Interval, InvalidRange, intersection, of_bound
from paddock.engine.versions.order import Order

MAX_LENGTH = 20_000
"""Characters of a range; more is no range that anybody wrote."""

MAX_DIGITS = 100

Parse = Callable[[str, Order], list["Clause"]]

_COMPARISON = re.compile(r"(>=|<=|<>|!==?|===?|>>|<<|=<|=>|=|>|<|)\s*([0-9A-Za-z][^\s<>=!,|]*)")
_SAME = {"": "=", "==": "=", "===": "=", "!==": "!=", "<>": "!=", "<<": "<", ">>": ">", "=<": "<=", "=>": ">="}
_PARTIAL = re.compile(
    r"[vV]?([0-9]+|[xX*])(?:\.([0-9]+|[xX*]))?(?:\.([0-9]+|[xX*]))?(?:-?([0-9A-Za-z*][0-9A-Za-z.*-]*))?(?:\+[0-9A-Za-z.-]*)?"
)


class Clause(msgspec.Struct, frozen=True):
    """One alternative of a range: comparisons that all hold, and the intervals that they come down to."""

    bounds: tuple[Bound, ...]
    intervals: tuple[Interval, ...]


class Partial(msgspec.Struct, frozen=True):
    """A version of which not all numbers need be given: `1.2`, `1.x`. prerelease: "" for none."""

    numbers: tuple[int, ...]
    prerelease: str = ""

    @property
    def text(self) -> str:
        """The lowest version that it stands for, with three numbers."""
        return self._joined(self.numbers) + (f"-{self.prerelease}" if self.prerelease else "")

    def above(self, index: int) -> str:
        """The lowest pre-release after all versions that agree in the numbers up to and including `index`."""
        return self.next_release(index) + "-0"

    def next_release(self, index: int) -> str:
        """The version with the number at `index` one higher and zeros after it."""
        return self._joined((*self.numbers[:index], self.numbers[index] + 1))

    @staticmethod
    def _joined(numbers: tuple[int, ...]) -> str:
        return ".".join(str(number) for number in (*numbers, 0, 0, 0)[:3])


def checked(order: Order, bounds: Iterable[Bound]) -> Clause:
    """A clause of plain comparisons whose versions must be versions. Raises InvalidRange."""
    kept = list(bounds)
    for bound in kept:
        if not order.admits(bound.version):
            raise InvalidRange(f"{bound.version!r} is no version that a range could name")
    return clause(order, kept)


def clause(order: Order, bounds: Iterable[Bound]) -> Clause:
    """A clause of plain comparisons."""
    kept = tuple(bounds)
    return Clause(kept, intersection(of_bound(bound, order.key(bound.version)) for bound in kept))


def partial(text: str) -> Partial:
    """Read a version that may lack numbers or have `x` or `*` for them. Raises InvalidRange."""
    found = _PARTIAL.fullmatch(text)
    if found is None:
        raise InvalidRange(f"{text!r} is no version that a range could name")
    numbers: list[int] = []
    for part in found.groups()[:3]:
        if part is None or not part.isdecimal():
            break
        if len(part) > MAX_DIGITS:
            raise InvalidRange("a number in the range has too many digits")
        numbers.append(int(part))
    return Partial(tuple(numbers), (found[4] or "") if len(numbers) == 3 else "")


def comparisons(text: str) -> list[Bound]:
    """Comparisons one after another, commas and spaces between them not counting. Raises InvalidRange."""
    bounds = []
    position = 0
    stripped = text.strip().strip(",").strip()
    while position < len(stripped):
        found = _COMPARISON.match(stripped, position)
        if found is None:
            raise InvalidRange(f"{text!r} is no version range; write it like '>=1.2, <2'")
        bounds.append(Bound(_SAME.get(found[1], found[1]), found[2]))
        position = found.end()
        while position < len(stripped) and stripped[position] in ", \t\r\n":
            position += 1
    return bounds


def alternatives(text: str) -> list[str]:
    """The parts between `||`."""
    return [part.strip() for part in text.split("||")]
