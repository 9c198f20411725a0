# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""RubyGems' versions, as `Gem::Version` orders them.

A version is a row of numbers and words; words mark pre-releases and sort below numbers. Zeros at the end and before the
first word do not count, and what is missing is 0.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed, word, zero_padded

_SEGMENT = re.compile("[0-9]+|[A-Za-z]+")
_END = zero_padded(())
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


def is_prerelease(version: str) -> bool:
    """Whether the version is a pre-release: holds a letter."""
    return any(character.isalpha() for character in version)


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


def lowest_prerelease(version: str) -> bytes:
    """Below every pre-release of the version and above every lower version."""
    return packed(zero_padded(map(_signed, segments(version)))[:-1] + "\x01")


def _detailed(version: str) -> bytes:
    return packed(zero_padded(map(_signed, segments(version))))


def _signed(segment: str) -> tuple[int, str]:
    if segment == "":
        return 0, ""
    return (-1, word(segment)) if segment.isalpha() else (1, number(segment))
