# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""RubyGems' versions, as `Gem::Version` orders them.

A version is a row of numbers and words; words mark pre-releases and sort below numbers. Zeros at the end and before the
first word do not count, and what is missing is 0.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed, word

_SEGMENT = re.compile("[0-9]+|[A-Za-z]+")
_WORD, _ZERO_BEFORE_WORD, _END, _ZERO_BEFORE_NUMBER = "\x01", "\x02", "\x03", "\x04"
_ADMITTED = re.compile(r"\s*[0-9]+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*", re.ASCII)


def key(version: str) -> bytes:
    """The key of a version; characters that RubyGems refuses are passed over."""
    parts = version.split(".")
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    try:
        if "0" not in parts:
            return ("".join([SMALL[part] for part in parts]) + _END).encode()
    except KeyError:
        pass
    return _detailed(version)


def admits(version: str) -> bool:
    """Whether RubyGems takes the text for a version."""
    return _ADMITTED.fullmatch(version) is not None


def segments(version: str) -> list[str]:
    """The numbers (without leading zeros; "" is 0) and words of a version, those that do not count left out."""
    found = [part.lstrip("0") for part in _SEGMENT.findall(version.replace("-", ".pre."))]
    first_word = next((index for index, part in enumerate(found) if part.isalpha()), len(found))
    return _without_trailing_zeros(found[:first_word]) + _without_trailing_zeros(found[first_word:])


def _without_trailing_zeros(parts: list[str]) -> list[str]:
    end = len(parts)
    while end and parts[end - 1] == "":
        end -= 1
    return parts[:end]


def _detailed(version: str) -> bytes:
    text = []
    zeros = 0
    for part in segments(version):
        if part == "":
            zeros += 1
            continue
        if part.isalpha():
            text.append(_ZERO_BEFORE_WORD * zeros + _WORD + word(part))
        else:
            text.append(_ZERO_BEFORE_NUMBER * zeros + number(part))
        zeros = 0
    return packed("".join(text) + _END)
