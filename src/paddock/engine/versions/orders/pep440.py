# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Python's versions: PEP 440, with the texts from before it (setuptools' old `parse_version`) below all others.

Source: the version specifiers specification of packaging.python.org, and `packaging` up to 21 for the texts before it.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed, word

_TEXT = re.compile(
    r"\s*v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)"
    r"(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?"
    r"(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?"
    r"(?:[-_.]?(dev)[-_.]?([0-9]*))?"
    r"(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*",
    re.ASCII,
)
_PHASES = {"a": "\x03", "alpha": "\x03", "b": "\x04", "beta": "\x04"}
_CANDIDATE, _DEV_ONLY, _NO_PRE = "\x05", "\x02", "\x06"
_NO_POST, _POST = "\x02", "\x03"
_DEV, _NO_DEV = "\x02", "\x03"
_NO_LOCAL, _LOCAL_END, _LOCAL_WORD, _LOCAL_NUMBER = "\x02", "\x03", "\x04", "\x05"
_LEGACY = "\x01"
_PLAIN_END = _NO_PRE + _NO_POST + _NO_DEV + _NO_LOCAL
_EPOCH_ZERO = SMALL["0"]

_OLD = re.compile("v?[0-9][0-9a-z.+_-]*")
_LEGACY_PART = re.compile(r"([0-9]+|[a-z]+|\.|-)")
_LEGACY_WORDS = {"pre": "c", "preview": "c", "-": "final-", "rc": "c", "dev": "@"}


def key(version: str) -> bytes:
    """The key of a version; a text that is none by PEP 440 sorts below all that are."""
    parts = version.split(".")
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    try:
        return (_EPOCH_ZERO + "".join([SMALL[part] for part in parts]) + _PLAIN_END).encode()
    except KeyError:
        return _detailed(version)


def admits(version: str) -> bool:
    """Whether the text is a version by PEP 440, or from before it and beginning with a number."""
    lowered = version.lower()
    return _OLD.fullmatch(lowered) is not None or _TEXT.fullmatch(lowered) is not None


def is_prerelease(version: str) -> bool:
    """Whether the version is a pre-release or development release (both are left out by default by specifiers)."""
    found = _TEXT.fullmatch(version.lower())
    return bool(found and (found[3] or found[8]))


def may_have_posts(version: str) -> bool:
    """Whether there can be post-releases of the version: it is neither post- nor development release itself."""
    found = _TEXT.fullmatch(version.lower())
    return bool(found and not any(found.group(5, 6, 8)))


def parts(version: str) -> tuple[int, tuple[int, ...]] | None:
    """Epoch and release numbers of a version by PEP 440; None for other texts."""
    found = _TEXT.fullmatch(version.lower())
    if found is None or len(found[2]) > 1_000:
        return None
    return int(found[1] or 0), tuple(int(part) for part in found[2].split("."))


def _detailed(version: str) -> bytes:
    lowered = version.lower()
    found = _TEXT.fullmatch(lowered)
    if found is None:
        return packed(_LEGACY + _legacy(lowered))
    epoch, release, phase, phase_number, implicit, post, post_number, dev, dev_number, local = found.groups()
    numbers = release.split(".")
    while len(numbers) > 1 and not numbers[-1].strip("0"):
        numbers.pop()
    text = [number(epoch or "0"), *map(number, numbers)]
    has_post = implicit is not None or post is not None
    if phase:
        text.append(_PHASES.get(phase, _CANDIDATE) + number(phase_number or "0"))
    else:
        text.append(_DEV_ONLY if dev and not has_post else _NO_PRE)
    text.append(_POST + number(implicit or post_number or "0") if has_post else _NO_POST)
    text.append(_DEV + number(dev_number or "0") if dev else _NO_DEV)
    text.append(_local(local) if local else _NO_LOCAL)
    return packed("".join(text))


def _local(local: str) -> str:
    segments = re.split("[-_.]", local)
    return (
        "".join(_LOCAL_NUMBER + number(part) if part.isdecimal() else _LOCAL_WORD + word(part) for part in segments)
        + _LOCAL_END
    )


def _legacy(version: str) -> str:
    """Numbers above words; words that come before "final" swallow hyphens and zeros in front of them."""
    parts: list[str] = []
    for part in [*_LEGACY_PART.split(version), "final"]:
        part = _LEGACY_WORDS.get(part, part)
        if not part or part == ".":
            continue
        if part[0].isdecimal() and part.isascii():
            parts.append(part.lstrip("0"))
            continue
        if part < "final":
            while parts and parts[-1] == "*final-":
                parts.pop()
        while parts and parts[-1] == "":
            parts.pop()
        parts.append("*" + part)
    return "".join("\x02" + word(part) if part.startswith("*") else number(part) for part in parts) + "\x01"
