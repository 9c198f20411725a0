# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Copyright statements of many files as few lines as say the same: years of one holder put together, writings united.

What is taken apart is the usual form, mark, years, holder. A statement of any other form stays as it is.
"""

import re
from collections.abc import Iterable

import msgspec

MAX_STATEMENT = 2_000
"""Longer statements are not taken apart."""
_MARK = re.compile(
    r"(?P<portions>(?:portions|parts)\s+)?(?:(?:copyright(?:s|ed)?|copr\.?|\(c\)|©|&copy;)[\s:,]*)+(?:by\s+)?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\(c\)|©|&copy;", re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d"
_END = rf"(?:{_YEAR}|\d\d(?!\d)|present|now|current|today)"
_RANGE = rf"{_YEAR}(?:\s?[-\u2013/]+\s?{_END}|\s?-)?"
_YEARS = re.compile(rf"(?<![\w-]){_RANGE}(?:\s?(?:[,&]|and)\s?(?:{_RANGE}|\d\d(?!\d)))*(?![\w-])", re.IGNORECASE)
_ONE_RANGE = re.compile(rf"({_YEAR}|\d\d)(?:\s?(-|\u2013|/)+\s?({_END})?)?", re.IGNORECASE)
_BY = re.compile(r"^(?:by\s+)", re.IGNORECASE)
_CONTACT = re.compile(r"\s*(?:<[^<>]*>|\([^()\s]*(?:@|://)[^()\s]*\)|https?://\S+|\S+@\S+\.\S+)")
_FORMS = re.compile(r"[\s.,;'\"]+")
_RESERVED = re.compile(r"[\s.,;(-]*all rights reserved[.)]*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]")
_STOPPED = re.compile(r"(?:\.[A-Za-z]|\b(?:inc|ltd|corp|co|bros|al|jr|sr|llc|pty))\.\Z", re.IGNORECASE)
_OPEN = 9_999
"""Stands for the end of a range without one ("2014-present")."""


class _Parts(msgspec.Struct):
    portions: str
    has_sign: bool
    years: set[tuple[int, int]]
    holder: str


def normalize_statements(statements: Iterable[str]) -> tuple[str, ...]:
    """Each holder once, with all years, in the order of first appearance.

    "Copyright (c) 2019 Example, Inc." and "© 2020-2022 EXAMPLE INC" become "Copyright (c) 2019-2022 Example, Inc.".
    Of several writings of a holder the one that says most (an address, a comma) stays, of equals the first.
    """
    merged: dict[tuple[str, str], _Parts] = {}
    whole: dict[tuple[str, str], str] = {}
    for statement in statements:
        text = _RESERVED.sub("", " ".join(statement.split())).strip()
        if not text:
            continue
        parts = _take_apart(text)
        if parts is None:
            if not _WORDS.search(_MARK.sub("", text)):
                continue
            key = ("", _folded(_MARK.sub("", text, count=1)))
            whole.setdefault(key, text)
            merged.setdefault(key, _Parts("", False, set(), text))
            continue
        key = (parts.portions.lower(), _folded(parts.holder))
        if key in whole:
            continue
        known = merged.setdefault(key, parts)
        if known is not parts:
            known.has_sign = known.has_sign or parts.has_sign
            known.years |= parts.years
            known.holder = max(known.holder, parts.holder, key=_says)
    return tuple(whole.get(key) or _written(parts) for key, parts in merged.items())


def _take_apart(text: str) -> _Parts | None:
    """Mark, years and holder of a statement; None where it is of another form."""
    mark = _MARK.match(text) if len(text) <= MAX_STATEMENT else None
    if mark is None:
        return None
    rest = text[mark.end() :]
    found = list(_YEARS.finditer(rest))
    if len(found) > 1:
        return None
    years: set[tuple[int, int]] = set()
    if found:
        before, after = rest[: found[0].start()].strip(" ,.("), rest[found[0].end() :].strip(" ,.-:)")
        if before and after:
            return None
        years = _ranges(found[0].group())
        rest = before or rest[found[0].end() :].lstrip(" ,.-:")
    holder = _BY.sub("", rest).strip(" ,")
    if holder.endswith(".") and not _STOPPED.search(holder):
        holder = holder[:-1].rstrip(" ,")
    if not years and not holder:
        return None
    return _Parts((mark["portions"] or "").strip(), _SIGN.search(mark.group()) is not None, years, holder)


def _ranges(text: str) -> set[tuple[int, int]]:
    """First and last years; two digits stand for a year of the century before them."""
    ranges: set[tuple[int, int]] = set()
    century = 1900
    for first, dash, last in _ONE_RANGE.findall(text):
        begin = int(first) if len(first) == 4 else century + int(first)
        century = begin // 100 * 100
        if not dash:
            end = begin
        elif not last.isdigit():
            end = _OPEN
        else:
            end = int(last) if len(last) == 4 else century + int(last)
        ranges.add((begin, max(begin, end)))
    return ranges


def _folded(holder: str) -> str:
    """What two writings of one holder have in common."""
    without = _CONTACT.sub("", holder) or holder
    return _FORMS.sub(" ", without).strip().casefold().removeprefix("the ")


def _says(holder: str) -> tuple[bool, int]:
    """How much a writing says; letters all large or all small say less than a name in its usual form."""
    return not (holder.isupper() or holder.islower()), len(holder)


def _written(parts: _Parts) -> str:
    mark = "Copyright (c)" if parts.has_sign else "Copyright"
    return " ".join(part for part in (parts.portions, mark, _years(parts.years), parts.holder) if part)


def _years(ranges: set[tuple[int, int]]) -> str:
    united: list[tuple[int, int]] = []
    for begin, end in sorted(ranges):
        if united and begin <= united[-1][1] + 1:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((begin, end))
    return ", ".join(
        str(begin) if begin == end else f"{begin}-present" if end == _OPEN else f"{begin}-{end}"
        for begin, end in united
    )
