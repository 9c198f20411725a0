# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Asks the advisory database: what is said about packages, what a vulnerability is, where the data come from."""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from paddock.engine.advisor import assembly, facts
from paddock.engine.advisor.assembly import Catalogues
from paddock.engine.advisor.entries import Entry, unpack
from paddock.engine.advisor.opening import ANEW, DamagedDatabase, open_for_reading
from paddock.engine.advisor.schema import unpack_raw
from paddock.engine.model.vulnerability import AdvisoryData, AdvisorySource, Epss, Vulnerability


class Row(NamedTuple):
    """What one record says about one package. record, family: numbers in the database."""

    record: int
    name: str
    family: int
    entries: tuple[Entry, ...]


class AdvisoryDatabase:
    """An open database. Everything it gives is the state of the file when it was opened."""

    def __init__(self, path: Path) -> None:
        """Raises MissingDatabase, DamagedDatabase, OutdatedDatabase."""
        self.path = path
        self._connection = open_for_reading(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def watch(self, told: Callable[[str], None]) -> None:
        """Call `told` with every question that SQLite is asked from now on."""
        self._connection.set_trace_callback(told)

    def data(self) -> AdvisoryData:
        """What is in it, and how old it is."""
        with self._told():
            meta = dict(self._connection.execute("SELECT name, value FROM meta"))
            rows = self._connection.execute("SELECT name, kind, records, modified, fetched FROM source ORDER BY name")
            sources = tuple(
                AdvisorySource(name=name, kind=kind, records=records, modified=_time(modified), fetched=_time(fetched))
                for name, kind, records, modified, fetched in rows
            )
            updated = datetime.fromisoformat(meta["updated"])
            return AdvisoryData(updated=updated, records=int(meta["records"]), sources=sources)

    def ecosystems(self) -> frozenset[str]:
        """The ecosystems about whose packages something is said, in lower case, without releases."""
        with self._told():
            # One step a name instead of one a package: each time the first name after the last one's ecosystem.
            found: list[str] = []
            last = ""
            while row := self._connection.execute(
                "SELECT name FROM package WHERE name > ? ORDER BY name LIMIT 1", (last,)
            ).fetchone():
                found.append(row[0].partition(":")[0])
                last = f"{found[-1]};"  # the character after the colon
            return frozenset(found)

    def packages(self) -> list[str]:
        """The keys of all packages about which something is said, sorted."""
        with self._told():
            return [key for (key,) in self._connection.execute("SELECT name FROM package ORDER BY name")]

    def about(self, keys: Iterable[str]) -> dict[str, list[Row]]:
        """What is said about packages, by key; packages about which nothing is said are absent."""
        found: dict[str, list[Row]] = {}
        with self._told():
            rows = self._connection.execute(
                "SELECT package.name, record.id, record.name, record.family, affected.entries "
                "FROM json_each(?) AS wanted JOIN package ON package.name = wanted.value "
                "JOIN affected ON affected.package = package.id JOIN record ON record.id = affected.record",
                (_array(keys),),
            )
            for key, number, name, family, data in rows:
                found.setdefault(key, []).append(Row(number, name, family, unpack(data)))
        return found

    def vulnerabilities(self, families: Iterable[int]) -> dict[int, Vulnerability]:
        """The vulnerabilities of families, by number."""
        with self._told():
            rows = self._connection.execute(
                "SELECT family.id, vulnerability FROM json_each(?) AS wanted JOIN family ON family.id = wanted.value",
                (_array(families),),
            )
            found = {family: assembly.unpack(data) for family, data in rows}
            catalogues = self._catalogues(cve for one in found.values() for cve in assembly.cves_of(one))
        return {family: assembly.complete(one, catalogues) for family, one in found.items()}

    def named(self, name: str) -> Vulnerability | None:
        """The vulnerability that has a name (CVE, GHSA, …; letter case does not matter); None when there is none.

        One that only catalogues know (KEV, EPSS, CVE records) has no records.
        """
        with self._told():
            row = self._connection.execute(
                "SELECT family FROM alias JOIN record ON record.id = alias.record WHERE alias.name = ? LIMIT 1", (name,)
            ).fetchone()
            if row is None:
                row = self._connection.execute(
                    "SELECT family FROM alias JOIN record ON record.id = alias.record "
                    "WHERE alias.name = ? COLLATE NOCASE LIMIT 1",
                    (name,),
                ).fetchone()
            if row is None:
                return self._catalogued(name.upper())
        return self.vulnerabilities([row[0]])[row[0]]

    def published(self, name: str) -> bytes | None:
        """A record as its database published it; None when there is none of that id."""
        with self._told():
            row = self._connection.execute(
                "SELECT data FROM raw JOIN record ON record.id = raw.record WHERE record.name = ?", (name,)
            ).fetchone()
            return None if row is None else unpack_raw(row[0])

    def packages_of(self, name: str) -> list[tuple[str, tuple[Entry, ...]]]:
        """The packages that a record is about, with what it says about each: ("PyPI:jinja2", entries)."""
        with self._told():
            rows = self._connection.execute(
                "SELECT package.name, affected.entries FROM record JOIN affected ON affected.record = record.id "
                "JOIN package ON package.id = affected.package WHERE record.name = ? ORDER BY package.name",
                (name,),
            )
            return [(key, unpack(data)) for key, data in rows]

    def fault(self) -> str:
        """What SQLite finds wrong with the file when it reads all of it; "" when nothing."""
        try:
            found = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            return str(error)
        return "" if found == ("ok",) else str(found[0])

    def _catalogued(self, name: str) -> Vulnerability | None:
        """A CVE that no advisory names, as catalogues know it."""
        alone = Vulnerability(id=name)
        known = assembly.complete(alone, self._catalogues([name]))
        return None if known == alone else known

    def _catalogues(self, names: Iterable[str]) -> Catalogues:
        found = Catalogues({}, {}, {})
        row = self._connection.execute("SELECT modified FROM source WHERE kind = 'epss'").fetchone()
        scored = datetime.fromisoformat(row[0]).date() if row and row[0] else None
        wanted = (_array(names),)
        for cve, data in self._connection.execute(
            "SELECT cve, entry FROM json_each(?) AS wanted JOIN kev ON cve = wanted.value", wanted
        ):
            found.kev[cve] = facts.unpack_exploitation(data)
        for cve, probability, percentile in self._connection.execute(
            "SELECT cve, probability, percentile FROM json_each(?) AS wanted JOIN epss ON cve = wanted.value", wanted
        ):
            found.epss[cve] = Epss(probability=probability, percentile=percentile, scored=scored)
        for cve, data in self._connection.execute(
            "SELECT cve, facts FROM json_each(?) AS wanted JOIN fact ON cve = wanted.value ORDER BY cve, source", wanted
        ):
            found.facts.setdefault(cve, []).append(facts.unpack_catalogued(data))
        return found

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite or a decoder stumbles over becomes a sentence that says what to do."""
        try:
            yield
        except (sqlite3.Error, zlib.error, ValueError, KeyError) as error:
            raise DamagedDatabase(f"the advisory database {self.path} is damaged ({error}); {ANEW}") from error


def _array(names: Iterable[str] | Iterable[int]) -> str:
    """Names, each once, as one parameter: a JSON array that `json_each` (https://www.sqlite.org/json1.html#jeach) makes
    a table of, so that one question serves for many.
    """
    return json.dumps(sorted(set(names)))


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
