# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which folder the cache of fetched packages is in, and how large it may become: by the environment, else by custom."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from paddock.engine.downloader.cache import DEFAULT_MAX_BYTES, DiskCache
from paddock.engine.model.errors import EngineError

FOLDER_VARIABLE = "PADDOCK_CACHE"
SIZE_VARIABLE = "PADDOCK_CACHE_SIZE"
_SIZE = re.compile(r"(\d{1,9})(?:\.(\d{1,3}))?\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


class InvalidCacheSize(EngineError):
    """PADDOCK_CACHE_SIZE is set to something that is no size."""


def open_cache(environment: Mapping[str, str] = os.environ) -> DiskCache:
    """The cache of this user. Raises InvalidCacheSize."""
    named = environment.get(FOLDER_VARIABLE)
    folder = Path(named) if named else platformdirs.user_cache_path("paddock")
    return DiskCache(str(folder), max_bytes=_size(environment.get(SIZE_VARIABLE, "")))


def _size(text: str) -> int:
    if not text.strip():
        return DEFAULT_MAX_BYTES
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise InvalidCacheSize(f"{SIZE_VARIABLE} is {text!r}; write a number with K, M, G or T, such as 20G")
    return int(float(f"{found[1]}.{found[2] or 0}") * _UNITS[found[3].upper()])


def shown_size(count: int) -> str:
    """Bytes for people: "1.4 GB"."""
    size = float(count)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
