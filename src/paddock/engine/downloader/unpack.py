# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Opens what registries publish as a tree of files, within bounds; nothing is written to disk, nothing is executed."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from paddock.engine.downloader.archive_tree import ArchiveTree, Content
from paddock.engine.downloader.bounds import Bounds, Refused
from paddock.engine.downloader.decompress import ForwardReader, compression_of
from paddock.engine.downloader.tar_tree import read_member, read_tar
from paddock.engine.downloader.zip_tree import read_zip
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue

DEFAULT_BOUNDS = Bounds()
GEM_METADATA = "metadata"
"""Under which name a gem's own metadata (YAML) lies in its tree."""
_GEM_DATA = ("data.tar.gz", "metadata.gz")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MAX_GEM_METADATA = 4 * 1024**2


class Unpacked:
    """An archive's tree, and, once the tree has been read, what was refused."""

    def __init__(self, tree: ArchiveTree, refused: Refused) -> None:
        self.tree = tree
        self._refused = refused

    def issues(self, path: str) -> tuple[Issue, ...]:
        """What was not unpacked; `path` names the archive."""
        return self._refused.issues(path)


@contextmanager
def unpack(place: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> Iterator[Unpacked]:
    """The tree of the archive in the file `place`: zip, tar (gzip, bzip2, xz), gem; known by content, not by name.

    The tree is valid inside the `with` only. Raises Unreadable for what is none of these or cannot be opened.
    """
    try:
        source = open(place, "rb")  # noqa: SIM115 # closed below, after the tree has been used
    except OSError as error:
        raise Unreadable(f"cannot be opened: {error.strerror or error}") from error
    with source:
        refused = Refused()
        yield Unpacked(_open(source, bounds, refused), refused)


def _open(source: BinaryIO, bounds: Bounds, refused: Refused) -> ArchiveTree:
    packed = source.seek(0, 2)
    source.seek(0)
    head = source.read(512)
    source.seek(0)
    if head.startswith(_ZIP):
        return read_zip(source, packed, bounds, refused)
    if compression_of(head) is None and head[257:262] != b"ustar":
        raise Unreadable("it cannot be unpacked: neither a zip nor a tar archive")
    tree = read_tar(source, packed, bounds, refused)
    if all(tree.size(name) is not None for name in _GEM_DATA):
        return _open_gem(source, packed, bounds, refused)
    return tree


def _open_gem(source: BinaryIO, packed: int, bounds: Bounds, refused: Refused) -> ArchiveTree:
    """A gem is a tar archive of `data.tar.gz`, the files, and `metadata.gz`, the specification in YAML."""
    data = read_member(source, packed, "data.tar.gz", bounds, bounds.kept)
    metadata = read_member(source, packed, "metadata.gz", bounds, _MAX_GEM_METADATA)
    tree = read_tar(io.BytesIO(data or b""), len(data or b""), bounds, refused)
    if metadata is not None:
        try:
            reader = ForwardReader(io.BytesIO(metadata), len(metadata), bounds, make=compression_of(metadata))
            text = reader.content(_MAX_GEM_METADATA)
            tree = tree.joined("", ArchiveTree({GEM_METADATA: Content(len(text), text)}, bounds))
        except Unreadable as error:
            refused.end(f"its metadata.gz: {error.reason}")
    return tree
