# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The order of versions: one module an ordering, sort keys for databases, ranges, and what a record affects."""

from paddock.engine.versions.affects import (
    Affected,
    Answer,
    CouldNotTell,
    Interval,
    NotAffected,
    affected,
    intervals,
)
from paddock.engine.versions.keys import HIGHEST, LOWEST
from paddock.engine.versions.order import UnknownEcosystem, compare, is_version, order_of, sort_key

__all__ = [
    "HIGHEST",
    "LOWEST",
    "Affected",
    "Answer",
    "CouldNotTell",
    "Interval",
    "NotAffected",
    "UnknownEcosystem",
    "affected",
    "compare",
    "intervals",
    "is_version",
    "order_of",
    "sort_key",
]
