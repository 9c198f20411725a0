# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A memory of findings by content: a file that was scanned before, in whatever tree, is not scanned again.

One SQLite file a user. Its key is a digest of all that findings depend on: the detectors with their data, the end of
the file's name, the content. The key of a file that has not changed since it was read last is remembered as well, so
that it is not even read: as git does, by the file's number, size and times, and not for files that were changed just
before. A damaged or locked memory costs time and nothing else.
"""

import hashlib
import os
import posixpath
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

import msgspec

from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.pipeline.workers import look_in_processes
from paddock.engine.scanner.artifact import scanner_identity
from paddock.engine.scanner.detect import Detector
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES
from paddock.engine.scanner.look import LookAll, Looked

MAX_BYTES = 1024**3
"""A memory that has grown beyond this begins anew."""
FILE = os.path.join("records", "findings-2.sqlite")
"""Below the folder of the cache; raised when answers change their form."""
_BATCH = 500
_TABLES = (
    "CREATE TABLE IF NOT EXISTS looked (key BLOB PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS seen (state BLOB PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID",
)
_JUST_NOW = 2_000_000_000
"""Nanoseconds: a file changed later than this before its key is kept may change again without its times telling."""
_decoder = msgspec.msgpack.Decoder(Looked)


class Memory:
    """Answers by key, in a SQLite file that several processes may use at once."""

    def __init__(self, path: str) -> None:
        self.path = path

    def recall(self, keys: Sequence[bytes]) -> dict[bytes, Looked]:
        """The answers that are known, by key."""
        rows = self._select("SELECT key, answer FROM looked WHERE key", keys)
        try:
            return {key: _decoder.decode(answer) for key, answer in rows}
        except msgspec.DecodeError:
            return {}

    def recall_keys(self, states: Sequence[bytes]) -> dict[bytes, bytes]:
        """The keys of files that have not changed, by their state."""
        return dict(self._select("SELECT state, key FROM seen WHERE state", states))

    def keep(self, answers: Sequence[tuple[bytes, Looked]], seen: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Remember answers by key, and keys by state, each with the time of the file's last change in nanoseconds.

        What cannot be written is forgotten, and a damaged memory is thrown away.
        """
        if not answers and not seen:
            return
        rows = [(key, msgspec.msgpack.encode(looked)) for key, looked in answers]
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            if os.path.exists(self.path) and os.path.getsize(self.path) > MAX_BYTES:
                os.unlink(self.path)
            with closing(self._open()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO looked VALUES (?, ?)", rows)
                os.utime(self.path)
                settled = os.stat(self.path).st_mtime_ns - _JUST_NOW
                states = [(state, key) for changed, state, key in seen if changed < settled]
                connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", states)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):
                with suppress(OSError):
                    os.unlink(self.path)
        except OSError:
            return

    def _select(self, query: str, wanted: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        """The rows of a query for many values; a memory that cannot be read is an empty one."""
        rows: list[tuple[bytes, bytes]] = []
        if not os.path.exists(self.path):
            return rows
        with suppress(sqlite3.Error), closing(self._open()) as connection:
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                rows += connection.execute(f"{query} IN ({','.join('?' * len(batch))})", batch)
        return rows

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=2.0)
        try:
            # Lost answers are found again, so nothing waits for the disk.
            connection.execute("PRAGMA synchronous=OFF")
            for table in _TABLES:
                connection.execute(table)
        except sqlite3.Error:
            connection.close()
            raise
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
    keys, seen = _keys(files, identity, memory)
    known = memory.recall([key for key in dict.fromkeys(keys) if key])
    unknown = [file for file, key in zip(files, keys, strict=True) if key not in known]
    fresh: list[tuple[bytes, Looked]] = []
    answers = iter(look_all(unknown, detectors))
    try:
        for key in keys:
            looked = known.get(key) if key else None
            if looked is None:
                looked = next(answers)
                if key and not looked.problem:
                    fresh.append((key, looked))
            yield looked
    finally:
        memory.keep(fresh, seen)


def _keys(
    files: Sequence[SourceFile], identity: bytes, memory: Memory
) -> tuple[list[bytes], list[tuple[int, bytes, bytes]]]:
    """The key of each file, read only where its state is new; and the new states with their keys."""
    states = [_state(file, identity) for file in files]
    known = memory.recall_keys([state[1] for state in states if state is not None])
    keys: list[bytes] = []
    seen: list[tuple[int, bytes, bytes]] = []
    for file, state in zip(files, states, strict=True):
        key = known.get(state[1]) if state is not None else None
        if key is None:
            key = _key(file, identity)
            if key and state is not None:
                seen.append((*state, key))
        keys.append(key)
    return keys, seen


def _state(file: SourceFile, identity: bytes) -> tuple[int, bytes] | None:
    """When a file last changed, and a digest of its state; None for files that lie on no disk."""
    if not isinstance(file.tree, DirectoryTree) or file.size > MAX_TEXT_BYTES:
        return None
    state = file.tree.state(file.path)
    if state is None:
        return None
    digest = hashlib.blake2b(identity + _ending(file) + state[1], digest_size=20)
    return state[0], digest.digest()


def _ending(file: SourceFile) -> bytes:
    return b"\0" + posixpath.splitext(file.name)[1].lower().encode("utf-8", "replace") + b"\0"


def _key(file: SourceFile, identity: bytes) -> bytes:
    """What a file's findings depend on, as 20 bytes; empty for one that cannot be read or is looked at in part."""
    if file.size > MAX_TEXT_BYTES:
        return b""
    digest = hashlib.blake2b(identity + _ending(file), digest_size=20)
    try:
        with file.open() as stream:
            digest.update(stream.read(MAX_TEXT_BYTES))
    except (OSError, Unreadable):
        return b""
    return digest.digest()
