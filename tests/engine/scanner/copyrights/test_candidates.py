# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which lines may carry a statement on."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.copyrights.candidates import carries_on

PLAINLY = re.compile(rb"@|https?:|[A-Za-z].* (?:19|20)\d\d\b|\s(?:19|20)\d\d\b.*[A-Za-z]")
PARTS = st.sampled_from([b"a", b" ", b"\t", b"1999", b"2024", b"x2001", b"1999b", b"http:", b"@", b".", b"\r", b"\xe9"])


@given(st.lists(PARTS, max_size=9).map(b"".join))
def test_the_answer_is_that_of_one_expression_which_takes_far_longer(line: bytes) -> None:
    around = b"Ada 1999 " + b"\n" + line + b"\n" + b"\n2001 Byron"
    begin = around.index(b"\n") + 1
    expected = PLAINLY.search(line) is not None
    assert carries_on(around, begin, begin + len(line)) is expected
    assert carries_on(around, begin, begin + len(line) + 1) is expected


@pytest.mark.parametrize("line", [b"words " * 200_000, b" 1999" * 200_000, b"\t1999" * 200_000, b"a" * 1_000_000])
def test_a_line_without_end_is_looked_at_once(line: bytes) -> None:
    assert not carries_on(line, 0, len(line))
