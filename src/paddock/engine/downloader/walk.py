# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Walks a tree on disk once and lists its regular files, with what was left out and why."""

import os
import stat
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue, Severity

SOURCE = "walk"

SKIPPED_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".bzr", "CVS", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
)
"""Version control data and caches that tools rebuild: nothing in them is part of a product."""


@dataclass
class Walk:
    """The files of a tree, sorted by path, and what the walk met.

    excluded: how many files and folders each exclusion (by its key) left out; a folder counts once, it is not entered.
    """

    files: list[SourceFile] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    excluded: Counter[str] = field(default_factory=Counter)


def walk(root: Path, exclusion: Callable[[str], str | None] = lambda _path: None) -> Walk:
    """Every regular file below `root`.

    exclusion: for a path (folders end with `/`) the key of the rule that leaves it out, or None. Symbolic links are not
    followed: what they point to inside the tree is met anyway, what lies outside does not belong to it; so loops cannot
    happen. Folders that cannot be opened and names that are not UTF-8 are ERROR issues. Raises Unreadable when `root`
    itself cannot be listed.
    """
    found = Walk()
    tree = DirectoryTree(root)
    try:
        os.scandir(root).close()
    except OSError as error:
        raise Unreadable(f"cannot be listed: {error.strerror}") from error
    pending = [("", str(root))]
    while pending:
        prefix, folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    below = _visit(entry, prefix, tree, found, exclusion)
                    if below is not None:
                        pending.append(below)
        except OSError as error:
            found.issues.append(Issue(Severity.ERROR, SOURCE, f"cannot be listed: {error.strerror}", prefix))
    found.files.sort(key=lambda file: file.path)
    return found


def _visit(
    entry: "os.DirEntry[str]",
    prefix: str,
    tree: DirectoryTree,
    found: Walk,
    exclusion: Callable[[str], str | None],
) -> tuple[str, str] | None:
    """Note one entry; a folder to go into is returned as (prefix, place)."""
    path = f"{prefix}{entry.name}"
    if not entry.name.isprintable() and not _encodable(entry.name):
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        found.issues.append(Issue(Severity.ERROR, SOURCE, "the name is not valid UTF-8, so it was not read", shown))
        return None
    is_folder = entry.is_dir(follow_symlinks=False)
    if is_folder and entry.name in SKIPPED_FOLDERS:
        return None
    key = exclusion(f"{path}/" if is_folder else path)
    if key is not None:
        found.excluded[key] += 1
    elif is_folder:
        return f"{path}/", entry.path
    elif entry.is_file(follow_symlinks=False):
        status = entry.stat(follow_symlinks=False)
        executable = bool(status.st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH))
        found.files.append(SourceFile(tree, path, status.st_size, executable))
    return None


def _encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
