# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Arch Linux' versions: epoch, version, release, as pacman's `vercmp` compares them (vercmp(8)).

Unlike RPM's: letters that follow a number without separator mark a pre-release (`1.5b < 1.5 < 1.5.b`), and more
separators sort higher. Pacman takes a missing release for equal to any; as that is no order, it is below all here.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed

_SEGMENT = re.compile("([^0-9A-Za-z]*)([0-9]+|[A-Za-z]+|\\Z)")
_ATTACHED_WORD, _END, _ATTACHED_NUMBER, _SEPARATED, _WORD = "\x01", "\x02", "\x03", "\x04", "\x05"
_NO_RELEASE, _RELEASE = "\x01", "\x02"
_EPOCH = re.compile("([0-9]*):")
_ADMITTED = re.compile(r"(?:[0-9]+:)?[0-9A-Za-z][0-9A-Za-z.+_@~]*(?:-[0-9]+(?:\.[0-9]+)?)?")


def key(version: str) -> bytes:
    """The key of `epoch:version-release`; every text has one."""
    epoch = SMALL["0"]
    if found := _EPOCH.match(version):
        epoch = number(found[1])
        version = version[found.end() :]
    version, dash, release = version.rpartition("-") if "-" in version else (version, "", "")
    return packed(epoch + _part(version) + (_RELEASE + _part(release) if dash else _NO_RELEASE))


def admits(version: str) -> bool:
    """Whether the text is a version that pacman could have."""
    return _ADMITTED.fullmatch(version) is not None and any(character in "0123456789" for character in version)


def _part(text: str) -> str:
    encoded = []
    for separators, segment in _SEGMENT.findall(text):
        value = number(segment) if segment[:1] in "0123456789" else _WORD + segment + "\x00"
        if separators:
            encoded.append(_SEPARATED + number(str(len(separators))) + (value if segment else ""))
        elif segment:
            encoded.append((_ATTACHED_NUMBER if segment[0] in "0123456789" else _ATTACHED_WORD) + value)
    return "".join(encoded) + _END
