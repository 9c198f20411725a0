# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Versions of Alpine packages and of the distributions that share apk-tools (apk-package(5), "pkgver").

Numbers, a letter, suffixes (`_alpha < _beta < _pre < _rc <` none `< _cvs < _svn < _git < _hg < _p`), a commit, which
does not count, and the build `-rN`. Numbers after the first that begin with 0 are compared as text. What cannot be read
sorts below what ends there.
"""

import re

from paddock.engine.versions.keys import HIGHEST, SMALL, number, packed, word

_TEXT = re.compile(
    r"([0-9]+(?:\.[0-9]+)*)?\.?([a-z])?((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)(~[0-9a-f]+)?(?:(-r)([0-9]*))?(.*)",
    re.DOTALL,
)
_SUFFIX = re.compile("_([a-z]+)([0-9]*)")
_MARKS = {"alpha": "\x03", "beta": "\x04", "pre": "\x05", "rc": "\x06"}
_END = "\x0a"
_MARKS_AFTER = {"cvs": "\x0b", "svn": "\x0c", "git": "\x0d", "hg": "\x0e", "p": "\x0f"}
_MARKS |= _MARKS_AFTER
_LETTER, _LEADING_ZERO = "\x10", "\x11"
_REST, _CLEAN = "\x01", "\x02"
_ADMITTED = re.compile(
    r"[0-9]+(?:\.[0-9]+)*[a-z]?(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*(?:~[0-9a-f]+)?(?:-r[0-9]+)?"
)


def key(version: str) -> bytes:
    """The key of a version."""
    numbers, letter, suffixes, _commit, build_mark, build, rest = _TEXT.findall(version)[0]
    text = _numbers(numbers)
    if letter:
        text += _LETTER + letter
    for name, count in _SUFFIX.findall(suffixes):
        text += _MARKS[name] + number(count or "0")
    if rest and not build_mark:
        return packed(text + _REST + word(rest))
    return packed(text + _END + number(build or "0") + (_REST if rest else _CLEAN))


def beginning_with(version: str) -> tuple[bytes, bytes]:
    """From and below which keys versions begin as this one does (apk's `~`), letter, suffix and build aside."""
    numbers = packed(_numbers(version))
    return numbers, numbers + HIGHEST


def admits(version: str) -> bool:
    """Whether the text is a version by the specification."""
    return _ADMITTED.fullmatch(version) is not None


def _numbers(text: str) -> str:
    first, *others = text.split(".")
    encoded = number(first) if first else ""
    for part in others:
        encoded += _LEADING_ZERO + part + "\x00" if part[0] == "0" else SMALL.get(part) or number(part)
    return encoded
