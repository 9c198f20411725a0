# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows of numbers in which a longer row sorts above those that it begins: Hackage, CRAN and Bioconductor.

Source: Haskell's package versioning policy; R's `numeric_version` (hyphens are dots). Parts that are no numbers, which
neither allows, sort below numbers.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed, word

_SEPARATOR = re.compile("[.-]")
_END, _WORD = "\x02", "\x03"
_ADMITTED = re.compile("[0-9]+(?:[.-][0-9]+)*")


def key(version: str) -> bytes:
    """The key of a version."""
    parts = _SEPARATOR.split(version)
    try:
        return ("".join([SMALL[part] for part in parts]) + _END).encode()
    except KeyError:
        text = (number(part) if part.isdecimal() and part.isascii() else _WORD + word(part) for part in parts)
        return packed("".join(text) + _END)


def admits(version: str) -> bool:
    """Whether the text is a row of numbers."""
    return _ADMITTED.fullmatch(version) is not None
