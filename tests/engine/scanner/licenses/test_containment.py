# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Of several matches for the same words the one that explains most stands."""

import pytest

from paddock.engine.scanner.licenses.containment import drop_contained, drop_overlapping, expression_keys, merge
from paddock.engine.scanner.licenses.match import APPROXIMATE, Match
from paddock.engine.scanner.licenses.rules import Kind
from tests.engine.scanner.licenses.indexes import OAKS, make_index, match_of, oaks, query_of, rule, rules_found

LONG = make_index(
    rule(oaks(0, 100), "meadow"),
    rule(oaks(0, 100), "brook"),
    rule(oaks(0, 100), "meadow AND brook", "both.RULE"),
    rule(oaks(0, 20), "meadow", "short.RULE"),
    rule(oaks(0, 20), "brook", "small.RULE"),
)
QUERY = query_of(oaks(0, 240), LONG)


def of(name: str, start: int, end: int, **more) -> Match:
    return match_of(QUERY, name, start, end, **more)


def kept(*matches: Match) -> list[str]:
    """The names of rules that are left when overlapping matches are weighed."""
    return sorted(LONG.name(match.rule).removesuffix(".RULE") for match in drop_overlapping(matches)[0])


# Which rule has the words


def test_a_match_whose_words_all_belong_to_another_is_dropped() -> None:
    index = make_index(rule(oaks(0, 30)), rule(oaks(10, 20), "brook"), rule(oaks(29, 32), "hedgerow"))
    assert rules_found(oaks(0, 30), index) == ["meadow"]
    assert sorted(rules_found(oaks(0, 32), index)) == ["hedgerow", "meadow"]


def test_a_match_with_gaps_does_not_contain_what_stands_in_a_gap() -> None:
    with_gap = Match(QUERY, of("meadow", 0, 1).rule, ((0, 10), (30, 60)), ((0, 10), (10, 40)), APPROXIMATE)
    inside = of("brook", 15, 25)
    assert len(drop_contained([with_gap, inside])[0]) == 2
    assert drop_contained([with_gap, of("brook", 35, 45)])[0] == [with_gap]


def test_of_two_for_the_same_words_the_one_with_more_of_its_rule_stands() -> None:
    whole, part = of("short", 0, 20), of("meadow", 0, 20)
    for order in ([whole, part], [part, whole]):
        kept_ones, dropped = drop_contained(order)
        assert (kept_ones, dropped) == ([whole], [part])


# How much two have in common


@pytest.mark.parametrize(
    ("shared", "expected"),
    [(99, ["meadow"]), (95, ["meadow"]), (60, ["brook", "meadow"]), (5, ["brook", "meadow"]), (0, ["brook", "meadow"])],
)
def test_the_shorter_of_two_that_share_nearly_everything_is_dropped(shared, expected) -> None:
    assert kept(of("meadow", 0, 100), of("brook", 100 - shared, 199 - shared)) == expected


@pytest.mark.parametrize(("shared", "expected"), [(16, ["meadow"]), (10, ["brook", "meadow"])])
def test_a_short_one_is_dropped_when_a_longer_one_has_most_of_it(shared, expected) -> None:
    assert kept(of("meadow", 0, 100), of("brook", 100 - shared, 120 - shared)) == expected


@pytest.mark.parametrize(("shared", "expected"), [(16, ["meadow"]), (10, ["brook", "meadow"])])
def test_it_does_not_matter_which_of_them_begins_first(shared, expected) -> None:
    assert kept(of("brook", 0, 20), of("meadow", 20 - shared, 120 - shared)) == expected


@pytest.mark.parametrize(
    ("second", "shared", "expected"),
    [
        ("short", 10, ["meadow"]),
        ("short", 2, ["meadow", "short"]),
        ("brook", 10, ["brook", "meadow"]),
    ],
)
def test_half_in_common_is_enough_where_the_longer_one_names_the_same_licence(second, shared, expected) -> None:
    assert kept(of("meadow", 0, 100), of(second, 100 - shared, 120 - shared)) == expected


def test_one_that_names_both_licences_speaks_for_each_of_them() -> None:
    assert kept(of("both", 0, 100), of("brook", 90, 110)) == ["both"]
    assert kept(of("brook", 0, 100), of("both", 90, 110)) == ["both", "brook"]


def test_a_match_that_its_two_neighbours_have_between_them_is_dropped() -> None:
    assert kept(of("meadow", 0, 50), of("short", 40, 60), of("brook", 50, 100)) == ["brook", "meadow"]
    assert kept(of("meadow", 0, 50), of("short", 44, 60), of("brook", 56, 100)) == ["brook", "meadow", "short"]


