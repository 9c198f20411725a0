# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Composer's versions: PHP's `version_compare` on what Composer makes of a tag.

Words by what they begin with: other words < dev < alpha < beta < RC < nothing < numbers < patch. A version with fewer
numbers sorts below the same with more. `x` in a branch (`1.2.x-dev`) stands above all releases of that branch;
`dev-main` is a branch, no version: it sorts below everything, and no range holds it.
"""

import re

from paddock.engine.versions.keys import SMALL, TOP, number, packed, word

_TOKEN = re.compile(r"[0-9]+|[^0-9.\-_+]+")
_OTHER, _END, _PATCH = "\x01", "\x06", TOP
_STABILITIES = (("dev", "\x02"), ("a", "\x03"), ("b", "\x04"), ("rc", "\x05"), ("#", "\x06"), ("p", _PATCH))
_BRANCH_NUMBER = number("9999999")
_ADMITTED = re.compile(
    r"v?[0-9]+(?:\.(?:[0-9]+|[x*](?=[.-]|\Z)))*(?:[.+_-]?[0-9a-z][0-9a-z.+_-]*)?(?:@[a-z]+)?", re.IGNORECASE
)


def key(version: str) -> bytes:
    """The key of a version; branches without number sort below every version."""
    parts = version.split(".")
    try:
        return ("".join([SMALL[part] for part in parts]) + _END).encode()
    except KeyError:
        found = _TOKEN.findall(version.lower().removeprefix("v"))
        return packed("".join(_part(part) for part in found if part != "stable") + _END)


def admits(version: str) -> bool:
    """Whether the text is a version or a numbered branch; `dev-main` is neither."""
    return _ADMITTED.fullmatch(version) is not None


def _part(part: str) -> str:
    if part[0].isdecimal() and part.isascii():
        return number(part)
    if part in {"x", "*"}:
        return _BRANCH_NUMBER
    for beginning, mark in _STABILITIES:
        if part.startswith(beginning):
            return mark
    return _OTHER + word(part)
