# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The smallest upgrade that clears a finding, out of the versions that advisories name as fixed.

Which versions exist is not in advisories, so no other version is proposed. What a newer version of a direct dependency
would bring in is not known offline either: the direct dependency is named, and the version that it has to bring.
"""

import re
from collections.abc import Iterable

from paddock.engine.advisor.database import Row
from paddock.engine.advisor.entries import Entry
from paddock.engine.advisor.judgement import Judgement, entries_about
from paddock.engine.advisor.places import Place
from paddock.engine.model.component import Component
from paddock.engine.model.paths import ELLIPSIS, Path
from paddock.engine.model.vulnerability import Upgrade

_FIRST_NUMBER = re.compile(r"\d+")


class Upgrades:
    """Answers for one component at one place; rows: everything that is said about the package."""

    def __init__(self, place: Place, rows: Iterable[Row]) -> None:
        self._place = place
        self._entries = tuple(entry for row in rows for entry in entries_about(place, row.entries)[0])
        self._candidates: list[tuple[bytes, str]] | None = None
        self._clearing: tuple[bytes, str] | None = None

    def upgrade(self, judgement: Judgement, component: Component, paths: tuple[Path, ...]) -> Upgrade | None:
        """The upgrade that clears a finding; None when no record names a version above the one in use as fixed."""
        fixed = _first_free(self._versions(), judgement.entries)
        if fixed is None:
            return None
        clearing = self._clears_everything()
        direct = _is_direct(component.ref, paths)
        return Upgrade(
            version=self._written(fixed[1]),
            clears_all=self._written(clearing[1]) if clearing else "",
            major=_first_number(fixed[1]) != _first_number(self._place.version),
            direct=direct,
            through=() if direct else tuple(sorted({path[1] for path in paths if len(path) > 2} - {ELLIPSIS})),
        )

    def _versions(self) -> list[tuple[bytes, str]]:
        """The versions above the one in use that any record about the package names as fixed, in order."""
        if self._candidates is None:
            used = self._place.sort_key
            ends = {
                (interval.high, interval.high_text)
                for entry in self._entries
                for interval in entry.intervals
                if interval.fixed and interval.high is not None and used is not None and interval.high > used
            }
            self._candidates = sorted((key, text) for key, text in ends if key is not None)
        return self._candidates

    def _clears_everything(self) -> tuple[bytes, str] | None:
        if self._clearing is None:
            self._clearing = _first_free(self._versions(), self._entries)
        return self._clearing

    def _written(self, version: str) -> str:
        """As the ecosystem's tools take it: Go's modules have a "v" that their advisories leave out."""
        wants_v = self._place.ecosystem == "Go" and self._place.version.startswith("v")
        return f"v{version}" if wants_v and not version.startswith("v") else version


def _first_free(versions: Iterable[tuple[bytes, str]], entries: tuple[Entry, ...]) -> tuple[bytes, str] | None:
    """The first version that no entry holds for certain."""
    for key, text in versions:
        if not any(entry.holds(key, text) for entry in entries):
            return key, text
    return None


def _is_direct(ref: str, paths: tuple[Path, ...]) -> bool | None:
    if not paths:
        return None
    return any(len(path) == 2 and path[1] == ref for path in paths)


def _first_number(version: str) -> str:
    found = _FIRST_NUMBER.search(version)
    return found.group() if found else ""
