# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Python's specifiers (PEP 440): `~=1.4.2`, `==1.2.*`, `!=1.3`, `>=1,<2`; also Poetry's `^1.2`, `~1.2` and `||`."""

import re

from paddock.engine.versions.intervals import EVERYTHING, Bound, Interval, InvalidRange, intersection, of_bound
from paddock.engine.versions.order import Order
from paddock.engine.versions.orders import pep440
from paddock.engine.versions.ranges.clause import MAX_DIGITS, Clause, alternatives

_SPECIFIER = re.compile(r"\s*(~=|===|==|!=|<=|>=|<|>|\^|~|=|)\s*([^\s,;()]+)\s*")
_LOCALS_END = b"\x06"
"""Above the marks with which local versions begin, see `orders/pep440.py`."""


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a range. Raises InvalidRange."""
    return [_alternative(part, order) for part in alternatives(text)]


def _alternative(text: str, order: Order) -> Clause:
    bounds: list[Bound] = []
    sets: list[tuple[Interval, ...]] = []
    for part in re.split(r",|(?<=[0-9a-z*])\s+(?=[<>=!~^])", text.strip().removeprefix("(").removesuffix(")")):
        if not part.strip() or part.strip() == "*":
            continue
        found = _SPECIFIER.fullmatch(part)
        if found is None:
            raise InvalidRange(f"{part.strip()!r} is no version specifier")
        for bound, intervals in _specifier(found[1], found[2], order):
            bounds.append(bound)
            sets.append(intervals)
    return Clause(tuple(bounds), intersection(sets) if sets else EVERYTHING)


def _specifier(operator: str, version: str, order: Order) -> list[tuple[Bound, tuple[Interval, ...]]]:
    if operator in {"~=", "^", "~"}:
        return _compatible(operator, version, order)
    if version.endswith(".*"):
        if operator not in {"==", "!=", "=", ""}:
            raise InvalidRange(f"'*' goes with == and != only, not with {operator!r}")
        epoch, numbers = _numbers(version[:-2])
        bound = Bound("!=" if operator == "!=" else "=", version)
        low, high = (_first_of(epoch, part, order) for part in (numbers, _bumped(numbers)))
        return [(bound, of_bound(bound, low, high))]
    if not order.admits(version):
        raise InvalidRange(f"{version!r} is no version that a range could name")
    bound = Bound({"==": "=", "===": "=", "": "="}.get(operator, operator), version)
    key = order.key(version)
    above = _above_locals(key, version)
    if operator == "<" and not pep440.is_prerelease(version) and pep440.parts(version):
        return [(bound, of_bound(bound, order.key(f"{version.partition('+')[0]}.dev0")))]
    if operator == ">" and pep440.may_have_posts(version):
        # Neither the post-releases nor the local versions of the version itself are later than it.
        return [(bound, of_bound(bound, key, order.key(f"{version.partition('+')[0]}.post{'9' * MAX_DIGITS}")))]
    return [(bound, of_bound(bound, key, above))]


def _compatible(operator: str, version: str, order: Order) -> list[tuple[Bound, tuple[Interval, ...]]]:
    epoch, numbers = _numbers(version)
    if operator == "~=":
        if len(numbers) < 2:
            raise InvalidRange(f"~={version} needs at least two numbers")
        kept = numbers[:-1]
    elif operator == "~":
        kept = numbers[:2]
    else:
        kept = numbers[: next((index for index, number in enumerate(numbers) if number), len(numbers) - 1) + 1]
    until = _bumped(kept)
    lower = Bound(">=", version)
    upper = Bound("<", (f"{epoch}!" if epoch else "") + ".".join(map(str, until)))
    return [
        (lower, of_bound(lower, order.key(version))),
        (upper, of_bound(upper, _first_of(epoch, until, order))),
    ]


def _numbers(version: str) -> tuple[int, tuple[int, ...]]:
    found = pep440.parts(version)
    if found is None:
        raise InvalidRange(f"{version!r} is no version by PEP 440")
    return found


def _bumped(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return (*numbers[:-1], numbers[-1] + 1)


def _first_of(epoch: int, numbers: tuple[int, ...], order: Order) -> bytes:
    return order.key(f"{epoch}!{'.'.join(map(str, numbers))}.dev0")


def _above_locals(key: bytes, version: str) -> bytes | None:
    """A version without local part stands for all its local versions."""
    return None if "+" in version or not pep440.parts(version) else key[:-1] + _LOCALS_END
