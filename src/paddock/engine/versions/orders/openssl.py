# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""OpenSSL's versions: three numbers, before 3.0 with letters for patches (`1.0.2y < 1.0.2za`), pre-releases below."""

import re

from paddock.engine.versions.keys import number, packed, word
from paddock.engine.versions.orders.semver import identifiers

_TEXT = re.compile(r"[vV]?([0-9]+(?:\.[0-9]+)*)([A-Za-z]*)(?:-(.*))?", re.DOTALL)
_NO_VERSION, _PRERELEASE, _RELEASE = "\x01", "\x01", "\x02"


def key(version: str) -> bytes:
    """The key of a version; a text that begins with no number sorts below every version."""
    found = _TEXT.match(version)
    if found is None:
        return packed(_NO_VERSION + word(version))
    numbers, letters, prerelease = found.groups()
    parts = [*numbers.split("."), "0", "0"][: max(3, numbers.count(".") + 1)]
    text = "".join(map(number, parts)) + word(letters.lower())
    return packed(text + (_RELEASE if prerelease is None else _PRERELEASE + identifiers(prerelease)))


def admits(version: str) -> bool:
    """Whether the text is a version."""
    return _TEXT.fullmatch(version) is not None
