# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changed texts in files that hold many of them: each is found, each at its own place."""

import random

import pytest

from paddock.engine.scanner.licenses import approximate
from paddock.engine.scanner.licenses.match import Match
from paddock.engine.scanner.licenses.rules import Kind
from tests.engine.scanner.licenses.indexes import OAKS, TELLING, look, make_index, oaks, rule
from tests.license_data import BROOK, MEADOW

CHANGED = MEADOW.replace("lost cattle", "lost cows").replace("theory", "school")
WORDS = 100


def texts(count: int) -> list[str]:
    """Licences of as many words each, in the same words and in another order."""
    chance = random.Random(3)  # noqa: S311 # no secret
    return [" ".join(chance.sample(OAKS, WORDS)) for _ in range(count)]


def changed(text: str) -> str:
    words = text.split()
    words[30], words[70] = "another", "other"
    return "\n".join(" ".join(words[at : at + 10]) for at in range(0, len(words), 10))


def told(text: str, index) -> list[tuple[str, int, int]]:
    return [(match.license_expression, match.start_line, match.end_line) for match in look(text, index).licenses]


@pytest.mark.parametrize("copies", [2, 9, 30])
def test_every_changed_copy_of_a_licence_is_found_on_its_lines(copies, license_index) -> None:
    """A file of notices holds the same licence again and again, each time with other names in it."""
    heads = [f"{number}. A part of the whole, by company{number}\n\n" for number in range(copies)]
    lines = CHANGED.count("\n")
    text = "\n\n".join(f"{head}{CHANGED}" for head in heads)
    step = lines + 4
    assert told(text, license_index) == [
        ("meadow", 3 + number * step, 2 + lines + number * step) for number in range(copies)
    ]


@pytest.mark.parametrize("gap", ["\n\n", "\n" * 9, "\n\n\nunknown words in between\n\n\n"])
def test_every_one_of_many_changed_licences_is_found(gap, license_index) -> None:
    """One comparison looks at ten rules only; a file of notices may hold more licences than that."""
    licences = texts(25)
    index = make_index(*(rule(text, f"l{at:02}", kinds=Kind.TEXT) for at, text in enumerate(licences)))
    found = told(gap.join(map(changed, licences)), index)
    step = 10 + gap.count("\n") - 1
    assert found == [(f"l{at:02}", 1 + at * step, 10 + at * step) for at in range(25)]


def test_ten_copies_of_one_licence_in_the_data_do_not_hide_another() -> None:
    """Rules that differ in the names of owners share as many words with a text as each other."""
    text = " ".join(OAKS[:WORDS])
    wrong = " ".join((*OAKS[: WORDS - 6], *OAKS[200:206]))
    copies = [rule(f"{wrong} {word}", "brook", f"brook-{word}.RULE", kinds=Kind.TEXT) for word in TELLING.split()]
    right = rule(f"{text} {oaks(120, 150)}", "meadow", kinds=Kind.TEXT)
    assert len(copies) > 10
    assert [key for key, _, _ in told(changed(text), make_index(*copies, right))] == ["meadow"]


def test_changed_copies_of_two_licences_that_differ_in_one_clause_are_told_apart(license_index) -> None:
    both = [CHANGED, BROOK.replace("lost cattle", "lost cows")] * 5
    text = "\n\n\n".join(both)
    assert [key for key, _, _ in told(text, license_index)] == ["meadow", "brook"] * 5


def test_a_whole_copy_near_by_does_not_stretch_over_two_changed_ones(license_index) -> None:
    """A chain of agreeing words must not go on in the next copy, only because that has one word more."""
    first = MEADOW.replace("lost cattle", "lost cows").replace("theory", "school")
    second = MEADOW.replace("gate", "door").replace("fences", "walls")
    text = f"{first}\n\n{second}\n\n{first}"
    lines = MEADOW.count("\n")
    assert told(text, license_index) == [
        ("meadow", 1 + number * (lines + 2), lines + number * (lines + 2)) for number in range(3)
    ]


def test_no_more_than_a_bounded_number_of_words_is_compared(monkeypatch) -> None:
    licences = texts(25)
    index = make_index(*(rule(text, f"l{at:02}", kinds=Kind.TEXT) for at, text in enumerate(licences)))
    calls: list[int] = []
    compare = approximate.find_candidates
    monkeypatch.setattr(
        approximate, "find_candidates", lambda *given, **more: calls.append(len(given[0])) or compare(*given, **more)
    )
    approximate._remembered.cache_clear()
    monkeypatch.setattr(approximate, "_MAX_WORDS", 4 * WORDS * 25)
    found = told("\n\n".join(map(changed, licences)), index)
    assert 10 <= len(found) <= 25
    assert sum(calls) <= 10 * WORDS * 25


def test_a_long_list_of_statements_is_sorted_in_proportion_to_its_length(monkeypatch) -> None:
    count = 3_000
    compared = 0

    def equal(one: object, other: object) -> bool:
        nonlocal compared
        compared += 1
        return one is other

    monkeypatch.setattr(Match, "__eq__", equal, raising=False)
    monkeypatch.setattr(Match, "__hash__", object.__hash__, raising=False)
    index = make_index(rule(" ".join(TELLING.split()[:3]), "name", kinds=Kind.NOTICE))
    assert len(told("\n".join([" ".join(TELLING.split()[:3])] * count), index)) == count
    assert compared <= 20 * count
