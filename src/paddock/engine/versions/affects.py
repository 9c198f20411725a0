# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether a component lies in what an OSV record says is affected: yes, no, or could not tell, each with its reason.

Follows "Evaluation" of the OSV schema (https://ossf.github.io/osv-schema/#evaluation). A record is the mapping that the
JSON gives.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from paddock.engine.model.purl import InvalidPurl, PackageURL, parse_purl
from paddock.engine.versions.ecosystems import DISTRIBUTIONS, Coordinates, Named, ecosystem_of, package_key
from paddock.engine.versions.intervals import Bound, Interval, union
from paddock.engine.versions.keys import HIGHEST, LOWEST, successor
from paddock.engine.versions.order import SEMVER, Order, UnknownEcosystem, order_of
from paddock.engine.versions.releases import same_release

__all__ = ["Affected", "Answer", "CouldNotTell", "NotAffected", "affected", "intervals"]


class Affected(msgspec.Struct, frozen=True):
    """The component is affected. fixed: the versions that end the ranges it lies in, as the record writes them."""

    reason: str
    fixed: tuple[str, ...] = ()


class NotAffected(msgspec.Struct, frozen=True):
    """The component is not affected, or the record is about other packages."""

    reason: str


class CouldNotTell(msgspec.Struct, frozen=True):
    """The record or the component does not say enough."""

    reason: str


Answer = Affected | NotAffected | CouldNotTell


def affected(record: Mapping[str, Any] | msgspec.Struct, purl: PackageURL | str) -> Answer:
    """Whether the component is affected by the record. Never raises on data: what cannot be read could not be told.

    record: what the JSON gives, or a value with the same names.
    """
    if isinstance(record, msgspec.Struct):
        record = msgspec.to_builtins(record)
    if not isinstance(record, Mapping):
        return CouldNotTell("the record is no JSON object")
    try:
        component = parse_purl(purl) if isinstance(purl, str) else purl
    except InvalidPurl as error:
        return CouldNotTell(str(error))
    if record.get("withdrawn"):
        return NotAffected("the record was withdrawn")
    coordinates = ecosystem_of(component)
    if coordinates is None:
        return CouldNotTell(f"no ecosystem of OSV is about packages of type {component.type!r}")
    entries = list(_entries(record, coordinates))
    if not entries:
        if any(_package(entry) for entry in _rows(record, "affected")):
            return NotAffected("the record is about other packages or releases")
        return CouldNotTell("the record names no package")
    sure = [_evaluate(entry, package) for entry, package, certain in entries if certain]
    return _strongest(sure) if sure else _agreed([_evaluate(entry, package) for entry, package, _ in entries])


def intervals(entry: Mapping[str, Any]) -> tuple[Interval, ...] | CouldNotTell:
    """What one of a record's `affected` entries covers, as intervals of sort keys.

    Versions that the entry lists and no range holds are intervals of their own. CouldNotTell where the entry has only
    ranges of commits, or a bound is no version.
    """
    ecosystem = _ecosystem(entry)
    ranges = [found for found in _rows(entry, "ranges") if found.get("type") in ("ECOSYSTEM", "SEMVER")]
    try:
        order = order_of(ecosystem)
    except UnknownEcosystem as error:
        if not ranges or any(found.get("type") != "SEMVER" for found in ranges):
            return CouldNotTell(str(error))
        order = SEMVER
    collected: list[Interval] = []
    for found in ranges:
        part = _of_events(found, order)
        if isinstance(part, CouldNotTell):
            return part
        collected += part
    listed = {order.key(version) for version in _texts(entry, "versions") if order.admits(version)}
    if not ranges and not listed:
        said = "commits only" if _rows(entry, "ranges") else "neither ranges nor versions"
        return CouldNotTell(f"the record gives {said}")
    return (*collected, *_points(listed, union([collected])))


def _points(keys: set[bytes], covered: Sequence[Interval]) -> list[Interval]:
    """The keys that none of the ordered, disjoint intervals holds, each as an interval of its own."""
    lows = [interval.low for interval in covered]
    points = []
    for key in sorted(keys):
        position = bisect_right(lows, key) - 1
        if position < 0 or key not in covered[position]:
            points.append(Interval(key, successor(key)))
    return points


def _entries(record: Mapping[str, Any], coordinates: Coordinates) -> Iterator[tuple[Mapping[str, Any], Named, bool]]:
    """The entries about the component: entry, the name and version it goes by there, whether the release is certain."""
    for entry in _rows(record, "affected"):
        ecosystem, _, suffix = _ecosystem(entry).partition(":")
        if ecosystem.lower() != coordinates.ecosystem.lower():
            continue
        wanted = package_key(ecosystem, str(_package(entry).get("name", "")))
        for package in coordinates.packages:
            if package_key(ecosystem, package.name) == wanted:
                same: bool | None = True
                if coordinates.ecosystem in DISTRIBUTIONS:
                    same = same_release(coordinates.ecosystem, suffix, coordinates.release)
                if same is not False:
                    yield entry, package, same is True
                break


def _evaluate(entry: Mapping[str, Any], package: Named) -> Answer:
    version = package.version
    if not version:
        return CouldNotTell("the component has no version")
    covered = intervals(entry)
    listed = version in _texts(entry, "versions")
    if isinstance(covered, CouldNotTell):
        return Affected(f"{version} is listed") if listed else covered
    try:
        order = order_of(_ecosystem(entry))
    except UnknownEcosystem:
        order = SEMVER
    if not order.admits(version):
        reason = f"{version!r} is no version that {_ecosystem(entry)} has an order for"
        return Affected(f"{version} is listed") if listed else CouldNotTell(reason)
    key = order.key(version)
    holding = [interval for interval in covered if key in interval]
    if not holding:
        return NotAffected(f"no range holds {version}")
    fixed = tuple(dict.fromkeys(interval.fixed for interval in holding if interval.fixed))
    return Affected(f"{version} is listed" if listed else f"a range holds {version}", fixed)


def _strongest(answers: Sequence[Answer]) -> Answer:
    for kind in (Affected, CouldNotTell):
        for answer in answers:
            if isinstance(answer, kind):
                return answer
    return answers[0]


def _agreed(answers: Sequence[Answer]) -> Answer:
    """The release is not certain: an answer that is the same for all releases, else none."""
    if len({type(answer) for answer in answers}) == 1:
        return answers[0]
    return CouldNotTell(
        "the record differs between releases of the distribution, and the component does not name its own"
    )


_EVENTS = ("introduced", "fixed", "last_affected", "limit")


def _of_events(found: Mapping[str, Any], order: Order) -> list[Interval] | CouldNotTell:
    events = []
    for event in _rows(found, "events"):
        for kind in _EVENTS:
            version = event.get(kind)
            if version is None or (kind, version) == ("limit", "*"):
                continue
            if not isinstance(version, str) or not any(character.isdigit() for character in version):
                return CouldNotTell(f"a bound of the record's range is no version: {version!r}")
            events.append((LOWEST if (kind, version) == ("introduced", "0") else order.key(version), kind, version))
    if not any(kind == "introduced" for _, kind, _ in events):
        return CouldNotTell("a range of the record has no beginning")
    limits = [key for key, kind, _ in events if kind == "limit"]
    end = max(limits) if limits else HIGHEST
    collected = []
    low: bytes | None = None
    since: Bound | None = None
    for key, kind, version in sorted(events, key=lambda event: event[0]):
        if kind == "introduced":
            low, since = (key, Bound(">=", version)) if low is None else (low, since)
        elif low is not None and kind != "limit":
            until = Bound("<" if kind == "fixed" else "<=", version)
            collected.append(Interval(low, min(key if kind == "fixed" else successor(key), end), since, until))
            low = None
    if low is not None:
        collected.append(Interval(low, end, since))
    return [interval for interval in collected if interval.low < interval.high]


def _package(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    package = entry.get("package")
    return package if isinstance(package, Mapping) else {}


def _ecosystem(entry: Mapping[str, Any]) -> str:
    return str(_package(entry).get("ecosystem", ""))


def _rows(owner: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = owner.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _texts(owner: Mapping[str, Any], name: str) -> list[str]:
    rows = owner.get(name)
    return [row for row in rows if isinstance(row, str)] if isinstance(rows, list | tuple) else []
