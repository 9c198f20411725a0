# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Zip archives (jars, wheels, NuGet packages, Go modules) as a tree whose files are unpacked as they are read."""

import stat
import struct
import zipfile
from typing import BinaryIO

from paddock.engine.downloader.archive_tree import ArchiveTree, Content, resolve_links
from paddock.engine.downloader.bounds import Bounds, Refused, safe_path
from paddock.engine.downloader.decompress import BROKEN
from paddock.engine.downloader.zip_directory import check_directory
from paddock.engine.model.errors import Unreadable

_ENCRYPTED = 0x1
"""Of the general purpose flags of an entry (APPNOTE.TXT 4.4.4)."""
_BROKEN = (*BROKEN, zipfile.BadZipFile, RuntimeError, NotImplementedError, struct.error, IndexError, KeyError)
_MAX_TARGET = 4_096


def read_zip(source: BinaryIO, packed: int, bounds: Bounds, refused: Refused) -> ArchiveTree:
    """The files of a zip archive of `packed` bytes. `source` must stay open as long as the tree is used.

    Raises Unreadable when its table of contents cannot be read or is too long.
    """
    try:
        check_directory(source, bounds.directory)
        archive = zipfile.ZipFile(source)
    except _BROKEN as error:
        raise Unreadable("it cannot be unpacked: no readable zip archive") from error
    opened = _Opened(archive, packed, bounds)
    contents: dict[str, Content] = {}
    links: dict[str, str] = {}
    entries = archive.infolist()
    if len(entries) > bounds.entries:
        refused.end(f"it has more than {bounds.entries:,} entries; the rest is not read")
    for entry in entries[: bounds.entries]:
        if entry.filename.endswith("/"):
            continue
        mode = entry.external_attr >> 16
        try:
            path = safe_path(entry.filename, bounds)
            if stat.S_ISLNK(mode):
                links[path] = opened.read(entry, _MAX_TARGET).decode("utf-8", "replace")
            elif not path or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
                refused.note("a device, pipe or entry of unknown kind", entry.filename)
            else:
                contents[path] = _Packed(opened, entry, executable=bool(mode & 0o111))
        except Unreadable as error:
            refused.note(error.reason, entry.filename)
    return ArchiveTree(resolve_links(contents, links, bounds, refused), bounds)


class _Opened:
    """An open archive and how much has been unpacked from it."""

    def __init__(self, archive: zipfile.ZipFile, packed: int, bounds: Bounds) -> None:
        self.bounds = bounds
        self._archive = archive
        self._packed = packed
        self._unpacked = 0

    def read(self, entry: zipfile.ZipInfo, count: int) -> bytes:
        """The first `count` bytes of an entry. Raises Unreadable, also when all in all too much has been unpacked."""
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(count)
        except _BROKEN as error:
            encrypted = entry.flag_bits & _ENCRYPTED
            raise Unreadable("is encrypted" if encrypted else "cannot be unpacked") from error
        self._unpacked += len(data)
        self.bounds.check_unpacked(self._unpacked, self._packed)
        return data


class _Packed(Content):
    """A file that is unpacked when it is asked for."""

    __slots__ = ("_entry", "_opened")

    def __init__(self, opened: _Opened, entry: zipfile.ZipInfo, *, executable: bool) -> None:
        super().__init__(entry.file_size, None, executable=executable)
        self._opened = opened
        self._entry = entry

    def unpack(self) -> bytes:
        """See Content.unpack."""
        return self._opened.read(self._entry, self._opened.bounds.kept_per_file)
