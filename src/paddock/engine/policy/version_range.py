# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Version ranges of configuration files: one syntax for all ecosystems, compared by the order of each component's own.

Written as `>=1.2, <2` or, as ORT and Ivy do, `[1.2,2.0[`, `]1.0,2.0]`, `[1.0,)`, `1.+`. Where no order is known for a
component, versions of digits and dots are compared; for any other the answer is "could not tell", never a guess.
"""

import re
from functools import lru_cache

import msgspec

from paddock.engine.versions import Bound, InvalidRange, UnknownEcosystem, order_of
from paddock.engine.versions.order import SEMVER, Order
from paddock.engine.versions.ranges import brackets

__all__ = ["InvalidRange", "VersionRange", "parse_range"]

_NUMERIC = re.compile(r"v?[0-9]+(?:\.[0-9]+)*")


class VersionRange(msgspec.Struct, frozen=True):
    """All bounds of one of the alternatives hold; no alternatives mean every version."""

    alternatives: tuple[tuple[Bound, ...], ...] = ()

    def contains(self, version: str, ecosystem: str = "") -> bool | None:
        """Whether the version lies in the range; None when that cannot be told.

        ecosystem: as OSV names it; "" where none is known.
        """
        if not self.alternatives:
            return True
        answers = [self._all_hold(bounds, version, ecosystem) for bounds in self.alternatives]
        if True in answers:
            return True
        return None if None in answers else False

    @staticmethod
    def _all_hold(bounds: tuple[Bound, ...], version: str, ecosystem: str) -> bool | None:
        answers = [_holds(bound, version, ecosystem) for bound in bounds]
        if False in answers:
            return False
        return None if None in answers else True


@lru_cache(maxsize=4_096)
def parse_range(text: str) -> VersionRange:
    """Read a range. Raises InvalidRange with an example of what is understood."""
    alternatives = brackets.read(text)
    if not any(alternatives) and text.strip() not in {"*", "+"}:
        raise InvalidRange(f"{text!r} is no version range; write it like '>=1.2, <2' or '[1.2,2.0['")
    return VersionRange(tuple(tuple(bounds) for bounds in alternatives))


def _holds(bound: Bound, version: str, ecosystem: str) -> bool | None:
    if bound.operator in {"=", "!="} and bound.version == version:
        return bound.operator == "="
    order = _order(ecosystem, version, bound.version)
    if order is None:
        # Equality of texts is certain, inequality of numbers and words too.
        return None if bound.operator not in {"=", "!="} else bound.operator == "!="
    ours, theirs = order.key(version), order.key(bound.version)
    return {
        ">=": ours >= theirs,
        "<=": ours <= theirs,
        ">": ours > theirs,
        "<": ours < theirs,
        "=": ours == theirs,
        "!=": ours != theirs,
    }[bound.operator]


def _order(ecosystem: str, *versions: str) -> Order | None:
    """The order to compare the versions by, None where there is none for them."""
    try:
        order = order_of(ecosystem)
    except UnknownEcosystem:
        return SEMVER if all(_NUMERIC.fullmatch(version) for version in versions) else None
    return order if all(order.admits(version) for version in versions) else None
