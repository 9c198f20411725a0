# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Walking a tree: every regular file once, nothing followed, everything left out is told."""

import os
from pathlib import Path

import pytest

from paddock.engine.downloader.walk import walk
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Severity


def paths(root: Path) -> list[str]:
    return [file.path for file in walk(root).files]


def test_regular_files_come_sorted_with_size_and_executable_bit(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "run").write_text("#!")
    (tmp_path / "b" / "run").chmod(0o755)
    (tmp_path / "a.txt").write_text("abc")
    found = walk(tmp_path)
    assert [(file.path, file.size, file.executable) for file in found.files] == [
        ("a.txt", 3, False),
        ("b/run", 2, True),
    ]


def test_version_control_and_caches_are_not_entered(tmp_path: Path) -> None:
    for name in (".git", "__pycache__", "src"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text("")
    assert paths(tmp_path) == ["src/x"]


def test_links_are_not_followed_so_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "x").write_text("")
    (tmp_path / "alias").symlink_to(tmp_path / "a" / "x")
    assert paths(tmp_path) == ["a/x"]


def test_pipes_and_sockets_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "x").write_text("")
    assert paths(tmp_path) == ["x"]


def test_exclusions_are_counted_and_folders_not_entered(tmp_path: Path) -> None:
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "deep" / "x").write_text("")
    (tmp_path / "y.tmp").write_text("")
    (tmp_path / "z").write_text("")

    def exclusion(path: str) -> str | None:
        return "docs" if path == "docs/" else "tmp" if path.endswith(".tmp") else None

    found = walk(tmp_path, exclusion)
    assert [file.path for file in found.files] == ["z"]
    assert found.excluded == {"docs": 1, "tmp": 1}


def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff"))).write_text("")
    found = walk(tmp_path)
    assert found.files == []
    assert [(issue.severity, issue.path) for issue in found.issues] == [(Severity.ERROR, "bad\\xff")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_may_not_be_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o000)
    assert [issue.path for issue in walk(tmp_path).issues] == ["closed/"]


def test_a_root_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be listed"):
        walk(tmp_path / "nothing")
