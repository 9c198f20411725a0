# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Debian's machine-readable copyright files: the licences that a package's files are under.

Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
"""

import re
from collections.abc import Iterator

from paddock.engine.formats.stanzas import parse_stanzas

_COMMA_AND = re.compile(r"\s*,\s+and\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_CHOICE = re.compile(r"\s+(?:or|and/or)\s+", re.IGNORECASE)


def declared_licenses(text: str) -> tuple[str, ...]:
    """The short names of the licences of all `Files` paragraphs and of the package as a whole, verbatim, in order.

    What is joined by "and" holds side by side and is listed side by side, so that one name that no list knows (they may
    be made up for one file) does not hide the others. Empty where the file is free text: what it says is then for those
    who read texts, not for a parser of fields.
    """
    found: dict[str, None] = {}
    for number, stanza in enumerate(parse_stanzas(text)):
        if number == 0 and "format" not in stanza.fields and "format-specification" not in stanza.fields:
            return ()
        # A paragraph with a licence but without files only gives the text of a licence named elsewhere.
        if number == 0 or "files" in stanza.fields:
            name = stanza.fields.get("license", "").partition("\n")[0].strip()
            found.update((part, None) for part in _conjuncts(name) if part)
    return tuple(found)


def _conjuncts(name: str) -> Iterator[str]:
    """The parts of which all apply: "A or B, and C" are "A or B" and "C", for a comma makes "and" the last to join."""
    for part in _COMMA_AND.split(name):
        yield from (part,) if _CHOICE.search(part) else (one.strip() for one in _AND.split(part))
