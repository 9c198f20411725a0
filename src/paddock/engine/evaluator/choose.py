# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing among alternatives (A OR B): what the configuration says first, then the choice that breaks least."""

from collections.abc import Callable, Iterable

from paddock.engine.policy.configuration import ChoiceRule
from paddock.engine.spdx.expression import (
    AllOf,
    AnyOf,
    Expression,
    Term,
    TooManyAlternatives,
    all_of,
    any_of,
    is_choice_of,
    simplify,
)
from paddock.engine.spdx.parse import parse

Cost = tuple[int, int]
"""How bad keeping a licence is: first what it breaks, then its place among the preferences; smaller is better."""


def apply_rules(expression: Expression, rules: Iterable[ChoiceRule]) -> tuple[Expression, list[ChoiceRule]]:
    """The expression after explicit choices, and the rules that had an effect.

    A rule applies to every part that equals its `given`, or whose alternatives contain all of those of `given`; a rule
    without `given` applies to the whole. A choice that is none of the alternatives changes nothing.
    """
    used: list[ChoiceRule] = []
    for rule in rules:
        choice = parse(rule.choice)
        if rule.given:
            changed = _replace(expression, simplify(parse(rule.given)), choice)
        else:
            changed = choice if _is_choice(choice, expression) else expression
        if changed != expression:
            expression = simplify(changed)
            used.append(rule)
    return expression, used


def _is_choice(choice: Expression, given: Expression) -> bool:
    try:
        return is_choice_of(choice, given)
    except TooManyAlternatives:
        return False


def _replace(expression: Expression, given: Expression, choice: Expression) -> Expression:
    if _same(expression, given):
        return choice
    if isinstance(expression, Term):
        return expression
    parts = [_replace(part, given, choice) for part in expression.parts]
    if isinstance(expression, AllOf):
        return all_of(parts) or expression
    offered = set(expression.parts)
    if isinstance(given, AnyOf) and set(given.parts) < offered:
        rest = [part for part in expression.parts if part not in given.parts]
        return any_of((choice, *rest)) or expression
    return any_of(parts) or expression


def _same(first: Expression, second: Expression) -> bool:
    if type(first) is not type(second):
        return False
    if isinstance(first, Term) or isinstance(second, Term):
        return first == second
    return set(first.parts) == set(second.parts)


def choose(expression: Expression, cost: Callable[[Term], Cost]) -> Expression:
    """The expression with every OR decided for its cheapest part; among equals the first.

    What is kept together costs as much as its worst member, so deciding each OR by itself gives the best whole. Linear.
    """
    return _choose(expression, cost)[0]


def _choose(expression: Expression, cost: Callable[[Term], Cost]) -> tuple[Expression, Cost]:
    if isinstance(expression, Term):
        return expression, cost(expression)
    decided = [_choose(part, cost) for part in expression.parts]
    if isinstance(expression, AnyOf):
        return min(decided, key=lambda pair: pair[1])
    joined = all_of(part for part, _ in decided) or expression
    return joined, (max(price for _, (price, _) in decided), max(rank for _, (_, rank) in decided))
