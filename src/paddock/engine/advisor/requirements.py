# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What projects ask for where no version is pinned: a range in the ecosystem's own syntax still rules versions out."""

from collections.abc import Iterable

from paddock.engine.advisor.cover import Span
from paddock.engine.model.inventory import Inventory
from paddock.engine.versions.intervals import InvalidRange
from paddock.engine.versions.order import UnknownEcosystem
from paddock.engine.versions.range import parse_range


class Requirements:
    """The requirements of an inventory, by component."""

    def __init__(self, inventory: Inventory) -> None:
        unpinned = {component.ref for component in inventory.components if not component.version}
        self._texts: dict[str, set[str]] = {}
        for project in inventory.projects:
            for usage in project.usages:
                if usage.ref in unpinned:
                    self._texts.setdefault(usage.ref, set()).add(usage.requirement)

    def spans(self, ref: str, ecosystem: str) -> tuple[Span, ...]:
        """The versions that any project asks for; () where one of them asks for any, or cannot be understood."""
        return _spans(self._texts.get(ref, ()), ecosystem)


def _spans(texts: Iterable[str], ecosystem: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for text in texts:
        if not text.strip():
            return ()
        try:
            intervals = parse_range(ecosystem, text).intervals()
        except (InvalidRange, UnknownEcosystem):
            return ()
        if not intervals:
            return ()
        found += [(interval.low, interval.high) for interval in intervals]
    return tuple(found)
