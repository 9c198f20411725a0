# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From the bytes of a file to its licences: whole texts, changed ones, several at once, and what is said of each."""

import re

import pytest

from paddock.engine.scanner.licenses.findings import find_licenses, spdx_expression
from paddock.engine.scanner.licenses.rules import LicenseName
from tests.engine.scanner.licenses.indexes import look, make_index, oaks, rule
from tests.license_data import BROOK, ENDORSEMENT, HEDGEROW, HEDGEROW_NOTICE, MEADOW, MEADOW_NOTICE, WEIDE

CODE = "".join(f"int alpha{number} = beta({number}, gamma);\n" for number in range(12))


def found(text: str, index, path: str = "x.c") -> list[tuple[str, int, int]]:
    """(licence, first line, last line) of each finding."""
    return [
        (match.license_expression, match.start_line, match.end_line)
        for match in find_licenses(text.encode(), path, index).licenses
    ]


def matchers(text: str, index) -> list[str]:
    return [match.matcher for match in find_licenses(text.encode(), "x.c", index).licenses]


def lines(text: str) -> int:
    return text.count("\n")


# Whole texts


@pytest.mark.parametrize("text", [MEADOW, BROOK, HEDGEROW, WEIDE], ids=["meadow", "brook", "hedgerow", "weide"])
def test_a_file_that_is_a_licence_text_is_known_as_a_whole(text, license_index, request) -> None:
    key = request.node.callspec.id
    assert found(text, license_index) == [(key, 1, lines(text))]
    assert matchers(text, license_index) == ["1-hash"]
    (match,) = find_licenses(text.encode(), "LICENSE", license_index).licenses
    assert (match.rule, match.score, match.license_expression_spdx) == (
        f"{key}.LICENSE",
        100.0,
        f"LicenseRef-scancode-{key}",
    )


def test_layout_and_case_do_not_matter(license_index) -> None:
    for text in (MEADOW.upper(), MEADOW.replace("\n", " "), re.sub(r"\s+", "\n", MEADOW), f"\n\n{MEADOW}\n\n"):
        assert [key for key, _, _ in found(text, license_index)] == ["meadow"]
        assert matchers(text, license_index) == ["1-hash"]


def test_a_licence_in_another_language(license_index) -> None:
    text = f"{CODE}{WEIDE}{CODE}"
    assert found(text, license_index) == [("weide", 13, 12 + lines(WEIDE))]
    latin = find_licenses(text.encode("latin-1"), "x.c", license_index)
    assert [match.license_expression for match in latin.licenses] == ["weide"]


def test_british_and_american_spelling_are_the_same(license_index) -> None:
    assert found(MEADOW.replace("Licence", "License"), license_index) == [("meadow", 1, lines(MEADOW))]
    assert found(MEADOW_NOTICE.replace("licence", "license"), license_index) == [("meadow", 1, 2)]


# Changed texts

