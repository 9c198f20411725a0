# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What was found in a file is remembered by all that it depends on, and a lost memory costs time and nothing else."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from paddock.engine.downloader.tree import DirectoryTree, MemoryTree, SourceFile
from paddock.engine.downloader.walk import walk
from paddock.engine.pipeline import remembered
from paddock.engine.pipeline.remembered import Memory, look_remembering
from paddock.engine.scanner.detect import DETECTORS, default_detectors
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES
from paddock.engine.scanner.look import Looked, look_one_by_one
from tests.license_data import HEDGEROW, MEADOW

FILES = {"a.c": MEADOW, "b.c": HEDGEROW, "c.c": "nothing", "d.bin": "\0"}


class Scans:
    """Scans of trees with one memory; knows into which files it really looked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.looked_into: list[str] = []

    def __call__(self, files: dict[str, str] | Sequence[SourceFile], detectors=None) -> list[Looked]:
        if isinstance(files, dict):
            tree = MemoryTree({path: text.encode() for path, text in files.items()})
            files = list(tree.files())
        self.looked_into = []
        chosen = default_detectors() if detectors is None else detectors
        return list(look_remembering(files, chosen, memory=Memory(str(self.path)), look_all=self._look))

    def _look(self, files: Sequence[SourceFile], detectors) -> Iterator[Looked]:
        for looked, file in zip(look_one_by_one(files, detectors), files, strict=True):
            self.looked_into.append(file.path)
            yield looked


@pytest.fixture
def scans(tmp_path) -> Scans:
    return Scans(tmp_path / "cache" / "findings.sqlite")


def test_the_second_scan_looks_into_nothing_and_finds_the_same(scans) -> None:
    first = scans(FILES)
    assert scans.looked_into == list(FILES)
    assert scans(FILES) == first
    assert scans.looked_into == []
    assert [looked.not_looked_at for looked in first] == ["", "", "", "other binary files"]


def test_the_same_content_elsewhere_is_known(scans) -> None:
    first = scans(FILES)
    assert scans({f"other/tree/x{path}": text for path, text in FILES.items()}) == first
    assert scans.looked_into == []


def test_what_changed_is_looked_into_again_and_nothing_else(scans) -> None:
    first = scans(FILES)
    second = scans(FILES | {"b.c": MEADOW + "x"})
    assert scans.looked_into == ["b.c"]
    assert second[0] == first[0]
    assert [match.license_expression for match in second[1].findings.licenses] == ["meadow"]


def test_the_end_of_the_name_counts_because_detectors_go_by_it(scans) -> None:
    scans({"a.js": MEADOW})
    scans({"a.js.map": MEADOW})
    assert scans.looked_into == ["a.js.map"]
    scans({"B.MAP": MEADOW})
    assert scans.looked_into == []


class OtherIndex:
    """A detector like that of texts, by an index of another version."""

    def __init__(self, identity: str) -> None:
        self.identity = identity

    def __call__(self, data: bytes, path: str):
        return default_detectors()[0](data, path)


def test_another_version_of_the_index_or_other_detectors_begin_anew(scans) -> None:
    scans(FILES)
    scans(FILES, DETECTORS)
    assert scans.looked_into == list(FILES)
    for version in ("texts 1", "texts 2"):
        scans(FILES, (OtherIndex(version),))
        assert scans.looked_into == list(FILES)
    scans(FILES, (OtherIndex("texts 1"),))
    assert scans.looked_into == []
    scans(FILES)
    assert scans.looked_into == []


# Files on disk


def on_disk(folder: Path) -> list[SourceFile]:
    return walk(folder).files


def test_files_on_disk_are_known_and_changed_ones_are_not(scans, tmp_path) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    for path, text in FILES.items():
        (folder / path).write_text(text)
    first = scans(on_disk(folder))
    assert scans(on_disk(folder)) == first
    assert scans.looked_into == []
    (folder / "a.c").write_text(MEADOW.replace("lost", "last"))
    scans(on_disk(folder))
    assert scans.looked_into == ["a.c"]


def test_a_change_that_keeps_size_and_time_is_seen(scans, tmp_path) -> None:
    """Who unpacks an archive over an older one sets times back; the content decides."""
    folder = tmp_path / "tree"
    folder.mkdir()
    file = folder / "a.c"
    file.write_text(MEADOW)
    os.utime(file, ns=(10**18, 10**18))
    scans(on_disk(folder))
    file.write_text(MEADOW.replace("lost", "last"))
    os.utime(file, ns=(10**18, 10**18))
    scans(on_disk(folder))
    assert scans.looked_into == ["a.c"]


def test_what_cannot_be_read_is_not_remembered(scans, tmp_path) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "a.c").write_text(MEADOW)
    gone = SourceFile(DirectoryTree(folder), "gone.c", 10)
    (looked,) = scans([gone])
    assert looked.problem
    (folder / "gone.c").write_text(HEDGEROW)
    (again,) = scans([SourceFile(DirectoryTree(folder), "gone.c", len(HEDGEROW))])
    assert [match.license_expression for match in again.findings.licenses] == ["hedgerow"]


def test_a_file_that_is_read_in_part_is_not_remembered(scans, tmp_path, monkeypatch) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(MAX_TEXT_BYTES + 1)
    for _ in range(2):
        scans([SourceFile(DirectoryTree(tmp_path), "large.txt", MAX_TEXT_BYTES + 1)])
        assert scans.looked_into == ["large.txt"]


# A memory that is lost


@pytest.mark.parametrize(
    "damage", [b"", b"no database at all, but long enough to be taken for one" * 50, b"SQLite format 3\0"]
)
def test_a_damaged_memory_costs_time_and_nothing_else(damage, scans) -> None:
    scans.path.parent.mkdir()
    scans.path.write_bytes(damage)
    first = scans(FILES)
    assert scans.looked_into == list(FILES)
    scans(FILES)
    assert scans(FILES) == first
    assert scans.looked_into == []


def test_a_memory_damaged_in_the_middle_costs_time_and_nothing_else(scans) -> None:
    first = scans(FILES)
    data = bytearray(scans.path.read_bytes())
    data[100:] = bytes(len(data) - 100)
    scans.path.write_bytes(data)
    assert scans(FILES) == first
    assert scans.looked_into == list(FILES)


def test_answers_in_a_form_that_is_not_known_are_no_answers(scans) -> None:
    first = scans(FILES)
    with sqlite3.connect(scans.path) as connection:
        connection.execute("UPDATE looked SET answer = ?", (b"\xc1not msgpack",))
    connection.close()
    assert scans(FILES) == first
    assert scans.looked_into == list(FILES)


def test_a_locked_memory_costs_time_and_nothing_else(scans, monkeypatch) -> None:
    first = scans(FILES)
    lock = sqlite3.connect(scans.path, isolation_level=None)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **_: connect(path, timeout=0))
    lock.execute("BEGIN EXCLUSIVE")
    assert scans(FILES) == first
    assert scans.looked_into == list(FILES)
    lock.execute("ROLLBACK")
    lock.close()
    assert scans(FILES) == first
    assert scans.looked_into == []


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(tmp_path) -> None:
    (tmp_path / "cache").write_text("a file, where a folder is needed")
    scans = Scans(tmp_path / "cache" / "findings.sqlite")
    assert scans(FILES) == scans(FILES)
    assert scans.looked_into == list(FILES)


def test_a_memory_that_has_grown_too_large_begins_anew(scans, monkeypatch) -> None:
    scans(FILES)
    monkeypatch.setattr(remembered, "MAX_BYTES", 1)
    scans({"new.c": "something new"})
    monkeypatch.undo()
    scans({"new.c": "something new"})
    assert scans.looked_into == []
    scans(FILES)
    assert scans.looked_into == list(FILES)


def test_what_was_done_before_an_interruption_is_remembered(scans) -> None:
    def interrupted(files, detectors) -> Iterator[Looked]:
        yield from list(look_one_by_one(files[:2], detectors))
        raise KeyboardInterrupt

    tree = MemoryTree({path: text.encode() for path, text in FILES.items()})
    memory = Memory(str(scans.path))
    with pytest.raises(KeyboardInterrupt):
        list(look_remembering(list(tree.files()), default_detectors(), memory=memory, look_all=interrupted))
    scans(FILES)
    assert scans.looked_into == ["c.c", "d.bin"]


def test_two_scans_at_once_share_a_memory(scans) -> None:
    tree = MemoryTree({path: text.encode() for path, text in FILES.items()})
    memory = Memory(str(scans.path))
    one, other = (
        look_remembering(list(tree.files()), default_detectors(), memory=memory, look_all=look_one_by_one)
        for _ in range(2)
    )
    assert [pair[0] == pair[1] for pair in zip(one, other, strict=True)] == [True] * len(FILES)
    scans(FILES)
    assert scans.looked_into == []


def test_many_files_are_recalled_together(scans) -> None:
    many = {f"{number:04}.c": f"{number}" for number in range(1_200)}
    scans(many)
    scans(many)
    assert scans.looked_into == []
