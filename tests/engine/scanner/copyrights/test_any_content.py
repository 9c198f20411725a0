# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Content of every kind: encodings, binary files, endless lines, arbitrary bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.copyrights.candidates import candidates
from paddock.engine.scanner.copyrights.find import find_copyrights
from paddock.engine.scanner.copyrights.grammar import statements as spans
from paddock.engine.scanner.copyrights.words import read_words

LINE = "/* Copyright © 2020 Ada Byron */\n"
EXPECTED = ["Copyright (c) 2020 Ada Byron"]
MARKS = ("copyright", "(c)", "©", "&copy;", "(C) ", "Copyright (c) 2020 ", "SPDX-FileCopyrightText: ")
WORDS = ("Ada", "Byron", "Inc.", "and", "the", "of", ",", "-", "2020", "<a@example.org>", "LICENSE", "\n")


def statements(data: bytes) -> list[str]:
    return [one.statement for one in find_copyrights(data, "x").copyrights]


@pytest.mark.parametrize(
    "data",
    [
        LINE.encode(),
        LINE.encode("utf-8-sig"),
        LINE.encode("latin-1"),
        LINE.encode("utf-16"),
        b"\xfe\xff" + LINE.encode("utf-16-be"),
        LINE.replace("\n", "\r\n").encode(),
        LINE.replace("\n", "\r").encode() + b"next line\r",
        b"\xfd\xfe\xff not UTF-8\n" + LINE.encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    assert statements(data) == EXPECTED


@pytest.mark.parametrize("data", [b"\0" + LINE.encode(), b"%PDF-1.7\n" + LINE.encode(), bytes(range(1, 32)) * 50])
def test_binary_files_have_none(data: bytes) -> None:
    assert statements(data) == []


def test_a_mark_in_an_endless_line_is_found_and_little_else_is_looked_at() -> None:
    data = b"x " * 500_000 + b"; Copyright (c) 2020 Ada Byron */ " + b"function(){} " * 100_000
    assert statements(data) == EXPECTED
    assert sum(len(text) for group in candidates(data) for _, text in group) < 2_000


@pytest.mark.parametrize(
    "data",
    [
        b"(c)\n" * 20_000,
        b"(c) " * 20_000,
        b"Copyright 2020 Ada\n@\n" * 5_000,
        b"\n" * 100_000 + b"(c) 2020",
        b"@\n" * 50_000 + b"(c) 2020",
        b"\xa9" * 100_000,
        b"<a (c)\n" * 10_000,
    ],
)
def test_work_is_bounded(data: bytes) -> None:
    looked_at = [len(text) + 1 for group in candidates(data) for _, text in group]
    assert sum(looked_at) <= 2 * len(data)
    assert max(map(len, candidates(data)), default=0) <= 125
    find_copyrights(data, "x")


def test_line_numbers_count_on_through_endless_lines() -> None:
    data = b"\n" + b"a" * 5_000 + b"\n\n" + LINE.encode() + b"b" * 5_000 + b" (c) 2021 Bob Byron\n" + LINE.encode()
    found = find_copyrights(data, "x").copyrights
    assert [(one.start_line, one.statement) for one in found] == [
        (4, EXPECTED[0]),
        (5, "(c) 2021 Bob Byron"),
        (6, EXPECTED[0]),
    ]


@given(st.binary(max_size=300), st.sampled_from(MARKS), st.binary(max_size=300))
def test_arbitrary_bytes(before: bytes, mark: str, after: bytes) -> None:
    data = before + mark.encode() + after
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for one in find_copyrights(data, "x").copyrights:
        assert one.statement == one.statement.strip()
        assert 1 <= one.start_line <= one.end_line <= lines


@given(st.lists(st.sampled_from([*MARKS, *WORDS])))
def test_arbitrary_rows_of_words(row: list[str]) -> None:
    text = " ".join(row)
    found = find_copyrights(text.encode(), "x").copyrights
    assert [one.start_line for one in found] == sorted(one.start_line for one in found)


@given(st.text(alphabet="kspyNAnJCDuvqoabteUPO-,Ewdzi()", max_size=60))
def test_statements_never_overlap(kinds: str) -> None:
    end = 0
    for span in spans(kinds):
        assert end <= span.start <= span.mark[0] < span.mark[1] <= span.end
        end = span.end


def test_every_word_has_one_class() -> None:
    words = read_words()
    assert words["Inc"] != words["License"]
    assert all(word == word.strip(".,()") or word.endswith(("(-ies", "a.s.")) for word in words)
