# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The smallest upgrade that clears a finding, out of the versions that advisories name as fixed.

Which versions exist is not in advisories, so no other version is proposed. What a newer version of a direct dependency
would bring in is not known offline either: the direct dependency is named, and the version that it has to bring.
"""

import re
from collections.abc import Iterable

from paddock.engine.advisor.cover import Cover, Version
from paddock.engine.advisor.database import Row
from paddock.engine.advisor.identity import is_prerelease
from paddock.engine.advisor.judgement import Judgement, entries_about
from paddock.engine.advisor.places import Place
from paddock.engine.model.component import Component
from paddock.engine.model.paths import ELLIPSIS, Path
from paddock.engine.model.vulnerability import Upgrade

_FIRST_NUMBER = re.compile(r"\d+")


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
    used = judgement.key
    if used is None:
        return None
    fixed = _first_free(place, Cover(judgement.entries), package, used)
    if fixed is None:
        return None
    clearing = _first_free(place, package.cover, package, used)
    direct = _is_direct(component.ref, paths)
    return Upgrade(
        version=_written(place, fixed),
        clears_all=_written(place, clearing) if clearing else "",
        major=_first_number(fixed[1]) != _first_number(place.version),
        direct=direct,
        through=() if direct else tuple(sorted({path[1] for path in paths if len(path) > 2} - {ELLIPSIS})),
    )


def _first_free(place: Place, cover: Cover, package: Package, used: bytes) -> Version | None:
    """The first version from the one in use on that is free; who uses releases is led to a release rather than to what
    came before it, where one of the same first number is named.
    """
    found = cover.first_free(package.versions, used)
    ecosystem = place.ecosystem
    if found is None or not is_prerelease(ecosystem, found[1]) or is_prerelease(ecosystem, place.version):
        return found
    releases = [version for version in package.versions if not is_prerelease(ecosystem, version[1])]
    release = cover.first_free(releases, found[0])
    return release if release and _first_number(release[1]) == _first_number(found[1]) else found


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
