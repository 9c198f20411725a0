# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The story of one file: text → words → tags, exact and approximate matches → refinement → detections."""

import numpy as np

from paddock.engine.scanner.licenses.approximate import find_approximate
from paddock.engine.scanner.licenses.exact import find_exact
from paddock.engine.scanner.licenses.grams import all_gram_hashes
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.match import EXACT, HASH, Match, Query
from paddock.engine.scanner.licenses.refine import refine
from paddock.engine.scanner.licenses.tag_lines import find_tag_lines
from paddock.engine.scanner.licenses.words import read_words


def find_matches(text: bytes, index: Index) -> tuple[list[Match], Query]:
    """The matches that stand in a text (UTF-8), in order of place, and the words they count."""
    words = read_words(text, index.vocabulary)
    query = Query(words, index)
    if not len(words):
        return [], query
    hashes = all_gram_hashes(words.numbers)
    rules, starts = find_exact(words, hashes, index)
    exact = _exact_matches(rules, starts, query)
    whole = [match for match in exact if match.matcher == HASH]
    if whole:
        return refine(whole, query), query
    matches = [*find_tag_lines(text, query), *exact]
    matches.extend(find_approximate(query, hashes, matches))
    return refine(matches, query), query


def _exact_matches(rules: np.ndarray, starts: np.ndarray, query: Query) -> list[Match]:
    matches = []
    for rule, start in zip(rules.tolist(), starts.tolist(), strict=True):
        length = int(query.index.lengths[rule])
        matcher = HASH if length == len(query.words) else EXACT
        matches.append(Match(query, rule, ((start, start + length),), ((0, length),), matcher))
    return matches
