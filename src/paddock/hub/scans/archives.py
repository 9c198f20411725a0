# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Source archives: known by content, and read within bounds without being written to disk."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable

from paddock.engine.downloader.bounds import Bounds

BOUNDS = Bounds(kept_per_file=32 * 1024**2)
"""Lock files of tens of megabytes exist, and half of one cannot be read."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_HEAD = 512


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip, or a tar archive, compressed or not."""
    if content.startswith(_ZIP):
        return True
    head = content[:_TAR_HEAD]
    openers: tuple[tuple[bytes, Callable[[io.BytesIO], io.BufferedIOBase]], ...] = (
        (b"\x1f\x8b", lambda stream: gzip.GzipFile(fileobj=stream)),
        (b"BZh", bz2.BZ2File),
        (b"\xfd7zXZ\x00", lzma.LZMAFile),
    )
    for magic, opener in openers:
        if head.startswith(magic):
            try:
                head = opener(io.BytesIO(content[: 1024**2])).read(_TAR_HEAD)
            except (OSError, EOFError, zlib.error, lzma.LZMAError):
                return False
    return head[257:262] == b"ustar"
