# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes a row of words down as a copyright statement, and as the holder that it names."""

import re
from collections.abc import Sequence

from paddock.engine.model.licensing import CopyrightStatement
from paddock.engine.scanner.copyrights.grammar import Span
from paddock.engine.scanner.copyrights.tokens import Token
from paddock.engine.scanner.copyrights.words import COMPANY, URL

_DOTTED = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")
_ABBREVIATIONS = frozenset(
    {"Inc", "inc", "Ltd", "ltd", "Corp", "corp", "Co", "co", "Pty", "Pvt", "Ltda", "Assoc", "Bros"}
)
"""Words that keep their full stop at the end of a statement."""
_ASIDE = frozenset("ksSywe")


def statement(row: Sequence[Token], span: Span) -> CopyrightStatement | None:
    """The statement that a part of a row of words is; None when it says nothing."""
    start, end = span.start, span.end
    while end > start and row[end - 1].kind in ",-aobJtE":
        end -= 1
    text = finish(written(row[start:end]))
    if not text:
        return None
    first, after = span.mark
    name = holder([*row[start:first], *row[after:end]])
    return CopyrightStatement(
        start_line=row[start].line, end_line=row[end - 1].line, statement=text, holders=(name,) if name else ()
    )


def written(row: Sequence[Token]) -> str:
    """The words with single spaces; a comma that stood at a word does so again."""
    return " ".join(token.text for token in row if token.text).replace(" \b", "")


def finish(text: str) -> str:
    """Without the full stop and comma at the end, except where they belong to the last word."""
    while text:
        stripped = text.rstrip(" ,;:-/'&")
        if stripped.endswith(")") and stripped.count(")") > stripped.count("("):
            stripped = stripped[:-1]
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
    return last[-1:].isupper() or last in _ABBREVIATIONS or text.endswith("..") or _DOTTED.fullmatch(last) is not None


def holder(row: Sequence[Token]) -> str:
    """Whom a statement without its mark names: no years, no addresses unless there is nothing else."""
    parts = [token for at, token in enumerate(row) if token.text and not _is_aside(row, at)]
    while parts and parts[0].kind in "b,-aotd":
        parts.pop(0)
    while parts and parts[-1].kind in "P()a":
        parts.pop()
    name = finish(written([token for token in parts if token.kind not in "()"])).lstrip(".,@ ")
    if name.endswith(".") and parts[-1].kind != COMPANY and not _DOTTED.fullmatch(name.rpartition(" ")[2].rstrip(".")):
        name = name[:-1]
    if not name:
        name = finish(written([token for token in row if token.kind in "eU"]))
    return name


def _is_aside(row: Sequence[Token], at: int) -> bool:
    kind, text = row[at].kind, row[at].text
    if kind == URL:
        return "://" in text or "www." in text
    return kind in _ASIDE or text[:4].isdigit() or (text == "Present" and at > 0 and row[at - 1].kind in "-y")
