# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A match: which words of a file agree with which words of a rule. Positions count known words from 0."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.rules import Kind
from paddock.engine.scanner.licenses.words import Words

HASH, TAG, EXACT, APPROXIMATE = "1-hash", "1-spdx-id", "2-exact", "3-approximate"
_FALSE_POSITIVE = int(Kind.FALSE_POSITIVE)
_ORDER = {HASH: 0, TAG: 1, EXACT: 2, APPROXIMATE: 3}

Spans = tuple[tuple[int, int], ...]
"""Ranges (start, end), disjoint and ascending."""


class Query:
    """A file's words with what matching needs to know of them."""

    def __init__(self, words: Words, index: Index) -> None:
        self.words = words
        self.index = index

    @cached_property
    def legal_before(self) -> npt.NDArray[np.int32]:
        """(n + 1,): how many legal words stand before each position."""
        before = np.zeros(len(self.words) + 1, dtype=np.int32)
        np.cumsum(self.index.is_legal[self.words.numbers], out=before[1:])
        return before

    def legal_count(self, spans: Spans) -> int:
        """How many legal words lie in ranges."""
        before = self.legal_before
        return sum(int(before[end] - before[start]) for start, end in spans)


class Match:
    """Words of a file that agree with words of a rule: spans in the file and, piece by piece, in the rule.

    places: the spans with those that touch joined, for comparisons with other matches. kind: flags of `Kind`, as a
    plain number, because it is asked for again and again.
    """

    __slots__ = (
        "end", "expression", "index", "kind", "legal", "length", "matcher", "places", "rule", "rule_length",
        "rule_spans", "spans", "start", "tag",
    )  # fmt: skip

    def __init__(self, query: Query, rule: int, spans: Spans, rule_spans: Spans, matcher: str) -> None:
        self.rule = rule
        self.spans = spans
        self.rule_spans = rule_spans
        self.matcher = matcher
        self.start = spans[0][0]
        self.end = spans[-1][1]
        self.places = join_spans(spans)
        self.length = sum(end - start for start, end in spans)
        self.legal = query.legal_count(spans)
        self.tag: tuple[str, str] | None = None
        self.index = query.index
        if rule >= 0:
            self.rule_length = int(query.index.lengths[rule])
            self.kind = int(query.index.kinds[rule])
            self.expression = query.index.expression(rule)

    @property
    def coverage(self) -> float:
        """How much of the rule was found, 0 to 100."""
        return round(100 * sum(end - start for start, end in self.rule_spans) / self.rule_length, 2)

    @property
    def density(self) -> float:
        """How closely the agreeing words stand together among the known words of the file, 0 to 1."""
        return self.length / (self.end - self.start)

    @property
    def order(self) -> int:
        """The rank of the method that found it, the surest first."""
        return _ORDER[self.matcher]

    @property
    def relevance(self) -> int:
        """How much the rule says, 0 to 100."""
        return int(self.index.relevances[self.rule]) if self.rule >= 0 else 100

    @property
    def referenced_files(self) -> tuple[str, ...]:
        """Names of files in which the licence is said to be."""
        return self.index.referenced_files(self.rule) if self.rule >= 0 else ()

    @property
    def is_false_positive(self) -> bool:
        """Whether it is known to say nothing."""
        return bool(self.kind & _FALSE_POSITIVE)

    def contains(self, other: "Match") -> bool:
        """Whether every word of the other match is one of this."""
        if self.start > other.start or self.end < other.end:
            return False
        return len(self.places) == 1 or self.overlap(other) == other.length

    def overlap(self, other: "Match") -> int:
        """How many words both have."""
        if self.end <= other.start or other.end <= self.start:
            return 0
        return common_length(self.places, other.places)

    def surrounds(self, other: "Match") -> bool:
        """Whether it begins before and ends behind the other."""
        return self.start <= other.start and self.end >= other.end


def common_length(first: Spans, second: Spans) -> int:
    """How many positions two lists of ranges have in common."""
    total = i = j = 0
    while i < len(first) and j < len(second):
        start = max(first[i][0], second[j][0])
        end = min(first[i][1], second[j][1])
        total += max(0, end - start)
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return total


def join_spans(spans: Sequence[tuple[int, int]]) -> Spans:
    """Ranges in order, touching and overlapping ones as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)
