# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes advisories into the database: what differs is written, everything else stays as it is."""

import hashlib
import sqlite3
from datetime import datetime
from enum import StrEnum

import msgspec

from paddock.engine.advisor import entries, facts
from paddock.engine.advisor.catalogue_writer import CatalogueWriter
from paddock.engine.advisor.families import Families
from paddock.engine.advisor.identity import key_of_package, key_of_repository, version_of_tag
from paddock.engine.advisor.schema import fingerprint_of_orders, pack_raw
from paddock.engine.formats.osv.reader import read_advisory
from paddock.engine.formats.osv.record import Advisory
from paddock.engine.model.errors import Unreadable


class Outcome(StrEnum):
    """What became of a record. SAME: byte for byte as before. OLDER: another source has a newer one of that id."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"
    REFUSED = "refused"


class Put(msgspec.Struct, frozen=True):
    """The answer to a record: what became of it, its id ("" when it has none), and what of it was not understood."""

    outcome: Outcome
    name: str = ""
    faults: tuple[str, ...] = ()


class Writer:
    """Changes to a database that nobody reads yet. catalogues: takes what is said by CVE."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.catalogues = CatalogueWriter(connection)
        self._families = Families(connection)
        self._packages: dict[str, int] = {}
        self._seen: dict[int, set[int]] = {}

    def changes(self) -> int:
        """How many rows were written or removed since the file was opened."""
        return self._connection.total_changes

    def source(self, name: str, kind: str) -> int:
        """The number of a source; it is made when it is new. kind: "osv", "kev", "epss" or "facts"."""
        self._connection.execute("INSERT OR IGNORE INTO source (name, kind) VALUES (?, ?)", (name, kind))
        row = self._connection.execute("SELECT id FROM source WHERE name = ?", (name,)).fetchone()
        return int(row[0])

    def put(self, source: int, data: bytes) -> Put:
        """Put a record in the OSV format, as bytes. Nothing is written when it is known byte for byte."""
        digest = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), signed=True)
        known = self._connection.execute("SELECT id, name FROM record WHERE digest = ?", (digest,)).fetchone()
        if known is not None:
            self._hold(source, known[0])
            return Put(Outcome.SAME, known[1])
        try:
            record, faults = read_advisory(data)
        except Unreadable as error:
            return Put(Outcome.REFUSED, faults=(error.reason,))
        told = facts.facts_of(record)
        row = self._connection.execute("SELECT id, modified FROM record WHERE name = ?", (record.id,)).fetchone()
        if row is not None and row[1] > told.modified and self._held_elsewhere(source, row[0]):
            self._hold(source, row[0])
            return Put(Outcome.OLDER, record.id, faults)
        if row is not None:
            self._remove(row[0])
        number = self._insert(record, told, digest, None if row is None else row[0])
        self._connection.execute("INSERT INTO raw VALUES (?, ?)", (number, pack_raw(data)))
        self._hold(source, number)
        return Put(Outcome.ADDED if row is None else Outcome.CHANGED, record.id, faults)

    def _insert(self, record: Advisory, told: facts.RecordFacts, digest: int, number: int | None) -> int:
        cursor = self._connection.execute(
            "INSERT INTO record (id, name, family, modified, digest, facts) VALUES (?, ?, 0, ?, ?, ?)",
            (number, record.id, told.modified, digest, facts.pack(told)),
        )
        number = cursor.lastrowid or 0
        self._connection.executemany("INSERT INTO alias VALUES (?, ?)", [(name, number) for name in told.names])
        if not told.withdrawn:
            rows = [(self._package(key), number, entries.pack(found)) for key, found in _by_package(record).items()]
            self._connection.executemany("INSERT INTO affected VALUES (?, ?, ?)", rows)
        self._families.note(number)
        return number

    def _remove(self, number: int) -> None:
        self._families.forget(number)
        row = self._connection.execute("SELECT facts FROM record WHERE id = ?", (number,)).fetchone()
        names = facts.unpack(row[0]).names
        self._connection.executemany(
            "DELETE FROM alias WHERE name = ? AND record = ?", [(name, number) for name in names]
        )
        packages = self._connection.execute("SELECT package FROM affected WHERE record = ?", (number,)).fetchall()
        self._connection.executemany(
            "DELETE FROM affected WHERE package = ? AND record = ?", [(package, number) for (package,) in packages]
        )
        self._connection.execute("DELETE FROM raw WHERE record = ?", (number,))
        self._connection.execute("DELETE FROM record WHERE id = ?", (number,))

    def _package(self, key: str) -> int:
        number = self._packages.get(key)
        if number is None:
            self._connection.execute("INSERT OR IGNORE INTO package (name) VALUES (?)", (key,))
            number = int(self._connection.execute("SELECT id FROM package WHERE name = ?", (key,)).fetchone()[0])
            self._packages[key] = number
        return number

    def _hold(self, source: int, record: int) -> None:
        self._connection.execute("INSERT OR IGNORE INTO holds VALUES (?, ?)", (source, record))
        self._seen.setdefault(source, set()).add(record)

    def _held_elsewhere(self, source: int, record: int) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM holds WHERE record = ? AND source != ? LIMIT 1", (record, source)
        ).fetchone()
        return row is not None

    def names(self, source: int) -> dict[str, str]:
        """The ids of the records that a source holds, each with the time of its last change (ISO 8601)."""
        return dict(
            self._connection.execute(
                "SELECT name, modified FROM record JOIN holds ON holds.record = record.id WHERE holds.source = ?",
                (source,),
            )
        )

    def marks(self) -> dict[str, str]:
        """The marks of all sources, by name."""
        return dict(self._connection.execute("SELECT name, mark FROM source"))

    def drop(self, source: int, names: set[str]) -> int:
        """A source no longer has these records; those that no other has go. How many the source had."""
        held = self._connection.execute(
            "SELECT id, name FROM record JOIN holds ON holds.record = record.id WHERE holds.source = ?", (source,)
        ).fetchall()
        lost = [number for number, name in held if name in names]
        for number in lost:
            self._connection.execute("DELETE FROM holds WHERE source = ? AND record = ?", (source, number))
            if not self._held_elsewhere(source, number):
                self._remove(number)
        return len(lost)

    def keep_only_seen(self, source: int) -> int:
        """Drop what a source had before and did not put this time; the number of records."""
        seen = self._seen.get(source, set())
        held = self._connection.execute(
            "SELECT id, name FROM record JOIN holds ON holds.record = record.id WHERE holds.source = ?", (source,)
        ).fetchall()
        return self.drop(source, {name for number, name in held if number not in seen})

    def mark(self, source: int, mark: str, fetched: datetime) -> None:
        """Note with what mark to ask a source for what is new, and when it was asked."""
        self._connection.execute(
            "UPDATE source SET mark = ?, fetched = ? WHERE id = ?", (mark, fetched.isoformat(), source)
        )

    def finish(self, now: datetime) -> None:
        """Settle what hangs together, and count."""
        self._families.settle()
        for source in self._connection.execute("SELECT id FROM source WHERE kind IN ('osv', 'facts')").fetchall():
            records, modified = self._connection.execute(
                "SELECT count(*), max(modified) FROM record JOIN holds ON holds.record = record.id WHERE source = ?",
                source,
            ).fetchone()
            stated = self._connection.execute("SELECT count(*) FROM fact WHERE source = ?", source).fetchone()[0]
            self._connection.execute(
                "UPDATE source SET records = ?, modified = ? WHERE id = ?",
                (records + stated, modified or None, *source),
            )
        count = self._connection.execute("SELECT count(*) FROM record").fetchone()[0]
        facts = {"updated": now.isoformat(), "records": str(count), "orders": fingerprint_of_orders()}
        for name, value in facts.items():
            self._connection.execute("REPLACE INTO meta VALUES (?, ?)", (name, value))


def _by_package(record: Advisory) -> dict[str, list[entries.Entry]]:
    """What the record says, by key of the package and, where it lists tags of a repository, by key of that."""
    found: dict[str, list[entries.Entry]] = {}
    for affected in record.affected:
        for repository in {key_of_repository(stated.repo) for stated in affected.ranges if stated.repo} - {""}:
            tags = {version_of_tag(tag, repository) for tag in affected.versions}
            if tags:
                found.setdefault(repository, []).append(entries.Entry("", texts=tuple(sorted(tags))))
        if affected.package is None:
            continue
        key, release = key_of_package(affected.package.ecosystem, affected.package.name)
        entry = entries.make_entry(affected, affected.package.ecosystem, release)
        found.setdefault(key, []).append(entry)
    return found
