# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The smallest upgrade that clears a finding, out of the versions that advisories name as fixed.

Which versions exist is not in advisories, so no other version is proposed. What a newer version of a direct dependency
would bring in is not known offline either: the direct dependency is named, and the version that it has to bring.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from paddock.engine.advisor.database import Row
from paddock.engine.advisor.entries import Entry
from paddock.engine.advisor.judgement import Judgement, entries_about
from paddock.engine.advisor.places import Place
from paddock.engine.model.component import Component
from paddock.engine.model.paths import ELLIPSIS, Path
from paddock.engine.model.vulnerability import Upgrade
from paddock.engine.versions.keys import HIGHEST, successor

_FIRST_NUMBER = re.compile(r"\d+")
Version = tuple[bytes, str]
"""Sort key and text."""


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


class Package:
    """What is said about one package in one release: the versions that are named as fixed, and those that are affected.

    Many versions of a package share it.
    """

    def __init__(self, place: Place, rows: Iterable[Row]) -> None:
        entries = [entry for row in rows for entry in entries_about(place, row.entries)[0]]
        ends = {
            (interval.high, interval.high_text)
            for entry in entries
            for interval in entry.intervals
            if interval.fixed and interval.high is not None
        }
        self.versions: list[Version] = sorted(ends)
        self.cover = Cover(entries)


def find_upgrade(
    place: Place, judgement: Judgement, package: Package, component: Component, paths: tuple[Path, ...]
) -> Upgrade | None:
    """The upgrade that clears a finding; None when no record names a version above the one in use as fixed."""
    used = place.sort_key
    if used is None:
        return None
    fixed = Cover(judgement.entries).first_free(package.versions, used)
    if fixed is None:
        return None
    clearing = package.cover.first_free(package.versions, used)
    direct = _is_direct(component.ref, paths)
    return Upgrade(
        version=_written(place, fixed),
        clears_all=_written(place, clearing) if clearing else "",
        major=_first_number(fixed[1]) != _first_number(place.version),
        direct=direct,
        through=() if direct else tuple(sorted({path[1] for path in paths if len(path) > 2} - {ELLIPSIS})),
    )


def _written(place: Place, version: Version) -> str:
    """As the ecosystem's tools take it: Go's modules have a "v" that their advisories leave out."""
    wants_v = place.ecosystem == "Go" and place.version.startswith("v") and not version[1].startswith("v")
    return f"v{version[1]}" if wants_v else version[1]


def _is_direct(ref: str, paths: tuple[Path, ...]) -> bool | None:
    if not paths:
        return None
    return any(len(path) == 2 and path[1] == ref for path in paths)


def _first_number(version: str) -> str:
    found = _FIRST_NUMBER.search(version)
    return found.group() if found else ""
