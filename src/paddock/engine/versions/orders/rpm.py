# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""RPM's versions: epoch, version, release, each as `rpmvercmp` compares them (rpm-version(7)).

Separators only separate; `~` sorts before the end, `^` right after it, then words, then numbers.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed

_SEGMENT = re.compile("[0-9]+|[A-Za-z]+|[~^]")
_TILDE, _END, _CARET, _WORD = "\x01", "\x02", "\x03", "\x04"
_NO_RELEASE, _RELEASE = "\x01", "\x02"
_EPOCH = re.compile(r"([0-9]*):")
_EPOCH_ZERO = SMALL["0"]
_ADMITTED = re.compile(r"(?:[0-9]+:)?[0-9A-Za-z][0-9A-Za-z.+~^_:-]*")


def key(version: str) -> bytes:
    """The key of `epoch:version-release`; epoch 0 and the release may be missing; rpm has an order for every text."""
    epoch = _EPOCH_ZERO
    if ":" in version and (found := _EPOCH.match(version)):
        epoch = number(found[1])
        version = version[found.end() :]
    if "-" not in version:
        return packed(epoch + part(version) + _NO_RELEASE)
    version, _, release = version.rpartition("-")
    return packed(epoch + part(version) + _RELEASE + part(release))


def above_releases(key: bytes) -> bytes:
    """Above the keys of all releases of a version, given the key of the version without release."""
    return key[:-1] + b"\x03"


def admits(version: str) -> bool:
    """Whether the text is a version: characters that rpm allows, at least one digit."""
    return _ADMITTED.fullmatch(version) is not None and any(character.isdigit() for character in version)


def part(text: str) -> str:
    """One part (version or release) with its end."""
    return "".join([_KNOWN.get(segment) or _segment(segment) for segment in _SEGMENT.findall(text)]) + _END


def _segment(text: str) -> str:
    return _WORD + text + "\x00" if text[0] > "9" else number(text)


_KNOWN = SMALL | {word: _segment(word) for word in ("alma", "el", "fc", "git", "module", "rc")}
_KNOWN |= {"~": _TILDE, "^": _CARET}
"""The segments of most versions."""
