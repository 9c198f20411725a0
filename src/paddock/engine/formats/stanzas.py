# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Stanzas of fields, as dpkg's database, apt and Debian's copyright files are written.

Format: https://www.debian.org/doc/debian-policy/ch-controlfields.html#syntax-of-control-files
"""

from collections.abc import Iterator
from typing import NamedTuple


class Stanza(NamedTuple):
    """One paragraph: the line it starts on (from 1), and its fields by name in lower case, continuation lines joined.

    strange: the numbers of lines that are neither field nor continuation.
    """

    line: int
    fields: dict[str, str]
    strange: list[int]


def parse_stanzas(text: str) -> Iterator[Stanza]:
    """The paragraphs of a text in order. Lines that start with # are comments."""
    fields: dict[str, list[str]] = {}
    strange: list[int] = []
    last: list[str] | None = None
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            if fields or strange:
                yield _stanza(start, fields, strange)
            fields, strange, last, start = {}, [], None, 0
            continue
        if line.startswith("#"):
            continue
        start = start or number
        name, colon, value = line.partition(":")
        if line[0] in " \t":
            if last is None:
                strange.append(number)
            else:
                last.append(line.strip())
        elif colon and name and " " not in name.strip():
            last = fields.setdefault(name.strip().lower(), [])
            last[:] = [value.strip()]
        else:
            strange.append(number)
    if fields or strange:
        yield _stanza(start, fields, strange)


def _stanza(line: int, fields: dict[str, list[str]], strange: list[int]) -> Stanza:
    return Stanza(line, {name: "\n".join(lines) for name, lines in fields.items()}, strange)
