# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Files made to be slow to search for licences: one endless line, nothing but licence texts, texts with changes."""

import random
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

MINIFIED, TEXTS, NOTICE = "min.js", "licenses.txt", "NOTICE"
SIZES = {MINIFIED: 16 * 1024 * 1024, TEXTS: 5 * 1024 * 1024, NOTICE: 1536 * 1024}
"""Bytes of the whole cases."""
SMALL_NOTICE = 200 * 1024
"""Of the NOTICE on which both programs are compared."""
_SEED = 20_240_501
_CHANGED = 0.02
"""Share of the words of a NOTICE that are replaced by others."""
_SHORTEST = 500
_BETWEEN = "\n\n=====\n\n"
_WORDS = re.compile(r"[A-Za-z]{4,}")
_SPACES = re.compile(r"(\s+)")


def minified(scripts: Iterable[Path]) -> bytes:
    """Real scripts without any line break, over and over."""
    line = b" ".join(b" ".join(path.read_bytes().split()) for path in scripts)
    return (line * (SIZES[MINIFIED] // len(line) + 1))[: SIZES[MINIFIED]]


def texts(by_id: Mapping[str, str]) -> bytes:
    """All texts one after the other, over and over."""
    whole = "\n\n\n".join(by_id.values()).encode()
    return (whole * (SIZES[TEXTS] // len(whole) + 1))[: SIZES[TEXTS]]


def notice(by_id: Mapping[str, str]) -> tuple[bytes, dict[str, int]]:
    """Longer texts in an order and with changes that are the same at every run. Returns (bytes, each text's end)."""
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    vocabulary = _WORDS.findall(" ".join(by_id.values()))
    names = [name for name, text in by_id.items() if len(text) > _SHORTEST]
    chance.shuffle(names)
    parts: list[bytes] = []
    ends: dict[str, int] = {}
    size = 0
    for name in names:
        parts.append((_changed(by_id[name], vocabulary, chance) + _BETWEEN).encode())
        size += len(parts[-1])
        ends[name] = size
    return b"".join(parts)[: SIZES[NOTICE]], ends


def _changed(text: str, vocabulary: list[str], chance: random.Random) -> str:
    pieces = _SPACES.split(text)
    for position in range(0, len(pieces), 2):
        if chance.random() < _CHANGED:
            pieces[position] = chance.choice(vocabulary)
    return "".join(pieces)
