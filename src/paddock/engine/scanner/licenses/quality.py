# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which matches agree well enough with their rule to be worth a look."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec
import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.match import APPROXIMATE, EXACT, Match, Query
from paddock.engine.scanner.licenses.rules import Kind

_AS_IT_STANDS = int(Kind.CONTINUOUS | Kind.REQUIRED_PHRASE)
_MISLEADING = int(Kind.FALSE_POSITIVE)
_WHOLE = 100
_BY_LENGTH = ((3, 100.0), (10, 80.0), (30, 50.0))
"""(rule shorter than this many words, coverage that a match needs), where the rule's author does not tell."""
_TINY, _SMALL = 6, 15
_SMALL_COVERAGE = 80.0
_FEW_WORDS, _HALF = 40, 50.0
"""Fewer words than these of a much longer rule are a turn of phrase and no licence."""
_THIN = 0.3
"""Words here and there, most of the words between them the file's own, are a likeness of language."""


class Minima(msgspec.Struct, frozen=True):
    """By rule number, each (r,). coverages: how much of a rule must agree, 0 to 100. words, legal_words: how many."""

    coverages: npt.NDArray[np.float64]
    words: npt.NDArray[np.int32]
    legal_words: npt.NDArray[np.int32]


@lru_cache(maxsize=2)
def minima(index: Index) -> Minima:
    """What a match of each rule must reach at least."""
    lengths, legal = index.lengths, index.legal_counts
    by_length = [lengths < limit for limit, _ in _BY_LENGTH]
    coverages = np.select(by_length, [coverage for _, coverage in _BY_LENGTH], 0.0)
    stated = index.minimum_coverages
    sizes = [lengths < 10, lengths < 30, lengths < 200]
    few = np.minimum(legal, 3)
    return Minima(
        coverages=np.where(stated > 0, stated.astype(np.float64), coverages),
        words=np.select(sizes, [lengths, lengths // 2, np.full_like(lengths, 4)], lengths // 10),
        legal_words=np.select(sizes, [legal, few, few], legal // 10),
    )


def minimum_coverage(index: Index, rule: int) -> float:
    """How much of a rule must agree, 0 to 100."""
    return float(minima(index).coverages[rule])


def is_good(match: Match, query: Query) -> bool:
    """Whether a match passes on its own, whatever lies beside it."""
    if match.rule < 0:
        return True
    return (
        has_required_phrases(match, query)
        and _is_dense(match, query)
        and match.coverage >= minimum_coverage(query.index, match.rule)
        and not _is_too_short(match)
        and not _is_lone_word(match, query)
        and not _is_strung_out(match, query)
    )


def has_required_phrases(match: Match, query: Query) -> bool:
    """Whether the phrases that make the rule what it is stand in the file without anything in between."""
    words, index = query.words, query.index
    if match.matcher == EXACT and words.is_continuous(match.start, match.end):
        return True
    if match.kind & _AS_IT_STANDS:
        return len(match.spans) == 1 and match.coverage >= _WHOLE and words.is_continuous(match.start, match.end)
    return all(_has_phrase(match, phrase, query) for phrase in index.phrases(match.rule))


def _has_phrase(match: Match, phrase: tuple[int, int], query: Query) -> bool:
    for (start, _), (rule_start, rule_end) in zip(match.spans, match.rule_spans, strict=True):
        if rule_start <= phrase[0] and phrase[1] <= rule_end:
            begin = start + phrase[0] - rule_start
            return query.words.is_continuous(begin, begin + phrase[1] - phrase[0])
    return False


def _is_dense(match: Match, query: Query) -> bool:
    """Whether the agreeing words of an approximate match lie close together, in the file and in the rule; of a short
    match also among the words that no rule knows.
    """
    if match.matcher != APPROXIMATE:
        return True
    in_file = match.length / (match.end - match.start)
    in_rule = match.length / (match.rule_spans[-1][1] - match.rule_spans[0][0])
    density = min(in_file, in_rule)
    if match.length < 10 and (density < 0.1 or match.legal < 3):
        return False
    if match.length < 15 and (density < 0.3 or match.legal < 4):
        return False
    if match.length < 20 and density < 0.4:
        return False
    if match.length < 30:
        unknown = query.words.unknown
        strange = int(unknown[match.end - 1] - unknown[match.start])
        return min(density, match.length / (match.end - match.start + strange)) >= 0.5
    return in_file >= _THIN or match.coverage >= _HALF


def _is_too_short(match: Match) -> bool:
    """Whether an approximate match of a short rule leaves too much open."""
    if match.matcher != APPROXIMATE:
        return False
    if match.length < _FEW_WORDS and match.coverage < _HALF:
        return True
    if match.rule_length < _TINY:
        return match.coverage < _WHOLE
    return match.rule_length < _SMALL and match.coverage < _SMALL_COVERAGE


def _is_lone_word(match: Match, query: Query) -> bool:
    """Whether a single word stands among words that no rule knows, so that it is no statement but part of a program."""
    if match.length != 1 or match.kind & _MISLEADING:
        return False
    words, position = query.words, match.start
    around = _LONE_WORD_REACH
    before = max(0, position - 1)
    after = min(len(words) - 1, position + 1)
    unknown_before = int(words.unknown[position] - words.unknown[before])
    unknown_after = int(words.unknown[after] - words.unknown[position])
    return unknown_before >= around or unknown_after >= around


_LONE_WORD_REACH = 5


def _is_strung_out(match: Match, query: Query) -> bool:
    """Whether a few words stand on more lines than they are, the first of them within a line: the end of one text and
    the beginning of another. A heading, and what stands below it, begins a line.
    """
    if match.length >= _SMALL or match.kind & Kind.FALSE_POSITIVE:
        return False
    lines = query.words.lines
    first, last = int(lines[match.start]), int(lines[match.end - 1])
    return last - first >= match.length and match.start > 0 and int(lines[match.start - 1]) == first


def keep_good(matches: Sequence[Match], query: Query) -> list[Match]:
    """The matches that pass on their own, in the same order."""
    return [match for match in matches if is_good(match, query)]
