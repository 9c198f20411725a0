# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Go's versions: Semantic Versioning with a `v`; `+incompatible` is build metadata, pseudo-versions are pre-releases.

Versions of the toolchain and standard library (`go1.21rc2`) are read as the Go vulnerability database writes them
(`1.21.0-rc.2`).
"""

import re

from paddock.engine.versions.orders import semver

_TOOLCHAIN = re.compile(r"(?:go)?([0-9]+(?:\.[0-9]+)*)(alpha|beta|rc)([0-9]+)")


def key(version: str) -> bytes:
    """The key of a version."""
    return semver.key(_plain(version) if version[:2] == "go" or version[-1:].isdecimal() else version)


def admits(version: str) -> bool:
    """Whether the text is a version of a module or of Go."""
    return semver.admits(_plain(version))


def _plain(version: str) -> str:
    found = _TOOLCHAIN.fullmatch(version)
    if found:
        core = found[1] + ".0" * (2 - found[1].count("."))
        return f"{core}-{found[2]}.{found[3]}"
    return version.removeprefix("go")
