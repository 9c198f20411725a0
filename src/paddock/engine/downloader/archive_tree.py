# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""An unpacked archive as a tree of files that exists in memory only, or is unpacked file by file as it is read."""

import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from paddock.engine.downloader.bounds import Bounds, Refused, link_target
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

_MAX_HOPS = 10


class Content:
    """One file of an archive. `size`: as unpacked. `head`: what can be read of it; None: ask `unpack`."""

    __slots__ = ("executable", "head", "size")

    def __init__(self, size: int, head: bytes | None, *, executable: bool = False) -> None:
        self.size = size
        self.head = head
        self.executable = executable

    def unpack(self) -> bytes:
        """The first bytes, as many as the bounds allow. Raises Unreadable."""
        return self.head or b""


class ArchiveTree:
    """A Tree (see `tree.Tree`) over the files of one or several archives.

    What lies behind the first `Bounds.kept_per_file` bytes of a file cannot be read: whoever asks for more than that
    gets Unreadable instead of half a file.
    """

    def __init__(self, contents: Mapping[str, Content], bounds: Bounds) -> None:
        self._contents = dict(contents)
        self._bounds = bounds
        self._folders: dict[str, set[str]] | None = None

    def size(self, path: str) -> int | None:
        """See Tree.size."""
        content = self._contents.get(path)
        return None if content is None else content.size

    def open(self, path: str) -> BinaryIO:
        """See Tree.open."""
        content = self._contents.get(path)
        if content is None:
            raise Unreadable("cannot be opened: No such file")
        return _Head(content.unpack(), content.size, self._bounds.kept_per_file)

    def names(self, directory: str) -> list[str]:
        """See Tree.names."""
        if self._folders is None:
            self._folders = {}
            for path in self._contents:
                while path:
                    folder, _, name = path.rpartition("/")
                    self._folders.setdefault(folder, set()).add(name)
                    path = folder
        return sorted(self._folders.get(directory, ()))

    def files(self) -> Iterator[SourceFile]:
        """Every file, in order of path."""
        for path in sorted(self._contents):
            content = self._contents[path]
            yield SourceFile(self, path, content.size, content.executable)

    def __len__(self) -> int:
        return len(self._contents)

    def below(self, folder: str) -> "ArchiveTree":
        """The tree of one folder ("a/b")."""
        start = len(folder) + 1
        inside = {path[start:]: one for path, one in self._contents.items() if path.startswith(f"{folder}/")}
        return ArchiveTree(inside, self._bounds)

    def without_outer_folder(self) -> "ArchiveTree":
        """The tree of the one folder that everything lies in; the same tree where there is no such folder."""
        outer = {path.partition("/")[0] for path in self._contents}
        alone = len(outer) == 1 and all("/" in path for path in self._contents)
        return self.below(next(iter(outer))) if alone else self

    def joined(self, folder: str, other: "ArchiveTree") -> "ArchiveTree":
        """This tree with another one as `folder` in it ("" lays it over this one)."""
        prefix = f"{folder}/" if folder else ""
        more = {f"{prefix}{path}": content for path, content in other._contents.items()}  # noqa: SLF001 # its own class
        return ArchiveTree({**self._contents, **more}, self._bounds)


class _Head(io.BytesIO):
    """The first bytes of a file that may have more."""

    def __init__(self, data: bytes, size: int, kept: int) -> None:
        super().__init__(data)
        self._is_whole = len(data) >= size
        self._kept = kept

    def read(self, count: int | None = -1, /) -> bytes:
        if not self._is_whole and (count is None or count < 0 or self.tell() + count > self._kept):
            raise Unreadable(f"only the first {self._kept:,} bytes of it are unpacked")
        return super().read(count)


def resolve_links(
    contents: dict[str, Content], links: Mapping[str, str], bounds: Bounds, refused: Refused
) -> dict[str, Content]:
    """The files, and under the name of each link the file that it leads to.

    Links out of the archive are refused. Links to folders and to nothing are passed over: what lies in a folder is met
    anyway.
    """
    targets: dict[str, str] = {}
    for place, target in links.items():
        try:
            targets[place] = link_target(place, target, bounds)
        except Unreadable as error:
            refused.note(error.reason, place)
    found = dict(contents)
    for place in targets:
        end = place
        for _ in range(_MAX_HOPS):
            if end not in targets:
                break
            end = targets[end]
        if end in contents:
            found.setdefault(place, contents[end])
    return found
