# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The order of versions: one module an ordering, sort keys for databases, ranges, and what a record affects."""

from paddock.engine.versions.affects import (
    Affected,
    Answer,
    CouldNotTell,
    NotAffected,
    affected,
    intervals,
)
from paddock.engine.versions.ecosystems import Coordinates, Named, ecosystem_of, package_key
from paddock.engine.versions.intervals import Bound, Interval, InvalidRange
from paddock.engine.versions.keys import HIGHEST, LOWEST
from paddock.engine.versions.order import KEYS_REVISION, UnknownEcosystem, compare, is_version, order_of, sort_key
from paddock.engine.versions.range import Range, parse_range

__all__ = [
    "HIGHEST",
    "KEYS_REVISION",
    "LOWEST",
    "Affected",
    "Answer",
    "Bound",
    "Coordinates",
    "CouldNotTell",
    "Interval",
    "InvalidRange",
    "Named",
    "NotAffected",
    "Range",
    "UnknownEcosystem",
    "affected",
    "compare",
    "ecosystem_of",
    "intervals",
    "is_version",
    "order_of",
    "package_key",
    "parse_range",
    "sort_key",
]
