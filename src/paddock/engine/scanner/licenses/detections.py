# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the matches of a file say together: neighbours are read as one statement, hints are told apart from findings."""

from collections.abc import Sequence

import msgspec

from paddock.engine.scanner.licenses.match import APPROXIMATE, Match, Query
from paddock.engine.scanner.licenses.rules import Kind

_MAX_LINES_BETWEEN = 4
_MIN_COVERAGE = 60.0
"""A single approximate match that covers less of its rule is a hint."""
_FAINT = 20.0
"""Coverage, weighted by how densely the words stand, below which an approximate match is but a hint."""
_BARE = {1: 60, 2: 59}
"""By the words of a rule, the relevance up to which it is a bare name: one word mostly names no particular licence."""
_FAR_DOWN, _FEW_WORDS, _LOW_RELEVANCE = 1_000, 3, 60


class Detections(msgspec.Struct, frozen=True):
    """found: matches that say under which licence something is. hints: what only smells of licences ("clues")."""

    found: list[Match]
    hints: list[Match]


def read_statements(matches: Sequence[Match], query: Query) -> Detections:
    """Sort the matches of one file, which stand in order of place, into findings and hints."""
    found: list[Match] = []
    hints: list[Match] = []
    for group in _groups(matches, query):
        if _says_nothing(group, query):
            continue
        clear = [match for match in group if not _is_hint(match)]
        hints.extend(match for match in group if _is_hint(match))
        if len(clear) == 1 and _is_loose(clear[0]):
            hints.extend(clear)
        else:
            statements, introductions = _told_apart(clear)
            found.extend(statements)
            hints.extend(introductions)
    return Detections(found, hints)


def _groups(matches: Sequence[Match], query: Query) -> list[list[Match]]:
    """Matches with at most _MAX_LINES_BETWEEN lines from one to the next; what an introduction announces is the next
    match, however far down.
    """
    groups: list[list[Match]] = []
    last_line = 0
    for match in matches:
        first, last = lines_of(match, query)
        if groups and (first - last_line <= _MAX_LINES_BETWEEN or _is_introduction(groups[-1][-1])):
            groups[-1].append(match)
            last_line = max(last_line, last)
        else:
            groups.append([match])
            last_line = last
    return groups


def lines_of(match: Match, query: Query) -> tuple[int, int]:
    """The first and last line of a match, from 1."""
    lines = query.words.lines
    return int(lines[match.start]), int(lines[match.end - 1])


def _says_nothing(group: Sequence[Match], query: Query) -> bool:
    """Whether a group is a chance hit: a short, weak match far down in a large file, which is data and no notice."""
    if any(match.rule < 0 for match in group) or lines_of(group[0], query)[0] <= _FAR_DOWN:
        return False
    return all(match.rule_length <= _FEW_WORDS and match.relevance < _LOW_RELEVANCE for match in group)


def _is_hint(match: Match) -> bool:
    """Whether a match is only a hint, whatever stands beside it: by its rule's author, or as a bare word or two."""
    if match.rule < 0 or match.referenced_files:
        return False
    is_bare = match.relevance <= _BARE.get(match.rule_length, 0)
    is_faint = match.matcher == APPROXIMATE and match.coverage * match.density < _FAINT
    return bool(match.kind & Kind.CLUE) or is_bare or is_faint


def _is_loose(match: Match) -> bool:
    """Whether a match that stands alone agrees with its rule too loosely to be a finding."""
    return match.matcher == APPROXIMATE and match.coverage < _MIN_COVERAGE


def _told_apart(group: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """The statements, and the introductions ("licensed under the following licence") behind which a licence follows."""
    statements: list[Match] = []
    introductions: list[Match] = []
    is_followed = False
    for match in reversed(group):
        (introductions if is_followed and _is_introduction(match) else statements).append(match)
        is_followed = is_followed or not match.kind & Kind.UNKNOWN
    return statements[::-1], introductions[::-1]


def _is_introduction(match: Match) -> bool:
    """Whether a match announces a licence without naming one."""
    return bool(match.kind & Kind.UNKNOWN) and bool(match.kind & Kind.INTRO)
