# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes what catalogues say by CVE: known exploitation, probabilities, scores."""

import sqlite3
from datetime import UTC, datetime, time

from paddock.engine.advisor import facts
from paddock.engine.formats.catalogues.epss import Scores
from paddock.engine.formats.catalogues.facts import Facts
from paddock.engine.formats.catalogues.kev import Catalogue


class CatalogueWriter:
    """Changes to a database that nobody reads yet; sources by their numbers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put_kev(self, source: int, catalogue: Catalogue) -> None:
        """Put a whole catalogue of known exploitation in the place of the one before."""
        self._connection.execute("DELETE FROM kev")
        rows = [(cve, facts.pack(entry)) for cve, entry in sorted(catalogue.entries.items())]
        self._connection.executemany("INSERT INTO kev VALUES (?, ?)", rows)
        self._describe(source, len(rows), catalogue.released)

    def put_epss(self, source: int, scores: Scores) -> None:
        """Put all scores of a day in the place of those before."""
        self._connection.execute("DELETE FROM epss")
        rows = [(cve, probability, percentile) for cve, (probability, percentile) in sorted(scores.by_cve.items())]
        self._connection.executemany("INSERT INTO epss VALUES (?, ?, ?)", rows)
        self._describe(source, len(rows), datetime.combine(scores.scored, time()) if scores.scored else None)

    def put_facts(self, source: int, found: Facts) -> None:
        """Put what a source says about one CVE in the place of what it said before."""
        told = facts.pack(facts.catalogued(found))
        self._connection.execute("REPLACE INTO fact VALUES (?, ?, ?)", (found.id, source, told))

    def forget_facts(self, source: str) -> None:
        """What a source said about CVEs no longer counts."""
        self._connection.execute("DELETE FROM fact WHERE source = (SELECT id FROM source WHERE name = ?)", (source,))

    def _describe(self, source: int, records: int, modified: datetime | None) -> None:
        if modified is not None and modified.tzinfo is None:
            modified = modified.replace(tzinfo=UTC)
        self._connection.execute(
            "UPDATE source SET records = ?, modified = ? WHERE id = ?",
            (records, modified.isoformat() if modified else None, source),
        )
