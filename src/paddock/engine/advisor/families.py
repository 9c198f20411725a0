# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Families: all records that are one vulnerability, because names tie them together directly or through others.

Only what hangs together with a changed record is looked at again; the family's number is the least of its records'.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from paddock.engine.advisor import facts
from paddock.engine.advisor.assembly import Member, assemble, pack


class _Record(NamedTuple):
    family: int
    name: str
    facts: facts.RecordFacts


class Families:
    """The families of the database behind a connection, with what has to be looked at again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._open: set[int] = set()
        self._gone: set[int] = set()

    def note(self, record: int) -> None:
        """A record is new or was changed."""
        self._open.add(record)

    def forget(self, record: int) -> None:
        """A record is about to change or go: whoever is in its family may no longer belong together."""
        rows = self._connection.execute(
            "SELECT id, family FROM record WHERE family = (SELECT family FROM record WHERE id = ?)", (record,)
        )
        for member, family in rows.fetchall():
            self._open.add(member)
            self._gone.add(family)
        self._open.discard(record)

    def settle(self) -> int:
        """Give everything noted its family, and make the vulnerabilities ready; the number of families written."""
        written: list[tuple[int, bytes]] = []
        moved: list[tuple[int, int]] = []
        while self._open:
            members = self._together(self._open.pop())
            self._open.difference_update(members)
            family = min(members)
            moved += [(family, number) for number, record in members.items() if record.family != family]
            self._gone.update(record.family for record in members.values())
            vulnerability = assemble(
                [Member(record.name, self._origin(number), record.facts) for number, record in members.items()]
            )
            written.append((family, pack(vulnerability)))
        self._connection.executemany("UPDATE record SET family = ? WHERE id = ?", moved)
        self._connection.executemany("DELETE FROM family WHERE id = ?", [(family,) for family in self._gone])
        self._connection.executemany("REPLACE INTO family VALUES (?, ?)", written)
        self._gone.clear()
        return len(written)

    def _together(self, record: int) -> dict[int, _Record]:
        """All records that names tie to one, by number."""
        found: dict[int, _Record] = {}
        names: set[str] = set()
        todo = [record]
        while todo:
            current = todo.pop()
            if current in found:
                continue
            family, name, data = self._connection.execute(
                "SELECT family, name, facts FROM record WHERE id = ?", (current,)
            ).fetchone()
            found[current] = _Record(family, name, facts.unpack(data))
            for tie in set(found[current].facts.names) - names:
                names.add(tie)
                todo += self._with(tie)
        return found

    def _with(self, name: str) -> Iterable[int]:
        return [row[0] for row in self._connection.execute("SELECT record FROM alias WHERE name = ?", (name,))]

    def _origin(self, record: int) -> str:
        row = self._connection.execute(
            "SELECT name FROM holds JOIN source ON source.id = holds.source WHERE record = ? ORDER BY source LIMIT 1",
            (record,),
        ).fetchone()
        return row[0] if row else ""
