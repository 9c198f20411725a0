# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tar archives, compressed or not, read once from front to end into a tree in memory."""

import tarfile
from typing import BinaryIO, cast

from paddock.engine.downloader.archive_tree import ArchiveTree, Content, resolve_links
from paddock.engine.downloader.bounds import Bounds, Refused, safe_path
from paddock.engine.downloader.decompress import ForwardReader, compression_of
from paddock.engine.model.errors import Unreadable

_BROKEN = (tarfile.TarError, ValueError, OverflowError, IndexError, OSError, EOFError, RecursionError)
_BINARY_KEPT = 1_024


def read_tar(source: BinaryIO, packed: int, bounds: Bounds, refused: Refused) -> ArchiveTree:
    """The files of a tar archive of `packed` bytes; what is not unpacked is noted in `refused`.

    Raises Unreadable when not even the first member can be read. A later fault ends the reading: the tree then has what
    came before it.
    """
    head = source.read(6)
    source.seek(0)
    reader = ForwardReader(source, packed, bounds, make=compression_of(head))
    return _Members(reader, bounds, refused).read()


class _Members:
    """The members of one archive while they are read."""

    def __init__(self, reader: ForwardReader, bounds: Bounds, refused: Refused) -> None:
        self._reader = reader
        self._bounds = bounds
        self._refused = refused
        self._contents: dict[str, Content] = {}
        self._links: dict[str, str] = {}
        self._kept = 0

    def read(self) -> ArchiveTree:
        try:
            archive = _opened(self._reader)
        except (Unreadable, *_BROKEN) as error:
            reason = error.reason if isinstance(error, Unreadable) else "no tar archive"
            raise Unreadable(f"it cannot be unpacked: {reason}") from error
        try:
            self._read_all(archive)
        except Unreadable as error:
            self._refused.end(error.reason)
        except _BROKEN:
            self._refused.end(f"it is damaged after {len(self._contents):,} files")
        return ArchiveTree(resolve_links(self._contents, self._links, self._bounds, self._refused), self._bounds)

    def _read_all(self, archive: tarfile.TarFile) -> None:
        count = 0
        while (member := archive.next()) is not None:
            count += 1
            if count > self._bounds.entries:
                raise Unreadable(f"it has more than {self._bounds.entries:,} entries; the rest is not read")
            self._reader.new_member()
            self._take(member)
            vars(archive)["members"].clear()  # tarfile remembers every member, which nobody here needs
        if not self._reader.stands_behind_zeros:
            self._refused.end(f"it is damaged after {count:,} entries; the rest is not read")

    def _take(self, member: tarfile.TarInfo) -> None:
        try:
            path = safe_path(member.name, self._bounds)
        except Unreadable as error:
            self._refused.note(error.reason, member.name)
            return
        if member.issparse():
            self._refused.note("a sparse file", member.name)
        elif member.isreg():
            self._keep(path, member)
        elif member.issym():
            self._links[path] = member.linkname
        elif member.islnk():
            self._keep_hard_link(path, member)
        elif not member.isdir():
            self._refused.note("a device, pipe or entry of unknown kind", member.name)

    def _keep(self, path: str, member: tarfile.TarInfo) -> None:
        self._reader.seek(member.offset_data)
        data = self._reader.content(min(member.size, self._bounds.kept_per_file))
        if len(data) < min(member.size, self._bounds.kept_per_file):
            raise Unreadable(f"it is cut off within {path[-80:]}")
        if b"\0" in data[:_BINARY_KEPT] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data[:_BINARY_KEPT]  # no text; its size and first bytes are all that anybody asks for
        self._kept += len(data)
        if self._kept > self._bounds.kept:
            raise Unreadable(f"its texts have more than {self._bounds.kept:,} bytes; the rest is not read")
        self._contents[path] = Content(member.size, data, executable=bool(member.mode & 0o111))

    def _keep_hard_link(self, path: str, member: tarfile.TarInfo) -> None:
        try:
            target = safe_path(member.linkname, self._bounds)
        except Unreadable:
            self._refused.note("a link that leads out", member.name)
            return
        if target in self._contents:
            self._contents[path] = self._contents[target]


def _opened(reader: ForwardReader) -> tarfile.TarFile:
    # The reader has all of a file that tarfile uses, and is closed by whoever has opened the file below it.
    return tarfile.TarFile(fileobj=cast("BinaryIO", reader), mode="r", errors="surrogateescape")


def read_member(source: BinaryIO, packed: int, name: str, bounds: Bounds, limit: int) -> bytes | None:
    """The content of one member of an uncompressed tar archive (the outer archive of a gem); None: not there.

    Raises Unreadable when the archive is damaged before it, or the member is larger than `limit` bytes.
    """
    source.seek(0)
    reader = ForwardReader(source, packed, bounds, make=None)
    try:
        archive = _opened(reader)
        for _ in range(bounds.entries):
            member = archive.next()
            if member is None:
                return None
            reader.new_member()
            if member.name == name and member.isreg() and not member.issparse():
                if member.size > limit:
                    raise Unreadable(f"{name} in it has {member.size:,} bytes; over {limit:,} are not read")
                reader.seek(member.offset_data)
                return reader.content(member.size)
    except _BROKEN as error:
        raise Unreadable(f"it cannot be unpacked: {type(error).__name__}") from error
    return None
