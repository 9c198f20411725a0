# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is a copyright statement, whom it names, and how it is written down."""

import pytest

from paddock.engine.scanner.copyrights.find import find_copyrights
from paddock.engine.scanner.detect import detect_licenses
from paddock.engine.scanner.tags import find_tags


def statements(text: str) -> list[str]:
    return [one.statement for one in find_copyrights(text.encode(), "x").copyrights]


def holders(text: str) -> list[str]:
    return [holder for one in find_copyrights(text.encode(), "x").copyrights for holder in one.holders]


@pytest.mark.parametrize(
    "text",
    [
        "Copyright (c) 2020 Ada Byron",
        "// Copyright (c) 2020 Ada Byron",
        "//Copyright (c) 2020 Ada Byron",
        "/* Copyright (C) 2020 Ada Byron */",
        "/** Copyright © 2020 Ada Byron. */",
        " * Copyright ©2020 Ada Byron",
        "# Copyright(c)2020 Ada Byron",
        "-- Copyright (c) 2020 Ada Byron",
        "dnl Copyright (c) 2020 Ada Byron",
        "REM Copyright (c) 2020 Ada Byron",
        '.\\" Copyright (c) 2020 Ada Byron',
        ".. Copyright (c) 2020 Ada Byron",
        "(* Copyright (c) 2020 Ada Byron *)",
        "{# Copyright (c) 2020 Ada Byron #}",
        "<!-- Copyright (c) 2020 Ada Byron -->",
        "<p>Copyright &copy; 2020 <b>Ada</b> Byron</p>",
        '"""Copyright \\u00a9 2020 Ada Byron"""',
        '__copyright__ = "Copyright (c) 2020 Ada Byron"',
        '[assembly: AssemblyCopyright("Copyright © 2020 Ada Byron")]',
        "<Copyright>Copyright (c) 2020 Ada Byron</Copyright>",
        'printf("Copyright (c) 2020 Ada Byron\\n");',
        'msgid "Copyright (c) 2020 Ada Byron"',
        "Copyright: (c) 2020 Ada Byron",
        "Copyright (c) 2020 Ada Byron. All rights reserved.",
        "Copyright (c) 2020 Ada Byron, all rights reserved",
        "Copyright (c) 2020 Ada Byron\nPermission is hereby granted",
        "Copyright (c) 2020 Ada Byron\nimport example.List;",
        "Copyright (c) 2020 Ada Byron\r\n\r\nLicensed under the",
        "(C)opyright 2020 Ada Byron",
    ],
)
def test_marks_of_comments_and_markup_do_not_matter(text: str) -> None:
    assert statements(text) == ["Copyright (c) 2020 Ada Byron"]
    assert holders(text) == ["Ada Byron"]


@pytest.mark.parametrize(
    ("text", "statement", "holder"),
    [
        ("Copyright 2020 Byron", "Copyright 2020 Byron", "Byron"),
        ("(C) 2020 Ada Byron", "(c) 2020 Ada Byron", "Ada Byron"),
        ("(c) Copyright Example Corp. 2001, 2020.", "(c) Copyright Example Corp. 2001, 2020", "Example Corp."),
        ("COPYRIGHT (C) 2020 BYRON", "COPYRIGHT (c) 2020 BYRON", "BYRON"),
        ("@copyright 2020 Ada Byron", "copyright 2020 Ada Byron", "Ada Byron"),
        ("copr. 2020 Ada Byron", "copr. 2020 Ada Byron", "Ada Byron"),
        ("Portions Copyright 2020 Ada Byron", "Portions Copyright 2020 Ada Byron", "Ada Byron"),
        ("SPDX-FileCopyrightText: 2020 Ada Byron", "Copyright 2020 Ada Byron", "Ada Byron"),
        (
            "Copyright 2014-present Ada & Collaborators",
            "Copyright 2014-present Ada & Collaborators",
            "Ada & Collaborators",
        ),
        ("Copyright 2014 - present Ada", "Copyright 2014 - present Ada", "Ada"),
        ("Copyright 1998,99, 2001-03 Ada", "Copyright 1998,99, 2001-03 Ada", "Ada"),
        ("Copyright 2020 by Ada Byron", "Copyright 2020 by Ada Byron", "Ada Byron"),
        ("Copyright Ada Byron 2020", "Copyright Ada Byron 2020", "Ada Byron"),
        (
            "Copyright Example, Inc. and its affiliates.",
            "Copyright Example, Inc. and its affiliates",
            "Example, Inc. and its affiliates",
        ),
        (
            "Copyright 2020 Ada and other contributors",
            "Copyright 2020 Ada and other contributors",
            "Ada and other contributors",
        ),
        ("Copyright 2020 Ada, et al.", "Copyright 2020 Ada", "Ada"),
        (
            "Copyright 2020 The Byron Authors. All rights reserved.",
            "Copyright 2020 The Byron Authors",
            "The Byron Authors",
        ),
        (
            "Copyright 2020 the original author or authors.",
            "Copyright 2020 the original author or authors",
            "the original author or authors",
        ),
        ("Copyright 2020 Ada <ada@example.org>", "Copyright 2020 Ada <ada@example.org>", "Ada"),
        ("Copyright 2020 Ada (ada@example.org)", "Copyright 2020 Ada (ada@example.org)", "Ada"),
        ("Copyright 2020 ada@example.org", "Copyright 2020 ada@example.org", "ada@example.org"),
        ("Copyright 2020 Ada <http://example.org/>", "Copyright 2020 Ada http://example.org", "Ada"),
        ("Copyright 2020 Ada <ada at example dot org>", "Copyright 2020 Ada ada at example dot org", "Ada"),
        ("Copyright 2020 Example GmbH & Co. KG", "Copyright 2020 Example GmbH & Co. KG", "Example GmbH & Co. KG"),
        ("Copyright 2020 Ada\n *   and Bob Byron", "Copyright 2020 Ada and Bob Byron", "Ada and Bob Byron"),
        ("Copyright 2020\n * Ada Byron", "Copyright 2020 Ada Byron", "Ada Byron"),
        ("Copyright 1999, 2000,\n#   2001 Ada Byron", "Copyright 1999, 2000, 2001 Ada Byron", "Ada Byron"),
        ("Ada Byron (c) 2020", "Ada Byron (c) 2020", "Ada Byron"),
        ("Written by Ada Byron, (c) 2020", "Ada Byron, (c) 2020", "Ada Byron"),
        ("Byron Copyright (c) 2020 Ada", "Copyright (c) 2020 Ada", "Ada"),
        ("Copyright 2020 Åse Müller", "Copyright 2020 Ase Muller", "Ase Muller"),
        ("Copyright 2020 Иван Петров", "Copyright 2020 Ivan Petrov", "Ivan Petrov"),
    ],
)
def test_forms(text: str, statement: str, holder: str) -> None:
    assert (statements(text), holders(text)) == ([statement], [holder])


