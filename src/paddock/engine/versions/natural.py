# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The order of versions when nothing is known of the ecosystem: numbers by value, pre-releases before releases.

Good enough to say "upgraded" or "downgraded" to people; not an answer to whether an advisory's range holds a version.
"""

import re
from functools import lru_cache

_PART = re.compile(r"\d+|[A-Za-z]+")
_PRE = {
    "dev": -5,
    "snapshot": -5,
    "a": -4,
    "alpha": -4,
    "b": -3,
    "beta": -3,
    "m": -3,
    "milestone": -3,
    "pre": -2,
    "c": -2,
    "rc": -2,
    "cr": -2,
}
_AFTER = {"final": 0, "ga": 0, "release": 0, "post": 1, "r": 1, "rev": 1, "sp": 1, "p": 1, "pl": 1, "patch": 1}

Key = tuple[tuple[int, int, str], ...]
_END = (1, 0, "")


def compare(first: str, second: str) -> int | None:
    """-1, 0 or 1; None where it cannot be told: one of them is no version (a commit hash, a branch, nothing)."""
    one, other = _key(first), _key(second)
    if one is None or other is None:
        return None
    length = max(len(one), len(other))
    left, right = (key + (_END,) * (length - len(key)) for key in (one, other))
    return (left > right) - (left < right)


@lru_cache(maxsize=16_384)
def _key(version: str) -> Key | None:
    text = re.sub(r"^[vV=](?=\d)", "", version.strip()).partition("+")[0]
    if not re.match(r"\d", text) or re.fullmatch(r"[0-9a-f]{12,64}", text):
        return None
    key = []
    for part in _PART.findall(text):
        if part.isdigit():
            key.append((1, int(part[:18]), ""))
        else:
            word = part.lower()
            rank = _PRE.get(word, _AFTER.get(word, 0))
            # Words that mark a pre-release sort below "nothing follows", others above it.
            key.append((0, rank, word) if rank < 0 else (1, 0, "" if rank == 0 and word in _AFTER else word))
    while key and key[-1] == _END:
        key.pop()
    return tuple(key)
