# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Composer's constraints: `^1.2`, `~1.2.3`, `1.2.*`, `1.0 - 2.0`, `>=1 <2 || 3`, `dev-main`.

As Composer does, lower ends that it adds itself, `>=` and `<` count from the development version on.
"""

import re

from paddock.engine.versions.intervals import EVERYTHING, Bound, InvalidRange
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges.clause import MAX_DIGITS, Clause, clause

_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")
_SPACED = re.compile(r"(?<=[<>=!~^])\s+")
_OPERATOR = re.compile(r"(\^|~|>=|<=|!=|<>|==|=|>|<|)(.+)", re.DOTALL)
_WORDS = re.compile(r"[-_.+]?(?:dev|alpha|a|beta|b|rc|patch|pl|p|stable)[.-]?[0-9]*(?:[-.]dev)?\Z", re.IGNORECASE)
_NUMBERS = re.compile(r"[vV]?([0-9]+(?:\.[0-9]+)*)")
_WILDCARD = re.compile(r"[vV]?((?:[0-9]+\.)*)[xX*](?:\.[xX*])*")


def parse(text: str, order: Order) -> list[Clause]:
    """The alternatives of a range. Raises InvalidRange."""
    return [_alternative(part.strip(), order) for part in re.split(r"\|\|?", text)]


def _alternative(text: str, order: Order) -> Clause:
    hyphen = _HYPHEN.fullmatch(text)
    if hyphen:
        return clause(order, [_from(hyphen[1]), *_up_to(hyphen[2])])
    bounds: list[Bound] = []
    for part in _SPACED.sub("", text.replace(",", " ")).split():
        bounds += _constraint(re.sub(r"@(?:dev|alpha|beta|rc|stable)\Z", "", part, flags=re.IGNORECASE))
    return clause(order, bounds) if bounds else Clause((), EVERYTHING)


def _constraint(text: str) -> list[Bound]:
    found = _OPERATOR.fullmatch(text)
    if found is None:
        return []  # a stability flag alone
    operator, version = found[1], found[2]
    wildcard = _WILDCARD.fullmatch(version)
    if wildcard:
        numbers = _integers(wildcard[1].rstrip(".")) if wildcard[1] else []
        if not numbers:
            return []
        low, high = _dotted(numbers), _dotted(_bumped(numbers))
        if operator in {"!=", "<>"}:
            raise InvalidRange(f"{text!r}: a wildcard cannot be excluded")
        return [Bound(">=", f"{low}-dev"), Bound("<", f"{high}-dev")]
    match operator:
        case "^":
            return _caret(version)
        case "~":
            return _tilde(version)
        case ">=" | "<":
            return [_from(version) if operator == ">=" else Bound("<", _with_dev(version))]
        case "<=" | ">":
            return [Bound(operator, version)]
        case "!=" | "<>":
            return [Bound("!=", version)]
    if not version.startswith("dev-") and _NUMBERS.match(version) is None:
        raise InvalidRange(f"{version!r} is neither a version nor a branch")
    return [Bound("=", version)]


def _caret(version: str) -> list[Bound]:
    numbers = _integers(version)
    index = next((index for index, number in enumerate(numbers[:3]) if number), min(len(numbers), 3) - 1)
    return [_from(version), Bound("<", f"{_dotted(_bumped(numbers[: index + 1]))}-dev")]


def _tilde(version: str) -> list[Bound]:
    numbers = _integers(version)
    kept = numbers[: max(1, len(numbers) - 1)]
    return [_from(version), Bound("<", f"{_dotted(_bumped(kept))}-dev")]


def _from(version: str) -> Bound:
    return Bound(">=", _with_dev(version))


def _up_to(version: str) -> list[Bound]:
    """The end of a hyphen range: a version with three numbers is in it, fewer stand for all that begin so."""
    numbers = _integers(version)
    if len(numbers) >= 3 or _WORDS.search(version):
        return [Bound("<=", version)]
    return [Bound("<", f"{_dotted(_bumped(numbers))}-dev")]


def _with_dev(version: str) -> str:
    return version if _WORDS.search(version) or version.startswith("dev-") else f"{version}-dev"


def _integers(version: str) -> list[int]:
    found = _NUMBERS.match(version)
    if found is None or len(found[1]) > 4 * MAX_DIGITS:
        raise InvalidRange(f"{version!r} is no version that a constraint could name")
    return [int(part) for part in found[1].split(".")]


def _bumped(numbers: list[int]) -> list[int]:
    return [*numbers[:-1], numbers[-1] + 1]


def _dotted(numbers: list[int]) -> str:
    return ".".join(map(str, numbers))
