# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Zip archives read within bounds and in memory only: a bomb, a loop or a lie about sizes ends in `Unreadable`.

Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT; jars use no compression or deflate.
"""

import lzma
import struct
import zipfile
import zlib
from typing import BinaryIO

from paddock.engine.downloader.zip_directory import check_directory
from paddock.engine.model.errors import Unreadable

MAX_DEPTH = 16
"""Archives inside archives are followed to this depth; a nested one deeper than that is an issue."""
MAX_ENTRIES = 200_000
MAX_DIRECTORY_BYTES = 24 * 1024 * 1024
MAX_METADATA_BYTES = 4 * 1024 * 1024
MAX_NESTED_BYTES = 96 * 1024 * 1024
MAX_TOTAL_BYTES = 256 * 1024 * 1024
"""What may be unpacked from one file of the tree, all nested archives together."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
    IndexError,
    OverflowError,
)


class Budget:
    """How much more may be unpacked and looked at on behalf of one file of the tree."""

    def __init__(self) -> None:
        self._bytes = MAX_TOTAL_BYTES
        self._entries = MAX_ENTRIES

    def take_entries(self, count: int) -> None:
        """Account for an archive's directory. Raises Unreadable when there have been too many."""
        self._entries -= count
        if self._entries < 0:
            raise Unreadable(f"over {MAX_ENTRIES:,} entries, nested archives included; the rest is not read")

    def take_bytes(self, count: int) -> None:
        """Account for unpacked bytes. Raises Unreadable when there have been too many."""
        self._bytes -= count
        if self._bytes < 0:
            raise Unreadable(f"unpacks to more than {MAX_TOTAL_BYTES:,} bytes; the rest is not read")


class Archive:
    """One zip archive. Raises Unreadable on construction where it is none."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._budget = budget
        try:
            check_directory(stream, MAX_DIRECTORY_BYTES)
            self._zip = zipfile.ZipFile(stream)
        except _BROKEN as error:
            raise Unreadable(f"not a readable zip archive: {error}") from error
        budget.take_entries(len(self._zip.filelist))
        self._entries = {
            info.filename: info for info in self._zip.filelist if info.filename and not info.filename.endswith("/")
        }

    def names(self) -> list[str]:
        """The names of the files inside, sorted, each once."""
        return sorted(self._entries)

    def read(self, name: str, limit: int = MAX_METADATA_BYTES) -> bytes:
        """A file's content. Raises Unreadable, naming it, where it is broken, encrypted or larger than `limit`."""
        info = self._entries[name]
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Unreadable(f"{name} in the archive is packed in a way that jars do not use")
        if info.file_size > limit:
            raise Unreadable(f"{name} in the archive has {info.file_size:,} bytes; over {limit:,} are not read")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except _BROKEN as error:
            raise Unreadable(f"{name} in the archive cannot be unpacked: {error}") from error
        self._budget.take_bytes(len(data))
        if len(data) > limit:
            raise Unreadable(f"{name} in the archive is larger than it says")
        return data
