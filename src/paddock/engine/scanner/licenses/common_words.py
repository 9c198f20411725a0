# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Everyday words of English and of programs: where only these agree, nothing was said about a licence."""

from functools import lru_cache
from importlib.resources import files


def is_common(word: bytes) -> bool:
    """Whether a word, in lower case, is an everyday one: in the list, a number, or one or two letters long."""
    return len(word) <= _SHORT or word.isdigit() or word in _common_words()


_SHORT = 2


@lru_cache(maxsize=1)
def _common_words() -> frozenset[bytes]:
    data = files("paddock.engine.scanner.licenses").joinpath("common_words.txt").read_bytes()
    lines = [line for line in data.splitlines() if not line.startswith(b"#")]
    return frozenset(b" ".join(lines).split())
