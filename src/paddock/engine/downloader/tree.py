# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A tree of files under one root, and the files in it, read within bounds and never outside the root."""

import io
import os
import posixpath
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from paddock.engine.model.errors import Unreadable

MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
"""The largest file that is read into memory whole; larger ones are an issue, not a crash. Parsed, a file may take
thirty times its size, and the largest manifests and lock files that are known have a few megabytes."""

MAX_REMEMBERED_DEPTH = 64
MAX_PATH = 4_096
_SPECIAL_NAMES = frozenset({"", ".", ".."})


class Tree(Protocol):
    """Random access to the regular files under a root. Paths are relative, `/`-separated, without `..`."""

    def size(self, path: str) -> int | None:
        """Size in bytes of the regular file, or None where there is none (or a link leads out of the root)."""

    def open(self, path: str) -> BinaryIO:
        """Open for reading. Raises Unreadable with the operating system's reason."""

    def names(self, directory: str) -> list[str]:
        """Sorted names directly in a directory; empty where there is none."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file offered to a stage. The tree opens it; whoever gets it only reads."""

    tree: Tree
    path: str
    size: int
    executable: bool = False

    @property
    def name(self) -> str:
        """The last part of the path."""
        return posixpath.basename(self.path)

    @property
    def directory(self) -> str:
        """The path of the folder, "" for the root."""
        return posixpath.dirname(self.path)

    def open(self) -> BinaryIO:
        """A seekable binary stream; the caller closes it. For formats that need not be read whole."""
        return self.tree.open(self.path)

    def read(self, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
        """The whole content. Raises Unreadable when it is larger than `limit` bytes or cannot be opened."""
        if self.size > limit:
            raise Unreadable(f"the file has {self.size:,} bytes; files over {limit:,} bytes are not read")
        with self.open() as stream:
            data = stream.read(self.size + 1)
            if len(data) > self.size:
                data += stream.read(limit + 1 - len(data))
        if len(data) > limit:
            raise Unreadable(f"the file grew beyond {limit:,} bytes while it was read")
        return data

    def head(self, count: int) -> bytes:
        """At most the first `count` bytes."""
        with self.open() as stream:
            return stream.read(min(count, self.size))

    def text(self, *, strict: bool = True, limit: int = MAX_DOCUMENT_BYTES) -> str:
        """The content as text: UTF-8, or what its byte order mark says.

        Raises Unreadable, naming the byte, when it is not valid; with `strict=False` replaces what is not.
        """
        return decode(self.read(limit), strict=strict)

    def neighbour(self, relative: str) -> "SourceFile | None":
        """The file at a path relative to this one's folder, or None: absent, not a regular file, outside the root."""
        path = posixpath.normpath(posixpath.join(self.directory, relative))
        if relative.startswith("/") or path == ".." or path.startswith(("../", "/")):
            return None
        size = self.tree.size(path)
        return None if size is None else SourceFile(self.tree, path, size)

    def siblings(self, relative: str = ".") -> list[str]:
        """Sorted names in a folder relative to this file's own; empty outside the root."""
        path = posixpath.normpath(posixpath.join(self.directory, relative))
        if relative.startswith("/") or path == ".." or path.startswith("../"):
            return []
        return self.tree.names("" if path == "." else path)


def decode(data: bytes, *, strict: bool = True) -> str:
    """Bytes to text by byte order mark, else UTF-8. Raises Unreadable with the offending byte's position and line."""
    encoding = "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding, "strict" if strict else "replace")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"not valid {encoding.upper()} at byte {error.start}", line) from error


class DirectoryTree:
    """A tree on disk. Symbolic links are followed only where their target lies under the root.

    Where a folder lies is looked up once, so the tree is taken to stand still while it is scanned.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._prefix = self._root.rstrip(os.sep) + os.sep
        self._folders: dict[str, bool] = {"": True}

    def _inside(self, path: str) -> str | None:
        if not _is_file_name(path):
            return None
        full = self._prefix + path
        folder, _, name = path.rpartition("/")
        if name in _SPECIAL_NAMES or os.path.islink(full):
            return full if self._leads_inside(full) else None
        return full if self._folder_inside(folder) else None

    def _folder_inside(self, folder: str) -> bool:
        """Whether a folder lies under the root: where its parent does, unless it is a link or leads up.

        A path that leaves the root and comes back counts as outside. What does not exist is not remembered, nor what
        lies very deep: manifests can name more folders than there are.
        """
        if folder.count("/") > MAX_REMEMBERED_DEPTH:
            return self._leads_inside(self._prefix + folder)
        unknown = []
        while folder not in self._folders:
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        inside = self._folders[folder]
        for folder in reversed(unknown):
            full = self._prefix + folder
            if folder.rpartition("/")[2] in _SPECIAL_NAMES or os.path.islink(full):
                inside = inside and self._leads_inside(full)
            elif not os.path.exists(full):
                break
            self._folders[folder] = inside
        return inside

    def _leads_inside(self, full: str) -> bool:
        real = os.path.realpath(full)
        return real == self._root or real.startswith(self._prefix)

    def state(self, path: str) -> tuple[int, bytes] | None:
        """When the file's data or metadata last changed, in nanoseconds, and what tells this state of it from any other
        one on this machine (place, size and times); None where there is no regular file.
        """
        full = self._inside(path)
        if full is None:
            return None
        try:
            status = os.stat(full)
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        facts = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        return status.st_ctime_ns, repr(facts).encode()

    def size(self, path: str) -> int | None:
        """See Tree.size."""
        full = self._inside(path)
        if full is None:
            return None
        try:
            status = os.stat(full)
        except OSError:
            return None
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def open(self, path: str) -> BinaryIO:
        """See Tree.open."""
        full = self._inside(path)
        if full is None:
            raise Unreadable("the path leads out of the scanned tree")
        try:
            return open(full, "rb")
        except OSError as error:
            raise Unreadable(f"cannot be opened: {error.strerror or error}") from error

    def names(self, directory: str) -> list[str]:
        """See Tree.names."""
        full = self._inside(directory)
        try:
            return sorted(os.listdir(full)) if full is not None else []
        except OSError:
            return []


def _is_file_name(path: str) -> bool:
    """Whether a file system could hold such a name at all; manifests may name what they like."""
    try:
        return len(path) <= MAX_PATH and b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


class MemoryTree:
    """A tree that exists only as a mapping of path to bytes: documents without a folder, and tests."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)

    def size(self, path: str) -> int | None:
        """See Tree.size."""
        data = self._files.get(path)
        return None if data is None else len(data)

    def open(self, path: str) -> BinaryIO:
        """See Tree.open."""
        if path not in self._files:
            raise Unreadable("cannot be opened: No such file")
        return io.BytesIO(self._files[path])

    def names(self, directory: str) -> list[str]:
        """See Tree.names."""
        prefix = f"{directory}/" if directory else ""
        return sorted({path[len(prefix) :].split("/")[0] for path in self._files if path.startswith(prefix)})

    def files(self) -> Iterator[SourceFile]:
        """Every file, in order of path."""
        for path in sorted(self._files):
            yield SourceFile(self, path, len(self._files[path]))
