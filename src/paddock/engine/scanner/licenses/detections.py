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
_BARE_WORD_RELEVANCE = 50
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
        if _only_hints(group):
            hints.extend(group)
        else:
            found.extend(_without_introductions(group))
    return Detections(found, hints)


def _groups(matches: Sequence[Match], query: Query) -> list[list[Match]]:
    """Matches with at most _MAX_LINES_BETWEEN lines from one to the next."""
    groups: list[list[Match]] = []
    last_line = 0
    for match in matches:
        first, last = lines_of(match, query)
        if groups and first - last_line <= _MAX_LINES_BETWEEN:
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


def _only_hints(group: Sequence[Match]) -> bool:
    if all(match.kind & Kind.CLUE and not match.referenced_files for match in group):
        return True
    if len(group) > 1:
        return False
    match = group[0]
    if match.matcher == APPROXIMATE and match.coverage < _MIN_COVERAGE:
        return True
    return match.rule >= 0 and match.rule_length == 1 and match.relevance <= _BARE_WORD_RELEVANCE


def _without_introductions(group: Sequence[Match]) -> list[Match]:
    """Without "licensed under the following licence" where the licence follows, and without hints among findings."""
    kept = []
    for position, match in enumerate(group):
        is_introduction = match.kind & Kind.INTRO and match.kind & Kind.UNKNOWN
        if is_introduction and any(not other.kind & Kind.UNKNOWN for other in group[position + 1 :]):
            continue
        kept.append(match)
    return kept
