# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an advisory says about one package, in the form in which it is looked up: intervals of sort keys.

Versions of advisories are turned into keys once, when the database is built. Looking a component up then compares
bytes, and no version of an advisory is parsed again.
"""

from collections.abc import Callable, Iterable

import msgspec

from paddock.engine.advisor.identity import key_of_bound, key_of_version
from paddock.engine.formats.osv.record import NO_RANGE_TYPES, Affected, Range
from paddock.engine.versions.keys import LOWEST


class Interval(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """low <= version < high, or <= high where `inclusive`; high None: no end. The texts are as stated, "0" for LOWEST.

    fixed: whether the end is a version that is said to be fixed.
    """

    low: bytes
    high: bytes | None
    inclusive: bool
    low_text: str
    high_text: str
    fixed: bool

    def holds(self, key: bytes) -> bool:
        """Whether a version lies inside."""
        if key < self.low:
            return False
        return self.high is None or key < self.high or (self.inclusive and key == self.high)

    def __str__(self) -> str:
        """For people: ">= 1.0, < 1.4"."""
        if self.inclusive and self.low == self.high:
            return f"= {self.high_text}"
        low = "" if self.low == LOWEST else f">= {self.low_text}"
        high = "" if self.high is None else f"{'<=' if self.inclusive else '<'} {self.high_text}"
        return ", ".join(part for part in (low, high) if part) or "every version"


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One package in one record. release: of a distribution ("12"), "" for none.

    keys: of versions listed beside the intervals, sorted; texts: of listed versions that have no key. unsure: why it
    cannot be told for a version that neither holds; "" when it can.
    """

    release: str
    intervals: tuple[Interval, ...] = ()
    keys: tuple[bytes, ...] = ()
    texts: tuple[str, ...] = ()
    unsure: str = ""

    def holds(self, key: bytes | None, version: str) -> bool | None:
        """Whether the record concerns a version; None where that cannot be told."""
        if version in self.texts:
            return True
        if key is not None:
            if key in self.keys or any(interval.holds(key) for interval in self.intervals):
                return True
            return None if self.unsure else False
        if any(interval.low == LOWEST and interval.high is None for interval in self.intervals):
            return True
        return None if self.intervals or self.keys or self.unsure else False


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[Entry, ...])


def pack(entries: Iterable[Entry]) -> bytes:
    """Entries of one package in one record as bytes."""
    return _ENCODER.encode(tuple(entries))


def unpack(data: bytes) -> tuple[Entry, ...]:
    """What `pack` packed."""
    return _DECODER.decode(data)


def make_entry(affected: Affected, ecosystem: str, release: str) -> Entry:
    """The entry for what a record says about one package. What has no order is kept, and told to be unsure."""
    intervals: list[Interval] = []
    unsure = "the advisory could not be read in full" if affected.unreadable else ""
    for stated in affected.ranges:
        if stated.type in NO_RANGE_TYPES:
            if not affected.versions and len(affected.ranges) == 1:
                unsure = unsure or "the advisory names commits only"
            continue
        found = intervals_of(stated, key_of_bound(ecosystem, stated.type), ecosystem)
        if found is None:
            unsure = unsure or "the advisory names versions that cannot be compared"
        else:
            intervals += found
    intervals = sorted(dict.fromkeys(intervals), key=lambda one: (one.low, one.high is None, one.high or b""))
    keys: set[bytes] = set()
    texts: list[str] = []
    for version in affected.versions:
        at = key_of_version(ecosystem, version)
        if at is None:
            texts.append(version)
        elif not any(interval.holds(at) for interval in intervals):
            keys.add(at)
    return Entry(release, tuple(intervals), tuple(sorted(keys)), tuple(texts), unsure)


def intervals_of(stated: Range, key: Callable[[str], bytes | None], ecosystem: str) -> list[Interval] | None:
    """The intervals of a range; None when a version in it has no key.

    Events are taken in the order of versions, those of one version as they stand, as in the algorithm of the
    specification (https://ossf.github.io/osv-schema/#evaluation).
    """
    events: list[tuple[bytes, str, str]] = []
    limit: tuple[bytes, str] | None = None
    for event in stated.events:
        kind = "low" if event.introduced else "fixed" if event.fixed else "last" if event.last_affected else "limit"
        if kind == "limit" and event.limit == "*":
            continue
        at = LOWEST if event.introduced == "0" else key(event.version)
        if at is None:
            return None
        if kind == "limit":
            limit = max(limit or (at, event.version), (at, event.version))
        else:
            events.append((at, kind, _for_people(event.version, ecosystem)))
    found: list[Interval] = []
    opened: tuple[bytes, str] | None = None
    for at, kind, version in sorted(events, key=lambda event: event[0]):
        if kind == "low":
            opened = opened or (at, version)
        elif opened is not None:
            low, low_text = opened
            if low < at or kind == "last":
                found.append(Interval(low, at, kind == "last", low_text, version, kind == "fixed"))
            opened = None
    if opened is not None:
        found.append(Interval(opened[0], None, False, opened[1], "", False))
    return found if limit is None else [part for one in found if (part := _below(one, *limit)) is not None]


def _below(interval: Interval, limit: bytes, text: str) -> Interval | None:
    if interval.low >= limit:
        return None
    if interval.high is not None and interval.high < limit:
        return interval
    return Interval(interval.low, limit, False, interval.low_text, text, False)


def _for_people(version: str, ecosystem: str) -> str:
    """RustSec writes 1.2.0-0 for "1.2.0 with its pre-releases"; nobody can upgrade to that."""
    return version.removesuffix("-0") if ecosystem == "crates.io" else version
