# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Copyright statements of many files, put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.spdx.copyrights import normalize_statements


@pytest.mark.parametrize(
    ("statements", "together"),
    [
        (
            ["Copyright (c) 2019 Ada, Inc.", "© 2020-2022 ADA INC", "(C) Ada Inc 2024"],
            ["Copyright (c) 2019-2022, 2024 Ada, Inc."],
        ),
        (["Copyright 2019 Ada. All rights reserved.", "copyright 2019 ada"], ["Copyright 2019 Ada"]),
        (["Copyright 2014-present Ada", "Copyright 2012 Ada"], ["Copyright 2012, 2014-present Ada"]),
        (
            ["Copyright 1996,1997 by Ada", "Copyright 1998, 99 Ada", "Copyright 2014-15 Ada"],
            ["Copyright 1996-1999, 2014-2015 Ada"],
        ),
        (["Copyright (c) Ada <ada@example.org>", "Copyright 2001 Ada"], ["Copyright (c) 2001 Ada <ada@example.org>"]),
        (["Copyright The Byron Authors", "Copyright 2009 the Byron authors."], ["Copyright 2009 The Byron Authors"]),
        (["Portions Copyright 1999 Ada", "Copyright 2001 Ada"], ["Portions Copyright 1999 Ada", "Copyright 2001 Ada"]),
        (["Copyright 2014 Ada, 2015 Bob", "copyright 2014 ada, 2015 bob"], ["Copyright 2014 Ada, 2015 Bob"]),
        (["Ada (c) 2014", "Ada (C) 2014"], ["Ada (c) 2014"]),
        (
            ["Copyright 2010 Ada S.A.", "Copyright 2011 Bob et al."],
            ["Copyright 2010 Ada S.A.", "Copyright 2011 Bob et al."],
        ),
        (["Copyright 2019", "(c) 2020"], ["Copyright (c) 2019-2020"]),
        (["2022 Ada", "see the authors file"], ["2022 Ada", "see the authors file"]),
        (["Copyright", "(c)", "", " © "], []),
    ],
)
def test_each_holder_once_with_all_years(statements: list[str], together: list[str]) -> None:
    assert list(normalize_statements(statements)) == together


PARTS = [
    "Copyright",
    "(c)",
    "©",
    "2019",
    "2020-2022",
    "1998,",
    "99",
    "-",
    "present",
    "by",
    "Ada",
    "ADA",
    "Inc.",
    "<a@b.org>",
    "and",
    ".",
    "Portions",
    ",",
]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=7).map(" ".join), max_size=6))
def test_once_is_enough_and_nothing_is_lost(statements: list[str]) -> None:
    once = normalize_statements(statements)
    assert normalize_statements(once) == once
    assert len(once) <= len(statements)
    assert ("ada" in " ".join(once).lower()) == ("ada" in " ".join(statements).lower())


@given(st.lists(st.text(max_size=80)))
def test_arbitrary_texts(statements: list[str]) -> None:
    assert len(normalize_statements(statements)) <= len(statements)
