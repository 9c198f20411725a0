# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""rpmdb.sqlite: the packages that are installed in a root file system (Fedora, RHEL 9, openSUSE and their like).

Format: https://rpm-software-management.github.io/rpm/manual/ (database backends: a table `Packages` with one header
blob a row) and https://www.sqlite.org/fileformat.html. The database is copied into memory; SQLite never sees the
scanned file, so nothing is written beside it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.linux.os_release import Distribution, distribution_of
from paddock.engine.analyzer.extractors.linux.rpm_packages import MAX_BYTES, PLACES, add_packages
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Severity

NAME = "linux/rpm_sqlite"

_MAX_STEPS = 5_000
_STEP = 100_000
_MAX_BLOB = 64 * 1024 * 1024
_WAL, _ROLLBACK = 2, 1


def extract(file: SourceFile) -> Extraction:
    """Installed packages as components of one project, the system; what provides a need gives the edges."""
    draft = Draft(file, NAME)
    log = file.neighbour(f"{file.name}-wal")
    if log is not None and log.size > 0:
        draft.issue(
            "changes that are not in the database yet (rpmdb.sqlite-wal) were not read; "
            "`rpm --rebuilddb` or a clean shutdown of the image writes them",
            Severity.ERROR,
            path=log.path,
        )
    place = next((place + file.name for place in PLACES if file.path.endswith(place + file.name)), "")
    distribution = distribution_of(file, place) if place else Distribution()
    with closing(_open(file.read(MAX_BYTES))) as database:
        add_packages(draft, distribution, lambda: _blobs(database))
    return draft.finish()


def _open(data: bytes) -> sqlite3.Connection:
    """The database in memory, able to do nothing but read tables, and not for ever."""
    if not data.startswith(b"SQLite format 3\0") or len(data) < 100:
        raise Unreadable("not an SQLite database")
    if _WAL in data[18:20]:
        # A database in memory has no log beside it; bytes 18 and 19 say that it needs one.
        data = data[:18] + bytes((_ROLLBACK, _ROLLBACK)) + data[20:]
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(data)
    except sqlite3.Error as error:
        database.close()
        raise Unreadable(f"the database cannot be read: {error}") from error
    steps = iter(range(_MAX_STEPS))
    database.set_progress_handler(lambda: 0 if next(steps, None) is not None else 1, _STEP)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_BLOB)
    database.set_authorizer(_only_reading)
    return database


def _only_reading(action: int, *_details: object) -> int:
    return sqlite3.SQLITE_OK if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) else sqlite3.SQLITE_DENY


def _blobs(database: sqlite3.Connection) -> Iterator[bytes]:
    """The header blobs in order. Raises Unreadable where the database is damaged or has no packages' table."""
    try:
        # A view of that name could do anything; only a table is read.
        kind = database.execute("SELECT type FROM sqlite_master WHERE name = 'Packages'").fetchone()
        if kind != ("table",):
            raise Unreadable("an SQLite database without the table `Packages` of rpm")
        for (blob,) in database.execute("SELECT blob FROM Packages ORDER BY hnum"):
            yield blob if isinstance(blob, bytes) else b""
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise Unreadable(f"the database cannot be read: {error}") from error


EXTRACTOR = Extractor(
    name=NAME,
    title="RPM database (rpmdb.sqlite)",
    claims=Claims(names=("rpmdb.sqlite",)),
    tells=frozenset({Fact.VERSIONS, Fact.EDGES, Fact.LICENSES}),
    cannot_tell=(
        "What was asked for and what came in as a dependency; the package manager notes that elsewhere.",
        "Changes that are still in the write-ahead log beside the database; that is reported.",
        "Needs under conditions (rich dependencies): they are no edges.",
    ),
    delivered=True,
    extract=extract,
)
