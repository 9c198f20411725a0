# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""RPM header blobs for tests, made as rpm's documentation of the header format lays them out."""

import struct

NAME, VERSION, RELEASE, EPOCH, VENDOR, LICENSE, ARCH, SOURCE = 1000, 1001, 1002, 1003, 1011, 1014, 1022, 1044
PROVIDES, REQUIRES, BASENAMES, DIRNAMES, DIRINDEXES = 1047, 1049, 1117, 1118, 1116


def header(tags: dict[int, str | int | list[str] | list[int]]) -> bytes:
    """A header blob as rpm stores it: counts, index, store."""
    index, store = b"", b""
    for tag, value in tags.items():
        if isinstance(value, str):
            kind, count, data = 6, 1, value.encode() + b"\0"
        elif isinstance(value, int):
            kind, count, data = 4, 1, struct.pack(">I", value)
        elif all(isinstance(item, int) for item in value):
            kind, count, data = 4, len(value), struct.pack(f">{len(value)}I", *value)
        else:
            kind, count, data = 8, len(value), b"".join(str(item).encode() + b"\0" for item in value)
        index += struct.pack(">IIiI", tag, kind, len(store), count)
        store += data
    return struct.pack(">II", len(tags), len(store)) + index + store
