# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Semantic Versioning 2.0.0 (semver.org, clause 11), read as leniently as registries are.

A leading `v` or `=` does not count; missing parts are 0 and further numbers are compared after the third; what follows
the numbers without a hyphen is a pre-release, as npm's loose reading has it; build metadata does not count. The
pre-release `*` of some records is the lowest of its version.
"""

import re

from paddock.engine.versions.keys import SMALL_BYTES, Key, number, packed, word

_RELEASE = "\x03"
_RELEASE_BYTES = b"\x03"
_PRERELEASE = "\x02"
_NO_VERSION = "\x01"
_END, _NUMERIC, _ALPHANUMERIC = "\x01", "\x02", "\x03"

_TEXT = re.compile(r"[vV=]{0,2}([0-9]+(?:\.[0-9]+)*)\.?([^+]*)(?:\+(.*))?", re.DOTALL)
_ADMITTED = re.compile(r"[vV=]{0,2}(?![0-9.]*\.[xX](?![0-9A-Za-z]))[0-9](?:[0-9A-Za-z.+_~-]*[0-9A-Za-z])?")


def key(version: str) -> bytes:
    """The key of a version; a text that begins with no number sorts below every version."""
    parts = version.removeprefix("v").split(".")
    if len(parts) == 3:
        known = SMALL_BYTES.get
        major, minor, patch = known(parts[0]), known(parts[1]), known(parts[2])
        if major and minor and patch:
            return major + minor + patch + _RELEASE_BYTES
    return _DETAILED(version)


def admits(version: str) -> bool:
    """Whether the text is a version: begins with a number and holds neither wildcards nor spaces."""
    return _ADMITTED.fullmatch(version) is not None


def is_prerelease(version: str) -> bool:
    """Whether the version is a pre-release."""
    found = _TEXT.match(version)
    return bool(found and found[2])


def release(version: str) -> tuple[str, ...]:
    """The numbers of a version, three at least, without leading zeros ("" is 0)."""
    found = _TEXT.match(version)
    parts = [part.lstrip("0") for part in found[1].split(".")] if found else []
    return (*parts, "", "", "")[: max(3, len(parts))]


def variant(width: int = 3, *, fold: bool = False, builds: bool = False) -> Key:
    """An order of the same kind: so many numbers at least, letter case ignored, build metadata compared."""

    def key(version: str) -> bytes:
        found = _TEXT.match(version)
        if found is None:
            return packed(_NO_VERSION + word(version))
        core, pre, build = found.groups()
        parts = core.split(".")
        text = [number(part) for part in parts] + [number("0")] * (width - len(parts))
        while len(text) > width and text[-1] == _ZERO:
            text.pop()
        if pre:
            text += [_PRERELEASE, identifiers((pre.lower() if fold else pre).removeprefix("-"))]
        else:
            text.append(_RELEASE)
        if builds:
            text.append(_NUMERIC + identifiers(build) if build is not None else _END)
        return packed("".join(text))

    return key


def identifiers(text: str) -> str:
    """Dot-separated identifiers: numbers by value, below words, words by ASCII; more of them sort higher."""
    encoded = []
    for part in text.split("."):
        if part == "*":
            break
        if part.isdecimal() and part.isascii():
            encoded.append(_NUMERIC + number(part))
        else:
            encoded.append(_ALPHANUMERIC + word(part))
    return "".join(encoded) + _END


_ZERO = number("0")
_DETAILED = variant()
