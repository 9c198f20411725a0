# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Git's configuration syntax, as .gitmodules and .git/config use it.

Format: https://git-scm.com/docs/git-config#_syntax
"""

import re
from typing import NamedTuple

_SECTION = re.compile(r'\[\s*+([A-Za-z0-9.-]++)\s*+(?:"((?:[^"\\\n]|\\.)*+)"\s*+)?\]')
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9-]*+)\s*+(?:=\s*+(.*))?")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b"}


class Section(NamedTuple):
    """One section: its name in lower case, its subsection as written, the line it starts on, and its values.

    A key without a value, which is how git writes "true", has an empty one here: no address is called "true".
    """

    name: str
    subsection: str
    line: int
    values: dict[str, str]


def parse_git_config(text: str) -> tuple[list[Section], list[int]]:
    """The sections in order, keys in lower case, and the numbers of lines that are not of the syntax."""
    sections: list[Section] = []
    strange: list[int] = []
    for number, line in _logical_lines(text):
        found = _SECTION.match(line)
        if found:
            subsection = _ESCAPE.sub(r"\1", found.group(2) or "")
            sections.append(Section(found.group(1).lower(), subsection, number, {}))
            line = line[found.end() :].strip()
        if not line or line[0] in "#;":
            continue
        key = _KEY.fullmatch(line)
        if key and sections:
            sections[-1].values[key.group(1).lower()] = _value(key.group(2) or "")
        else:
            strange.append(number)
    return sections, strange


def _logical_lines(text: str) -> list[tuple[int, str]]:
    """Lines with their numbers; a backslash at the end joins the next line."""
    lines: list[tuple[int, str]] = []
    parts: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not parts:
            start = number
        trailing = len(line) - len(line.rstrip("\\"))
        if trailing % 2:
            parts.append(line[:-1])
            continue
        lines.append((start, ("".join(parts) + line).strip()))
        parts = []
    if parts:
        lines.append((start, "".join(parts).strip()))
    return lines


def _value(raw: str) -> str:
    """A value without its comment and quotes, escapes replaced."""
    result: list[str] = []
    quoted = False
    index = 0
    while index < len(raw):
        character = raw[index]
        if character == "\\" and index + 1 < len(raw):
            index += 1
            result.append(_ESCAPES.get(raw[index], raw[index]))
        elif character == '"':
            quoted = not quoted
        elif character in "#;" and not quoted:
            break
        else:
            result.append(character)
        index += 1
    return "".join(result).strip()
