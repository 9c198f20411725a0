# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Git's index, as far as submodules need it: which commit is recorded at which path. Versions 2 to 4.

Format: https://git-scm.com/docs/index-format
"""

from paddock.engine.model.errors import Unreadable

_GITLINK = 0o160000
_EXTENDED = 0x4000
_NAME_LENGTH = 0x0FFF
_LONGEST_PATH = 8192  # twice what operating systems allow; keeps the cost of prefix-compressed names linear


def read_gitlinks(data: bytes, hash_size: int = 20) -> dict[str, str]:
    """Path of each submodule -> commit id in hex. hash_size: 20 bytes for SHA-1 repositories, 32 for SHA-256.

    Raises Unreadable where the bytes are no index of these versions, end early, or leave entries to a shared index.
    """
    if len(data) < 12 or data[:4] != b"DIRC":
        raise Unreadable("not a git index: it does not start with DIRC")
    version = int.from_bytes(data[4:8], "big")
    count = int.from_bytes(data[8:12], "big")
    if version not in (2, 3, 4):
        raise Unreadable(f"git index version {version} is not known; 2 to 4 are")
    links: dict[str, str] = {}
    position = 12
    name = b""
    try:
        for _ in range(count):
            flags_at = position + 40 + hash_size
            flags = int.from_bytes(data[flags_at : flags_at + 2], "big")
            start = flags_at + (4 if version >= 3 and flags & _EXTENDED else 2)
            if version == 4:
                name, end = _compressed_name(data, start, name)
            else:
                name, end = _padded_name(data, position, start, flags & _NAME_LENGTH)
            if int.from_bytes(data[position + 24 : position + 28], "big") == _GITLINK:
                commit = data[position + 40 : position + 40 + hash_size]
                links[name.decode("utf-8", "replace")] = commit.hex()
            position = end
    except (IndexError, ValueError) as error:
        raise Unreadable("the git index ends before its last entry") from error
    # A split index starts its extensions with `link` and leaves unchanged entries to another file.
    if data[position : position + 4] == b"link":
        raise Unreadable("the git index is split; `git update-index --no-split-index` writes a whole one")
    return links


def _padded_name(data: bytes, entry: int, start: int, length: int) -> tuple[bytes, int]:
    end = start + length if length < _NAME_LENGTH else data.index(b"\0", start)
    if end >= len(data):
        raise IndexError
    # One to eight NUL bytes make the entry a multiple of eight long.
    return data[start:end], entry + ((end - entry) // 8 + 1) * 8


def _compressed_name(data: bytes, start: int, previous: bytes) -> tuple[bytes, int]:
    byte = data[start]
    strip = byte & 0x7F
    start += 1
    while byte & 0x80:
        byte = data[start]
        start += 1
        strip = ((strip + 1) << 7) | (byte & 0x7F)
        if strip > len(previous):
            raise IndexError
    end = data.index(b"\0", start)
    if strip > len(previous) or len(previous) > _LONGEST_PATH:
        raise IndexError
    return previous[: len(previous) - strip] + data[start:end], end + 1
