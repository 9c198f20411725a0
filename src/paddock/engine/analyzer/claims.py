# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which paths an extractor wants to see, declared as data: a path meets all extractors in a few look-ups."""

import fnmatch
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

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


_WILD = re.compile(r"[*?]|\[.*", re.DOTALL)
"""What is not literal in a shell pattern; a set of characters is taken to reach to the pattern's end."""


class _Pattern(NamedTuple):
    """A pattern of one declaration. piece: a literal text without which no path matches it."""

    piece: str
    pattern: str
    number: int


class ClaimIndex:
    """Answers for a path which of the numbered declarations cover it; built once a run.

    Most paths of a tree are claimed by nobody, so patterns lie in tables by what a path must have to match them: a
    whole last part, else what follows its last dot; and each has a literal piece that is looked for first.
    """

    def __init__(self, claims: Iterable[Claims]) -> None:
        self._names: dict[str, list[int]] = defaultdict(list)
        self._suffixes: dict[str, list[int]] = defaultdict(list)
        self._executables: list[int] = []
        self._patterns_by_name: dict[str, list[_Pattern]] = defaultdict(list)
        self._patterns_by_ending: dict[str, list[_Pattern]] = defaultdict(list)
        self._other_patterns: list[_Pattern] = []
        for number, claim in enumerate(claims):
            for name in claim.names:
                self._names[name].append(number)
            for suffix in claim.suffixes:
                self._suffixes[suffix].append(number)
            if claim.executables:
                self._executables.append(number)
            for pattern in claim.patterns:
                self._file_pattern(pattern, number)

    def _file_pattern(self, pattern: str, number: int) -> None:
        last = pattern.rpartition("/")[2]
        start, dot, ending = pattern.rpartition(".")
        if "[" not in pattern and not _WILD.search(last):
            self._patterns_by_name[last].append(_Pattern("", pattern, number))
        elif "[" not in pattern and dot and not _WILD.search(ending) and "/" not in ending:
            self._patterns_by_ending[ending].append(_Pattern(_longest_literal(start), pattern, number))
        else:
            self._other_patterns.append(_Pattern(_longest_literal(pattern), pattern, number))

    def claimants(self, path: str, *, executable: bool = False) -> list[int]:
        """The numbers of the declarations that cover the path, ascending."""
        name = path.rpartition("/")[2]
        found = set(self._names.get(name, ()))
        if "." in name:
            found.update(self._suffixes.get(posixpath.splitext(name)[1].lower(), ()))
        if executable:
            found.update(self._executables)
        tables = (
            self._patterns_by_name.get(name, ()),
            self._patterns_by_ending.get(name.rpartition(".")[2], ()),
            self._other_patterns,
        )
        for table in tables:
            for piece, pattern, number in table:
                if piece in path and number not in found and _pattern_matches(pattern, path, name):
                    found.add(number)
        return sorted(found)


def _longest_literal(pattern: str) -> str:
    return max(_WILD.split(pattern), key=len)
