# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Of several matches for the same words the one that explains most is kept: merging, containment, overlap."""

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from itertools import groupby

from paddock.engine.scanner.licenses.match import APPROXIMATE, Match, Query, Spans, join_spans

Decision = Callable[[Match, Match], Match | None]
"""Of two matches, the earlier first, the one to be dropped, or None."""

_SMALL, _MEDIUM, _LARGE, _EXTRA_LARGE = 0.10, 0.40, 0.70, 0.90
_MAX_GAP = 4
_WHOLE = 100.0
_NOTICE = 150
"""Words of a long notice; longer matches are of whole licence texts."""
_MUCH_LONGER = 1.3
_TRUSTED = 80.0
"""Coverage from which on an approximate match outweighs an exact one that lies inside it."""


def sort_key(match: Match) -> tuple[int, int, int, int]:
    """By place, then the one that says most, then the surest."""
    return (match.start, -match.legal, -match.length, match.order)


def merge(matches: Sequence[Match], query: Query) -> list[Match]:
    """Pieces of one rule that follow each other, in the file as in the rule, as one match."""
    merged: list[Match] = []
    ordered = sorted(matches, key=lambda one: (one.rule, one.start, -one.length))
    for rule, group in groupby(ordered, key=lambda one: one.rule):
        members = list(group)
        if rule < 0 or len(members) == 1:
            merged.extend(members)
            continue
        current = members[0]
        for following in members[1:]:
            joined = _joined(current, following, query)
            if joined is None:
                merged.append(current)
                current = following
            else:
                current = joined
        merged.append(current)
    return sorted(merged, key=sort_key)


