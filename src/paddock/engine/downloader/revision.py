# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which commit a tree is checked out at, read from the files of `.git` without running git."""

import re
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_MAX_BYTES = 16 * 1024 * 1024
"""Of a repository with very many packed references only the first so many bytes are looked at."""


def read_revision(root: Path) -> str:
    """The commit hash, or an empty text: no repository at `root`, an unborn branch, files that cannot be read.

    Layout: https://git-scm.com/docs/gitrepository-layout; a `.git` file points to the folder of a worktree or
    submodule, `commondir` in there to the main one.
    """
    try:
        folder = _git_folder(root / ".git")
        head = _text(folder / "HEAD")
        if not head.startswith("ref: "):
            return head if _COMMIT.fullmatch(head) else ""
        return _resolve(folder, head.removeprefix("ref: "))
    except (OSError, ValueError):
        return ""


def _git_folder(path: Path) -> Path:
    if path.is_dir():
        return path
    return (path.parent / _text(path).removeprefix("gitdir: ")).resolve()


def _resolve(folder: Path, ref: str) -> str:
    if not re.fullmatch(r"refs/[\w./+@=-]+", ref) or ".." in ref:
        return ""
    common = folder / "commondir"
    folders = [folder, (folder / _text(common)).resolve()] if common.is_file() else [folder]
    for place in folders:
        loose = place / ref
        if loose.is_file():
            text = _text(loose)
            return text if _COMMIT.fullmatch(text) else ""
        packed = place / "packed-refs"
        if packed.is_file():
            for line in _text(packed).splitlines():
                if line.endswith(f" {ref}"):
                    return line.split(" ")[0]
    return ""


def _text(path: Path) -> str:
    """The text of a regular file; a tree may hold pipes and links to devices under these names."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as stream:
        return stream.read(_MAX_BYTES).decode(errors="replace").strip()