CHANGES = {
    "a word changed": lambda text: text.replace("lost cattle", "lost cows"),
    "words changed all over": lambda text: text.replace("software", "program").replace("damages", "losses"),
    "words added": lambda text: text.replace("every person", "every person, human or otherwise,"),
    "a sentence added": lambda text: text.replace(
        "2. A modified", "1a. Whoever whistles shall do so in tune.\n2. A mod"
    ),
    "a line lost": lambda text: "".join(line for line in text.splitlines(True) if "obtains a copy" not in line),
    "two lines lost": lambda text: "".join(line for line in text.splitlines(True) if "merchantability" not in line),
    "the title lost": lambda text: text.partition("\n\n")[2],
    "the end lost": lambda text: text[: -len(text) // 5],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_text_is_recognised_as_what_it_was(change, license_index) -> None:
    changed = change(MEADOW)
    assert changed != MEADOW
    (match,) = find_licenses(changed.encode(), "LICENSE", license_index).licenses
    assert (match.license_expression, match.matcher) == ("meadow", "3-approximate")
    assert 50 < match.score < 100
    within = find_licenses(f"{CODE}{changed}{CODE}".encode(), "x.c", license_index).licenses
    assert [one.license_expression for one in within] == ["meadow"]
    assert within[0].score == pytest.approx(match.score, abs=5)
    assert 13 <= within[0].start_line <= within[0].end_line <= 12 + lines(changed) + 1


def test_the_more_is_changed_the_lower_the_score(license_index) -> None:
    scores = []
    text = MEADOW
    for word in ("herd", "hay", "gate", "retain", "fences", "theory"):
        text = text.replace(word, "thing")
        (match,) = find_licenses(text.encode(), "LICENSE", license_index).licenses
        scores.append(match.score)
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_the_clause_that_tells_two_licences_apart_decides(license_index) -> None:
    with_clause = MEADOW.replace("\nDisclaimer of", f"\n{ENDORSEMENT}\nDisclaimer of").replace(
        "Meadow Licence", "Licence"
    )
    assert [key for key, _, _ in found(with_clause, license_index)] == ["brook"]
    without = MEADOW.replace("Meadow Licence", "Licence")
    assert [key for key, _, _ in found(without, license_index)] == ["meadow"]


def test_a_text_of_its_own_is_nothing(license_index) -> None:
    essay = "The meadow was green, the paddock was empty, and nobody would be liable for the weather of that day.\n" * 3
    assert found(essay, license_index) == []


# Several in one file


def test_two_licences_in_one_file(license_index) -> None:
    text = f"{MEADOW}\n-----\n\n{HEDGEROW}"
    start = lines(MEADOW) + 4
    assert found(text, license_index) == [
        ("meadow", 1, lines(MEADOW)),
        ("hedgerow", start, start + lines(HEDGEROW) - 1),
    ]


def test_a_whole_and_a_changed_licence_in_one_file(license_index) -> None:
    changed = HEDGEROW.replace("twig", "branch")
    text = f"{MEADOW}{CODE}{changed}"
    start = lines(MEADOW) + 13
    assert found(text, license_index) == [
        ("meadow", 1, lines(MEADOW)),
        ("hedgerow", start, start + lines(HEDGEROW) - 1),
    ]
    assert matchers(text, license_index) == ["2-exact", "3-approximate"]


def test_several_copies_are_several_findings(license_index) -> None:
    text = f"{MEADOW}{CODE}" * 3
    step = lines(MEADOW) + 12
    assert found(text, license_index) == [("meadow", 1 + at * step, lines(MEADOW) + at * step) for at in range(3)]


def test_several_changed_copies_are_several_findings(license_index) -> None:
    changed = MEADOW.replace("lost cattle", "lost cows")
    text = f"{changed}{CODE * 6}" * 3
    assert [key for key, _, _ in found(text, license_index)] == ["meadow"] * 3


def test_a_notice_and_the_text_it_speaks_of(license_index) -> None:
    text = f"{HEDGEROW_NOTICE}\n{CODE}\n{HEDGEROW}"
    assert [key for key, _, _ in found(text, license_index)] == ["hedgerow", "hedgerow"]


def test_a_choice_of_two_is_one_expression(license_index) -> None:
    text = "At your choice covered by the Hedgerow General License or by the Paddock Meadow License"
    (match,) = find_licenses(text.encode(), "x", license_index).licenses
    assert match.license_expression_spdx == "LicenseRef-scancode-hedgerow OR LicenseRef-scancode-meadow"


# What is said of a finding


def test_the_score_falls_with_what_is_missing_what_is_between_and_what_the_rule_says() -> None:
    index = make_index(rule(oaks(0, 40)), rule(oaks(100, 140), "brook", relevance=50))

    def score(text: str) -> float:
        (match,) = look(text, index).licenses
        return match.score

    assert score(oaks(0, 40)) == 100
    assert score(f"{oaks(0, 20)} {' unknown' * 10} {oaks(20, 40)}") == 80
    assert score(oaks(0, 36)) == 90
    assert score(oaks(100, 140)) == 50
    assert score(f"{oaks(100, 120)} {' unknown' * 10} {oaks(120, 140)}") == 40


def test_relevance_that_is_not_stated_grows_with_the_length_of_the_rule() -> None:
    def score(length: int) -> float:
        index = make_index(rule(oaks(0, length), relevance=None))
        return look(oaks(0, length), index).licenses[0].score

    assert 0 < score(3) < score(9) < score(40) == 100


def test_names_of_files_that_are_pointed_to_are_kept(license_index) -> None:
    (match,) = find_licenses(b"see the LICENSE file for the terms", "x", license_index).licenses
    assert (match.license_expression, match.referenced_files) == (
        "unknown-license-reference",
        ("LICENSE", "LICENSE.txt"),
    )


@pytest.mark.parametrize(
    ("expression", "spdx"),
    [
        ("m", "MIT"),
        ("m OR g", "MIT OR GPL-2.0-only"),
        ("m AND (g OR m)", "MIT AND (GPL-2.0-only OR MIT)"),
        ("(g WITH c) AND other", "(GPL-2.0-only WITH Classpath-exception-2.0) AND other"),
        ("", ""),
    ],
)
def test_expressions_are_told_in_spdx_ids(expression, spdx) -> None:
    ids = {"m": "MIT", "g": "GPL-2.0-only", "c": "Classpath-exception-2.0"}
    licenses = tuple(LicenseName(key=key, spdx_id=name) for key, name in ids.items())
    assert spdx_expression(expression, make_index(rule("zaffre"), licenses=licenses)) == spdx