def test_a_word_by_word_match_beats_a_loose_one_of_about_the_same_length() -> None:
    """The hard case: an approximate match that is a little longer must not hide what stands there exactly."""
    exact = of("short", 10, 30)
    loose = Match(QUERY, of("brook", 0, 1).rule, ((8, 32),), ((0, 24),), APPROXIMATE)
    much_longer = Match(QUERY, of("brook", 0, 1).rule, ((8, 90),), ((0, 82),), APPROXIMATE)
    assert kept(exact, loose) == ["short"]
    assert kept(exact, much_longer) == ["brook"]


def test_of_two_loose_ones_the_one_that_has_more_in_every_respect_stands() -> None:
    """A word of the file's own in between (a name, say) does not outweigh a whole rule."""
    whole = Match(QUERY, of("short", 0, 1).rule, ((0, 1), (5, 24)), ((0, 1), (1, 20)), APPROXIMATE)
    dense = of("small", 5, 24, matcher=APPROXIMATE)
    assert (whole.coverage, dense.coverage) == (100.0, 95.0)
    assert whole.coverage * whole.length * whole.density < dense.coverage * dense.length * dense.density
    assert kept(whole, dense) == ["short"]
    assert kept(dense, whole) == ["short"]


def test_licence_keys_of_an_expression() -> None:
    assert expression_keys("a OR (b AND c WITH d)") == {"a", "b", "c", "d"}


# Pieces of one rule


def pieces(*parts: tuple[int, int, int]) -> list[tuple[int, int]]:
    """What becomes of pieces (start in the text, start in the rule, words) of one rule: (start, end) of each match."""
    matches = [of("meadow", start, start + length, rule_start=at, matcher=APPROXIMATE) for start, at, length in parts]
    return [(match.start, match.end) for match in merge(matches, QUERY)]


def test_pieces_that_follow_each_other_in_text_and_rule_are_one_match() -> None:
    assert pieces((0, 0, 40), (45, 42, 50)) == [(0, 95)]
    assert pieces((45, 42, 50), (0, 0, 40)) == [(0, 95)]
    (one,) = merge([of("meadow", 0, 40), of("meadow", 40, 90, rule_start=40)], QUERY)
    assert (one.spans, one.rule_spans, one.coverage) == (((0, 90),), ((0, 90),), 90.0)


def test_pieces_in_another_order_than_in_the_rule_stay_apart() -> None:
    assert pieces((0, 50, 40), (45, 0, 40)) == [(0, 40), (45, 85)]


def test_pieces_far_from_each_other_stay_apart() -> None:
    assert pieces((0, 0, 40), (150, 40, 40)) == [(0, 40), (150, 190)]


def test_a_piece_that_is_the_whole_rule_is_a_copy_of_its_own() -> None:
    assert pieces((0, 0, 100), (102, 0, 90)) == [(0, 100), (102, 192)]


def test_a_piece_inside_another_is_part_of_it() -> None:
    assert pieces((0, 0, 60), (10, 10, 20)) == [(0, 60)]


def test_pieces_of_different_rules_are_never_joined() -> None:
    assert len(merge([of("meadow", 0, 40), of("brook", 40, 90, rule_start=40)], QUERY)) == 2


# Rules that differ in little: the hard case of near-duplicates

ENDORSEMENT = " ".join(OAKS[60:70])
SHORTER, LONGER = f"{oaks(0, 60)} {oaks(70, 130)}", oaks(0, 130)
NEAR = make_index(
    rule(SHORTER, "meadow", "meadow.LICENSE", Kind.TEXT), rule(LONGER, "brook", "brook.LICENSE", Kind.TEXT)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHORTER, "meadow"),
        (LONGER, "brook"),
        (SHORTER.replace("oak20 ", "changed "), "meadow"),
        (LONGER.replace("oak20 ", "changed "), "brook"),
        (LONGER.replace("oak65 ", ""), "brook"),
        (SHORTER.replace("oak100 ", "oak100 added words "), "meadow"),
        (LONGER.replace("oak100 ", "oak100 added words "), "brook"),
    ],
)
def test_of_two_licences_that_differ_in_one_clause_the_right_one_is_named(text, expected) -> None:
    assert rules_found(text, NEAR) == [expected]
    assert rules_found(f"some words before\n{text}\nand behind", NEAR) == [expected]
