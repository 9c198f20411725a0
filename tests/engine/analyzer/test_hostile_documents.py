# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Structured texts: what hostile ones may not do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.documents import MAX_YAML_DEPTH, parse_json, parse_yaml, read_jsonc
from paddock.engine.downloader.tree import MemoryTree, SourceFile
from paddock.engine.model.errors import Unreadable


def jsonc(text: str) -> object:
    data = text.encode()
    return read_jsonc(SourceFile(MemoryTree({"a": data}), "a", len(data)))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "{a: " * 200_000,
        "- " * 200_000,
        "? " * 200_000,
        '[ "]", ' * 200_000,
        "[ #]\n" * 200_000,
        "[x', [x', " * 100_000,
        '[\n"\n]\n",\n' * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(2_000)),
    ],
    ids=repr,
)
def test_yaml_nested_too_deeply_is_refused_and_does_not_end_the_process(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_yaml(text)


def test_merges_that_multiply_are_refused_and_others_are_not() -> None:
    levels = ["a0: &a0 {x: 1, y: 2}"]
    levels += [f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 50)}]}}" for level in range(1, 12)]
    try:
        found = parse_yaml("\n".join(levels))
    except Unreadable:
        pass
    else:  # from 6.0.4 on, PyYAML merges each mapping once
        assert found["a11"] == {"x": 1, "y": 2}
    with pytest.raises(Unreadable):
        parse_yaml("a: &a {x: 1}\nb: {" + "<<: *a, " * 50_000 + "}")
    assert parse_yaml("a: &a {x: 1, y: 1}\nb: {<<: *a, y: 2}")["b"] == {"x": 1, "y": 2}


def test_yaml_with_many_brackets_that_are_not_nested_is_read() -> None:
    text = "".join(f"k{number}: {{a: [x, 'y'], b: \"]\"}}\n" for number in range(MAX_YAML_DEPTH * 4))
    assert parse_yaml(text)["k7"] == {"a": ["x", "y"], "b": "]"}


def test_half_characters_in_json_are_refused_and_whole_ones_are_not() -> None:
    assert parse_json(b'["\\ud83d\\ude00", "\\\\ud83d"]') == ["\U0001f600", "\\ud83d"]
    with pytest.raises(Unreadable):
        parse_json(b'{"a": "\\ud83d"}')


def test_comments_and_trailing_commas_go_but_strings_stay() -> None:
    assert jsonc('{"a": "// no, /* not */ ,]", /* x */ "b": [1, 2,], // y\n}') == {
        "a": "// no, /* not */ ,]",
        "b": [1, 2],
    }


@pytest.mark.parametrize("text", ["/*" * 200_000, '"' + '\\"' * 200_000, '"\\', '["a', "[1, /* 2]"], ids=len)
def test_what_nobody_closes_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        jsonc(text)


@given(st.text(alphabet='"\\/*,[]{} \n1', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (jsonc, parse_yaml):
        try:
            read(text)
        except Unreadable:
            continue
