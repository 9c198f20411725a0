# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What looks like a licence and is none: texts known to mislead, and lists of licence names."""

from collections.abc import Sequence

from paddock.engine.scanner.licenses.containment import expression_keys
from paddock.engine.scanner.licenses.match import TAG, Match
from paddock.engine.scanner.licenses.rules import Kind

_MIN_LIST, _MIN_DIFFERENT = 15, 5
_LONG_LIST = 150
_NAMES = int(Kind.REFERENCE | Kind.TAG | Kind.INTRO)
_MAX_NAME_LENGTH = 20
_MAX_DISTANCE = 50
"""Words between two names of a list."""


def drop_misleading(matches: Sequence[Match]) -> list[Match]:
    """Without the matches of rules that stand for a text which says nothing."""
    return [match for match in matches if not match.is_false_positive]


def drop_lists(matches: Sequence[Match]) -> list[Match]:
    """Without long runs of bare names and tags of many licences: a table of licences licenses nothing."""
    if len(matches) < _MIN_LIST:
        return list(matches)
    kept: list[Match] = []
    run: list[Match] = []
    for match in matches:
        if run and not (_is_name(match) and match.start - run[-1].end <= _MAX_DISTANCE):
            kept.extend(_unless_list(run))
            run = []
        if _is_name(match):
            run.append(match)
        else:
            kept.append(match)
    kept.extend(_unless_list(run))
    return kept


def _is_name(match: Match) -> bool:
    if match.matcher == TAG:
        return False
    return bool(match.kind & _NAMES) and match.length <= _MAX_NAME_LENGTH


def _unless_list(run: Sequence[Match]) -> Sequence[Match]:
    different = {key for match in run for key in expression_keys(match.expression)}
    is_list = len(run) >= _MIN_LIST and len(different) >= _MIN_DIFFERENT
    return [] if is_list or len(run) >= _LONG_LIST else run
