# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which paths an extractor wants to see, declared as data: a path meets all extractors in a few look-ups."""

import fnmatch
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration of paths; a path is claimed when any of the fields says so. Case counts, except in suffixes.

    names: whole file names ("Cargo.lock"). suffixes: what follows the last dot of the name, with the dot (".csproj").
    patterns: shell patterns against the file name ("requirements*.txt") or, where they contain a slash, against the end
    of the path ("var/lib/dpkg/status", "*.dist-info/METADATA"). executables: also files with an executable bit; such an
    extractor looks at the first bytes itself.
    """

    names: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    executables: bool = False

    def match(self, path: str, *, executable: bool = False) -> bool:
        """Whether the declaration covers a path (relative, with `/`)."""
        name = posixpath.basename(path)
        return (
            name in self.names
            or posixpath.splitext(name)[1].lower() in self.suffixes
            or (executable and self.executables)
            or any(_pattern_matches(pattern, path, name) for pattern in self.patterns)
        )


def _pattern_matches(pattern: str, path: str, name: str) -> bool:
    if "/" not in pattern:
        return fnmatch.fnmatchcase(name, pattern)
    return fnmatch.fnmatchcase(path, pattern) or fnmatch.fnmatchcase(path, f"*/{pattern}")


class ClaimIndex:
    """Answers for a path which of the numbered declarations cover it; built once a run."""

    def __init__(self, claims: Iterable[Claims]) -> None:
        self._claims = tuple(claims)
        self._names: dict[str, list[int]] = defaultdict(list)
        self._suffixes: dict[str, list[int]] = defaultdict(list)
        self._patterned = [number for number, claim in enumerate(self._claims) if claim.patterns]
        self._executables = [number for number, claim in enumerate(self._claims) if claim.executables]
        for number, claim in enumerate(self._claims):
            for name in claim.names:
                self._names[name].append(number)
            for suffix in claim.suffixes:
                self._suffixes[suffix].append(number)
        last_parts = {pattern.rsplit("/", 1)[-1] for claim in self._claims for pattern in claim.patterns}
        self._any_pattern = re.compile("|".join(fnmatch.translate(part) for part in sorted(last_parts)) or r"(?!)")

    def claimants(self, path: str, *, executable: bool = False) -> list[int]:
        """The numbers of the declarations that cover the path, ascending."""
        name = posixpath.basename(path)
        found = set(self._names.get(name, ()))
        found.update(self._suffixes.get(posixpath.splitext(name)[1].lower(), ()))
        if executable:
            found.update(self._executables)
        if self._any_pattern.match(name):
            found.update(number for number in self._patterned if self._claims[number].match(path))
        return sorted(found)
