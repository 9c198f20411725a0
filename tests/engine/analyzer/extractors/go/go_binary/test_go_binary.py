# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Go programs: the build information in ELF, Mach-O and PE files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.go.go_binary import EXTRACTOR
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages
from tests.engine.analyzer.extractors.go.go_binary.executable import elf, inline_info, macho, pe, pointer_info

EXPECTED = [
    "pkg:golang/example.org/a@1.0.0",
    "pkg:golang/example.org/c@1.0.0",
    "pkg:golang/example.org/fork@1.0.1",
    "pkg:golang/example.org/shop@1.4.0",
]


@pytest.mark.parametrize(
    ("data", "release"),
    [
        (elf(inline_info()), "1.22.3"),
        (elf(inline_info(), wide=False), "1.22.3"),
        (elf(bytes(16 * 70_000) + inline_info(), ".data"), "1.22.3"),
        (macho(inline_info()), "1.22.3"),
        (pe(inline_info()), "1.22.3"),
        (elf(pointer_info(0x4000)), "1.16.2"),
    ],
    ids=["elf", "elf32", "elf without the section", "macho", "pe", "pointers"],
)
def test_the_modules_of_a_program_are_read(data: bytes, release: str) -> None:
    found = extract(EXTRACTOR, {"bin/shop": data})
    assert refs(found) == [*EXPECTED, f"pkg:golang/stdlib@{release}"]
    used = usages(found, "bin/shop")
    assert used["pkg:golang/example.org/shop@1.4.0"].direct is True
    assert used["pkg:golang/example.org/a@1.0.0"].direct is None
    assert {usage.scope for usage in used.values()} == {Scope.RUNTIME}


def test_settings_checksums_and_replacements_are_kept() -> None:
    a, c, fork, shop, _ = extract(EXTRACTOR, {"shop": elf(inline_info())}).components
    assert a.properties == (("go:h1", "h1:A="),)
    assert c.modified is True
    assert fork.properties == (("go:h1", "h1:F="), ("replaces", "example.org/b@v1.0.0"))
    assert shop.modified is True
    assert shop.properties == (("go:vcs.modified", "true"), ("go:vcs.revision", "0123abc"))


def test_a_program_built_from_a_folder_has_no_version() -> None:
    info = inline_info(modules="mod\texample.org/shop\t(devel)\t\nbuild\tvcs.revision=0123abc\n")
    found = extract(EXTRACTOR, {"shop": elf(info)})
    assert refs(found) == ["pkg:golang/example.org/shop", "pkg:golang/stdlib@1.22.3"]
    assert found.projects[0].version == "0123abc"


def test_a_program_without_module_information_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"shop": elf(inline_info(modules=""))})
    assert refs(found) == ["pkg:golang/stdlib@1.22.3"]
    assert "modules" in found.issues[0].message


@pytest.mark.parametrize("data", [b"", b"#!/bin/sh\n", elf(b"no Go here"), b"MZ", b"\xca\xfe\xba\xbe\x00\x00\x00\x41"])
def test_other_files_say_nothing(data: bytes) -> None:
    found = extract(EXTRACTOR, {"tool": data})
    assert (found.projects, [issue.severity for issue in found.issues if issue.severity != "hint"]) == ((), [])


def test_a_damaged_executable_is_a_hint() -> None:
    found = extract(EXTRACTOR, {"tool": elf(inline_info())[:-30]})
    assert [issue.severity for issue in found.issues] == ["hint"]


WHOLE = [elf(inline_info()), elf(pointer_info(0x4000)), pe(inline_info()), macho(inline_info())]


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), max_size=6),
    st.integers(0, 900),
)
def test_any_damage_gives_an_extraction_or_unreadable(data: bytes, changes: list[tuple[int, int]], size: int) -> None:
    damaged = bytearray(data[: max(size, 64)])
    for position, value in changes:
        damaged[position % len(damaged)] = value
    survives(EXTRACTOR, {"tool": bytes(damaged)})


@given(
    st.sampled_from([b"\x7fELF\x02\x01", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe\x00\x00\x00\x01"]),
    st.binary(max_size=300),
)
def test_any_headers_give_an_extraction_or_unreadable(head: bytes, rest: bytes) -> None:
    survives(EXTRACTOR, {"tool": head + rest})
