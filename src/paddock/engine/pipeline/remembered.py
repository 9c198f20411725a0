# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A memory of findings by content: a file that was scanned before, in whatever tree, is not scanned again.

One SQLite file a user. Its key is a digest of all that findings depend on: the detectors with their data, the end of
the file's name, the content. A damaged or locked memory costs time and nothing else.
"""

import hashlib
import os
import posixpath
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress

import msgspec

from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.pipeline.workers import look_in_processes
from paddock.engine.scanner.artifact import scanner_identity
from paddock.engine.scanner.detect import Detector
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES
from paddock.engine.scanner.look import LookAll, Looked

MAX_BYTES = 1024**3
"""A memory that has grown beyond this begins anew."""
FILE = os.path.join("records", "findings-1.sqlite")
"""Below the folder of the cache; raised when answers change their form."""
_BATCH = 500
_TABLE = "CREATE TABLE IF NOT EXISTS looked (key BLOB PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID"
_decoder = msgspec.msgpack.Decoder(Looked)


class Memory:
    """Answers by key, in a SQLite file that several processes may use at once."""

    def __init__(self, path: str) -> None:
        self.path = path

    def recall(self, keys: Sequence[bytes]) -> dict[bytes, Looked]:
        """The answers that are known."""
        found: dict[bytes, Looked] = {}
        if not os.path.exists(self.path):
            return found
        # A memory that cannot be read is an empty one.
        with suppress(sqlite3.Error, msgspec.DecodeError), closing(self._open()) as connection:
            for start in range(0, len(keys), _BATCH):
                batch = keys[start : start + _BATCH]
                marks = ",".join("?" * len(batch))
                query = f"SELECT key, answer FROM looked WHERE key IN ({marks})"  # noqa: S608 # question marks only
                found.update((key, _decoder.decode(answer)) for key, answer in connection.execute(query, batch))
        return found

    def keep(self, answers: Iterable[tuple[bytes, Looked]]) -> None:
        """Remember answers; what cannot be written is forgotten, and a damaged memory is thrown away."""
        rows = [(key, msgspec.msgpack.encode(looked)) for key, looked in answers]
        if not rows:
            return
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            if os.path.exists(self.path) and os.path.getsize(self.path) > MAX_BYTES:
                os.unlink(self.path)
            with closing(self._open()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO looked VALUES (?, ?)", rows)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):
                with suppress(OSError):
                    os.unlink(self.path)
        except OSError:
            return

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=2.0)
        # Lost answers are found again, so nothing waits for the disk.
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(_TABLE)
        return connection


def look_remembering(
    files: Sequence[SourceFile],
    detectors: Sequence[Detector],
    *,
    memory: Memory,
    look_all: LookAll = look_in_processes,
) -> Iterator[Looked]:
    """See LookAll: what the memory knows is not looked into; what is new goes to `look_all` and is remembered."""
    identity = scanner_identity(detectors).encode()
    keys = [_key(file, identity) for file in files]
    known = memory.recall([key for key in dict.fromkeys(keys) if key])
    unknown = [(file, key) for file, key in zip(files, keys, strict=True) if key not in known]
    fresh: list[tuple[bytes, Looked]] = []
    answers = iter(look_all([file for file, _ in unknown], detectors))
    try:
        for key in keys:
            looked = known.get(key) if key else None
            if looked is None:
                looked = next(answers)
                if key and not looked.problem:
                    fresh.append((key, looked))
            yield looked
    finally:
        memory.keep(fresh)


def _key(file: SourceFile, identity: bytes) -> bytes:
    """What a file's findings depend on, as 20 bytes; empty for one that cannot be read or is looked at in part."""
    if file.size > MAX_TEXT_BYTES:
        return b""
    ending = posixpath.splitext(file.name)[1].lower().encode("utf-8", "replace")
    digest = hashlib.blake2b(identity + b"\0" + ending + b"\0", digest_size=20)
    try:
        with file.open() as stream:
            digest.update(stream.read(MAX_TEXT_BYTES))
    except (OSError, Unreadable):
        return b""
    return digest.digest()
