# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads advisories in the OSV format, whatever state they are in.

Databases hold records by many hands. A record that follows the schema is read in one go; one that does not is read part
by part: what is readable counts, what is not is told, and a package whose versions were not understood is marked, so
that nobody takes it for "not affected".
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from paddock.engine.formats.json_text import parse_json
from paddock.engine.formats.osv.record import Advisory, Affected, Event, Package, Range, Score
from paddock.engine.model.errors import Unreadable

MAX_BYTES = 16 * 1024 * 1024
"""No record larger than this is read; the largest that databases publish have about one megabyte."""
MAX_REFERENCES = 1_000
MAX_ALIASES = 200
MAX_ID = 200
MAX_NAME = 400
MAX_VERSION = 250
MAX_TEXT = 256 * 1024
_SHOWN = 20


class _Reference(msgspec.Struct):
    url: str = ""


class _Affected(msgspec.Struct):
    package: Package | None = None
    ranges: tuple[Range, ...] | None = None
    versions: tuple[str, ...] | None = None
    severity: tuple[Score, ...] | None = None
    ecosystem_specific: dict[str, Any] | None = None
    database_specific: dict[str, Any] | None = None
    unreadable: bool = msgspec.field(default=False, name="paddock:unreadable")


class _Record(msgspec.Struct):
    id: str
    modified: datetime | None = None
    published: datetime | None = None
    withdrawn: datetime | None = None
    aliases: tuple[str, ...] | None = None
    upstream: tuple[str, ...] | None = None
    related: tuple[str, ...] | None = None
    summary: str | None = None
    details: str | None = None
    severity: tuple[Score, ...] | None = None
    affected: tuple[_Affected, ...] | None = None
    references: tuple[_Reference, ...] | None = None
    database_specific: dict[str, Any] | None = None


_DECODER = msgspec.json.Decoder(_Record)


