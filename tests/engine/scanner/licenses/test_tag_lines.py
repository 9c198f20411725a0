# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licence tags: what somebody declared is read as it stands, whatever stands around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses.findings import find_licenses
from paddock.engine.scanner.licenses.tag_lines import keys_by_id, read_expression
from paddock.engine.spdx.parse import parse
from tests.license_data import MEADOW, MEADOW_NOTICE

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier: "
UNREADABLE = "LicenseRef-scancode-unknown-spdx"


def told(text: str, index) -> list[str]:
    """The expressions found in a text, by lines and then by name."""
    return [match.license_expression_spdx for match in find_licenses(text.encode(), "x", index).licenses]


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("MIT", "MIT"),
        ("mit", "MIT"),
        ("Apache-2.0 OR MIT", "Apache-2.0 OR MIT"),
        ("Apache-2.0 or mit", "Apache-2.0 OR MIT"),
        ("(Apache-2.0 OR MIT) AND BSD-3-Clause", "(Apache-2.0 OR MIT) AND BSD-3-Clause"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("Apache-2.0 MIT", "Apache-2.0 OR MIT"),
    ],
)
def test_expressions(written, expression, license_index) -> None:
    assert told(f"# {TAG}{written}", license_index) == [expression]


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("GPL-2.0", "GPL-2.0-only"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("Apache-2.0+", "Apache-2.0+"),
    ],
)
def test_ids_out_of_use_are_told_in_those_of_today(written, expression, license_index) -> None:
    assert told(f"# {TAG}{written}", license_index) == [expression]


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("ISC", "ISC"),
        ("isc OR MIT", "ISC OR MIT"),
        ("LicenseRef-Own-1", "LicenseRef-Own-1"),
        ("LicenseRef-scancode-meadow", "LicenseRef-scancode-meadow"),
        ("DocumentRef-other:LicenseRef-Own", "DocumentRef-other:LicenseRef-Own"),
        ("MIT WITH LicenseRef-Own-Exception", "MIT WITH LicenseRef-Own-Exception"),
    ],
)
def test_ids_that_the_rule_data_does_not_have_stand_for_themselves(written, expression, license_index) -> None:
    assert told(f"# {TAG}{written}", license_index) == [expression]


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("Foo-1.0", UNREADABLE),
        ("see the readme", UNREADABLE),
        ("Apache-2.0 OR Foo-1.0", f"Apache-2.0 OR {UNREADABLE}"),
        ("Classpath-exception-2.0", UNREADABLE),
        ("Apache-2.0 OR Classpath-exception-2.0", f"Apache-2.0 OR {UNREADABLE}"),
        ("GPL-2.0-only WITH Foo-exception", f"GPL-2.0-only WITH {UNREADABLE}"),
        ("Apache-2.0 WITH ISC", f"Apache-2.0 WITH {UNREADABLE}"),
        ("Apache-2.0 WITH MIT", f"Apache-2.0 WITH {UNREADABLE}"),
        ("ISC WITH LLVM-exception", "ISC WITH LLVM-exception"),
        ("LLVM-exception", UNREADABLE),
        ("LLVM-exception+", UNREADABLE),
        ("Apache-2.0 WITH (ISC)", UNREADABLE),
        ("ISC WITH LLVM-exception WITH LLVM-exception", UNREADABLE),
        ("GPL-2.0-with-classpath-exception WITH LLVM-exception", UNREADABLE),
    ],
)
def test_what_cannot_be_read_is_said_to_be_unknown_and_the_rest_is_kept(written, expression, license_index) -> None:
    assert told(f"# {TAG}{written}", license_index) == [expression]


@pytest.mark.parametrize("written", ["", "NONE", "NOASSERTION", "<expression>", "$license", '" + name', "%s", "..."])
def test_a_tag_without_an_answer_says_nothing(written, license_index) -> None:
    assert told(f"{TAG}{written}", license_index) == []


