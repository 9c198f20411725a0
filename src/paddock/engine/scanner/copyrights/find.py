# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The detector of copyright statements in a file's content."""

import re
from collections.abc import Iterable

from paddock.engine.model.licensing import CopyrightStatement, LicenseFindings
from paddock.engine.scanner.copyrights.candidates import candidates
from paddock.engine.scanner.copyrights.clean import plain_letters
from paddock.engine.scanner.copyrights.grammar import statements
from paddock.engine.scanner.copyrights.statements import statement
from paddock.engine.scanner.copyrights.tokens import tokens
from paddock.engine.scanner.tags import without_ignored

_MARKS = re.compile(r"^(?:copyright|\(c\)|©|\W)+", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"\W+")


def find_copyrights(data: bytes, path: str) -> LicenseFindings:
    """The copyright statements of a text in any encoding, in order of lines, and each statement once in a line.

    Binary files (with a NUL byte or many control characters in their first 8 KiB, PDF documents) have none. Every byte
    is looked at a bounded number of times, and of a line of more than 1,500 bytes only what is around a mark.
    """
    del path
    found: dict[CopyrightStatement, None] = {}
    for group in candidates(without_ignored(data)):
        row = tokens(group)
        for span in statements("".join(token.kind for token in row)):
            one = statement(row, span)
            if one is not None:
                found[one] = None
    return LicenseFindings(copyrights=tuple(found))


def without_repetitions(found: Iterable[CopyrightStatement]) -> tuple[CopyrightStatement, ...]:
    """Statements sorted, without those that say what another one in the same line says.

    Two detectors may read one line: the tag "SPDX-FileCopyrightText: © 2024 A" is also "Copyright (c) 2024 A". What
    says more stays, of equals the one with the word.
    """
    kept: list[CopyrightStatement] = []
    for one in sorted(found):
        last = kept[-1] if kept and kept[-1].start_line == one.start_line else None
        if last is None or not _is_repeated(last.statement, one.statement):
            kept.append(one)
        elif _says(one.statement) > _says(last.statement):
            kept[-1] = one
    return tuple(kept)


def _is_repeated(statement: str, other: str) -> bool:
    ones, others = _words(statement), _words(other)
    if _has_mark(statement) and _has_mark(other):
        return ones == others
    return ones.startswith(others) or others.startswith(ones)


def _says(statement: str) -> tuple[int, bool]:
    return len(_words(statement)), statement.startswith("Copyright")


def _has_mark(statement: str) -> bool:
    return statement.casefold().startswith(("copyright", "(c)"))


def _words(statement: str) -> str:
    return _BETWEEN_WORDS.sub(" ", _MARKS.sub("", plain_letters(statement))).casefold().strip()
