# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licence findings of one file in the vocabulary of the model; the whole walk from bytes to findings."""

from functools import lru_cache

from paddock.engine.model.licensing import LicenseFindings, LicenseMatch, Statement
from paddock.engine.scanner.licenses.detections import lines_of, read_statements
from paddock.engine.scanner.licenses.detector import find_matches
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.match import Match, Query
from paddock.engine.scanner.licenses.rules import Kind
from paddock.engine.scanner.licenses.tag_lines import UNKNOWN_EXPRESSION
from paddock.engine.scanner.licenses.text import FileText, read_text
from paddock.engine.spdx.parse import InvalidExpression, parse

NO_FINDINGS = LicenseFindings()
_STATEMENTS = (
    (Kind.TEXT, Statement.TEXT),
    (Kind.NOTICE, Statement.NOTICE),
    (Kind.TAG, Statement.TAG),
    (Kind.INTRO, Statement.INTRODUCTION),
    (Kind.CLUE, Statement.CLUE),
    (Kind.REFERENCE, Statement.REFERENCE),
)


def find_licenses(data: bytes, path: str, index: Index) -> LicenseFindings:
    """The licences that a file names or carries, in order of lines. Files that hold no text have none.

    path: relative to the scanned root; its suffix tells source maps, which are read as the sources they carry.
    Never raises for what the file contains; costs time and memory in proportion to it, within the bounds of `text`.
    """
    return find_in_text(read_text(data, path), index)


def find_in_text(file: FileText, index: Index) -> LicenseFindings:
    """The licences in a file's text."""
    if not file.text:
        return NO_FINDINGS
    matches, query = find_matches(file.text, index)
    if not matches:
        return NO_FINDINGS
    detections = read_statements(matches, query)
    return LicenseFindings(
        licenses=tuple(sorted(_finding(match, query) for match in detections.found)),
        clues=tuple(sorted(_finding(match, query) for match in detections.hints)),
    )


def _finding(match: Match, query: Query) -> LicenseMatch:
    first, last = lines_of(match, query)
    expression = match.expression
    spdx = spdx_expression(expression, query.index)
    if match.tag is not None and not _is_expression(spdx):
        expression, spdx = UNKNOWN_EXPRESSION, spdx_expression(UNKNOWN_EXPRESSION, query.index)
    return LicenseMatch(
        start_line=first,
        end_line=last,
        license_expression_spdx=spdx,
        license_expression=expression,
        score=score(match, query),
        rule=match.tag[0] if match.tag else query.index.name(match.rule),
        matcher=match.matcher,
        referenced_files=match.referenced_files,
        statement=_statement(match),
    )


def _statement(match: Match) -> Statement:
    if match.rule < 0:
        return Statement.DECLARATION
    return next((statement for kind, statement in _STATEMENTS if match.kind & kind), Statement.UNTOLD)


def score(match: Match, query: Query) -> float:
    """0 to 100: how much of the rule was found, how closely its words stand together, and how much the rule says.

    A tag is read as it stands.
    """
    if match.tag is not None:
        return 100.0
    unknown = query.words.unknown
    inside = match.end - match.start + int(unknown[match.end - 1] - unknown[match.start])
    return round(match.coverage * match.length / inside * match.relevance / 100, 2)


@lru_cache(maxsize=4_096)
def spdx_expression(expression: str, index: Index) -> str:
    """An expression in the data's own keys, in SPDX ids."""
    words = expression.replace("(", "( ").replace(")", " )").split()
    ids = index.spdx_by_key
    return " ".join(ids.get(word, word) for word in words).replace("( ", "(").replace(" )", ")")


@lru_cache(maxsize=4_096)
def _is_expression(spdx: str) -> bool:
    try:
        parse(spdx)
    except InvalidExpression:
        return False
    return True
