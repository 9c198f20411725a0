# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Finds the lines of a file that may hold a copyright statement, by literals and without looking at anything else."""

import re
from collections.abc import Iterator

Line = tuple[int, str]
"""Number from 1 and text without line break."""

LITERALS = (b"opyr", b"(c)", b"\xa9", b"&copy", b"copr", b"&#169", b"\\(co", b"u00a9", b"&#xa9")
"""In lower case; a file with none of them has no statement. The single byte is `©` in Latin-1, and ends it in UTF-8."""
_HIT = re.compile(rb"opyr|\(c\)|\xa9|&copy|copr\b|&#169|\\\(co|u00a9|&#xa9")
_CARRIES_ON = re.compile(rb"@|https?:|[A-Za-z].* (?:19|20)\d\d\b")
_FOLLOWING = 2
"""How many lines after the last one that hints at a statement may still belong to it."""
_PRECEDING = 2
_HEAD = 8_192
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})
_LONG = 1_500
_BEFORE, _AFTER = 300, 900
"""Of a line longer than `_LONG` bytes only what is around a hit counts."""


def candidates(data: bytes) -> Iterator[list[Line]]:
    """Groups of lines in a row, each around something that looks like the mark of a copyright statement."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    if is_binary(data):
        return
    lower = data.lower()
    if not any(literal in lower for literal in LITERALS):
        return
    if b"\n" not in data:
        data, lower = data.replace(b"\r", b"\n"), lower.replace(b"\r", b"\n")
    consumed = counted = 0
    number = 1
    for hit in _HIT.finditer(lower):
        if hit.start() < consumed:
            continue
        begin, end = _line_around(data, hit.start(), consumed)
        number += data.count(b"\n", counted, begin)
        counted = begin
        if end - begin > _LONG:
            begin, end = max(begin, hit.start() - _BEFORE), min(end, hit.start() + _AFTER)
            consumed = end
            yield [(number, decode(data[begin:end]))]
            continue
        group = _preceding(data, begin, consumed, number)
        group.append((number, decode(data[begin:end])))
        consumed = _follow(data, lower, group, end)
        yield group


def is_binary(data: bytes) -> bool:
    """Whether the content is no text: a NUL byte or many control characters near the start."""
    head = data[:_HEAD]
    return b"\0" in head or len(head.translate(None, _CONTROLS)) < 0.97 * len(head)


def _line_around(data: bytes, position: int, floor: int) -> tuple[int, int]:
    begin = max(data.rfind(b"\n", floor, position) + 1, floor)
    end = data.find(b"\n", position)
    return begin, len(data) if end < 0 else end


def _preceding(data: bytes, begin: int, floor: int, number: int) -> list[Line]:
    """Lines before a hit that carry a contact or a year: whose work it is may stand before the mark."""
    lines: list[Line] = []
    while begin > floor and len(lines) < _PRECEDING:
        start = max(data.rfind(b"\n", floor, begin - 1) + 1, floor)
        if begin - start > _LONG or not _CARRIES_ON.search(data, start, begin):
            break
        number -= 1
        lines.append((number, decode(data[start : begin - 1])))
        begin = start
    return lines[::-1]


def _follow(data: bytes, lower: bytes, group: list[Line], end: int) -> int:
    """Adds the lines that may carry a statement on; answers the position behind the last of them."""
    number, left = group[-1][0], _FOLLOWING
    while left and end < len(data):
        begin = end + 1
        end = data.find(b"\n", begin)
        end = len(data) if end < 0 else end
        if end - begin > _LONG:
            return begin
        number += 1
        group.append((number, decode(data[begin:end])))
        left = _FOLLOWING if _HIT.search(lower, begin, end) or _CARRIES_ON.search(data, begin, end) else left - 1
    return min(end + 1, len(data))


def decode(line: bytes) -> str:
    """A line as text: UTF-8, or Latin-1 where it is not."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")
