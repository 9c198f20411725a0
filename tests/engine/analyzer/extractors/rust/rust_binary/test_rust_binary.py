# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rust programs with a list of crates."""

import json
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.rust.rust_binary import EXTRACTOR
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

CRATES = {
    "packages": [
        {"name": "tool", "version": "1.0.0", "source": "local", "dependencies": [1, 2], "root": True},
        {"name": "serde", "version": "1.0.200", "source": "registry"},
        {"name": "cc", "version": "1.1.0", "source": "registry", "kind": "build"},
    ]
}


def program(content: bytes) -> bytes:
    """A PE file with one section."""
    head = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 0, 0)
    row = struct.pack("<8sIIIIIIHHI", b".dep-v0", len(content), 0x1000, len(content), len(head) + 40, 0, 0, 0, 0, 0x40)
    return head + row + content


def test_the_crates_of_a_program_are_read() -> None:
    found = extract(EXTRACTOR, {"tool": program(zlib.compress(json.dumps(CRATES).encode()))})
    assert refs(found) == ["pkg:cargo/cc@1.1.0", "pkg:cargo/serde@1.0.200", "pkg:cargo/tool@1.0.0"]
    used = usages(found, "tool")
    assert used["pkg:cargo/cc@1.1.0"].scope is Scope.BUILD
    assert used["pkg:cargo/tool@1.0.0"].direct is True
    assert ("pkg:cargo/tool@1.0.0", "pkg:cargo/serde@1.0.200") in edges(found)


def test_a_damaged_list_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"tool": program(b"not compressed")})
    assert "damaged" in found.issues[0].message


def test_a_list_that_explodes_is_not_unpacked() -> None:
    found = extract(EXTRACTOR, {"tool": program(zlib.compress(b" " * 40_000_000))})
    assert "more than" in found.issues[0].message


@pytest.mark.parametrize("data", [b"", b"#!/bin/sh", b"MZ", program(b"")])
def test_other_files_say_nothing(data: bytes) -> None:
    assert extract(EXTRACTOR, {"tool": data}).issues == ()


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["packages", "name", "version", "kind", "root", "dependencies"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_values_give_an_extraction_or_unreadable(value: Any) -> None:
    survives(EXTRACTOR, {"tool": program(zlib.compress(json.dumps(value).encode()))})


@given(VALUES)
def test_any_packages_give_an_extraction_or_unreadable(value: Any) -> None:
    survives(EXTRACTOR, {"tool": program(zlib.compress(json.dumps({"packages": [value, value]}).encode()))})
