# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Structured texts: read within bounds, refused with a line, never expanded, never fetched."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.documents import (
    mapping,
    parse_json,
    parse_xml,
    parse_yaml,
    read_jsonc,
    read_toml,
    read_xml,
    read_yaml,
    sequence,
    text_of,
)
from paddock.engine.downloader.tree import MemoryTree, SourceFile
from paddock.engine.model.errors import Unreadable


def file_of(data: bytes) -> SourceFile:
    return SourceFile(MemoryTree({"f": data}), "f", len(data))


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (parse_json, '{\n "a": }', 2),
        (lambda data: read_toml(file_of(data)), "a = 1\nb = = 2", 2),
        (lambda data: read_yaml(file_of(data)), "a: 1\n\tb: 2", 2),
        (parse_xml, "<a>\n<b></a>", 2),
    ],
)
def test_what_is_broken_is_refused_with_its_line(read: Callable[[bytes], object], text: str, line: int) -> None:
    with pytest.raises(Unreadable, match="not valid") as caught:
        read(text.encode())
    assert caught.value.line == line


def test_json_with_comments_and_trailing_commas() -> None:
    text = b'{ // note\n "url": "https://example.org/*x*/", /* more\n */ "list": [1, 2,], "s": "a,]", }'
    assert read_jsonc(file_of(text)) == {"url": "https://example.org/*x*/", "list": [1, 2], "s": "a,]"}


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_deep_nesting_is_refused(opening: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_json(opening * 200_000)
    with pytest.raises(Unreadable):
        parse_yaml((opening * 50_000).decode())


def test_xml_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    bomb = f"<?xml version='1.0'?><!DOCTYPE r [{laughs}]><r>&e11;</r>".encode()
    with pytest.raises(Unreadable, match="amplification"):
        read_xml(file_of(bomb))
    inside = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x 'expanded'>]><r>&x;</r>"
    assert "expanded" not in (parse_xml(inside).text or "")
    outside = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><r>&x;</r>"
    assert not (parse_xml(outside).text or "").strip()


def test_yaml_makes_no_objects() -> None:
    with pytest.raises(Unreadable):
        parse_yaml("!!python/object/apply:os.getcwd []")


def test_values_of_the_wrong_kind_become_empty_ones() -> None:
    assert (mapping([1]), sequence({"a": 1}), text_of(None), text_of(True), text_of(1.5), text_of(" x ")) == (
        {}, [], "", "", "1.5", "x"
    )  # fmt: skip


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (parse_json, parse_xml, lambda data: read_toml(file_of(data)), lambda data: read_jsonc(file_of(data))):
        try:
            read(data)
        except Unreadable:
            continue