@pytest.mark.parametrize(
    "text",
    [
        "The above copyright notice and this permission notice shall be included",
        "THE COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM",
        "Copyright [yyyy] [name of copyright owner]",
        "Copyright (C) <year>  <name of author>",
        "Copyrights in the Byron project are retained by their contributors.",
        "the copyright of others, copyright law, copyright infringement",
        "String copyright = getCopyright(other);",
        "if (c) return f(c), g(c).Result;",
        "(a) first, (b) second, (c) third thing",
        "copyright.",
        "",
    ],
)
def test_mentions_are_no_statements(text: str) -> None:
    assert statements(text) == []


def test_statements_come_with_their_lines() -> None:
    text = "\n\n// Copyright 2019 Ada\n//   Byron\n\n\ncode\n\n\n// (c) 2020 Bob\n"
    found = find_copyrights(text.encode(), "x").copyrights
    assert [(one.start_line, one.end_line, one.statement) for one in found] == [
        (3, 4, "Copyright 2019 Ada Byron"),
        (10, 10, "(c) 2020 Bob"),
    ]


def test_statements_in_a_row_stay_apart() -> None:
    text = "Copyright 2019 Ada Byron\nCopyright 2020 Bob Byron\n(c) 2021 Eve, Copyright 2022 Dan\n"
    assert statements(text) == [
        "Copyright 2019 Ada Byron",
        "Copyright 2020 Bob Byron",
        "(c) 2021 Eve",
        "Copyright 2022 Dan",
    ]


def test_what_reuse_passes_over_is_passed_over() -> None:
    # REUSE-IgnoreStart
    text = "# REUSE-IgnoreStart\n# Copyright 2019 Ada\n# REUSE-IgnoreEnd\n# Copyright 2020 Bob\n"
    # REUSE-IgnoreEnd
    found = find_copyrights(text.encode(), "x").copyrights
    assert [(one.start_line, one.statement) for one in found] == [(4, "Copyright 2020 Bob")]


# REUSE-IgnoreStart
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# SPDX-FileCopyrightText: © 2020 Åse Byron", ["Copyright (c) 2020 Ase Byron"]),
        ("# SPDX-FileCopyrightText: Copyright 2020 Ada Byron", ["Copyright 2020 Ada Byron"]),
        ("# SPDX-FileCopyrightText: 2020 file readers", ["2020 file readers"]),
        ("# SPDX-FileCopyrightText: the readers", ["the readers"]),
        ("# (c) 2020 Ada, (c) 2020 Ada Byron", ["(c) 2020 Ada", "(c) 2020 Ada Byron"]),
    ],
)
def test_a_tag_is_one_statement_whoever_reads_it(text: str, expected: list[str]) -> None:
    found = detect_licenses(text.encode(), "x", (find_tags, find_copyrights)).copyrights
    assert [one.statement for one in found] == expected


# REUSE-IgnoreEnd
