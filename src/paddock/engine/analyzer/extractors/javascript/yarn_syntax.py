# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The line-based syntax of yarn.lock, of yarn 1 and of later versions ("berry", a small part of YAML), with lines.

Formats: https://classic.yarnpkg.com/lang/en/docs/yarn-lock/ and https://yarnpkg.com/configuration. Berry's is written
by its own printer: two spaces a level, one entry a line.
"""

import json
import re

import msgspec

from paddock.engine.model.errors import Unreadable

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_KEYS = re.compile(rf"\s*({_QUOTED}|[^,]+)\s*(?:,|$)")
_FIELD = re.compile(rf"({_QUOTED}|[^\s:\"][^\s:]*)(?::(?=\s|$)\s*|\s+)(.*)$")


class Entry(msgspec.Struct):
    """One block: its first line, its descriptors (`name@range`), single fields, and tables such as dependencies."""

    line: int
    descriptors: list[str]
    fields: dict[str, str] = {}
    tables: dict[str, dict[str, str]] = {}


def parse(text: str) -> tuple[list[Entry], bool]:
    """The blocks of a yarn.lock, and whether it is berry's. Raises Unreadable with the line."""
    berry = "\n__metadata:" in text or text.startswith("__metadata:")
    entries: list[Entry] = []
    table: dict[str, str] | None = None
    key_continues = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip()
        content = line.lstrip(" ")
        if not content or content.startswith("#"):
            continue
        indent = len(line) - len(content)
        if indent == 0 and content == ":" and key_continues:
            key_continues = False
        elif indent == 0:
            key_continues = content.startswith("? ")
            entries.append(Entry(number, _descriptors(content, berry, number)))
            table = None
        elif not entries:
            raise Unreadable("not a yarn.lock: an indented line before the first entry", number)
        else:
            table = _take(entries[-1], table, content, indent, number)
    return entries, berry


def _take(entry: Entry, table: dict[str, str] | None, content: str, indent: int, number: int) -> dict[str, str] | None:
    """Put one indented line into the entry; the result is the table that deeper lines belong to."""
    found = _FIELD.match(content)
    if found is None and content.endswith(":"):
        name, value = _unquoted(content[:-1]), ""
    elif found is None:
        raise Unreadable("not a yarn.lock: neither a field nor an entry", number)
    else:
        name, value = _unquoted(found[1]), _unquoted(found[2])
    if indent == 2:
        if value:
            entry.fields[name] = value
            return None
        return entry.tables.setdefault(name, {})
    if table is not None and indent == 4:
        table[name] = value
    return table


def _descriptors(content: str, berry: bool, number: int) -> list[str]:
    text = content.removeprefix("? ")
    if text == content:
        if not text.endswith(":"):
            raise Unreadable("not a yarn.lock: an entry does not end in a colon", number)
        text = text[:-1]
    if berry:
        return [part.strip() for part in _unquoted(text).split(", ") if part.strip()]
    return [_unquoted(part).strip() for part in _KEYS.findall(text)]


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return text.strip('"')
    return value if isinstance(value, str) else ""
