# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How much of a rule must be there, and how, for a match to count."""

import pytest

from paddock.engine.scanner.licenses.match import APPROXIMATE, Match
from paddock.engine.scanner.licenses.quality import is_good, keep_good, minimum_coverage
from paddock.engine.scanner.licenses.rules import Kind
from tests.engine.scanner.licenses.indexes import OAKS, make_index, match_of, oaks, query_of, rule, rules_found

MISSING = "nothing that any rule knows"


@pytest.mark.parametrize(
    ("length", "found", "counts"),
    [
        (8, 8, True),
        (8, 7, True),
        (8, 5, False),
        (20, 20, True),
        (20, 12, True),
        (20, 8, False),
        (100, 60, True),
        (100, 20, False),
        (200, 100, True),
    ],
)
def test_short_rules_must_be_there_whole_and_long_ones_in_good_part(length, found, counts) -> None:
    index = make_index(rule(oaks(0, length)))
    query = query_of(oaks(0, found), index)
    assert is_good(match_of(query, "meadow", 0, found, matcher=APPROXIMATE), query) is counts


@pytest.mark.parametrize(("stated", "found", "counts"), [(90, 38, True), (90, 34, False), (30, 34, True)])
def test_what_the_author_of_a_rule_states_decides(stated, found, counts) -> None:
    index = make_index(rule(oaks(0, 40), minimum_coverage=stated))
    query = query_of(oaks(0, found), index)
    assert minimum_coverage(index, 0 if index.name(0) == "meadow.RULE" else 3) == stated
    assert is_good(match_of(query, "meadow", 0, found, matcher=APPROXIMATE), query) is counts


@pytest.mark.parametrize("spread", [1, 2, 40])
def test_the_words_of_a_short_match_stand_close_together(spread) -> None:
    index = make_index(rule(oaks(0, 12)))
    query = query_of(f" {oaks(100, 100 + spread - 1)} ".join(OAKS[:12]), index)
    spans = tuple((at * spread, at * spread + 1) for at in range(12))
    match = Match(query, 3, spans, tuple((at, at + 1) for at in range(12)), APPROXIMATE)
    assert match.rule_length == 12
    assert is_good(match, query) is (spread < 40)


def test_few_words_of_a_long_rule_that_say_little_do_not_count() -> None:
    """A stated minimum does not make a turn of phrase of everyday words a licence."""
    everyday = "the name of the file that is in the folder"
    index = make_index(rule(f"{everyday} {oaks(0, 5)}", minimum_coverage=10))
    query = query_of(everyday, index)
    match = match_of(query, "meadow", 0, len(query.words), matcher=APPROXIMATE)
    assert match.legal == 0
    assert not is_good(match, query)


PHRASED = f"{oaks(0, 10)} {{{{oak10 oak11 oak12}}}} {oaks(13, 30)}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (oaks(0, 30), ["meadow"]),
        (f"oak0 {MISSING} {oaks(1, 30)}", ["meadow"]),
        (f"{oaks(0, 5)} {oaks(6, 30)}", ["meadow"]),
        (f"{oaks(0, 11)} {MISSING} {oaks(11, 30)}", []),
        (f"{oaks(0, 11)} {oaks(12, 30)}", []),
        (f"{oaks(0, 11)} oak99 {oaks(11, 30)}", []),
        (f"{oaks(0, 10)} {oaks(13, 30)}", []),
        (oaks(0, 11) + " <br>\n &quot;" + oaks(11, 30), ["meadow"]),
    ],
)
def test_a_required_phrase_stands_whole_and_without_a_word_in_between(text, found) -> None:
    assert rules_found(text, make_index(rule(PHRASED))) == found


def test_all_required_phrases_are_required() -> None:
    index = make_index(rule(f"{{{{{oaks(0, 2)}}}}} {oaks(2, 28)} {{{{{oaks(28, 30)}}}}}"))
    assert rules_found(oaks(0, 30), index) == ["meadow"]
    assert rules_found(oaks(0, 29), index) == []
    assert rules_found(oaks(1, 30), index) == []


