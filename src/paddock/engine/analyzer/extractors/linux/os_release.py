# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which distribution a root file system belongs to.

Format: https://www.freedesktop.org/software/systemd/man/latest/os-release.html
"""

import posixpath
import re
from typing import NamedTuple

from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

MAX_BYTES = 64 * 1024
"""The file has a dozen lines."""

_LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")
_NAMES = ("etc/os-release", "usr/lib/os-release")


class Distribution(NamedTuple):
    """A distribution's id ("debian") and version ("12"), as os-release has them; empty where not told."""

    id: str = ""
    version: str = ""

    @property
    def qualifier(self) -> str:
        """The value of the purl qualifier `distro`: "debian-12"; only the id where no version is told."""
        return f"{self.id}-{self.version}" if self.id and self.version else self.id


def distribution_of(file: SourceFile, place: str) -> Distribution:
    """The distribution of the root in which `file` lies at `place` ("var/lib/dpkg/status"); empty when not told."""
    up = "../" * place.count("/")
    if not file.path.endswith(place):
        return Distribution()
    for name in _NAMES:
        found = file.neighbour(up + name)
        if found is None:
            continue
        try:
            text = found.text(strict=False, limit=MAX_BYTES)
        except Unreadable:
            continue
        return parse_os_release(text)
    return Distribution()


def parse_os_release(text: str) -> Distribution:
    """ID and VERSION_ID from the text of an os-release file."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found:
            values[found.group(1)] = found.group(2).strip().strip("\"'")
    return Distribution(values.get("ID", "").lower(), values.get("VERSION_ID", ""))


def in_root(file: SourceFile, place: str, wanted: str) -> SourceFile | None:
    """Another file of the same root by its path from that root; None where it is not in the tree."""
    if not file.path.endswith(place):
        return None
    return file.neighbour(posixpath.join("../" * place.count("/"), wanted))
