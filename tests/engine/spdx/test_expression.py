# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The algebra of expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.spdx.expression import (
    Expression,
    Term,
    TooManyAlternatives,
    all_of,
    alternatives,
    any_of,
    is_choice_of,
    satisfied_by,
    simplify,
    terms,
)
from paddock.engine.spdx.parse import parse


def expressions() -> st.SearchStrategy[Expression]:
    leaves: st.SearchStrategy[Expression] = st.sampled_from([Term(name) for name in "ABCDE"])
    return st.recursive(
        leaves,
        lambda parts: st.builds(
            lambda join, items: join(items), st.sampled_from([all_of, any_of]), st.lists(parts, min_size=1, max_size=3)
        ),
        max_leaves=8,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIT AND MIT", "MIT"),
        ("MIT OR (MIT AND ISC)", "MIT"),
        ("MIT AND (MIT OR ISC)", "MIT"),
        ("ISC OR MIT OR ISC", "ISC OR MIT"),
        ("(MIT OR ISC) AND (ISC OR MIT OR X11)", "MIT OR ISC"),
        ("MIT AND (ISC AND X11)", "MIT AND ISC AND X11"),
        ("(MIT OR ISC) AND X11", "(MIT OR ISC) AND X11"),
    ],
)
def test_simplify_keeps_the_meaning_and_the_order(text: str, expected: str) -> None:
    assert str(simplify(parse(text))) == expected


@given(expressions(), st.sets(st.sampled_from("ABCDE")))
def test_simplified_and_spread_out_expressions_are_met_by_the_same_licences(
    expression: Expression, accepted: set[str]
) -> None:
    met = satisfied_by(expression, lambda term: term.license in accepted)

    assert satisfied_by(simplify(expression), lambda term: term.license in accepted) is met
    assert any({term.license for term in option} <= accepted for option in alternatives(expression)) is met


@given(expressions())
def test_every_alternative_is_a_choice_and_the_text_can_be_read_back(expression: Expression) -> None:
    renamed = "".join(f"LicenseRef-{part}" if part in "ABCDE" else part for part in _tokens(str(expression)))

    assert str(parse(renamed)).replace("LicenseRef-", "") == str(expression)
    for option in alternatives(expression):
        choice = all_of(sorted(option))
        assert choice is not None
        assert is_choice_of(choice, expression)


def _tokens(text: str) -> list[str]:
    return [piece for word in text.split(" ") for piece in (*_split(word), " ")][:-1]


def _split(word: str) -> list[str]:
    return [word] if word in {"AND", "OR"} else list(word)


def test_alternatives_leave_out_what_another_one_contains() -> None:
    assert alternatives(parse("MIT OR (MIT AND ISC) OR X11")) == (frozenset({Term("MIT")}), frozenset({Term("X11")}))


def test_too_many_alternatives_are_refused_not_computed() -> None:
    wide = parse(" AND ".join(f"(LicenseRef-a{number} OR LicenseRef-b{number})" for number in range(40)))

    with pytest.raises(TooManyAlternatives, match="more than 256"):
        alternatives(wide)


@pytest.mark.parametrize(
    ("choice", "given_text", "expected"),
    [
        ("MIT", "MIT OR GPL-2.0-only", True),
        ("MIT OR ISC", "MIT OR ISC OR X11", True),
        ("X11", "MIT OR ISC", False),
        ("MIT AND X11", "MIT OR ISC", False),
        ("MIT", "MIT AND ISC", False),
        ("MIT AND ISC", "(MIT OR X11) AND ISC", True),
    ],
)
def test_a_choice_meets_what_is_given_and_adds_nothing(choice: str, given_text: str, expected: bool) -> None:
    assert is_choice_of(parse(choice), parse(given_text)) is expected


def test_terms_come_once_in_order_with_their_exception() -> None:
    found = terms(parse("ISC AND (GPL-2.0-only WITH Classpath-exception-2.0 OR ISC)"))

    assert [term.id for term in found] == ["ISC", "GPL-2.0-only WITH Classpath-exception-2.0"]


def test_nothing_joined_is_nothing() -> None:
    assert all_of([]) is None
    assert any_of([]) is None
