# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every place where all words of a rule stand is found, and no other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddock.engine.scanner.licenses.exact import find_exact
from paddock.engine.scanner.licenses.grams import all_gram_hashes
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.words import read_words
from tests.engine.scanner.licenses.indexes import make_index, rule

WORDS = ["zaffre", "yonder", "xebec", "wherry", "vellum", "uhlan", "tabor", "sable"]
TEXTS = st.lists(st.sampled_from(WORDS[:4]), min_size=1, max_size=8).map(" ".join)


def found(text: str, index: Index) -> list[tuple[str, int]]:
    """Rules and positions, in the order in which they are found."""
    words = read_words(text.encode(), index.vocabulary)
    rules, starts = find_exact(words, all_gram_hashes(words.numbers), index)
    return [(index.name(number), start) for number, start in zip(rules.tolist(), starts.tolist(), strict=True)]


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=6, unique=True), st.lists(st.sampled_from(WORDS[:4]), max_size=40))
def test_all_places_are_found_and_nothing_else(texts: list[str], words: list[str]) -> None:
    index = make_index.__wrapped__(*(rule(text, name=f"{number}.RULE") for number, text in enumerate(texts)))
    naive = {
        (f"{number}.RULE", at)
        for number, text in enumerate(texts)
        for at in range(len(words))
        if words[at : at + len(text.split())] == text.split()
    }
    assert set(found(" ".join(words), index)) == naive


def test_they_come_by_place_the_longest_rule_first() -> None:
    index = make_index(
        rule("zaffre", name="one.RULE"),
        rule("zaffre yonder xebec", name="three.RULE"),
        rule("yonder xebec", name="two.RULE"),
    )
    assert found("foo zaffre yonder xebec", index) == [("three.RULE", 0), ("one.RULE", 0), ("two.RULE", 1)]


@pytest.mark.parametrize("length", range(1, 9))
def test_rules_of_every_length_are_found_at_both_ends_of_a_text(length: int) -> None:
    words = WORDS[:length]
    index = make_index(rule(" ".join(words)))
    text = " ".join([*words, "foo bar", *words])
    assert found(text, index) == [("meadow.RULE", 0), ("meadow.RULE", length)]


def test_two_rules_of_the_same_words_are_both_found() -> None:
    text = "zaffre yonder xebec wherry vellum"
    index = make_index(rule(text, "meadow", "a.RULE"), rule(text, "brook", "z.RULE"))
    assert sorted(found(text, index)) == [("a.RULE", 0), ("z.RULE", 0)]


def test_a_rule_is_not_found_where_its_anchor_stands_too_close_to_an_end() -> None:
    index = make_index(rule("foo foo foo foo zaffre yonder xebec wherry bar bar bar bar"))
    assert found("zaffre yonder xebec wherry", index) == []
    assert found("bar bar zaffre yonder xebec wherry bar bar", index) == []
