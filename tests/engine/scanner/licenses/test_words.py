# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Texts as word numbers: what is a word, what is passed over, on which line each stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses import words
from paddock.engine.scanner.licenses.variants import CANONICAL
from paddock.engine.scanner.licenses.words import (
    FIRST_WORD,
    NEWLINE,
    PASSED_OVER,
    PASSED_OVER_WORDS,
    plain_words,
    read_words,
    rule_words,
)

KNOWN = ["license", "meadow", "gpl2+", "gpl2", "c++", "größe", "x"]
VOCABULARY = {
    **{word.encode(): number for number, word in enumerate(KNOWN, FIRST_WORD)},
    **dict.fromkeys(PASSED_OVER_WORDS, PASSED_OVER),
    b"\x01": NEWLINE,
}


def known(text: str | bytes) -> list[str]:
    """The known words of a text."""
    found = read_words(text if isinstance(text, bytes) else text.encode(), VOCABULARY)
    return [KNOWN[number - FIRST_WORD] for number in found.numbers]


def plain(text: str | bytes) -> str:
    return plain_words(text if isinstance(text, bytes) else text.encode()).decode().replace("\x01", "|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The MEADOW licence", "the meadow licence"),
        ("meadow/license;license=meadow", "meadow license license meadow"),
        ("apache-2.0", "apache 2 0"),
        ("snake_case_license", "snake case license"),
        ("gpl2+", "gpl2+"),
        ("gpl2++", "gpl2+"),
        ("+gpl2", "gpl2"),
        ("a + b", "a b"),
        ("a\\nb\\tc", "a b c"),
        ("GRÖSSE", "grösse"),
        ("“meadow” — © meadow…", "meadow meadow"),
        ("a\nb", "a | b"),
        ("a\r\nb\rc\n", "a | b | c |"),
        ("", ""),
    ],
)
def test_a_word_is_a_run_of_letters_and_digits_in_lower_case(text: str, expected: str) -> None:
    assert plain(text).split() == expected.split()


@given(st.text(alphabet="+a \né.", max_size=12))
def test_a_plus_sign_belongs_to_the_word_right_before_it_and_to_no_other(text: str) -> None:
    expected = re.sub(r"(?<![aé])\++", " ", text.replace(".", " ")).split()
    assert plain_words(text.encode()).replace(b"\x01", b"").decode().split() == expected


def test_what_is_not_utf8_is_read_as_latin_1() -> None:
    assert known("die Größe".encode("latin-1")) == known("die Größe") == ["größe"]


@pytest.mark.parametrize(
    "text",
    [
        "meadow<br>license",
        "meadow &quot;license&quot;",
        "meadow</p>\n<p>license",
        "dnl meadow\ndnl license",
        "REM meadow\nREM license",
        "echo meadow\necho license",
        "meadow&nbsp;license",
        "<li>meadow <span>license</span></li>",
    ],
)
def test_marks_of_pages_and_comments_do_not_interrupt_a_text(text: str) -> None:
    found = read_words(text.encode(), VOCABULARY)
    assert known(text) == ["meadow", "license"]
    assert found.is_continuous(0, 2)


def test_unknown_words_are_counted_where_they_stand() -> None:
    found = read_words(b"some meadow of the license x", VOCABULARY)
    assert found.unknown.tolist() == [1, 3, 3]
    assert not found.is_continuous(0, 2)
    assert found.is_continuous(1, 3)


def test_lines_count_from_one_whatever_ends_them() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"meadow{end}{end}license foo{end}x".encode()
        assert read_words(text, VOCABULARY).lines.tolist() == [1, 3, 4]


@given(st.text(alphabet="ab \n\r+é\\nß<>.", max_size=60))
def test_every_known_word_is_on_the_line_where_it_stands(noise: str) -> None:
    text = f"{noise}\nmeadow {noise}".replace("\r\n", "\n").replace("\r", "\n")
    found = read_words(text.encode(), VOCABULARY)
    line = text[: text.index("meadow")].count("\n") + 1
    assert [
        int(one) for one, number in zip(found.lines, found.numbers, strict=True) if KNOWN[number - 3] == "meadow"
    ] == [line]


@given(st.lists(st.sampled_from(["meadow", "license", "foo", "a+b", "\n", "größe", "<br>"]), max_size=60))
def test_a_text_read_in_pieces_is_the_text_read_whole(parts: list[str]) -> None:
    text = " ".join(parts).encode()
    whole = read_words(text, VOCABULARY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_CHUNK", 16)
        pieces = read_words(text, VOCABULARY)
    assert whole.numbers.tolist() == pieces.numbers.tolist()
    assert whole.lines.tolist() == pieces.lines.tolist()
    assert whole.unknown.tolist() == pieces.unknown.tolist()


def test_a_text_without_any_space_is_still_read_in_pieces(monkeypatch) -> None:
    monkeypatch.setattr(words, "_CHUNK", 16)
    found = read_words(b"x" * 100 + b" meadow", VOCABULARY)
    assert known(b" meadow") == [KNOWN[number - 3] for number in found.numbers[-1:]]


@given(st.binary(max_size=200))
def test_any_bytes_have_words(data: bytes) -> None:
    found = read_words(data, VOCABULARY)
    assert len(found.numbers) == len(found.lines) == len(found.unknown)
    assert all(FIRST_WORD <= number < FIRST_WORD + len(KNOWN) for number in found.numbers)


def test_required_phrases_are_ranges_of_words() -> None:
    assert rule_words("under the {{Meadow licence}} or {{x}}") == (
        [b"under", b"the", b"meadow", b"license", b"or", b"x"],
        [(2, 4), (5, 6)],
    )


@pytest.mark.parametrize(
    ("text", "phrases"),
    [("x {{ }} y", []), ("x {{y", []), ("x }} y", []), ("{{x {{y}} z", [(1, 2)]), ("{{x}}{{y}}", [(0, 1), (1, 2)])],
)
def test_phrases_that_are_not_closed_or_empty_are_none(text: str, phrases: list[tuple[int, int]]) -> None:
    assert rule_words(text)[1] == phrases


@pytest.mark.parametrize("spelling", ["licence", "Licences", "LICENSES", "lisence", "license"])
def test_spellings_of_one_word_are_one_word_of_a_rule(spelling: str) -> None:
    assert rule_words(spelling)[0] == [b"license"]


def test_a_spelling_stands_for_a_word_and_not_for_another_spelling() -> None:
    assert not set(CANONICAL.values()) & set(CANONICAL)
