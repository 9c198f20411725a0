# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every place where the whole text of a rule stands in a file, found for all rules at once.

Each rule is known by its rarest run of four words (its anchor). One look into a bitmap says where in the file anchors
may stand; only there the rule's hash is compared with that of the words around.
"""

import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.grams import GRAM, Hashes, RangeHashes
from paddock.engine.scanner.licenses.index import AnchorTable, Index
from paddock.engine.scanner.licenses.words import Words

Rows = npt.NDArray[np.int64]


def find_exact(words: Words, hashes: list[Hashes], index: Index) -> tuple[Rows, Rows]:
    """(rule numbers, positions of their first words), in order of position, longest rule first.

    hashes: those of `all_gram_hashes` for the words.
    """
    rules, starts = [], []
    ranges: RangeHashes | None = None
    for table in index.anchors:
        found, places = _candidates(table, hashes[table.size - 1])
        if table.size == GRAM and len(found):
            lengths = index.lengths[found].astype(np.int64)
            inside = (places >= 0) & (places + lengths <= len(words))
            found, places, lengths = found[inside], places[inside], lengths[inside]
            ranges = ranges or RangeHashes(words.numbers)
            same = ranges.at(places, lengths) == index.hashes[found]
            found, places = found[same], places[same]
        rules.append(found)
        starts.append(places)
    every, at = np.concatenate(rules), np.concatenate(starts)
    order = np.lexsort((-index.lengths[every], at))
    return every[order], at[order]


def _candidates(table: AnchorTable, hashes: Hashes) -> tuple[Rows, Rows]:
    """Rules whose anchors stand in the text, and where the rules would begin (outside of the text, perhaps)."""
    places = table.places(hashes)
    if not len(places):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    wanted = hashes[places]
    first = np.searchsorted(table.hashes, wanted, "left")
    counts = np.searchsorted(table.hashes, wanted, "right") - first
    total = int(counts.sum())
    if total == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    # Row numbers first, first + 1, … for every place, without a loop.
    rows = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    return table.rules[rows].astype(np.int64), np.repeat(places, counts) - table.offsets[rows]
