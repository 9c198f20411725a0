# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Version ranges in the syntax of their ecosystem, or as `vers:`: read once, then asked whether they hold a version."""

from collections.abc import Callable
from functools import lru_cache

import msgspec

from paddock.engine.versions.intervals import Bound, Interval, InvalidRange, union
from paddock.engine.versions.order import Order, order_of
from paddock.engine.versions.orders import semver
from paddock.engine.versions.ranges import (
    boolean,
    brackets,
    composer,
    conan,
    gem,
    npm,
    pep440,
    plain,
    pub,
    relations,
    vers,
)
from paddock.engine.versions.ranges.clause import MAX_LENGTH, Clause, Parse

__all__ = ["Bound", "InvalidRange", "Range", "parse_range"]

_SYNTAXES: dict[str, Parse] = {
    "ConanCenter": conan.parse,
    "Hackage": boolean.parse_hackage,
    "Hex": boolean.parse_hex,
    "Julia": pub.parse_julia,
    "Maven": brackets.parse,
    "NuGet": brackets.parse_nuget,
    "Packagist": composer.parse,
    "Pub": pub.parse,
    "PyPI": pep440.parse,
    "RubyGems": gem.parse,
    "crates.io": npm.parse_cargo,
    "npm": npm.parse,
    "opam": boolean.parse_opam,
}
"""Ecosystem to the reader of its own syntax; distributions have relations, the others comparisons."""

_RELATIONS = frozenset({"Alpine", "Debian", "RPM", "pacman"})
"""Orders whose distributions write relations."""


class Range(msgspec.Struct, frozen=True):
    """A range that was read. text: as written. alternatives: of which one must hold."""

    ecosystem: str
    text: str
    alternatives: tuple[Clause, ...]

    def contains(self, version: str, *, prereleases: bool | None = None) -> bool | None:
        """Whether the range holds the version; None where that cannot be told, because it is no version.

        prereleases: None for the rule of the ecosystem's own package manager (npm and Cargo leave out
        pre-releases that the range does not name, Conan those that it does not ask for, the others none), True for
        the order alone, as advisories mean it, False for never.
        """
        order = order_of(self.ecosystem)
        if not order.admits(version):
            return self._without_order(version)
        key = order.key(version)
        holding = [one for one in self.alternatives if any(key in interval for interval in one.intervals)]
        if not holding or prereleases or order.is_prerelease is None or not order.is_prerelease(version):
            return bool(holding)
        if prereleases is False:
            return False
        admits = _PRERELEASES.get(self.ecosystem.partition(":")[0])
        return admits is None or self.text.startswith("vers:") or any(admits(self, one, version) for one in holding)

    def intervals(self) -> tuple[Interval, ...]:
        """The range as intervals of sort keys, in order; pre-releases by the order alone."""
        return union(one.intervals for one in self.alternatives)

    def vers(self, scheme: str) -> str:
        """The bounds of the range as `vers:scheme/…`, in the order of versions."""
        key = order_of(self.ecosystem).key
        prefix = "v" if scheme == "golang" else ""
        bounds = [
            Bound(bound.operator, bound.version.removeprefix(prefix))
            for one in self.alternatives
            for bound in one.bounds
        ]
        return vers.written(scheme, tuple(sorted(bounds, key=lambda bound: key(bound.version))))

    def _without_order(self, version: str) -> bool | None:
        if any(bound == Bound("=", version) for one in self.alternatives for bound in one.bounds):
            return True
        return False if self.ecosystem == "Packagist" and version.startswith("dev-") else None


def parse_range(ecosystem: str, text: str) -> Range:
    """Read a range of an ecosystem's versions, or a `vers:`, whose own scheme then counts.

    Raises InvalidRange, saying what is expected, and UnknownEcosystem.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidRange(f"a range of {len(text)} characters is none that is read (limit {MAX_LENGTH})")
    return _parsed(ecosystem, text)


@lru_cache(maxsize=4_096)
def _parsed(ecosystem: str, text: str) -> Range:
    if text.lstrip().startswith("vers:"):
        scheme, constraints = vers.split(text)
        ecosystem = vers.SCHEMES.get(scheme, scheme)
        return Range(ecosystem, text.strip(), tuple(vers.parse(constraints, order_of(ecosystem))))
    order = order_of(ecosystem)
    return Range(ecosystem, text, tuple(_syntax(ecosystem, order)(text, order)))


def _syntax(ecosystem: str, order: Order) -> Parse:
    syntax = _SYNTAXES.get(ecosystem.partition(":")[0])
    if syntax is None:
        syntax = relations.parse if order.name in _RELATIONS else plain.parse
    return syntax


def _names_the_release(_range: Range, one: Clause, version: str) -> bool:
    """npm and Cargo: a comparison of the alternative names a pre-release of the same three numbers."""
    numbers = semver.release(version)
    return any(semver.is_prerelease(bound.version) and semver.release(bound.version) == numbers for bound in one.bounds)


def _asks_for_prereleases(range: Range, _one: Clause, _version: str) -> bool:
    return conan.includes_prereleases(range.text)


_PRERELEASES: dict[str, Callable[[Range, Clause, str], bool]] = {
    "ConanCenter": _asks_for_prereleases,
    "crates.io": _names_the_release,
    "npm": _names_the_release,
}
"""Ecosystems whose package managers leave out pre-releases, and when they do not."""
