# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The licences of a result at hand: per component what the reports print, and how often each licence occurs."""

from collections import Counter

from paddock.engine.model.licensing import ComponentLicense
from paddock.engine.model.result import Result

NO_LICENSE = "no licence known"


def licenses_by_ref(result: Result) -> dict[str, ComponentLicense]:
    """Licence facts by component ref or project id; empty when nothing was scanned."""
    return {fact.ref: fact for fact in result.scan.components} if result.scan else {}


def license_counts(result: Result) -> list[tuple[str, int]]:
    """How many components have each effective expression, the most frequent first."""
    facts = licenses_by_ref(result)
    known = (facts.get(component.ref) for component in result.inventory.components)
    counts = Counter((fact.effective if fact else "") or NO_LICENSE for fact in known)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
