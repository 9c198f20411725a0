# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes a row of words down as a copyright statement, and as the holder that it names."""

import re
from collections.abc import Sequence

from paddock.engine.model.licensing import CopyrightStatement
from paddock.engine.scanner.copyrights import words
from paddock.engine.scanner.copyrights.tokens import Token

_DOTTED = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")
_NOT_HOLDER = frozenset("kspydweU")


def statement(row: Sequence[Token]) -> CopyrightStatement | None:
    """The statement that a row of words is; None when it says nothing."""
    row = list(row)
    while row and row[-1].kind in ",-aobJtE":
        row.pop()
    text = finish(written(row))
    holder = finish_holder(row)
    if not text:
        return None
    return CopyrightStatement(
        start_line=row[0].line, end_line=row[-1].line, statement=text, holders=(holder,) if holder else ()
    )


def written(row: Sequence[Token]) -> str:
    """The words with single spaces; a comma that stood at a word does so again."""
    return " ".join(token.text for token in row if token.text).replace(" \b", "")


def finish(text: str) -> str:
    """Without the full stop and comma at the end, except where they belong to the last word."""
    while text:
        stripped = text.rstrip(" ,;:-/'&")
        if stripped.endswith(".") and not _keeps_stop(stripped):
            stripped = stripped[:-1]
        if stripped == text:
            return text
        text = stripped
    return text


def _keeps_stop(text: str) -> bool:
    last = text.rsplit(None, 1)[-1].rstrip(".").rpartition(",")[2]
    if "@" in last or "/" in last:
        return False
    return last[-1:].isupper() or last in words.ABBREVIATIONS or text.endswith("..") or _DOTTED.fullmatch(last) is not None


def finish_holder(row: Sequence[Token]) -> str:
    """Whom the row names."""
    parts = [token for token in row if token.kind not in _NOT_HOLDER and token.text]
    while parts and parts[0].kind in "b,-ao":
        parts.pop(0)
    return finish(written(parts)).strip(" ,")
