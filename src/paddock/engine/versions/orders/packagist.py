# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Composer's versions: what its `VersionParser` makes of a tag, in the order of PHP's `version_compare`.

Four numbers, missing ones 0, then words by what they begin with: other words < dev < alpha < beta < RC < nothing < more
numbers < patch. Letter case, `v` and `stable` do not count. `x` in a branch (`1.2.x-dev`) stands above all releases of
that branch; `dev-main` is a branch and no version: it sorts below everything, and no range holds it.
"""

import re

from paddock.engine.versions.keys import SMALL, TOP, number, packed, word

_TOKEN = re.compile(r"[0-9]+|[^0-9.\-_+]+")
_OTHER, _END, _PATCH = "\x01", "\x06", TOP
_STABILITIES = (("dev", "\x02"), ("a", "\x03"), ("b", "\x04"), ("rc", "\x05"), ("#", "\x06"), ("p", _PATCH))
_ZERO, _BRANCH = SMALL["0"], number("9999999")
_ENDS = tuple(_ZERO * missing + _END for missing in range(5))
_ADMITTED = re.compile(r"v?[0-9][0-9a-z.+_*-]*(?:@[a-z]+)?", re.IGNORECASE)
_WILDCARD = re.compile(r"(?:v?[0-9.]*\.)?[x*](?!.*-dev)", re.IGNORECASE | re.DOTALL)


def key(version: str) -> bytes:
    """The key of a version; branches without number sort below every version."""
    parts = version.removeprefix("v").split(".")
    if len(parts) <= 4:
        try:
            return ("".join([SMALL[part] for part in parts]) + _ENDS[4 - len(parts)]).encode()
        except KeyError:
            pass
    found = _TOKEN.findall(version.partition("@")[0].lower().removeprefix("v"))
    return packed(_text([part for part in found if part != "stable"]))


def admits(version: str) -> bool:
    """Whether the text is a version or a numbered branch; `dev-main` is neither, nor is `1.*`."""
    return _ADMITTED.fullmatch(version) is not None and _WILDCARD.match(version) is None


def _text(parts: list[str]) -> str:
    text = []
    words_at = len(parts)
    for position, part in enumerate(parts):
        if part[0] in "0123456789":
            text.append(number(part))
        elif part in {"x", "*"}:
            text += [_BRANCH] * max(1, 4 - position)
        else:
            words_at = position
            break
    if text:
        text += [_ZERO] * (4 - len(text))
    while len(text) > 4 and text[-1] == _ZERO:
        text.pop()
    return "".join([*text, *map(_word, parts[words_at:])]) + _END


def _word(part: str) -> str:
    if part[0] in "0123456789":
        return number(part)
    for beginning, mark in _STABILITIES:
        if part.startswith(beginning):
            return mark
    return _OTHER + word(part)
