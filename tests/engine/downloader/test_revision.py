# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The checked-out commit, read from files."""

import os
from pathlib import Path

import pytest

from paddock.engine.downloader.revision import read_revision

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def repository(root: Path, head: str) -> Path:
    (root / ".git" / "refs" / "heads").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text(head)
    return root


def test_a_branch_leads_to_its_commit(tmp_path: Path) -> None:
    repository(tmp_path, "ref: refs/heads/main\n")
    (tmp_path / ".git" / "refs" / "heads" / "main").write_text(COMMIT + "\n")
    assert read_revision(tmp_path) == COMMIT


def test_packed_refs_are_looked_up(tmp_path: Path) -> None:
    repository(tmp_path, "ref: refs/heads/feature/x")
    (tmp_path / ".git" / "packed-refs").write_text(
        f"# pack-refs\n{'f' * 40} refs/heads/x\n{COMMIT} refs/heads/feature/x\n"
    )
    assert read_revision(tmp_path) == COMMIT


def test_a_detached_head_is_the_commit(tmp_path: Path) -> None:
    assert read_revision(repository(tmp_path, COMMIT)) == COMMIT


def test_a_worktree_points_to_the_main_repository(tmp_path: Path) -> None:
    main = repository(tmp_path / "main", "ref: refs/heads/main")
    (main / ".git" / "refs" / "heads" / "side").write_text(COMMIT)
    place = main / ".git" / "worktrees" / "side"
    place.mkdir(parents=True)
    (place / "HEAD").write_text("ref: refs/heads/side")
    (place / "commondir").write_text("../..")
    side = tmp_path / "side"
    side.mkdir()
    (side / ".git").write_text(f"gitdir: {place}")
    assert read_revision(side) == COMMIT


def test_no_repository_no_answer(tmp_path: Path) -> None:
    assert read_revision(tmp_path) == ""
    assert read_revision(repository(tmp_path / "a", "ref: refs/heads/unborn")) == ""
    assert read_revision(repository(tmp_path / "b", "nonsense")) == ""
    assert read_revision(repository(tmp_path / "c", "ref: refs/../../../secret")) == ""


@pytest.mark.parametrize("name", [".git", ".git/HEAD", ".git/commondir", ".git/packed-refs", ".git/refs/heads/main"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, name: str, kind: str) -> None:
    target = tmp_path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if name not in {".git", ".git/HEAD"}:
        (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "device":
        target.symlink_to("/dev/zero")
    else:
        target.mkdir()
    assert read_revision(tmp_path) == ""
