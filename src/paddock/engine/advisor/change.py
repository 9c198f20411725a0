# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes the advisory database as a whole: on a copy, which takes the file's name when it is complete.

A reader never meets half of a change, and one that was cut short leaves nothing behind but a file that the next change
removes. Two changes at once are refused.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from paddock.engine.advisor.opening import AdvisoryDatabaseError, open_for_reading
from paddock.engine.advisor.schema import APPLICATION_ID, FORMAT, TABLES
from paddock.engine.advisor.writer import Writer

UNFINISHED = ".unfinished"
"""Ends the name of the copy that is worked on, beside the database."""
LOCK = ".lock"


class BusyDatabase(AdvisoryDatabaseError):
    """Somebody else is changing the database."""


class UnwritableDatabase(AdvisoryDatabaseError):
    """The database or its folder cannot be written."""


@contextmanager
def changing(path: Path, *, now: datetime, anew: bool = False) -> Iterator[Writer]:
    """A writer; when the block ends, what it wrote becomes the database, and when it raises, nothing does.

    anew: start from nothing, whatever is there. An outdated or damaged database is replaced as well.
    Raises BusyDatabase, UnwritableDatabase.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableDatabase(f"the folder {path.parent} cannot be made: {error.strerror}") from error
    copy = path.with_name(path.name + UNFINISHED)
    with _alone(path.with_name(path.name + LOCK)):
        try:
            copy.unlink(missing_ok=True)
            if not anew and is_usable(path):
                shutil.copyfile(path, copy)
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                _prepare(connection)
                writer = Writer(connection)
                yield writer
                writer.finish(now)
                connection.execute("COMMIT")
            _persist(copy, path)
        except (OSError, sqlite3.OperationalError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UnwritableDatabase(f"the advisory database {path} cannot be written: {reason}") from error
        finally:
            copy.unlink(missing_ok=True)


def is_usable(path: Path) -> bool:
    """Whether there is a database that can be changed further; one that is missing, outdated or damaged cannot."""
    try:
        open_for_reading(path).close()
    except AdvisoryDatabaseError:
        return False
    return True


def _prepare(connection: sqlite3.Connection) -> None:
    # Nothing is lost when this ends too early: the copy is thrown away. So no journal, and no waiting for the disk.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")
    made = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    connection.execute("BEGIN")
    if not made:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        for statement in TABLES.split(";"):
            connection.execute(statement)


def _persist(copy: Path, path: Path) -> None:
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(copy, path)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock that ends with the process, on every system: SQLite's own, on an empty database."""
    try:
        with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise UnwritableDatabase(f"{lock} cannot be written: {error}") from error
        raise BusyDatabase(
            "the advisory database is being changed by another command; try again when it is done"
        ) from error
