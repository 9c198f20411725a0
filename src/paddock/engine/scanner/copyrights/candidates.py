# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Finds the lines of a file that may hold a copyright statement, by literals and without looking at anything else."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

Line = tuple[int, str]
"""Number from 1 and text without line break."""

_LITERALS = (b"opyr", b"(c)", b"\xa9", b"&copy", b"copr", b"&#169", b"\\(co", b"u00a9", b"&#xa9")
"""In lower case; a file with none of them has no statement. The single byte is `©` in Latin-1, and ends it in UTF-8."""
_CALL = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_$])")
_SPACE, _LEAD_BYTE, _FIRST_HIGH = 0x20, 0xC2, 0x80
_AFTER_SIGN = frozenset({b"", *(bytes((byte,)) for byte in b" \t0123456789<&")})
"""What may follow the sign in Latin-1; anything else is most often another encoding."""
_ADDRESS = re.compile(rb"@|https?:")
_YEAR = re.compile(rb"\s(?:19|20)\d\d\b")
_LETTER = re.compile(rb"[A-Za-z]")
_FOLLOWING = 2
"""How many lines after the last one that hints at a statement may still belong to it."""
_PRECEDING = 2
_MOST_LINES = 120
"""How long a group may get before the next one begins."""
_LONG = 1_500
_BEFORE, _AFTER = 300, 900
"""Of a line longer than `_LONG` bytes only what is around a hit counts."""
_HEAD = 8_192
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})
_MOST_CONTROLS = 0.03


def candidates(data: bytes) -> Iterator[list[Line]]:
    """Groups of lines in a row, each around something that looks like the mark of a copyright statement.

    Every byte is looked at a bounded number of times, whatever the lengths of the lines.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    hits = _hits(data.lower())
    if not hits or is_binary(data):
        return
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    consumed = counted = 0
    number = 1
    for position in hits:
        if position < consumed:
            continue
        begin, end, is_whole = _line_around(data, position, consumed)
        number += data.count(b"\n", counted, begin)
        counted = begin
        line = (number, decode(data[begin:end]))
        if not is_whole:
            consumed = end
            yield [line]
            continue
        group = [*_preceding(data, begin, consumed, number), line]
        consumed = _follow(data, hits, group, end)
        yield group


def _hits(lower: bytes) -> list[int]:
    """Where something in a lower-case content looks like the mark of a statement, in order."""
    found: list[int] = []
    for literal in _LITERALS:
        if literal[:1] not in lower:
            continue  # one byte is looked for many times faster, and most files have no "&" and only ASCII
        position = lower.find(literal)
        while position >= 0:
            if _stands_free(literal, lower, position):
                found.append(position)
            position = lower.find(literal, position + 1)
    found.sort()
    return found


def _stands_free(literal: bytes, lower: bytes, position: int) -> bool:
    """Whether a literal is what it looks like: not a call `f(c)`, not the second byte of some letter."""
    before = lower[position - 1] if position else _SPACE
    if literal == b"(c)" or literal == b"copr":
        return before not in _CALL
    if literal == b"\xa9" and before != _LEAD_BYTE:
        return before < _FIRST_HIGH and lower[position + 1 : position + 2] in _AFTER_SIGN
    return True


def is_binary(data: bytes) -> bool:
    """Whether the content is no text: a PDF document, a NUL byte or many control characters near the start."""
    head = data[:_HEAD]
    if head.startswith(b"%PDF-") or b"\0" in head:
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(head)


def _line_around(data: bytes, position: int, floor: int) -> tuple[int, int, bool]:
    """Where the line with a position begins and ends; of a long line a part, which the last value says."""
    begin = data.rfind(b"\n", max(floor, position - _LONG), position) + 1
    end = data.find(b"\n", position, position + _LONG)
    if not begin and position - floor <= _LONG:
        begin = floor
    if end < 0 and len(data) - position <= _LONG:
        end = len(data)
    if end < 0 or end - begin > _LONG or (not begin and floor < position - _LONG):
        begin = max(begin, position - _BEFORE, floor)
        return begin, min(position + _AFTER, len(data) if end < 0 else end), False
    return begin, end, True


def _preceding(data: bytes, begin: int, floor: int, number: int) -> list[Line]:
    """Lines before a hit that carry a contact or a year: whose work it is may stand before the mark."""
    lines: list[Line] = []
    while begin > floor and len(lines) < _PRECEDING:
        start = data.rfind(b"\n", max(floor, begin - _LONG), begin - 1) + 1
        if start == 0:
            start = floor
        if begin - start > _LONG or not carries_on(data, start, begin):
            break
        number -= 1
        lines.append((number, decode(data[start : begin - 1])))
        begin = start
    return lines[::-1]


def _follow(data: bytes, hits: Sequence[int], group: list[Line], end: int) -> int:
    """Adds the lines that may carry a statement on; answers the position behind the last of them."""
    number, left = group[-1][0], _FOLLOWING
    while left and end < len(data) and len(group) < _MOST_LINES:
        begin = end + 1
        end = data.find(b"\n", begin, begin + _LONG)
        if end < 0:
            if len(data) - begin > _LONG:
                return begin
            end = len(data)
        number += 1
        group.append((number, decode(data[begin:end])))
        next_hit = bisect_left(hits, begin)
        is_hit = next_hit < len(hits) and hits[next_hit] < end
        left = _FOLLOWING if is_hit or carries_on(data, begin, end) else left - 1
    return min(end + 1, len(data))


def carries_on(data: bytes, begin: int, end: int) -> bool:
    """Whether a line may carry a statement on: an address stands in it, or a year behind a space, beside letters.

    Letters behind the year, or before it if the space is a plain one. Looks at every byte a bounded number of times.
    """
    if _ADDRESS.search(data, begin, end):
        return True
    year = _YEAR.search(data, begin, end)
    if year is None:
        return False
    if _LETTER.search(data, year.end(), end):
        return True
    letter = _LETTER.search(data, begin, end)
    if letter is None:
        return False
    years = _YEAR.finditer(data, letter.end(), end)
    return any(data[found.start()] == _SPACE for found in years)


def decode(line: bytes) -> str:
    """A line as text: UTF-8, or Latin-1 where it is not."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")
