# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where approximate matching is worth its cost: where a file speaks like rules and nothing explains it yet."""

import pytest

from paddock.engine.scanner.licenses.grams import gram_hashes
from paddock.engine.scanner.licenses.match import Query
from paddock.engine.scanner.licenses.regions import find_regions, gram_hits, is_mostly_legal, whole_texts
from paddock.engine.scanner.licenses.rules import Kind
from tests.engine.scanner.licenses.indexes import OAKS, make_index, match_of, oaks, query_of, rule, rules_found

INDEX = make_index(
    rule(oaks(0, 150), "text", kinds=Kind.TEXT),
    rule(oaks(150, 200), "notice"),
    rule("the one and the other of all that is in here and there", "everyday"),
)
FAR = "\n" * 9 + "the one and the other " * 60 + "\n" * 9


def regions(query: Query, *exact) -> list[tuple[int, int]]:
    return find_regions(query, gram_hits(query, gram_hashes(query.words.numbers)), exact)


def legal_part(query: Query, region: tuple[int, int]) -> list[int]:
    """The numbers of the oaks in a region."""
    by_number = {number: word.decode() for word, number in query.index.vocabulary.items()}
    words = [by_number[number] for number in query.words.numbers[region[0] : region[1]].tolist()]
    return [int(word.removeprefix("oak")) for word in words if word.startswith("oak")]


def test_a_stretch_that_speaks_like_a_rule_is_a_region() -> None:
    query = query_of(f"unknown words\n{oaks(150, 180)}\nmore unknown words", INDEX)
    (region,) = regions(query)
    assert legal_part(query, region) == list(range(150, 180))


def test_stretches_far_from_each_other_are_regions_of_their_own() -> None:
    query = query_of(f"{oaks(0, 60)}{FAR}{oaks(150, 180)}", INDEX)
    assert [legal_part(query, region) for region in regions(query)] == [list(range(60)), list(range(150, 180))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing that any rule knows",
        "the one and the other of all that is in here and there",
        " ".join(OAKS[150:153]),
        "\n\n\n\n\n\n".join(f"{oaks(at, at + 4)} " + "the one and the other " * 40 for at in (0, 40, 80)),
        " ".join(reversed(OAKS[:100])),
    ],
    ids=["empty", "unknown", "everyday", "too short", "scattered", "in another order"],
)
def test_everything_else_is_none(text) -> None:
    assert regions(query_of(text, INDEX)) == []
    query = query_of(text, INDEX)
    assert not is_mostly_legal(query, gram_hits(query, gram_hashes(query.words.numbers)), [])


def test_what_is_explained_already_is_no_region() -> None:
    query = query_of(f"words\n{oaks(150, 200)}\nwords", INDEX)
    assert regions(query) != []
    assert regions(query, match_of(query, "notice", 0, 50)) == []
    assert not is_mostly_legal(
        query, gram_hits(query, gram_hashes(query.words.numbers)), [match_of(query, "notice", 0, 50)]
    )


def test_a_whole_text_is_cut_out_and_what_stands_around_it_is_left() -> None:
    query = query_of(f"{oaks(150, 180)}\n{oaks(0, 150)}\n{oaks(160, 200)}", INDEX)
    text = match_of(query, "text", 30, 180)
    assert whole_texts([text]) == ((30, 180),)
    assert regions(query, text) == [(0, 30), (180, 220)]


def test_short_texts_and_notices_are_not_cut_out() -> None:
    query = query_of(f"{oaks(0, 150)} {oaks(150, 200)}", INDEX)
    assert whole_texts([match_of(query, "notice", 150, 200)]) == ()
    assert whole_texts([match_of(query, "text", 0, 100)]) == ()


def test_a_file_is_mostly_legal_when_its_greater_part_is() -> None:
    for text, expected in ((oaks(150, 199), True), (f"{oaks(150, 170)} {'the one and the other ' * 40}", False)):
        query = query_of(text, INDEX)
        assert is_mostly_legal(query, gram_hits(query, gram_hashes(query.words.numbers)), []) is expected


def test_a_match_comes_back_when_what_it_lost_against_is_dropped_itself() -> None:
    """`short` lies within `middle`; `middle` loses most words to `long`; then nothing speaks for the beginning."""
    index = make_index(
        rule(oaks(0, 4), "short", kinds=Kind.REFERENCE), rule(oaks(0, 20), "middle"), rule(oaks(5, 100), "long")
    )
    assert rules_found(oaks(0, 100), index) == ["long", "short"]
