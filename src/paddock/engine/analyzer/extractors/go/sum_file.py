# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""go.sum: for each module version its `h1:` checksum. Read by the extractors of go.mod and of a lone go.sum.

Format: https://go.dev/ref/mod#go-sum-files. A line `path version/go.mod hash` says only that the module's go.mod took
part in choosing versions; a line `path version hash` says that the module's content was needed. `h1:` is a SHA-256 over
the list of the files' SHA-256 digests, not the digest of an archive: it is kept verbatim, as a property.
"""

import re

import msgspec

from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

DIRHASH = "go:h1"
"""The name of the component property that holds the checksum."""

_NUMBER = re.compile(r"\d{1,30}")


class SumEntry(msgspec.Struct, frozen=True):
    """One module version whose content was needed."""

    path: str
    version: str
    checksum: str
    line: int


class SumFile(msgspec.Struct, frozen=True):
    """The entries by (path, version), and the numbers of lines that are none."""

    entries: dict[tuple[str, str], SumEntry]
    malformed: tuple[int, ...]

    def properties(self, path: str, version: str) -> tuple[tuple[str, str], ...]:
        """The checksum of a module version as component properties; empty when the file has none."""
        entry = self.entries.get((path, version))
        return ((DIRHASH, entry.checksum),) if entry else ()

    def newest(self) -> list[SumEntry]:
        """Of each module the highest version, the one minimal version selection takes."""
        best: dict[str, SumEntry] = {}
        for entry in self.entries.values():
            known = best.get(entry.path)
            if known is None or version_key(entry.version) > version_key(known.version):
                best[entry.path] = entry
        return list(best.values())


def read_sum_file(file: SourceFile) -> SumFile:
    """Read a go.sum. Raises Unreadable when there are lines and none is an entry."""
    entries: dict[tuple[str, str], SumEntry] = {}
    malformed = []
    lines = 0
    for number, content in enumerate(file.text().split("\n"), start=1):
        words = content.split()
        if not words:
            continue
        lines += 1
        if len(words) != 3 or not words[2].startswith("h1:"):
            malformed.append(number)
        elif not words[1].endswith("/go.mod"):
            entries[words[0], words[1]] = SumEntry(words[0], words[1], words[2], number)
    if malformed and len(malformed) == lines:
        raise Unreadable("not a go.sum file: no line is 'module version h1:hash'", malformed[0])
    return SumFile(entries, tuple(malformed))


def version_key(version: str) -> tuple[list[int], bool, list[tuple[bool, int, str]]]:
    """A sort key by semantic version precedence (https://semver.org/#spec-item-11); build metadata is left out."""
    core, _, prerelease = version.removeprefix("v").partition("+")[0].partition("-")
    numbers = [int(part) if _NUMBER.fullmatch(part) else 0 for part in core.split(".")]
    identifiers = [
        (False, int(part), "") if _NUMBER.fullmatch(part) else (True, 0, part) for part in prerelease.split(".")
    ]
    return numbers, not prerelease, identifiers