@pytest.mark.parametrize("kind", [Kind.CONTINUOUS, Kind.REQUIRED_PHRASE])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (oaks(0, 20), ["meadow"]),
        (f"before {oaks(0, 20)} behind", ["meadow"]),
        (f"{oaks(0, 10)} unknown {oaks(10, 20)}", []),
        (f"{oaks(0, 10)} {oaks(11, 20)}", []),
        (f"{oaks(0, 10)},\n# {oaks(10, 20)}", ["meadow"]),
    ],
)
def test_a_continuous_rule_is_found_as_it_stands_or_not_at_all(kind, text, found) -> None:
    assert rules_found(text, make_index(rule(oaks(0, 20), kinds=Kind.NOTICE | kind))) == found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("zaffre", True),
        ("see zaffre here", True),
        ("oak0 one two three four five six zaffre", False),
        ("zaffre one two three four five six oak0", False),
        ("oak0 one two zaffre three four oak1", True),
    ],
)
def test_a_lone_word_among_unknown_ones_is_part_of_a_program(text, is_found) -> None:
    index = make_index(rule("zaffre", kinds=Kind.REFERENCE, relevance=100))
    assert (rules_found(text, index) == ["meadow"]) is is_found


def test_two_words_may_stand_alone() -> None:
    index = make_index(rule("zaffre yonder", kinds=Kind.REFERENCE))
    assert rules_found("oak0 one two three four five six zaffre yonder one two three four five six", index) == [
        "meadow"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("oak0 zaffre yonder", ["meadow"]),
        ("oak0 zaffre\nyonder", ["meadow"]),
        ("oak0 zaffre.\n\n\nyonder is another matter", []),
        ("## zaffre\n\n\nyonder", ["meadow"]),
        ("oak0\n\nzaffre\n------\n\nyonder", ["meadow"]),
    ],
)
def test_the_end_of_one_text_and_the_beginning_of_another_say_nothing_together(text, found) -> None:
    index = make_index(rule("zaffre yonder", kinds=Kind.TAG))
    assert rules_found(text, index) == found


@pytest.mark.parametrize(("between", "counts"), [(3, True), (30, False)])
def test_words_here_and_there_of_a_long_rule_do_not_count(between, counts) -> None:
    index = make_index(rule(oaks(0, 200)))
    step = between + 5
    text = f" {'oak239 ' * between}".join(oaks(at, at + 5) for at in range(0, 60, 5))
    query = query_of(text, index)
    spans = tuple((at * step, at * step + 5) for at in range(12))
    match = Match(query, 3, spans, tuple((at * 5, at * 5 + 5) for at in range(12)), APPROXIMATE)
    assert (match.rule_length, match.coverage) == (200, 30.0)
    assert is_good(match, query) is counts


@pytest.mark.parametrize(("strangers", "counts"), [(2, True), (40, False)])
def test_words_that_no_rule_knows_part_the_words_of_a_short_match(strangers, counts) -> None:
    index = make_index(rule(oaks(0, 20)))
    own = " ".join(f"stranger{number}" for number in range(strangers))
    query = query_of(f"{oaks(0, 10)} {own} {oaks(10, 20)}", index)
    match = Match(query, 3, ((0, 10), (10, 20)), ((0, 10), (10, 20)), APPROXIMATE)
    assert match.coverage == 100.0
    assert is_good(match, query) is counts


def test_only_good_matches_are_kept_in_their_order() -> None:
    index = make_index(rule(oaks(0, 20)), rule(oaks(20, 40), "brook"))
    query = query_of(oaks(0, 40), index)
    good = [match_of(query, "brook", 20, 40), match_of(query, "meadow", 0, 20)]
    bad = match_of(query, "meadow", 0, 4, matcher=APPROXIMATE)
    assert keep_good([good[0], bad, good[1]], query) == good
