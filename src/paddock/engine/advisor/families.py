# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Families: all records that are one vulnerability, because names tie them together directly or through others.

Only what hangs together with a changed record is looked at again; the family's number is the least of its records'.
"""

import sqlite3
from collections.abc import Iterable

from paddock.engine.advisor import facts


class Families:
    """The families of the database behind a connection, with what has to be looked at again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[int, tuple[str, ...]] = {}
        self._open: set[int] = set()

    def note(self, record: int, names: tuple[str, ...]) -> None:
        """A record is new or has other names than before."""
        self._names[record] = names
        self._open.add(record)

    def forget(self, record: int) -> None:
        """A record is about to change or go: whoever is in its family may no longer belong together."""
        rows = self._connection.execute(
            "SELECT id FROM record WHERE family = (SELECT family FROM record WHERE id = ?)", (record,)
        )
        self._open.update(member for (member,) in rows)
        self._open.discard(record)
        self._names.pop(record, None)

    def settle(self) -> int:
        """Give everything noted its family; the number of records whose family changed."""
        changed: list[tuple[int, int]] = []
        while self._open:
            members = self._together(self._open.pop())
            self._open -= members.keys()
            family = min(members)
            changed += [(family, record) for record, before in members.items() if before != family]
        self._connection.executemany("UPDATE record SET family = ? WHERE id = ?", changed)
        return len(changed)

    def _together(self, record: int) -> dict[int, int]:
        """All records that names tie to one, with the family that each has so far."""
        found: dict[int, int] = {}
        names: set[str] = set()
        todo = [record]
        while todo:
            current = todo.pop()
            if current in found:
                continue
            row = self._connection.execute("SELECT family, facts FROM record WHERE id = ?", (current,)).fetchone()
            found[current] = row[0]
            own = self._names.get(current) or facts.unpack(row[1]).names
            for name in set(own) - names:
                names.add(name)
                todo += self._with(name)
        return found

    def _with(self, name: str) -> Iterable[int]:
        return [row[0] for row in self._connection.execute("SELECT record FROM alias WHERE name = ?", (name,))]
