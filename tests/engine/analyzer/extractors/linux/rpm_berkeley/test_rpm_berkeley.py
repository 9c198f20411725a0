# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Packages in Berkeley DB: values on a page and on pages of their own, both byte orders, damage."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import linux
from paddock.engine.analyzer.extractors.linux.rpm_berkeley import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives
from tests.engine.analyzer.extractors.linux.rpm_blob import ARCH, NAME, PROVIDES, RELEASE, REQUIRES, VERSION, header

PATH = "var/lib/rpm/Packages"
PAGE = 512
BASE = header({NAME: "base", VERSION: "2", RELEASE: "1", PROVIDES: ["libbase"]})
TOOL = header({NAME: "tool", VERSION: "3", RELEASE: "4", ARCH: "noarch", REQUIRES: ["libbase", *["filler"] * 200]})


def database(blobs: list[bytes], order: str = "<") -> bytes:
    """A hash file with all records on page 1; values of more than 100 bytes on pages of their own."""
    overflow = b""
    page, offsets = bytearray(PAGE), []
    end = PAGE
    for number, blob in enumerate([struct.pack(order + "I", len(blobs)), *blobs]):
        value = b"\x01" + blob
        if len(blob) > 100:
            first = 2 + len(overflow) // PAGE
            chunks = [blob[at : at + PAGE - 26] for at in range(0, len(blob), PAGE - 26)]
            for index, chunk in enumerate(chunks):
                following = first + index + 1 if index + 1 < len(chunks) else 0
                head = bytes(16) + struct.pack(order + "IHHBB", following, 1, len(chunk), 0, 7)
                overflow += (head + chunk).ljust(PAGE, b"\0")
            value = b"\x03\0\0\0" + struct.pack(order + "II", first, len(blob))
        for item in (b"\x01" + struct.pack(order + "I", number), value):
            end -= len(item)
            page[end : end + len(item)] = item
            offsets.append(end)
    struct.pack_into(order + "HHBB", page, 20, len(offsets), end, 0, 13)
    struct.pack_into(f"{order}{len(offsets)}H", page, 26, *offsets)
    meta = bytearray(PAGE)
    struct.pack_into(order + "IIIBB", meta, 12, 0x061561, 9, PAGE, 0, 8)
    return bytes(meta) + bytes(page) + overflow


@pytest.mark.parametrize("order", ["<", ">"])
def test_packages_from_values_on_and_off_the_page(order: str) -> None:
    files: dict[str, str | bytes] = {
        PATH: database([BASE[:8] + BASE[8:], TOOL], order),
        "etc/os-release": "ID=centos\nVERSION_ID=7",
    }
    found = inventory(linux.EXTRACTORS, files)
    base, tool = "pkg:rpm/centos/base@2-1?distro=centos-7", "pkg:rpm/centos/tool@3-4?arch=noarch&distro=centos-7"
    assert (refs(found), edges(found), found.issues) == ([base, tool], {(tool, base)}, ())


@pytest.mark.parametrize(
    "data", [b"", bytes(1024), database([])[:12] + b"\x61\x15\x06\0" + bytes(600), database([TOOL])[:1024]]
)
def test_what_is_no_such_file_is_refused_with_advice(data: bytes) -> None:
    with pytest.raises(Unreadable, match="rebuilddb"):
        extract(EXTRACTOR, {PATH: data})


def test_a_value_that_leads_in_circles_is_refused() -> None:
    data = bytearray(database([TOOL]))
    struct.pack_into("<I", data, 2 * PAGE + 16, 2)
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {PATH: bytes(data)})


@given(st.integers(0, 4 * PAGE), st.binary(min_size=1, max_size=6))
def test_a_damaged_database_never_crashes(at: int, patch: bytes) -> None:
    data = database([BASE, TOOL])
    survives(EXTRACTOR, {PATH: data[:at] + patch + data[at + len(patch) :]})


@given(st.binary(max_size=1500))
def test_any_pages_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {PATH: database([])[:PAGE] + data})