def read_advisory(data: bytes) -> tuple[Advisory, tuple[str, ...]]:
    """The advisory in UTF-8 bytes, and what of it was not understood, in plain sentences.

    Raises Unreadable where nothing of it can be used: no JSON object, no id, too large.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(f"the record has {len(data):,} bytes; records over {MAX_BYTES:,} bytes are not read")
    faults: list[str] = []
    try:
        stated = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        stated = _read_in_parts(data, faults)
    record = _checked(stated, faults)
    return record, tuple(faults[:_SHOWN])


def _checked(stated: _Record, faults: list[str]) -> Advisory:
    if not stated.id.strip() or len(stated.id) > MAX_ID:
        raise Unreadable("the record has no usable id")
    references = [reference.url for reference in stated.references or () if reference.url]
    if len(references) > MAX_REFERENCES:
        faults.append(f"references: {len(references):,} of them; the first {MAX_REFERENCES} were kept")
    return Advisory(
        id=stated.id.strip(),
        modified=_told(_in_utc(stated.modified)),
        published=_told(_in_utc(stated.published)),
        withdrawn=_in_utc(stated.withdrawn),
        aliases=_names(stated.aliases, "aliases", faults),
        upstream=_names(stated.upstream, "upstream", faults),
        related=_names(stated.related, "related", faults),
        summary=(stated.summary or "")[:MAX_TEXT],
        text=(stated.details or "")[:MAX_TEXT],
        severity=stated.severity or (),
        affected=tuple(
            _checked_affected(entry, f"affected[{number}]", faults)
            for number, entry in enumerate(stated.affected or ())
        ),
        references=tuple(references[:MAX_REFERENCES]),
        details=stated.database_specific or {},
    )


def _names(stated: tuple[str, ...] | None, place: str, faults: list[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in stated or () if 0 < len(name.strip()) <= MAX_ID))
    if len(names) > MAX_ALIASES:
        faults.append(f"{place}: {len(names):,} of them; the first {MAX_ALIASES} were kept")
    return names[:MAX_ALIASES]


def _checked_affected(stated: _Affected, place: str, faults: list[str]) -> Affected:
    unreadable = stated.unreadable
    package = stated.package
    if package is not None and not (0 < len(package.name) <= MAX_NAME and 0 < len(package.ecosystem) <= MAX_NAME):
        faults.append(f"{place}.package: it has no usable name and ecosystem")
        package = None
    ranges = []
    for number, found in enumerate(stated.ranges or ()):
        fault = _fault_of(found)
        if fault:
            faults.append(f"{place}.ranges[{number}]: {fault}")
            unreadable = True
        else:
            ranges.append(found)
    versions = tuple(version for version in stated.versions or () if 0 < len(version) <= MAX_VERSION)
    if len(versions) < len(stated.versions or ()):
        faults.append(f"{place}.versions: one of them is no version")
        unreadable = True
    if package is not None and not ranges and not versions and not unreadable:
        faults.append(f"{place}: it names no versions")
        unreadable = True
    return Affected(
        package=package,
        ranges=tuple(ranges),
        versions=versions,
        severity=stated.severity or (),
        details={**(stated.database_specific or {}), **(stated.ecosystem_specific or {})},
        unreadable=unreadable,
    )


def _fault_of(found: Range) -> str:
    if not found.events:
        return "it has no events"
    for event in found.events:
        named = [text for text in (event.introduced, event.fixed, event.last_affected, event.limit) if text]
        if len(named) != 1 or len(named[0]) > MAX_VERSION:
            return "an event does not name exactly one version"
    if not any(event.introduced for event in found.events):
        return "no event says where it was introduced"
    return ""


def _told(time: datetime | None) -> datetime | None:
    """Databases fill in the beginning of the calendar, or that of Unix, where they know no time."""
    return time if time is not None and time.year > 1970 else None


def _in_utc(time: datetime | None) -> datetime | None:
    if time is None:
        return None
    if time.tzinfo is None:
        return time.replace(tzinfo=UTC)
    try:
        return time.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar, in a zone off UTC
        return None


def _read_in_parts(data: bytes, faults: list[str]) -> _Record:
    """A record that does not follow the schema. Raises Unreadable when it is no object with an id."""
    value, fault = parse_json(data)
    if fault is not None:
        raise Unreadable(f"{fault.place}: {fault.message}")
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise Unreadable("the document is no advisory in the OSV format: it is no object with an id")
    record = _Record(id=value["id"])
    for name in ("modified", "published", "withdrawn"):
        setattr(record, name, _part(value, name, datetime | None, faults, ""))
    if value.get("withdrawn") and record.withdrawn is None:
        record.withdrawn = datetime.fromtimestamp(0, UTC)  # when is not told, that it is withdrawn is
    for name in ("aliases", "upstream", "related"):
        setattr(record, name, tuple(_parts(value, name, str, faults, "")))
    for name in ("summary", "details"):
        setattr(record, name, _part(value, name, str | None, faults, ""))
    record.severity = tuple(_parts(value, "severity", Score, faults, ""))
    record.references = tuple(_parts(value, "references", _Reference, faults, ""))
    record.database_specific = _part(value, "database_specific", dict[str, Any] | None, faults, "")
    entries = value.get("affected")
    if entries is not None and not isinstance(entries, list):
        faults.append("affected: it is no list")
        entries = []
    record.affected = tuple(
        _affected_in_parts(entry, f"affected[{number}]", faults) for number, entry in enumerate(entries or ())
    )
    return record


def _affected_in_parts(value: Any, place: str, faults: list[str]) -> _Affected:
    if not isinstance(value, dict):
        faults.append(f"{place}: it is no object")
        return _Affected(unreadable=True)
    found = _Affected()
    before = len(faults)
    found.package = _part(value, "package", Package | None, faults, place)
    found.ranges = tuple(_ranges_in_parts(value.get("ranges"), f"{place}.ranges", faults))
    found.versions = tuple(_parts(value, "versions", str, faults, place))
    found.unreadable = len(faults) > before
    found.severity = tuple(_parts(value, "severity", Score, faults, place))
    for name in ("database_specific", "ecosystem_specific"):
        setattr(found, name, _part(value, name, dict[str, Any] | None, faults, place))
    return found


def _ranges_in_parts(value: Any, place: str, faults: list[str]) -> Iterator[Range]:
    if value is None:
        return
    if not isinstance(value, list):
        faults.append(f"{place}: it is no list")
        return
    for number, entry in enumerate(value):
        here = f"{place}[{number}]"
        if not isinstance(entry, dict) or not isinstance(entry.get("type", "ECOSYSTEM"), str):
            faults.append(f"{here}: it is no range")
            continue
        before = len(faults)
        events = tuple(_parts(entry, "events", Event, faults, here))
        if len(faults) > before:
            continue  # half a range would say something else than the whole
        yield Range(type=entry.get("type", "ECOSYSTEM"), events=events, repo=str(entry.get("repo") or ""))


def _part(value: dict[str, Any], name: str, wanted: Any, faults: list[str], place: str) -> Any:
    """One field, converted; None where it is absent or something else than what the schema says."""
    if value.get(name) is None:
        return None
    try:
        return msgspec.convert(value[name], wanted)
    except (msgspec.ValidationError, RecursionError) as error:
        faults.append(f"{_at(place, name)}: {error}")
        return None


def _parts(value: dict[str, Any], name: str, wanted: Any, faults: list[str], place: str) -> Iterator[Any]:
    """The members of a list that are what the schema says; numbers count as texts where a text is wanted."""
    stated = value.get(name)
    if stated is None:
        return
    if not isinstance(stated, list):
        faults.append(f"{_at(place, name)}: it is no list")
        return
    for number, entry in enumerate(stated):
        try:
            yield msgspec.convert(_in_text(entry), wanted)
        except (msgspec.ValidationError, RecursionError) as error:
            faults.append(f"{_at(place, name)}[{number}]: {error}")


def _in_text(value: Any) -> Any:
    """A number that stands where a text belongs, as text; an absent end of a range is no end. One level deep."""
    if isinstance(value, dict):
        return {
            key: _in_text(part) if not isinstance(part, dict) else part
            for key, part in value.items()
            if part is not None
        }
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
