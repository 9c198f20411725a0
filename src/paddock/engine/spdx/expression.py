# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tree of a licence expression, and what can be asked of it; pure algebra, no list of licences.

An expression is a `Term` (one licence, with or without exception), `AllOf` (AND) or `AnyOf` (OR). The operations are
those of https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/: WITH binds strongest, then AND, then OR.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from paddock.engine.model.errors import EngineError

MAX_ALTERNATIVES = 256
"""An expression with more alternatives than this is not spread out."""


class TooManyAlternatives(EngineError):
    """The expression spreads out into more alternatives than the limit."""


class Term(msgspec.Struct, frozen=True, order=True):
    """One licence as policies see it: "MIT", "GPL-2.0-only WITH Classpath-exception-2.0"."""

    license: str
    exception: str = ""

    @property
    def id(self) -> str:
        """The term as text."""
        return f"{self.license} WITH {self.exception}" if self.exception else self.license

    def __str__(self) -> str:
        """The term as text."""
        return self.id


class AllOf(msgspec.Struct, frozen=True):
    """Every part applies; at least two parts, none of them an AllOf."""

    parts: tuple["Expression", ...]

    def __str__(self) -> str:
        """The expression as text, with parentheses only around OR."""
        return " AND ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)


class AnyOf(msgspec.Struct, frozen=True):
    """One of the parts applies, at the choice of who receives the software; at least two parts, none an AnyOf."""

    parts: tuple["Expression", ...]

    def __str__(self) -> str:
        """The expression as text; AND binds stronger, but parentheses spare readers the thought."""
        return " OR ".join(f"({part})" if isinstance(part, AllOf) else str(part) for part in self.parts)


Expression = Term | AllOf | AnyOf


def all_of(parts: Iterable[Expression]) -> Expression | None:
    """The parts joined with AND: flattened, each once, in order of first mention. None for no parts."""
    return _join(parts, AllOf)


def any_of(parts: Iterable[Expression]) -> Expression | None:
    """The parts joined with OR: flattened, each once, in order of first mention. None for no parts."""
    return _join(parts, AnyOf)


def _join(parts: Iterable[Expression], kind: type[AllOf] | type[AnyOf]) -> Expression | None:
    flat: dict[Expression, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    if not flat:
        return None
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def terms(expression: Expression) -> tuple[Term, ...]:
    """Every licence that occurs, each once, in order of first mention."""
    return tuple(dict.fromkeys(_terms(expression)))


def _terms(expression: Expression) -> Iterator[Term]:
    if isinstance(expression, Term):
        yield expression
    else:
        for part in expression.parts:
            yield from _terms(part)


def simplify(expression: Expression) -> Expression:
    """An equivalent expression without repetition: `A AND A` is A, `A OR (A AND B)` is A, `A AND (A OR B)` is A.

    Order of first mention is kept. Cost: quadratic in the parts of one group; groups over 200 parts are only made free
    of repetition.
    """
    if isinstance(expression, Term):
        return expression
    kind = type(expression)
    joined = _join((simplify(part) for part in expression.parts), kind)
    if joined is None or isinstance(joined, Term) or not isinstance(joined, kind) or len(joined.parts) > 200:
        return joined if joined is not None else expression
    members = [_members(part, kind) for part in joined.parts]
    kept = [
        part
        for number, part in enumerate(joined.parts)
        if not any(other < members[number] for index, other in enumerate(members) if index != number)
    ]
    return _join(kept, kind) or joined


def _members(part: Expression, outer: type[AllOf] | type[AnyOf]) -> frozenset[Expression]:
    # Within an OR, (A AND B) is absorbed by A; within an AND, (A OR B) is absorbed by A: what has more members goes.
    return frozenset((part,)) if isinstance(part, Term | outer) else frozenset(part.parts)


def alternatives(expression: Expression, limit: int = MAX_ALTERNATIVES) -> tuple[frozenset[Term], ...]:
    """The sets of licences of which one must be kept, smallest sets only: the disjunctive normal form.

    `(A OR B) AND C` gives {A, C} and {B, C}. Raises TooManyAlternatives beyond `limit`.
    """
    found = list(dict.fromkeys(_alternatives(expression, limit)))
    return tuple(item for item in found if not any(other < item for other in found))


def _alternatives(expression: Expression, limit: int) -> list[frozenset[Term]]:
    if isinstance(expression, Term):
        return [frozenset((expression,))]
    if isinstance(expression, AnyOf):
        return _bounded((item for part in expression.parts for item in _alternatives(part, limit)), limit)
    combined: list[frozenset[Term]] = [frozenset()]
    for part in expression.parts:
        options = _alternatives(part, limit)
        combined = _bounded((item | option for item in combined for option in options), limit)
    return combined


def _bounded(items: Iterable[frozenset[Term]], limit: int) -> list[frozenset[Term]]:
    found: dict[frozenset[Term], None] = {}
    for item in items:
        found[item] = None
        if len(found) > limit:
            raise TooManyAlternatives(f"the expression has more than {limit} alternatives")
    return list(found)


def satisfied_by(expression: Expression, accepts: Callable[[Term], bool]) -> bool:
    """Whether the expression can be met by keeping only licences that `accepts` says yes to. Linear."""
    if isinstance(expression, Term):
        return accepts(expression)
    met = (satisfied_by(part, accepts) for part in expression.parts)
    return all(met) if isinstance(expression, AllOf) else any(met)


def is_choice_of(choice: Expression, given: Expression) -> bool:
    """Whether keeping `choice` in any of its alternatives meets `given` and adds no licence that is not in it.

    Raises TooManyAlternatives for a choice that is itself too wide.
    """
    offered = set(terms(given))
    return all(
        alternative <= offered and satisfied_by(given, alternative.__contains__) for alternative in alternatives(choice)
    )