@pytest.mark.parametrize(
    "line",
    [
        f"/* {TAG}Apache-2.0 OR ISC */",
        f"<!-- {TAG}Apache-2.0 OR ISC -->",
        f"(* {TAG}Apache-2.0 OR ISC *)",
        f"{{# {TAG}Apache-2.0 OR ISC #}}",
        f'x = "{TAG}Apache-2.0 OR ISC\\n"',
        f"'{TAG}Apache-2.0 OR ISC', more",
        f'.\\" {TAG}Apache-2.0 OR ISC',
        f"REM {TAG}Apache-2.0 OR ISC",
        f"dnl {TAG}  Apache-2.0   OR ISC  ",
        f"`{TAG}Apache-2.0 OR ISC` is the tag",
        f"({TAG}Apache-2.0 OR ISC)",
        f"{TAG}Apache-2.0 OR ISC.",
        f"{TAG}Apache-2.0 OR ISC AND",
        f"{TAG}(Apache-2.0 OR ISC",
        f"//{TAG}Apache-2.0 OR ISC\r",
        "SPDX-Licence-Identifier: Apache-2.0 OR ISC",
        "spdx-license-identifier Apache-2.0 OR ISC",
        "# SPDX License Identifier: Apache-2.0 OR ISC",
    ],
)
def test_the_comment_around_a_tag_does_not_matter(line, license_index) -> None:
    assert [found.strip("()") for found in told(line, license_index)] == ["Apache-2.0 OR ISC"]


def test_every_tag_has_its_line_its_rule_and_full_score(license_index) -> None:
    text = f"// {TAG}ISC\r\n\r\n// {TAG}LicenseRef-Own OR ISC\r\ncode();\r\n"
    found = find_licenses(text.encode(), "x.c", license_index).licenses
    assert [(one.start_line, one.end_line, one.score, one.matcher) for one in found] == [
        (1, 1, 100.0, "1-spdx-id"),
        (3, 3, 100.0, "1-spdx-id"),
    ]
    assert [one.rule for one in found] == [
        "spdx-license-identifier-isc",
        "spdx-license-identifier-licenseref-own_or_isc",
    ]


def test_all_tags_of_a_minified_line_count_and_hide_nothing_between_them(license_index) -> None:
    notice = MEADOW_NOTICE.replace("\n", " ")
    parts = [f"/*{TAG}ISC*/var a=1;", "x+y;" * 2_000, f"/*! {notice}*/z();", f"/*{TAG}0BSD*/", f"/*{TAG}Zlib*/b();"]
    assert told("".join(parts), license_index) == ["0BSD", "ISC", "LicenseRef-scancode-meadow", "Zlib"]


def test_a_tag_within_a_text_of_a_program_ends_with_its_line(license_index) -> None:
    text = f'const header = "{TAG}ISC\\n{MEADOW_NOTICE.replace(chr(10), " ")}";'
    assert told(text, license_index) == ["ISC", "LicenseRef-scancode-meadow"]


def test_words_behind_a_tag_belong_to_it(license_index) -> None:
    assert told(f"{TAG}ISC and not the MIT License", license_index) != ["MIT"]
    assert told(f"{TAG}Apache-2.0 (Apache License, Version 2.0)", license_index) == ["Apache-2.0"]


def test_a_tag_beside_a_licence_text_is_a_finding_of_its_own(license_index) -> None:
    assert told(f"// {TAG}ISC\n/*\n{MEADOW}*/\n", license_index) == ["ISC", "LicenseRef-scancode-meadow"]


def test_a_text_without_the_words_of_a_tag_has_none(license_index) -> None:
    for text in ("SPDX", "SPDX-License", "License-Identifier: ISC", "SPDX-License-Identifer: ISC"):
        assert told(text, license_index) == []


WORDS = st.sampled_from(
    [
        "MIT",
        "ISC",
        "GPL-2.0+",
        "Classpath-exception-2.0",
        "Foo",
        "AND",
        "or",
        "WITH",
        "(",
        ")",
        "LicenseRef-a",
        "*/",
        ",",
        "é",
    ]
)


@given(st.lists(WORDS, max_size=12))
def test_whatever_is_written_becomes_an_expression_or_nothing(license_index, words) -> None:
    for match in find_licenses(f"# {TAG}{' '.join(words)}".encode(), "x", license_index).licenses:
        assert match.matcher != "1-spdx-id" or parse(match.license_expression_spdx) is not None


@given(st.text(max_size=60))
def test_any_text_is_read(license_index, written) -> None:
    expression = read_expression(written, keys_by_id(license_index))
    assert expression is None or expression.strip()


# REUSE-IgnoreEnd
