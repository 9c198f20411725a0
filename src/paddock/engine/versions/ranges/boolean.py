# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ranges as expressions: Hackage's `>=1.0 && <2 || ==3.*`, opam's `>= "1.0" & < "2.0"`, Hex' `~> 2.1 and != 2.1.3`."""

import re
from collections.abc import Callable
from itertools import product

from paddock.engine.versions.intervals import EVERYTHING, Bound, InvalidRange, intersection
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges.clause import MAX_DIGITS, Clause, checked, partial

Leaf = Callable[[str, str, Order], Clause]

_TOKEN = re.compile(
    r"\s*(?:(\|\|?|\bor\b)|(&&?|\band\b)|([()])|(\^>=|~>|>=|<=|==|!=|=|>|<|)\s*\"?([0-9A-Za-z][0-9A-Za-z.*+~_-]*)\"?|(-any|-none))"
)
_MAX_DEPTH = 20
_MAX_ALTERNATIVES = 1_000


def parse_hackage(text: str, order: Order) -> list[Clause]:
    """Cabal's version ranges. Raises InvalidRange."""
    return _Reader(text, order, _hackage).read()


def parse_opam(text: str, order: Order) -> list[Clause]:
    """opam's version formulas, with or without braces. Raises InvalidRange."""
    return _Reader(text.strip().removeprefix("{").removesuffix("}"), order, _opam).read()


def parse_hex(text: str, order: Order) -> list[Clause]:
    """Elixir's version requirements. Raises InvalidRange."""
    return _Reader(text, order, _hex).read()


class _Reader:
    """Reads "or" of "and" of comparisons and parentheses; what results is always alternatives."""

    def __init__(self, text: str, order: Order, leaf: Leaf) -> None:
        self._text, self._order, self._leaf = text.rstrip(), order, leaf
        self._position = 0
        self._token: re.Match[str] | None = None
        self._advance()

    def read(self) -> list[Clause]:
        if not self._text.strip():
            return [Clause((), EVERYTHING)]
        found = self._or(0)
        if self._token is not None:
            raise self._refused()
        return found

    def _refused(self) -> InvalidRange:
        return InvalidRange(f"{self._text!r} cannot be read as a range from character {self._position + 1} on")

    def _advance(self) -> None:
        if self._position >= len(self._text):
            self._token = None
            return
        self._token = _TOKEN.match(self._text, self._position)
        if self._token is None:
            raise self._refused()
        self._position = self._token.end()

    def _or(self, depth: int) -> list[Clause]:
        found = self._and(depth)
        while self._token is not None and self._token[1]:
            self._advance()
            found = found + self._and(depth)
        return found

    def _and(self, depth: int) -> list[Clause]:
        found = self._one(depth)
        while self._token is not None and self._token[2]:
            self._advance()
            found = _distributed(found, self._one(depth))
        return found

    def _one(self, depth: int) -> list[Clause]:
        token = self._token
        if token is None or depth > _MAX_DEPTH:
            raise self._refused()
        self._advance()
        if token[3] == "(":
            found = self._or(depth + 1)
            if self._token is None or self._token[3] != ")":
                raise self._refused()
            self._advance()
            return found
        if token[6]:
            return [Clause((), EVERYTHING if token[6] == "-any" else ())]
        if token[5] is None:
            raise self._refused()
        return [self._leaf(token[4], token[5], self._order)]


def _distributed(first: list[Clause], second: list[Clause]) -> list[Clause]:
    if len(first) * len(second) > _MAX_ALTERNATIVES:
        raise InvalidRange("the range has too many alternatives")
    return [
        Clause((*one.bounds, *other.bounds), intersection((one.intervals, other.intervals)))
        for one, other in product(first, second)
    ]


def _opam(operator: str, version: str, order: Order) -> Clause:
    return checked(order, [Bound({"": "=", "==": "="}.get(operator, operator), version)])


def _hackage(operator: str, version: str, order: Order) -> Clause:
    """`==1.2.*` is everything that begins so, `^>=1.2.3` everything below 1.3."""
    if operator == "^>=":
        numbers = _integers(version)
        return checked(order, [Bound(">=", version), Bound("<", _next((*numbers, 0)[:2]))])
    if version.endswith(".*"):
        numbers = _integers(version[:-2])
        low, high = Bound(">=", version[:-2]), Bound("<", _next(numbers))
        if operator == "!=":
            raise InvalidRange("a wildcard cannot be excluded")
        return checked(order, [low, high])
    return checked(order, [Bound({"": "=", "==": "="}.get(operator, operator), version)])


def _hex(operator: str, version: str, order: Order) -> Clause:
    if operator == "~>":
        found = partial(version)
        if len(found.numbers) < 2:
            raise InvalidRange(f"'~> {version}' needs at least two numbers")
        return checked(order, [Bound(">=", found.text), Bound("<", found.above(len(found.numbers) - 2))])
    return checked(order, [Bound({"": "=", "==": "="}.get(operator, operator), version)])


def _integers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    if not all(part.isdecimal() and len(part) <= MAX_DIGITS for part in parts):
        raise InvalidRange(f"{version!r} is no row of numbers")
    return tuple(int(part) for part in parts)


def _next(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, (*numbers[:-1], numbers[-1] + 1)))
