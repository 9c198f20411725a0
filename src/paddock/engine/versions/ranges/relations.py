# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Relations of distributions: Debian's `(>= 1.2), (<< 2)`, RPM's `>= 1:2.3-4`, Alpine's `>=1.2` and `~1.2`.

For RPM, a version without release stands for all its releases.
"""

import re

from paddock.engine.versions.intervals import EVERYTHING, Bound, Interval, InvalidRange, intersection, of_bound
from paddock.engine.versions.order import Order
from paddock.engine.versions.orders import alpine, rpm
from paddock.engine.versions.ranges.clause import Clause, alternatives, checked, comparisons

_NAME = re.compile(r"\A\s*[0-9A-Za-z][0-9A-Za-z.+_-]*\s*(?=[(<>=~])")


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a relation; a package name before it does not count. Raises InvalidRange."""
    return [_alternative(part, order) for part in alternatives(text)]


def _alternative(text: str, order: Order) -> Clause:
    plain = _NAME.sub("", text).replace("(", " ").replace(")", " ").strip()
    if plain in {"", "*"}:
        return Clause((), EVERYTHING)
    if order.key is alpine.key and plain.startswith("~"):
        return _fuzzy(plain.lstrip("~ "))
    bounds = comparisons(plain)
    if order.key is not rpm.key:
        return checked(order, bounds)
    return Clause(tuple(bounds), intersection(_of_all_releases(bound, order) for bound in bounds))


def _of_all_releases(bound: Bound, order: Order) -> tuple[Interval, ...]:
    key = order.key(bound.version)
    return of_bound(bound, key, None if "-" in bound.version else rpm.above_releases(key))


def _fuzzy(version: str) -> Clause:
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)*", version):
        raise InvalidRange(f"{version!r} is no row of numbers")
    low, high = alpine.beginning_with(version)
    bound = Bound("=", f"{version}*")
    return Clause((bound,), (Interval(low, high, bound, bound),))
