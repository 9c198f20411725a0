# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX tags in files of every comment style, as they are read on a machine without a licence index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.detect import detect_licenses
from paddock.engine.scanner.tags import NOT_AN_EXPRESSION, find_tags, holders_of

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier: "


def expressions(text: str) -> list[str]:
    return [match.license_expression_spdx for match in find_tags(text.encode(), "x").licenses]


@pytest.mark.parametrize(
    "line",
    [
        f"// {TAG}MIT",
        f"# {TAG}MIT",
        f"/* {TAG}MIT */",
        f" * {TAG}MIT",
        f"<!-- {TAG}MIT -->",
        f"(* {TAG}MIT *)",
        f"{{# {TAG}MIT #}}",
        f'{TAG}MIT",',
        f"-- {TAG}MIT\r",
        f"dnl {TAG}  mit  ",
    ],
)
def test_the_comment_around_a_tag_does_not_matter(line: str) -> None:
    assert expressions(line) == ["MIT"]


def test_every_tag_counts_with_its_line() -> None:
    text = f"// {TAG}MIT\n\n// {TAG}Apache-2.0 OR (GPL-2.0+ WITH Classpath-exception-2.0)\n"
    found = find_tags(text.encode(), "x").licenses
    assert [(match.start_line, match.license_expression_spdx) for match in found] == [
        (1, "MIT"),
        (3, "Apache-2.0 OR GPL-2.0-or-later WITH Classpath-exception-2.0"),
    ]


def test_a_tag_that_is_no_expression_is_kept_and_not_believed() -> None:
    match = find_tags(f"# {TAG}see the readme".encode(), "x").licenses[0]
    assert (match.license_expression_spdx, match.license_expression, match.score) == (
        NOT_AN_EXPRESSION,
        "see the readme",
        0.0,
    )


def test_ignored_regions_are_passed_over_and_lines_still_count() -> None:
    text = f"# REUSE-IgnoreStart\n# {TAG}GPL-3.0-only\n# REUSE-IgnoreEnd\n# {TAG}MIT\n"
    found = find_tags(text.encode(), "x").licenses
    assert [(match.start_line, match.license_expression_spdx) for match in found] == [(4, "MIT")]


def test_copyright_tags_name_their_holders() -> None:
    text = b"# SPDX-FileCopyrightText: 2019-2024 Example Motors AG <oss@example.org>\n"
    found = detect_licenses(text, "x").copyrights
    assert found[0].statement == "Copyright 2019-2024 Example Motors AG <oss@example.org>"
    assert found[0].holders == ("Example Motors AG",)


@pytest.mark.parametrize(
    ("statement", "holder"),
    [
        ("(c) 2020 A. Person", "A. Person"),
        ("\u00a9 2020, 2021 B GmbH", "B GmbH"),
        ("Copyright 2019 by C", "C"),
        ("D contributors", "D contributors"),
        ("2020", ""),
    ],
)
def test_holders_come_without_sign_and_years(statement: str, holder: str) -> None:
    assert holders_of(statement) == ((holder,) if holder else ())


@given(st.binary(max_size=400))
def test_any_bytes_are_looked_into(data: bytes) -> None:
    for content in (data, TAG.encode() + data, b"SPDX-FileCopyrightText: " + data):
        for match in find_tags(content, "x").licenses:
            assert 1 <= match.start_line <= content.count(b"\n") + 1


# REUSE-IgnoreEnd
