# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The alphabet of sort keys: how numbers and words become text whose order, bytewise, is the order of versions.

A key is built as text and stored as UTF-8, which keeps the order of code points. Code points below `\\x21` are marks
that an order gives its own meaning (end, pre-release, word, …); a number begins with a code point from `\\x21` on that
stands for its count of digits, so that longer numbers sort higher, whatever their length.
"""

import re
from collections.abc import Callable, Iterable

LOWEST = b""
"""Below the key of every version, `introduced: "0"` in OSV records: no order gives an empty key."""

HIGHEST = b"\xff"
"""Above the key of every version: UTF-8 has no such byte."""

TOP = "\U0010ffff"
"""A mark above every number."""

_FIRST = 0x20
_ESCAPE = 0x10FFFD - _FIRST
_PREFIXES = tuple(chr(_FIRST + length) for length in range(64))
_MARKS = re.compile("[\x00\x01]")

SMALL = {str(value): _PREFIXES[len(str(value))] + str(value) for value in range(10_000)}
"""The text of the numbers that most versions are made of."""

SMALL_BYTES = {digits: encoded.encode() for digits, encoded in SMALL.items()}
"""The same as bytes, for orders that join nothing else."""


def number(digits: str) -> str:
    """A number of any length, written in ASCII digits; leading zeros do not count."""
    found = SMALL.get(digits)
    if found is not None:
        return found
    if digits[:1] != "0" and 0 < len(digits) < 64:
        return _PREFIXES[len(digits)] + digits
    return _sized(digits.lstrip("0") or "0")


def _sized(digits: str) -> str:
    length = len(digits)
    if length < 64:
        return _PREFIXES[length] + digits
    if length < _ESCAPE:
        return chr(_FIRST + length) + digits
    return chr(_FIRST + _ESCAPE) + number(str(length)) + digits


def word(text: str) -> str:
    """A word in the order of its code points; a word sorts below those that it begins."""
    if _MARKS.search(text):
        text = _MARKS.sub(lambda mark: "\x01\x01" if mark[0] == "\x00" else "\x01\x02", text)
    return text + "\x00"


def zero_padded(parts: Iterable[tuple[int, str]]) -> str:
    """A row in which what is missing counts as zero, so that zeros at its end do not.

    parts: the sign of each part (-1, 0, 1) and its text; texts of positive parts begin at `\\x05` or above.
    """
    text = []
    zeros = 0
    for sign, part in parts:
        if sign == 0:
            zeros += 1
        else:
            text.append("\x02" * zeros + "\x01" + part if sign < 0 else "\x04" * zeros + part)
            zeros = 0
    return "".join(text) + "\x03"


def packed(key: str) -> bytes:
    """The key as stored."""
    return key.encode("utf-8", "surrogatepass")


def successor(key: bytes) -> bytes:
    """The lowest key above this one: turns "up to and including" into "below"."""
    return key + b"\x00"


Key = Callable[[str], bytes]
"""A version's text to its key; takes any text and never raises."""
