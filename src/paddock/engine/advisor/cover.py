# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What several entries of advisories cover together, asked for versions and for whole ranges of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from paddock.engine.advisor.entries import Entry
from paddock.engine.versions.keys import HIGHEST, successor

Version = tuple[bytes, str]
"""Sort key and text."""
Span = tuple[bytes, bytes]
"""Versions from the first sort key on and below the second."""


class Cover:
    """The versions that any of several entries holds, as intervals that do not touch: [low, high), in order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._lows: list[bytes] = []
        self._highs: list[bytes] = []
        for low, high in sorted(_spans(entries)):
            if self._highs and low <= self._highs[-1]:
                self._highs[-1] = max(self._highs[-1], high)
            else:
                self._lows.append(low)
                self._highs.append(high)

    def end(self, key: bytes) -> bytes | None:
        """The end of the interval that holds a key, the first key beyond it; None where none holds it."""
        number = bisect_right(self._lows, key) - 1
        return self._highs[number] if number >= 0 and key < self._highs[number] else None

    def holds_any(self, spans: Iterable[Span]) -> bool:
        """Whether any version of the spans is held by an interval."""
        return any(self._overlaps(low, high) for low, high in spans)

    def holds_all(self, spans: Iterable[Span]) -> bool:
        """Whether every version of the spans is held by an interval."""
        return all((end := self.end(low)) is not None and high <= end for low, high in spans)

    def _overlaps(self, low: bytes, high: bytes) -> bool:
        number = bisect_right(self._highs, low)
        return number < len(self._lows) and self._lows[number] < high

    def first_free(self, versions: list[Version], above: bytes) -> Version | None:
        """The first version from `above` on that no interval holds; None where there is none."""
        number = bisect_left(versions, (above, ""))
        while number < len(versions):
            end = self.end(versions[number][0])
            if end is None:
                return versions[number]
            number = bisect_left(versions, (end, ""))
        return None


def _spans(entries: Iterable[Entry]) -> Iterable[tuple[bytes, bytes]]:
    for entry in entries:
        for interval in entry.intervals:
            high = HIGHEST if interval.high is None else interval.high
            yield interval.low, successor(high) if interval.inclusive else high
        for key in entry.keys:
            yield key, successor(key)
