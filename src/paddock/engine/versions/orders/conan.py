# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Conan's versions, as Conan 2 compares them: any row of numbers and words, pre-release after `-`, build after `+`.

Zeros at the end do not count; a hyphen with nothing after it is the lowest pre-release; words sort above numbers. Conan
compares `3a` with numbers as text, which is no order; here it follows 3.
"""

import re

from paddock.engine.versions.keys import TOP, number, packed, word

_ITEM = re.compile("([0-9]+)(.*)", re.DOTALL)
_PLAIN, _MIXED = "\x03", "\x04"
_PRERELEASE, _RELEASE = "\x01", "\x02"
_NO_BUILD, _BUILD = "\x01", "\x02"
_END = "\x01"
_ADMITTED = re.compile(r"(?:[0-9]|cci\.)[0-9A-Za-z.+_-]*", re.ASCII)


def key(version: str) -> bytes:
    """The key of a version; every text has one."""
    main, plus, build = version.rpartition("+") if "+" in version else (version, "", "")
    main, dash, prerelease = main.partition("-")
    text = _items(main) + (_PRERELEASE + _items(prerelease) + _END if dash else _RELEASE)
    return packed(text + (_BUILD + _items(build) + _END if plus else _NO_BUILD))


def admits(version: str) -> bool:
    """Whether the text is a version: begins with a number, or is one of ConanCenter's snapshots (`cci.20230101`)."""
    return _ADMITTED.fullmatch(version) is not None


def is_prerelease(version: str) -> bool:
    """Whether the version is a pre-release."""
    return "-" in version.rpartition("+")[0] or ("+" not in version and "-" in version)


def _items(text: str) -> str:
    items = text.split(".")
    while items and not items[-1].strip("0") and (items[-1] or len(items) == 1):
        items.pop()
    return "".join(map(_item, items))


def _item(item: str) -> str:
    found = _ITEM.match(item)
    if found is None:
        return TOP + word(item)
    digits, rest = found.groups()
    return number(digits) + (_MIXED + word(rest) if rest else _PLAIN)
