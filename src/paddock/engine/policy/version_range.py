# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Simple version ranges of configuration files, compared only where that is certain.

Written as `>=1.2, <2` or, as ORT and Ivy do, `[1.2,2.0[`, `]1.0,2.0]`, `[1.0,)`, `1.+`. Versions of digits and dots are
compared; for any other version the answer is "could not tell", never a guess.
"""

import re
from functools import lru_cache

import msgspec

from paddock.engine.model.errors import EngineError

_COMPARISON = re.compile(r"\s*(>=|<=|==|!=|=|>|<)?\s*([A-Za-z0-9][^\s,<>=!]*)\s*(?:,|\Z|(?=[<>=!]))")
_INTERVAL = re.compile(r"\s*([\[\](])\s*([^,\[\]()]*?)\s*,\s*([^,\[\]()]*?)\s*([\[\])])\s*\Z")
_NUMERIC = re.compile(r"v?(\d{1,18}(?:\.\d{1,18})*)\Z")


class InvalidRange(EngineError):
    """The text is no version range."""


class Bound(msgspec.Struct, frozen=True):
    """One comparison: operator (>=, <=, >, <, =, !=) and version."""

    operator: str
    version: str


class VersionRange(msgspec.Struct, frozen=True):
    """All bounds hold; no bounds mean every version."""

    bounds: tuple[Bound, ...] = ()

    def contains(self, version: str) -> bool | None:
        """Whether the version lies in the range; None when that cannot be told (no version, letters in it)."""
        answers = [_holds(bound, version) for bound in self.bounds]
        if False in answers:
            return False
        return None if None in answers else True


@lru_cache(maxsize=4_096)
def parse_range(text: str) -> VersionRange:
    """Read a range. Raises InvalidRange with an example of what is understood."""
    if interval := _INTERVAL.match(text):
        opening, low, high, closing = interval.groups()
        bounds = []
        if low:
            bounds.append(Bound(">=" if opening == "[" else ">", low))
        if high:
            bounds.append(Bound("<=" if closing == "]" else "<", high))
        return VersionRange(tuple(bounds))
    if text.endswith(".+"):
        low = text[:-2]
        numbers = _numbers(low)
        if numbers is not None:
            following = ".".join(str(number) for number in (*numbers[:-1], numbers[-1] + 1))
            return VersionRange((Bound(">=", low), Bound("<", following)))
    found: list[Bound] = []
    position = 0
    while position < len(text.rstrip()):
        comparison = _COMPARISON.match(text, position)
        if comparison is None:
            raise InvalidRange(f"{text!r} is no version range; write it like '>=1.2, <2' or '[1.2,2.0['")
        operator = comparison.group(1) or "="
        found.append(Bound("=" if operator == "==" else operator, comparison.group(2)))
        position = comparison.end()
    return VersionRange(tuple(found))


def _holds(bound: Bound, version: str) -> bool | None:
    if bound.operator in {"=", "!="} and bound.version == version:
        return bound.operator == "="
    ours, theirs = _numbers(version), _numbers(bound.version)
    if ours is None or theirs is None:
        # Equality of texts is certain, inequality of numbers and words too.
        return None if bound.operator not in {"=", "!="} else bound.operator == "!="
    ours, theirs = _padded(ours, len(theirs)), _padded(theirs, len(ours))
    return {
        ">=": ours >= theirs,
        "<=": ours <= theirs,
        ">": ours > theirs,
        "<": ours < theirs,
        "=": ours == theirs,
        "!=": ours != theirs,
    }[bound.operator]


def _numbers(version: str) -> tuple[int, ...] | None:
    found = _NUMERIC.match(version)
    return tuple(int(part) for part in found.group(1).split(".")) if found else None


def _padded(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return numbers + (0,) * (length - len(numbers))
