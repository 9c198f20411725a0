# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where in a file approximate matching is worth its cost: where it speaks like rules and nothing explains it yet."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.grams import GRAM, Hashes
from paddock.engine.scanner.licenses.match import Match, Query, Spans, join_spans
from paddock.engine.scanner.licenses.rules import Kind

_TEXT = int(Kind.TEXT)
MIN_LEGAL_WORDS = 2
"""Legal words that a region must have outside of what is already explained."""
_MIN_HITS = 3
_MAX_LINES_BETWEEN = 4
_FEW_WORDS_BETWEEN = 25
"""So few words never part a text, over however many lines of mark-up they are spread."""
_MAX_WORDS_BETWEEN = 120
_REACH = 60
"""Words before the first and behind the last telling gram that still belong to a region."""
_MOSTLY = 0.5
"""Of a file's words must stand among those of rules, that the file as a whole is compared with rules."""
_LONG_TEXT, _NEARLY_WHOLE = 120, 98.0

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]


def is_mostly_legal(query: Query, hits: Positions, exact: Sequence[Match]) -> bool:
    """Whether a file as a whole speaks like a rule, and exact matches leave something open. hits: see `gram_hits`."""
    if len(hits) < _MIN_HITS:
        return False
    if _open_legal_words(query, exact)[-1] < MIN_LEGAL_WORDS:
        return False
    covered = sum(end - start for start, end in _clusters(query, hits))
    return covered >= _MOSTLY * len(query.words)


def find_regions(query: Query, hits: Positions, exact: Sequence[Match]) -> list[tuple[int, int]]:
    """Ranges of words, in order, without those where whole licence texts stand. hits: see `gram_hits`."""
    texts = whole_texts(exact)
    hits = _outside(hits, texts)
    if len(hits) < _MIN_HITS:
        return []
    open_before = _open_legal_words(query, exact)
    regions = []
    for start, end in _clusters(query, hits):
        if open_before[end] - open_before[start] >= MIN_LEGAL_WORDS:
            regions.append(_whole_lines(query, start, end))
    return [piece for region in join_spans(regions) for piece in without(region, texts)]


def whole_texts(exact: Sequence[Match]) -> Spans:
    """Where whole licence texts stand word by word: nothing else is looked for in there."""
    return join_spans(
        [
            (match.start, match.end)
            for match in exact
            if match.kind & _TEXT and match.length > _LONG_TEXT and match.coverage > _NEARLY_WHOLE
        ]
    )


def _outside(hits: Positions, spans: Spans) -> Positions:
    if not spans:
        return hits
    starts, ends = np.array(spans).T
    before = np.searchsorted(starts, hits + GRAM, "left") - 1
    outside: Positions = hits[(before < 0) | (hits >= ends[before])]
    return outside


def without(region: tuple[int, int], spans: Spans) -> list[tuple[int, int]]:
    """What is left of a region outside of the spans."""
    left, (start, end) = [], region
    for a, b in spans:
        if a < end and b > start:
            if a > start:
                left.append((start, a))
            start = max(start, b)
    return [*left, (start, end)] if start < end else left


def gram_hits(query: Query, hashes: Hashes) -> Positions:
    """Positions of grams that occur in some rule and hold a legal word; a few of them occur in none.

    hashes: those of the file's grams.
    """
    hits = np.flatnonzero(query.index.may_have_gram(hashes))
    if not len(hits):
        return hits
    before = query.legal_before
    return hits[before[hits + GRAM] > before[hits]]


def _clusters(query: Query, hits: Positions) -> list[tuple[int, int]]:
    """Hits that lie close together, by lines and by words, as ranges with enough of them."""
    lines = query.words.lines
    words_between = np.diff(hits)
    is_apart = (np.diff(lines[hits]) > _MAX_LINES_BETWEEN) & (words_between > _FEW_WORDS_BETWEEN)
    far = is_apart | (words_between > _MAX_WORDS_BETWEEN)
    cuts = np.flatnonzero(far) + 1
    firsts = np.concatenate([[0], cuts])
    lasts = np.concatenate([cuts, [len(hits)]])
    return [
        (int(hits[first]), int(hits[last - 1]) + GRAM)
        for first, last in zip(firsts, lasts, strict=True)
        if last - first >= _MIN_HITS
    ]


def _open_legal_words(query: Query, exact: Sequence[Match]) -> Counts:
    """(n + 1,): how many legal words that no exact match explains stand before each position."""
    is_open = query.index.is_legal[query.words.numbers]
    for start, end in join_spans([span for match in exact for span in match.spans]):
        is_open[start:end] = False
    before = np.zeros(len(is_open) + 1, dtype=np.int32)
    np.cumsum(is_open, out=before[1:])
    return before


def _whole_lines(query: Query, start: int, end: int) -> tuple[int, int]:
    """The range with the rest of its first and last line, within reason: a minified file is one line."""
    lines = query.words.lines
    first = int(np.searchsorted(lines, lines[start], "left"))
    last = int(np.searchsorted(lines, lines[end - 1], "right"))
    return max(first, start - _REACH), min(last, end + _REACH)
