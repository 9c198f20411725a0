# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Workspace members: the folders that patterns such as `packages/*` in a manifest stand for."""

import fnmatch
import posixpath

from paddock.engine.downloader.tree import SourceFile

MAX_MEMBERS = 5_000
"""A pattern that stands for more folders than this is cut off; no known workspace comes near."""


def matching_folders(file: SourceFile, pattern: str) -> list[str]:
    """Folders (relative to the file's own) that a shell pattern stands for; `**` stands for any depth up to 8.

    Patterns that lead out of the tree stand for nothing.
    """
    folders = [""]
    for part in posixpath.normpath(pattern).split("/"):
        if part == "**":
            folders = _descend(file, folders, depth=8)
        elif any(character in part for character in "*?["):
            folders = [
                posixpath.join(folder, name)
                for folder in folders
                for name in file.siblings(folder or ".")
                if fnmatch.fnmatchcase(name, part) and not name.startswith(".")
            ]
        else:
            folders = [posixpath.join(folder, part) for folder in folders]
        folders = folders[:MAX_MEMBERS]
    return folders


def matching_manifests(file: SourceFile, pattern: str, name: str) -> list[SourceFile]:
    """The files called `name` in the folders that a pattern stands for."""
    found = (file.neighbour(posixpath.join(folder, name)) for folder in matching_folders(file, pattern))
    return [manifest for manifest in found if manifest is not None]


def _descend(file: SourceFile, folders: list[str], *, depth: int) -> list[str]:
    found = list(folders)
    level = list(folders)
    for _ in range(depth):
        level = [
            posixpath.join(folder, name)
            for folder in level
            for name in file.siblings(folder or ".")
            if name != "node_modules" and not name.startswith(".") and file.siblings(posixpath.join(folder, name))
        ]
        found.extend(level)
        if not level or len(found) > MAX_MEMBERS:
            break
    return found
