# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What neighbouring matches say together: findings, hints, introductions."""

import pytest

from paddock.engine.scanner.licenses.rules import Kind
from tests.engine.scanner.licenses.indexes import look, make_index, names, oaks, rule, rules_found

UNKNOWN = "unknown-license-reference"
INDEX = make_index(
    rule(oaks(0, 60), "meadow"),
    rule(oaks(60, 65), "brook", kinds=Kind.REFERENCE),
    rule("zaffre", "bare", kinds=Kind.REFERENCE, relevance=50),
    rule("jorum quoin", "two", kinds=Kind.REFERENCE, relevance=60),
    rule("pavane", "one", kinds=Kind.REFERENCE, relevance=60),
    rule("tabor sable", "weak", kinds=Kind.REFERENCE, relevance=50),
    rule("yonder", "strong", kinds=Kind.REFERENCE, relevance=100),
    rule("xebec wherry", "hint", kinds=Kind.CLUE),
    rule("xebec vellum", "pointing", kinds=Kind.CLUE, referenced_files=("TERMS",)),
    rule("merlin lantern kestrel", UNKNOWN, "intro.RULE", Kind.INTRO),
    rule("nacre oriel", UNKNOWN, "pointer.RULE", Kind.REFERENCE, referenced_files=("LICENSE",)),
)


def found(text: str) -> tuple[list[str], list[str]]:
    """The rules of findings and of hints."""
    result = look(text, INDEX)
    return names(result.licenses), names(result.clues)


def apart(lines: int) -> str:
    return "\n" * lines


# Hints


def test_what_only_smells_of_licences_is_a_hint() -> None:
    assert found("some xebec wherry there") == ([], ["hint"])


def test_a_hint_that_points_to_a_file_is_a_finding() -> None:
    assert found("some xebec vellum there") == (["pointing"], [])


@pytest.mark.parametrize(("word", "expected"), [("zaffre", ([], ["bare"])), ("yonder", (["strong"], []))])
def test_a_single_word_is_a_hint_unless_its_rule_says_that_it_is_enough(word, expected) -> None:
    assert found(f"under {word}") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("jorum quoin", (["two"], [])), ("pavane", ([], ["one"])), ("tabor sable", ([], ["weak"]))],
)
def test_two_words_name_a_licence_where_one_names_a_family(words, expected) -> None:
    assert found(f"currently {words}") == expected


def test_a_single_word_far_from_a_finding_is_still_a_hint() -> None:
    assert found(f"{oaks(60, 65)}{apart(20)}zaffre") == (["brook"], ["bare"])


def test_a_loose_copy_of_a_good_part_is_a_finding_and_of_a_small_part_a_hint() -> None:
    assert found(oaks(0, 50)) == (["meadow"], [])
    assert found(oaks(0, 33)) in (([], ["meadow"]), ([], []))


def test_no_hint_is_a_finding_as_well() -> None:
    result = look(f"zaffre{apart(9)}xebec wherry{apart(9)}{oaks(0, 60)}", INDEX)
    assert (names(result.licenses), names(result.clues)) == (["meadow"], ["bare", "hint"])


# Introductions


def test_an_introduction_is_no_finding_where_the_licence_follows() -> None:
    assert found(f"merlin lantern kestrel:\n{oaks(0, 60)}") == (["meadow"], ["intro"])


def test_an_introduction_alone_is_a_finding() -> None:
    assert found("merlin lantern kestrel.") == (["intro"], [])


def test_an_introduction_behind_the_licence_is_a_finding() -> None:
    assert found(f"{oaks(0, 60)}\nmerlin lantern kestrel.") == (["meadow", "intro"], [])


def test_an_introduction_announces_what_comes_next_however_far_down() -> None:
    """A page of copyright lines may stand between "licensed as follows" and the licence."""
    notices = "\n".join(f"Copyright of somebody{number}" for number in range(40))
    assert found(f"merlin lantern kestrel:\n{notices}\n{oaks(0, 60)}") == (["meadow"], ["intro"])
    assert found(f"merlin lantern kestrel:{apart(9)}merlin lantern kestrel:{apart(9)}{oaks(0, 60)}") == (
        ["meadow"],
        ["intro", "intro"],
    )


def test_any_other_match_belongs_to_what_is_near_it() -> None:
    """A loose copy alone is a hint; a finding far away makes no finding of it."""
    assert found(f"nacre oriel{apart(20)}merlin lantern kestrel:") == (["pointer", "intro"], [])


def test_an_introduction_to_something_unknown_stays() -> None:
    assert found("merlin lantern kestrel:\nnacre oriel") == (["intro", "pointer"], [])


# Chance hits


@pytest.mark.parametrize(("line", "expected"), [(10, ([], ["bare"])), (5_000, ([], []))])
def test_a_weak_word_far_down_in_a_large_file_is_data(line, expected) -> None:
    assert found(f"{apart(line)}zaffre") == expected


def test_a_notice_is_found_wherever_it_stands() -> None:
    assert found(f"{apart(50_000)}{oaks(0, 60)}") == (["meadow"], [])
    assert "meadow" in rules_found(f"{apart(50_000)}zaffre\n{oaks(0, 60)}", INDEX)
