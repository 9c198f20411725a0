# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""apk: installed packages, provisions, licences, what was asked for."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.linux.apk import EXTRACTOR
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

INSTALLED = """C:Q1abcdefghijklmnopqrstuvwxyz0=
P:shell
V:1.36.0-r9
A:x86_64
T:A small shell
U:https://example.org/shell
L:GPL-2.0-only AND MIT
o:shell-suite
m:Somebody <somebody@example.org>
c:0123456789abcdef0123456789abcdef01234567
D:so:libbase.so.1 !clash /bin/true
p:/bin/sh cmd:sh=1.36.0-r9
F:bin
R:shell
Z:Q1aaaa

P:base
V:1.2.4-r0
A:x86_64
L:MIT
o:base
p:so:libbase.so.1=1

P:tool
V:2
D:cmd:sh base>=1.2 /bin/sh
"""
FILES: dict[str, str | bytes] = {
    "lib/apk/db/installed": INSTALLED,
    "etc/os-release": "ID=alpine\nVERSION_ID=3.19.1\n",
}
SHELL = "pkg:apk/alpine/shell@1.36.0-r9?arch=x86_64&distro=alpine-3.19.1&upstream=shell-suite"
BASE = "pkg:apk/alpine/base@1.2.4-r0?arch=x86_64&distro=alpine-3.19.1"
TOOL = "pkg:apk/alpine/tool@2?distro=alpine-3.19.1"


def test_packages_with_licence_origin_and_line() -> None:
    found = extract(EXTRACTOR, FILES)
    assert refs(found) == [BASE, SHELL, TOOL]
    shell = found.components[1]
    assert (shell.declared_licenses, shell.locations[0].line) == (("GPL-2.0-only AND MIT",), 1)
    assert (shell.homepage, shell.description) == ("https://example.org/shell", "A small shell")
    assert shell.properties == (("apk:commit", "0123456789abcdef0123456789abcdef01234567"),)
    assert found.issues == ()


def test_edges_follow_names_libraries_commands_and_paths() -> None:
    assert edges(extract(EXTRACTOR, FILES)) == {(SHELL, BASE), (TOOL, SHELL), (TOOL, BASE)}


def test_world_tells_what_was_asked_for() -> None:
    found = usages(extract(EXTRACTOR, FILES | {"etc/apk/world": "tool>1\nshell@edge\n"}), "lib/apk/db/installed")
    assert {ref: usage.direct for ref, usage in found.items()} == {BASE: False, SHELL: True, TOOL: True}
    unknown = usages(extract(EXTRACTOR, FILES), "lib/apk/db/installed")
    assert {usage.direct for usage in unknown.values()} == {None}


def test_the_newer_place_of_the_database() -> None:
    files: dict[str, str | bytes] = {"r/usr/lib/apk/db/installed": "P:a\nV:1\n", "r/usr/lib/os-release": "ID='wolfi'\n"}
    assert refs(extract(EXTRACTOR, files)) == ["pkg:apk/wolfi/a@1?distro=wolfi"]


def test_without_os_release_the_namespace_is_not_guessed() -> None:
    found = extract(EXTRACTOR, {"lib/apk/db/installed": "P:a\nV:1\n\nP:nothing\n"})
    assert refs(found) == ["pkg:apk/a@1"]
    assert [issue.line for issue in found.issues] == [4, None]


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"lib/apk/db/installed": data, "etc/apk/world": data, "etc/os-release": data})


@given(st.text(alphabet="PVDpA:/=<@ a1\n", max_size=80))
def test_any_fields_give_an_extraction(text: str) -> None:
    survives(EXTRACTOR, {"lib/apk/db/installed": text})