def _joined(first: Match, second: Match, query: Query) -> Match | None:
    """One match for both, or None where they are two mentions of the same rule."""
    if first.contains(second):
        return first
    if second.contains(first):
        return second
    if first.length == first.rule_length or second.length == second.rule_length:
        return None
    reach = max(_MAX_GAP, first.rule_length // 2)
    if second.start - first.end > reach or second.rule_spans[0][0] < first.rule_spans[0][0]:
        return None
    if second.start < first.end or second.rule_spans[0][0] < first.rule_spans[-1][1]:
        return None
    spans, rule_spans = _paired([*first.spans, *second.spans], [*first.rule_spans, *second.rule_spans])
    return Match(query, first.rule, spans, rule_spans, max(first.matcher, second.matcher))


def _paired(spans: Sequence[tuple[int, int]], rule_spans: Sequence[tuple[int, int]]) -> tuple[Spans, Spans]:
    """Neighbouring pieces as one where they touch in the file and in the rule alike."""
    kept: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for span, rule_span in zip(spans, rule_spans, strict=True):
        if kept and kept[-1][0][1] == span[0] and kept[-1][1][1] == rule_span[0]:
            kept[-1] = ((kept[-1][0][0], span[1]), (kept[-1][1][0], rule_span[1]))
        else:
            kept.append((span, rule_span))
    return tuple(span for span, _ in kept), tuple(rule_span for _, rule_span in kept)


def drop_contained(matches: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """(kept, dropped): matches all of whose words belong to another one are dropped."""
    return _compare(matches, _contained)


def drop_overlapping(matches: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """(kept, dropped): of matches that share most of their words, the one that says less is dropped."""
    kept, dropped = _compare(matches, _overlapping)
    kept, covered = _drop_covered_by_neighbours(kept)
    return kept, [*dropped, *covered]


def restore(kept: Sequence[Match], dropped: Sequence[Match]) -> list[Match]:
    """Dropped matches that no kept one touches: what they lost against was itself dropped later. The longest first."""
    taken = list(join_spans([span for match in kept for span in match.spans]))
    restored = []
    for match in sorted(dropped, key=lambda one: (-one.length, one.start)):
        if not _touches(taken, match):
            restored.append(match)
            insort(taken, (match.start, match.end))
    return restored


def _touches(taken: Sequence[tuple[int, int]], match: Match) -> bool:
    """Whether a match shares words with ranges that are disjoint and ascending."""
    position = bisect_left(taken, (match.end, 0))
    return position > 0 and taken[position - 1][1] > match.start


def _compare(matches: Sequence[Match], decide: Decision) -> tuple[list[Match], list[Match]]:
    """Compare each match with those that begin before it ends; what loses is out at once."""
    ordered: list[Match | None] = [*sorted(matches, key=sort_key)]
    dropped: list[Match] = []
    for i, current in enumerate(ordered):
        j = i + 1
        while current is not None and j < len(ordered):
            following = ordered[j]
            if following is not None:
                if following.start >= current.end:
                    break
                loser = decide(current, following)
                if loser is following:
                    ordered[j] = None
                    dropped.append(following)
                elif loser is current:
                    ordered[i] = current = None
                    dropped.append(loser)
            j += 1
    return [match for match in ordered if match is not None], dropped


def _contained(current: Match, following: Match) -> Match | None:
    if current.places == following.places:
        return following if current.coverage >= following.coverage else current
    for outer, inner in ((current, following), (following, current)):
        if outer.contains(inner):
            is_doubtful = outer.matcher == APPROXIMATE and outer.coverage < _TRUSTED
            return (_loose_copy(outer, inner) if is_doubtful else None) or inner
    return None


def _overlapping(current: Match, following: Match) -> Match | None:
    overlap = current.overlap(following)
    if not overlap:
        return None
    of_following, of_current = overlap / following.length, overlap / current.length
    if max(of_following, of_current) >= _EXTRA_LARGE and (looser := _looser(current, following)) is not None:
        return looser
    current_says_more = current.length >= following.length and current.legal >= following.legal
    following_says_more = current.length <= following.length and current.legal <= following.legal
    if of_following >= _EXTRA_LARGE and current.length >= following.length:
        return following
    if of_current >= _EXTRA_LARGE and current.length <= following.length:
        return current
    if of_following >= _LARGE and current_says_more:
        return following
    if of_current >= _LARGE and following_says_more:
        return current
    ratio = max(of_following, of_current)
    if ratio >= _MEDIUM:
        if current_says_more and _implies(current, following):
            return following
        if following_says_more and _implies(following, current):
            return current
    if ratio >= _SMALL:
        if current.surrounds(following) and current_says_more and _implies(current, following):
            return following
        if following.surrounds(current) and following_says_more and _implies(following, current):
            return current
    return None


def _loose_copy(first: Match, second: Match) -> Match | None:
    """The approximate one of two matches, where the other has nearly all its words and stands there word by word."""
    exact, approximate = (first, second) if second.matcher == APPROXIMATE else (second, first)
    if exact.matcher == APPROXIMATE or approximate.matcher != APPROXIMATE or approximate.coverage >= _WHOLE:
        return None
    if exact.length > _NOTICE or exact.overlap(approximate) < _EXTRA_LARGE * exact.length:
        return None
    return approximate if exact.length * _MUCH_LONGER >= approximate.length else None


def _looser(first: Match, second: Match) -> Match | None:
    """Of two matches for nearly the same words the one of whose rule more is missing; None where length decides."""
    if (looser := _loose_copy(first, second)) is not None:
        return looser
    if first.matcher != APPROXIMATE or second.matcher != APPROXIMATE:
        return None
    for one, other in ((first, second), (second, first)):
        if _says_more(one, other):
            return other
    ours, theirs = (one.length * one.coverage * one.density for one in (first, second))
    if ours == theirs:
        return None
    return second if ours > theirs else first


def _says_more(first: Match, second: Match) -> bool:
    """Whether the first match has more words, more legal words and more of its rule, or as many, and not the same."""
    ours, theirs = ((one.length, one.legal, one.coverage) for one in (first, second))
    return ours != theirs and all(our >= their for our, their in zip(ours, theirs, strict=True))


def _implies(first: Match, second: Match) -> bool:
    """Whether the first expression names every licence that the second names."""
    return expression_keys(first.expression) >= expression_keys(second.expression)


def expression_keys(expression: str) -> frozenset[str]:
    """The licence keys that an expression names."""
    words = expression.replace("(", " ").replace(")", " ").split()
    return frozenset(word for word in words if word not in {"AND", "OR", "WITH"})


def _drop_covered_by_neighbours(matches: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """A match of which the one before and the one behind have nearly everything says nothing of its own."""
    kept: list[Match] = list(matches)
    dropped: list[Match] = []
    position = 1
    while position < len(kept) - 1:
        before, current, behind = kept[position - 1 : position + 2]
        shared = current.overlap(before) + current.overlap(behind)
        if not before.overlap(behind) and shared / current.length >= _EXTRA_LARGE:
            dropped.append(kept.pop(position))
        else:
            position += 1
    return kept, dropped
