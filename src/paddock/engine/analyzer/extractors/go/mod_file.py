# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The line grammar of go.mod and go.work, read into plain values; what the statements mean is decided elsewhere.

Format: https://go.dev/ref/mod#go-mod-file and https://go.dev/ref/mod#go-work-file. Statements stand alone or in a
parenthesised block of their keyword; identifiers may be quoted; `//` starts a comment.
"""

import re
from collections.abc import Iterator

import msgspec

from paddock.engine.model.errors import Unreadable

# The last alternative swallows what follows a quote that is never closed, so that each line is walked once.
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"|`([^`]*)`|(//.*)|(=>|[()])|((?:(?!//|=>)[^\s()"`])+)|(\S.*)')
_IGNORED = frozenset({"retract", "godebug", "ignore"})
_KEYWORDS = frozenset({"module", "go", "toolchain", "require", "exclude", "replace", "tool", "use"}) | _IGNORED


class Requirement(msgspec.Struct, frozen=True):
    """`require path version`; indirect: the line carries the comment that the main module does not import it itself."""

    path: str
    version: str
    indirect: bool
    line: int


class Replacement(msgspec.Struct, frozen=True):
    """`replace path [version] => target [target_version]`; without target version the target is a folder."""

    path: str
    version: str
    target: str
    target_version: str

    @property
    def is_folder(self) -> bool:
        """Whether the replacement is a folder rather than another module."""
        return not self.target_version


class ModFile(msgspec.Struct, kw_only=True):
    """The statements of one file. go, toolchain: as (text, line). problems: lines that are no known statement."""

    module: str = ""
    go: tuple[str, int] = ("", 0)
    toolchain: tuple[str, int] = ("", 0)
    requires: list[Requirement] = []
    excludes: set[tuple[str, str]] = set()
    replaces: dict[tuple[str, str], Replacement] = {}
    tools: list[str] = []
    uses: list[str] = []
    problems: list[tuple[str, int]] = []


def parse_mod_file(text: str) -> ModFile:
    """Read the statements of a go.mod or go.work file.

    Raises Unreadable, with the first line, when there are statements and not one of them is known.
    """
    found = ModFile()
    known = 0
    for words, comment, line in _statements(text):
        if words[0] in _IGNORED or _take(found, words, comment, line):
            known += 1
        else:
            found.problems.append((" ".join(words)[:80], line))
    if found.problems and not known:
        raise Unreadable(f"not a Go module file: {found.problems[0][0]!r} is no statement", found.problems[0][1])
    return found


def go_release(found: ModFile) -> tuple[int, int]:
    """The language version of the `go` statement as (major, minor); Go takes 1.16 where a go.mod has none."""
    match = re.match(r"(\d{1,4})\.(\d{1,4})", found.go[0])
    return (int(match.group(1)), int(match.group(2))) if match else (1, 16)


def _statements(text: str) -> Iterator[tuple[list[str], str, int]]:
    """(words with the keyword first, comment, line) of each statement; those of a block get the block's keyword."""
    block = ""
    for line, content in enumerate(text.split("\n"), start=1):
        words, comment = _words(content)
        if not words:
            continue
        if block:
            if words == [")"]:
                block = ""
            else:
                yield [block, *words], comment, line
        elif len(words) >= 2 and words[-1] == "(" and words[0] in _KEYWORDS:
            block = words[0]
        elif words[-2:] != ["(", ")"]:
            yield words, comment, line


def _words(content: str) -> tuple[list[str], str]:
    words: list[str] = []
    for match in _TOKEN.finditer(content):
        quoted, raw, comment, mark, word, other = match.groups()
        if comment is not None:
            return words, comment[2:].strip()
        text = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else raw or mark or word or other or ""
        words.append(text)
    return words, ""


def _take(found: ModFile, words: list[str], comment: str, line: int) -> bool:
    """Enter one statement; False when it is none."""
    match words:
        case ["module", path]:
            found.module = path
        case ["go", version]:
            found.go = (version, line)
        case ["toolchain", name]:
            found.toolchain = (name, line)
        case ["require", path, version]:
            indirect = comment == "indirect" or comment.startswith("indirect;")
            found.requires.append(Requirement(path, version, indirect, line))
        case ["exclude", path, version]:
            found.excludes.add((path, version))
        case ["replace", path, *middle, "=>", target]:
            return _replace(found, path, middle, target, "")
        case ["replace", path, *middle, "=>", target, version]:
            return _replace(found, path, middle, target, version)
        case ["tool", path]:
            found.tools.append(path)
        case ["use", folder]:
            found.uses.append(folder)
        case _:
            return False
    return True


def _replace(found: ModFile, path: str, middle: list[str], target: str, target_version: str) -> bool:
    if len(middle) > 1:
        return False
    version = middle[0] if middle else ""
    found.replaces[path, version] = Replacement(path, version, target, target_version)
    return True
