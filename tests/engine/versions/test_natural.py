# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The order of versions for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.versions.natural import compare


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("1.2", "1.10"),
        ("1.0-rc1", "1.0"),
        ("1.0a1", "1.0b1"),
        ("1.0.dev3", "1.0a1"),
        ("v1.9.0", "v1.10.0"),
        ("2.0-SNAPSHOT", "2.0"),
        ("1.0", "1.0.post1"),
        ("1.0", "1.0.1"),
        ("32.1-android", "33.0-android"),
    ],
)
def test_order(lower: str, higher: str) -> None:
    assert compare(lower, higher) == -1
    assert compare(higher, lower) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("1.0", "1"), ("v1.2", "1.2"), ("1.0.Final", "1.0"), ("1.0+build1", "1.0")]
)
def test_equal_spellings(first: str, second: str) -> None:
    assert compare(first, second) == 0


@pytest.mark.parametrize("version", ["", "main", "0123456789abcdef0123", "latest"])
def test_what_is_no_version_cannot_be_told(version: str) -> None:
    assert compare(version, "1.0") is None


versions = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}(-(alpha|beta|rc)\.?[0-9]{0,2})?", fullmatch=True)


@given(versions, versions, versions)
def test_it_is_an_order(a: str, b: str, c: str) -> None:
    ab, ba, bc, ac = compare(a, b), compare(b, a), compare(b, c), compare(a, c)
    assert ab is not None
    assert ba is not None
    assert bc is not None
    assert ab == -ba
    if ab <= 0 and bc <= 0:
        assert ac is not None
        assert ac <= 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gets_an_answer(first: str, second: str) -> None:
    assert compare(first, second) in (-1, 0, 1, None)
