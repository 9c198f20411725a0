# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""TOML within bounds: read as the standard library does, refused where that would take the square of the length."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.toml_text import MAX_KEY_PARTS, MAX_VALUES, parse_toml
from paddock.engine.model.errors import Unreadable


def test_tables_are_read() -> None:
    assert parse_toml('[a.b]\nc = "1"\n"d.e" = [1]\n') == {"a": {"b": {"c": "1", "d.e": [1]}}}


def test_what_is_wrong_is_told_with_its_line() -> None:
    with pytest.raises(Unreadable, match="not valid TOML") as caught:
        parse_toml("a = 1\nb = \n")
    assert caught.value.line == 2


@pytest.mark.parametrize("part", ["a", '"a"', "'a'", '"\\""', '"\\\\"', '"."'])
@pytest.mark.parametrize("around", ["{} = 1", "[{}]", "[[{}]]", "x = 1\ny = {{ {} = 1 }}"])
def test_endless_keys_are_refused(part: str, around: str) -> None:
    for joint in (".", " . "):
        with pytest.raises(Unreadable, match="parts"):
            parse_toml(around.format(joint.join([part] * 200)))
    text = around.format(".".join([part] * MAX_KEY_PARTS))
    assert parse_toml(text) == tomllib.loads(text)


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{a=" * 100_000, "a = " + "9" * 100_000], ids=len)
def test_depth_and_digits_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_toml(text)


def test_too_many_values_are_refused() -> None:
    with pytest.raises(Unreadable, match="values"):
        parse_toml("\n" * (MAX_VALUES + 1))


def test_dots_in_strings_are_no_keys() -> None:
    text = f'a = "{"." * 5_000}"\nb = "{"x" * 5_000}"\nc = "https://example.org/{"a/" * 500}"\n'
    assert parse_toml(text) == tomllib.loads(text)


@given(st.text(alphabet="ab.=[]{}\"'\\ \n#,1", max_size=80))
def test_any_text_is_read_as_the_standard_library_reads_it(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except ValueError:
        with pytest.raises(Unreadable):
            parse_toml(text)
    else:
        assert parse_toml(text) == expected
