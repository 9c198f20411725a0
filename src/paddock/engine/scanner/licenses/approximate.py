# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Matches of rules whose text was changed: only where a file speaks like a rule and exact matches do not explain it."""

from collections import deque
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from paddock.engine.scanner.licenses.align import Region, align
from paddock.engine.scanner.licenses.candidates import find_candidates
from paddock.engine.scanner.licenses.chain import Block
from paddock.engine.scanner.licenses.grams import GRAM, Hashes
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.match import APPROXIMATE, Match, Query, Spans, join_spans
from paddock.engine.scanner.licenses.regions import find_regions, gram_hits, is_mostly_legal, without

_REMEMBERED_REGIONS = 2_048
_MAX_WHOLE = 20_000
"""Words of the longest file that is compared as a whole; the longest rule has about half as many."""
_NEAR = 200
"""Words between regions that may yet belong to one text."""
_LONG, _MIN_LEGAL_WORDS_LEFT = 40, 12
_MAX_WORDS = 1_000_000
"""Words of all pieces of one region that are compared at most: the bound on the work."""
_NEARLY_WHOLE = 90.0
"""Coverage from which on a match explains what it covers."""

Found = tuple[tuple[int, tuple[Block, ...]], ...]
"""(rule, blocks) with positions relative to the region."""


def find_approximate(query: Query, hashes: list[Hashes], exact: Sequence[Match]) -> list[Match]:
    """Approximate matches, not yet weighed against each other. exact: what was found before.

    A file that is as a whole like a rule is compared as a whole first; then each region that is left.
    """
    found = list(exact)
    matches: list[Match] = []
    hits = gram_hits(query, hashes[GRAM - 1])
    if len(query.words) <= _MAX_WHOLE and is_mostly_legal(query, hits, exact):
        matches.extend(_resembling(query, (0, len(query.words)), only_alike=True))
        found.extend(match for match in matches if match.coverage >= _NEARLY_WHOLE)
    regions = find_regions(query, hits, found)
    for region in regions:
        matches.extend(_piece_by_piece(query, region))
    for whole, largest in _neighbourhoods(regions):
        matches.extend(_resembling(query, whole, longer_than=largest))
    return matches


def _piece_by_piece(query: Query, region: tuple[int, int]) -> list[Match]:
    """What a region resembles, then what is left of it beside the texts that were found nearly whole, and so on.

    One comparison looks at few rules, the most alike, and at few copies of each; a file of notices holds many.
    """
    matches: list[Match] = []
    pending = deque([region])
    words = 0
    while pending and words < _MAX_WORDS:
        piece = pending.popleft()
        words += piece[1] - piece[0]
        found = _resembling(query, piece)
        matches.extend(found)
        whole = [(one.start, one.end) for one in found if one.length >= _LONG and one.coverage >= _NEARLY_WHOLE]
        if whole:
            left = without(piece, join_spans(whole))
            pending.extend(one for one in left if query.legal_count((one,)) >= _MIN_LEGAL_WORDS_LEFT)
    return matches


def _neighbourhoods(regions: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], int]]:
    """Neighbouring regions as one, with the words of the largest: mark-up between its paragraphs parts a long text."""
    groups: list[list[tuple[int, int]]] = []
    for region in regions:
        if groups and region[0] - groups[-1][-1][1] <= _NEAR and region[1] - groups[-1][0][0] <= _MAX_WHOLE:
            groups[-1].append(region)
        else:
            groups.append([region])
    return [
        ((group[0][0], group[-1][1]), max(end - start for start, end in group)) for group in groups if len(group) > 1
    ]


def _resembling(
    query: Query, region: tuple[int, int], *, only_alike: bool = False, longer_than: int = 0
) -> list[Match]:
    start, end = region
    words = query.words.numbers[start:end].tobytes()
    matches = []
    for rule, blocks in _remembered(query.index, words, only_alike, longer_than):
        spans, rule_spans = _spans(blocks, start)
        matches.append(Match(query, rule, spans, rule_spans, APPROXIMATE))
    return matches


@lru_cache(maxsize=_REMEMBERED_REGIONS)
def _remembered(index: Index, words: bytes, only_alike: bool, longer_than: int) -> Found:
    """What a region resembles. Headers repeat from file to file, so the same words are compared once."""
    numbers = np.frombuffer(words, dtype=np.uint16)
    rules = find_candidates(numbers, index, only_alike=only_alike, longer_than=longer_than)
    if not rules:
        return ()
    region = Region(numbers, index.is_legal)
    return tuple((rule, tuple(blocks)) for rule in rules for blocks in align(region, index.rule_words(rule)))


def _spans(blocks: tuple[Block, ...], offset: int) -> tuple[Spans, Spans]:
    """Blocks as ranges in the file and in the rule; blocks that touch in both become one."""
    spans: list[tuple[int, int]] = []
    rule_spans: list[tuple[int, int]] = []
    for start, rule_start, length in blocks:
        begin = start + offset
        if spans and spans[-1][1] == begin and rule_spans[-1][1] == rule_start:
            spans[-1] = (spans[-1][0], begin + length)
            rule_spans[-1] = (rule_spans[-1][0], rule_start + length)
        else:
            spans.append((begin, begin + length))
            rule_spans.append((rule_start, rule_start + length))
    return tuple(spans), tuple(rule_spans)
