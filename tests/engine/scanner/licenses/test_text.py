# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is a text: encodings, source maps, and the kinds of files that hold none."""

import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses.text import OTHER_BINARY, binary_kind, read_text

KINDS = {
    b"%PDF-1.7\n": "PDF documents",
    b"PK\x03\x04": "archives",
    b"\x1f\x8b\x08": "archives",
    b"BZh9": "archives",
    b"\xfd7zXZ\x00": "archives",
    b"7z\xbc\xaf\x27\x1c": "archives",
    b"\x28\xb5\x2f\xfd": "archives",
    b"\x7fELF\x02": "compiled programs",
    b"\xca\xfe\xba\xbe": "compiled programs",
    b"\xcf\xfa\xed\xfe": "compiled programs",
    b"\x00asm": "compiled programs",
    b"\x89PNG\r\n": "pictures",
    b"\xff\xd8\xff\xe0": "pictures",
    b"GIF89a": "pictures",
    b"OTTO": "fonts",
    b"wOF2": "fonts",
    b"\x00\x01\x00\x00\x00": "fonts",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "office documents",
    b"MZ\x90\x00\x03": OTHER_BINARY,
    b"some text \x00 and more": OTHER_BINARY,
}


@pytest.mark.parametrize("head", KINDS, ids=repr)
def test_files_that_hold_no_text_are_told_by_kind(head) -> None:
    data = head + b" licensed under the Meadow Licence"
    assert binary_kind(data) == KINDS[head]
    found = read_text(data, "x")
    assert (found.text, found.not_looked_at) == (b"", KINDS[head])


@pytest.mark.parametrize(
    "data",
    [b"", b"text", "Größe".encode(), "Größe".encode("latin-1"), b"\xff\xfea\x00", b"\xef\xbb\xbfa", b"#!/bin/sh\n"],
)
def test_texts_are_of_no_kind(data) -> None:
    assert binary_kind(data) == ""


def test_a_nul_far_behind_the_beginning_does_not_make_a_text_binary() -> None:
    assert binary_kind(b"x" * 100_000 + b"\0") == ""


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(mark, encoding) -> None:
    assert read_text(mark + "Größe\n".encode(encoding), "x").text == "Größe\n".encode()


def test_without_a_mark_the_bytes_are_left_as_they_are() -> None:
    assert read_text(b"Gr\xf6\xdfe", "x").text == b"Gr\xf6\xdfe"


def test_only_files_named_as_source_maps_are_read_as_such() -> None:
    data = json.dumps({"sourcesContent": ["one\n", None, "two"]}).encode()
    assert read_text(data, "a.js.map").text == b"one\n\n\ntwo"
    assert read_text(data, "a.json").text == data
    assert read_text(b"{}", "a.js.map").text == b"{}"


@pytest.mark.parametrize(
    "data",
    [
        b'{"sourcesContent": "no list"}',
        b'{"sourcesContent": [1]}',
        b'{"sourcesContent": ["cut o',
        b'"sourcesContent" \xff',
        b'["sourcesContent"]',
    ],
)
def test_a_broken_source_map_is_read_as_the_text_that_it_is(data) -> None:
    assert read_text(data, "a.map").text == data


def test_of_a_large_file_the_beginning_is_kept_and_that_is_told(monkeypatch) -> None:
    monkeypatch.setattr("paddock.engine.scanner.licenses.text.MAX_TEXT_BYTES", 10)
    assert (read_text(b"x" * 10, "x").text, read_text(b"x" * 10, "x").is_cut) == (b"x" * 10, False)
    assert (read_text(b"x" * 11, "x").text, read_text(b"x" * 11, "x").is_cut) == (b"x" * 10, True)


@given(st.binary(max_size=60), st.sampled_from(["x", "x.map"]))
def test_any_bytes_are_a_text_or_of_a_kind(data, path) -> None:
    for head in (b"", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b'{"sourcesContent":'):
        found = read_text(head + data, path)
        assert not (found.text and found.not_looked_at)
