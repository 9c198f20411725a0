# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of contents of zip archives, whose length is looked at before anything loads it.

Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.14 to 4.3.16.
"""

import struct
from typing import BinaryIO

from paddock.engine.model.errors import Unreadable

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"


def check_directory(source: BinaryIO, limit: int) -> None:
    """Refuse a central directory of more than `limit` bytes before it is loaded. Raises Unreadable."""
    size = source.seek(0, 2)
    tail_size = min(size, 65_536 + 22 + 20 + 56)
    source.seek(size - tail_size)
    tail = source.read(tail_size)
    claimed = 0
    end = tail.rfind(_END)
    if end >= 0 and len(tail) >= end + 22:
        (claimed,) = struct.unpack_from("<L", tail, end + 12)
    end64 = tail.rfind(_END_64)
    if claimed == 0xFFFFFFFF and end64 >= 0 and len(tail) >= end64 + 56:
        (claimed,) = struct.unpack_from("<Q", tail, end64 + 40)
    if min(claimed, size) > limit:
        raise Unreadable(f"its table of contents has {claimed:,} bytes; over {limit:,} are not read")
    source.seek(0)
