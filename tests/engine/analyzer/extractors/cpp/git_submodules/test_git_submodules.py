# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Git submodules: .gitmodules, the index in its versions, HEAD of modules, relative URLs."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.cpp.git_index import read_gitlinks
from paddock.engine.analyzer.extractors.cpp.git_submodules import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

COMMIT = "0123456789abcdef0123456789abcdef01234567"
MODULES = """# vendored
[submodule "libs/oil"]
	path = libs/oil
	url = https://token:secret@github.com/Someone/Oil.git ; upstream
[submodule "paint"]
	path = "libs/paint"
	url = ../paint.git
	branch = stable
"""
LINK, FILE = 0o160000, 0o100644


def index(version: int, entries: list[tuple[str, int, str]], size: int = 20) -> bytes:
    """A git index with (path, mode, commit) entries, as the format's documentation lays it out."""
    data = b"DIRC" + struct.pack(">II", version, len(entries))
    previous = b""
    for path, mode, commit in entries:
        name = path.encode()
        extended = version == 3
        entry = bytes(24) + struct.pack(">I", mode) + bytes(12) + bytes.fromhex(commit)[:size].ljust(size, b"\1")
        entry += struct.pack(">H", min(len(name), 0xFFF) | (0x4000 if extended else 0)) + (b"\0\0" if extended else b"")
        if version == 4:
            shared = next(
                (at for at, (a, b) in enumerate(zip(name, previous, strict=False)) if a != b),
                min(len(name), len(previous)),
            )
            entry += bytes([len(previous) - shared]) + name[shared:] + b"\0"
            previous = name
        else:
            entry += name
            entry += b"\0" * (8 - len(entry) % 8)
        data += entry
    return data + bytes(size)


ENTRIES = [
    (".gitmodules", FILE, "aa" * 20),
    ("libs/oil", LINK, COMMIT),
    ("libs/oil.txt", FILE, "bb" * 20),
    ("libs/paint", LINK, "cd" * 20),
    ("z/" + "long" * 30, FILE, "bb" * 20),
]


@pytest.mark.parametrize("version", [2, 3, 4])
def test_every_version_of_the_index_gives_the_recorded_commits(version: int) -> None:
    assert read_gitlinks(index(version, ENTRIES)) == {"libs/oil": COMMIT, "libs/paint": "cd" * 20}


def test_sha256_repositories_have_longer_ids() -> None:
    entries = [(path, mode, commit[:24] + commit) for path, mode, commit in ENTRIES]
    files: dict[str, str | bytes] = {
        ".gitmodules": MODULES,
        ".git/index": index(2, entries, 32),
        ".git/config": '[extensions]\n\tobjectFormat = sha256\n[remote "origin"]\n\turl = https://example.org/firm/app.git\n',
    }
    found = extract(EXTRACTOR, files)
    assert refs(found)[1] == f"pkg:github/someone/oil@{COMMIT[:24] + COMMIT}"


def test_the_index_gives_versions_and_the_origin_completes_relative_urls() -> None:
    files: dict[str, str | bytes] = {
        ".gitmodules": MODULES,
        ".git/index": index(2, ENTRIES),
        ".git/config": '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@example.org:firm/app.git\n',
    }
    found = extract(EXTRACTOR, files)
    paint, oil = found.components
    assert (oil.ref, oil.locations[0].line) == (f"pkg:github/someone/oil@{COMMIT}", 2)
    assert oil.vcs_url == f"git+https://github.com/Someone/Oil.git@{COMMIT}"
    assert paint.purl.version == "cd" * 20
    assert paint.vcs_url == f"git+ssh://git@example.org/firm/paint.git@{'cd' * 20}"
    assert usages(found, ".gitmodules")[paint.ref].requirement == "stable"
    assert found.issues == ()


def test_without_an_index_the_checked_out_commit_counts() -> None:
    files: dict[str, str | bytes] = {".gitmodules": MODULES, ".git/modules/libs/oil/HEAD": COMMIT + "\n"}
    found = extract(EXTRACTOR, files)
    assert f"pkg:github/someone/oil@{COMMIT}" in refs(found)


def test_an_export_does_not_tell_the_commits() -> None:
    found = extract(EXTRACTOR, {".gitmodules": MODULES})
    assert refs(found) == ["pkg:generic/paint", "pkg:github/someone/oil"]
    messages = [issue.message for issue in found.issues]
    assert "'../paint.git'" in messages[0]
    assert messages[1].startswith("2 submodules without a commit")


def test_a_submodule_with_submodules_finds_its_git_directory() -> None:
    files: dict[str, str | bytes] = {
        "sub/.gitmodules": MODULES,
        "sub/.git": "gitdir: ../.git/modules/sub\n",
        ".git/modules/sub/index": index(4, ENTRIES),
    }
    assert f"pkg:github/someone/oil@{COMMIT}" in refs(extract(EXTRACTOR, files))


@pytest.mark.parametrize(
    "data", [b"DIRC", b"nope" * 5, index(2, ENTRIES)[:150], b"DIRC\0\0\0\x09\0\0\0\1", index(2, [])[:12] + b"link"]
)
def test_a_broken_index_is_an_issue_of_that_file(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_gitlinks(data)
    found = extract(EXTRACTOR, {".gitmodules": MODULES, ".git/index": data})
    assert found.issues[0].path == ".git/index"
    assert len(found.components) == 2


def test_a_line_that_is_no_configuration_is_an_issue() -> None:
    found = extract(EXTRACTOR, {".gitmodules": "what\n" + MODULES})
    assert found.issues[0].line == 1


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes, other: bytes) -> None:
    survives(EXTRACTOR, {".gitmodules": data})
    survives(
        EXTRACTOR, {".gitmodules": MODULES, ".git/index": other, ".git/config": data, ".git/modules/paint/HEAD": data}
    )
    survives(EXTRACTOR, {".gitmodules": MODULES, ".git": data})


@given(st.text(alphabet='[]submodule "\\=/.:@\n#;', max_size=100), st.text(max_size=20))
def test_any_configuration_gives_an_extraction(text: str, url: str) -> None:
    survives(EXTRACTOR, {".gitmodules": text})
    survives(EXTRACTOR, {".gitmodules": f'[submodule "{url}"]\nurl = {url}\npath = {url}\n'})


@given(st.integers(2, 4), st.integers(0, 600), st.binary(min_size=1, max_size=4))
def test_a_damaged_index_never_crashes(version: int, at: int, patch: bytes) -> None:
    data = index(version, ENTRIES)
    survives(EXTRACTOR, {".gitmodules": MODULES, ".git/index": data[:at] + patch + data[at + len(patch) :]})
