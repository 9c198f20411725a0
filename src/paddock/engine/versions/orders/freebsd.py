# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""FreeBSD's versions: `version_revision,epoch`, as pkg compares them (porter's handbook, "Package Naming Conventions").

A version is a row of components: a number, a letter and the number after it. What is missing is 0; a component that
begins with a letter sorts below one that begins with a number, `pl` below the letters, `*` below everything; of words
only the first letter counts. Each `+` begins a row that is compared after those before it.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed, zero_padded

_COMPONENT = re.compile(r"([0-9]+|\*[^+]*)?(?:([A-Za-z]+)([0-9]*))?[^0-9A-Za-z+*]*")
_STAGES = {"pl": 0, "alpha": 1, "beta": 2, "pre": 16, "rc": 18}
_LOWEST, _NO_NUMBER = "\x01", "\x02"
_NO_PATCH = "\x02"
_LOWER_ROWS, _NO_ROWS, _HIGHER_ROWS = "\x01", "\x02", "\x03"
_ZERO = SMALL["0"]
_ADMITTED = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+*]*(?:_[0-9]+)?(?:,[0-9]+)?")

Component = tuple[int, str]


def key(version: str) -> bytes:
    """The key of a version; every text has one."""
    version, _, epoch = version.partition(",")
    version, _, revision = version.rpartition("_") if "_" in version else (version, "", "")
    text = number(_digits(epoch)) + _rows([_row(row) for row in version.split("+")])
    return packed(text + number(_digits(revision)))


def admits(version: str) -> bool:
    """Whether the text is a version that pkg could have, with a digit in it."""
    return _ADMITTED.fullmatch(version) is not None and any(character in "0123456789" for character in version)


def _rows(rows: list[list[Component]]) -> str:
    """Each row, and after it whether a later one is below or above nothing; read from the end."""
    later = 0
    encoded: list[str] = []
    for row in reversed(rows):
        encoded.append(zero_padded(row) + (_NO_ROWS if not later else _LOWER_ROWS if later < 0 else _HIGHER_ROWS))
        if not later:
            encoded = encoded[-1:]
        later = next((sign for sign, _ in row if sign), later)
    return "".join(reversed(encoded))


def _row(text: str) -> list[Component]:
    components = []
    for start, letters, patch in _COMPONENT.findall(text):
        if not start and not letters:
            continue
        word = letters.lower()
        stage = _STAGES.get(word)
        if start and stage is not None:
            components.append(_component(start))
            start = ""
        letter = stage if stage is not None else ord(word[0]) - 96 if word else 0
        components.append(_component(start, letter, patch if letters else None))
    return components


def _component(start: str, letter: int = 0, patch: str | None = None) -> Component:
    after = number("0") if patch is None else number(patch) if patch else _NO_PATCH
    text = chr(0x21 + letter) + after
    if not start:
        return -1, _NO_NUMBER + text
    if start[0] == "*":
        return -1, _LOWEST + text
    digits = number(start)
    return (0, "") if digits == _ZERO and not letter else (1, digits + text)


def _digits(text: str) -> str:
    found = re.match("[0-9]+", text)
    return found[0] if found else "0"
