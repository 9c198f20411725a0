# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Opens the file of the advisory database, and says what to do when that cannot be done."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from paddock.engine.advisor.schema import APPLICATION_ID, FORMAT, fingerprint_of_orders
from paddock.engine.model.errors import EngineError

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
ANEW = "`paddock advisories sync` builds it anew"


class AdvisoryDatabaseError(EngineError):
    """The root of what can be wrong with the database."""


class MissingDatabase(AdvisoryDatabaseError):
    """There is no advisory database at the path."""


class DamagedDatabase(AdvisoryDatabaseError):
    """The file is no advisory database, or not whole."""


class OutdatedDatabase(AdvisoryDatabaseError):
    """The file was made by another version of Paddock, which laid its tables out differently."""


def check_header(path: Path) -> None:
    """Whether the file can be an advisory database of this version: what it claims to be, and whether it is as long as
    it says (https://www.sqlite.org/fileformat.html, section 1.3). Raises MissingDatabase, DamagedDatabase,
    OutdatedDatabase.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEADER)
            size = stream.seek(0, 2)
    except FileNotFoundError as error:
        raise MissingDatabase(
            f"there is no advisory database at {path}; `paddock advisories sync` fetches one, "
            "`paddock advisories import` makes one from files"
        ) from error
    except OSError as error:
        raise DamagedDatabase(f"the advisory database {path} cannot be read: {error.strerror}") from error
    if len(head) < _HEADER or not head.startswith(_MAGIC) or int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise DamagedDatabase(f"{path} is no advisory database of Paddock; {ANEW}")
    version = int.from_bytes(head[60:64])
    if version != FORMAT:
        raise OutdatedDatabase(
            f"the advisory database {path} has format {version}, and this program reads format {FORMAT}; {ANEW}"
        )
    page = int.from_bytes(head[16:18])
    pages = int.from_bytes(head[28:32])
    if size != (65_536 if page == 1 else page) * pages:
        raise DamagedDatabase(f"the advisory database {path} is not whole (it has {size:,} bytes); {ANEW}")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that takes no locks and writes nothing: the file never changes, it is only replaced.

    Raises MissingDatabase, DamagedDatabase, OutdatedDatabase.
    """
    check_header(path)
    try:
        connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)
        row = connection.execute("SELECT value FROM meta WHERE name = 'orders'").fetchone()
    except sqlite3.Error as error:
        raise DamagedDatabase(f"the advisory database {path} cannot be opened: {error}; {ANEW}") from error
    if row != (fingerprint_of_orders(),):
        connection.close()
        raise OutdatedDatabase(
            f"the advisory database {path} was made by a Paddock that compared versions differently; {ANEW}"
        )
    return connection
