# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""TEMPORARY until versions arrive."""

import re
from functools import lru_cache
from paddock.engine.versions.natural import _key


@lru_cache(maxsize=65536)
def key_of(ecosystem: str, version: str) -> bytes | None:
    k = _key(version)
    if k is None:
        return None
    out = b""
    for a, b, c in k:
        out += bytes([a + 1]) + (b + 100).to_bytes(9, "big") + c.encode() + b"\x00"
    return out + bytes([2]) + (100).to_bytes(9, "big") + b"\x00"
