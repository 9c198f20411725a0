# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From everything that agrees with some rule to the matches that stand: each step removes what a later one explains."""

from collections.abc import Sequence

from paddock.engine.scanner.licenses.containment import drop_contained, drop_overlapping, merge, restore, sort_key
from paddock.engine.scanner.licenses.false_positives import drop_lists, drop_misleading
from paddock.engine.scanner.licenses.match import Match, Query
from paddock.engine.scanner.licenses.quality import keep_good


def refine(matches: Sequence[Match], query: Query) -> list[Match]:
    """The matches that stand, in order of place."""
    good = merge(keep_good(matches, query), query)
    kept, contained = drop_contained(good)
    kept, overlapping = drop_overlapping(kept)
    kept = [*kept, *restore(kept, [*contained, *overlapping])]
    kept, _ = drop_contained(kept)
    kept = drop_lists(drop_misleading(sorted(kept, key=sort_key)))
    return merge(kept, query)
