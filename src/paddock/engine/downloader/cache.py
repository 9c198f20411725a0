# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What was fetched and scanned before, kept by content: artefacts by their SHA-256, records by a key of their question.

`Cache` is the contract, so that a whole company can share one; `DiskCache` keeps it in a folder. Everything is written
to a temporary file, synced and renamed, so that other processes see a whole file or none.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import msgspec

from paddock.engine.model.errors import EngineError

DEFAULT_MAX_BYTES = 10 * 1024**3
_KEY = re.compile(r"[0-9a-f]{64}")
_ARTIFACTS, _RECORDS, _PARTIAL = "artifacts", "records", "partial"
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by Paddock; may be deleted at any time.\n"
_FULL, _AFTER_EVICTION = 1.0, 0.9
_MAX_RECORD_BYTES = 256 * 1024**2


class CacheError(EngineError):
    """The cache's folder cannot be used; the message names it and says which variable moves it."""


class Cache(Protocol):
    """Artefacts and records. Keys are SHA-256 in lower-case hex."""

    def artifact(self, sha256: str) -> str | None:
        """The path of the file with this content, or None. Its content has been checked."""

    def keep_artifact(self, path: str, sha256: str) -> str:
        """Take over the file at `path`, which has this content; returns where it lies now."""

    def record(self, kind: str, key: str) -> bytes | None:
        """What was kept under a key, or None."""

    def keep_record(self, kind: str, key: str, data: bytes) -> None:
        """Keep data under a key; the last one wins."""

    def receiving(self, key: str) -> "contextlib.AbstractContextManager[str]":
        """The path for bytes that are still being received, the same one next time, and nobody else's meanwhile."""


class CacheSize(msgspec.Struct, frozen=True, kw_only=True):
    """How much a cache holds: number of files and bytes of each part."""

    artifacts: int
    artifact_bytes: int
    records: int
    record_bytes: int
    partial: int
    partial_bytes: int

    @property
    def bytes(self) -> int:
        """All of it."""
        return self.artifact_bytes + self.record_bytes + self.partial_bytes


def key_of(*parts: str) -> str:
    """The key of a question: SHA-256 over its parts, none of which can run into the next."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


class DiskCache:
    """A cache in a folder of this machine, usable by several processes and threads at once.

    When it holds more than `max_bytes`, what was used longest ago goes. Raises CacheError when the folder cannot be
    made.
    """

    def __init__(self, root: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self.root = os.path.abspath(root)
        self.max_bytes = max_bytes
        self._known_bytes: int | None = None

    def artifact(self, sha256: str) -> str | None:
        """See Cache.artifact. A file that does not have its content (a broken disk) is removed."""
        path = self._path(_ARTIFACTS, sha256)
        try:
            with open(path, "rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
            if found == sha256:
                os.utime(path)
                return path
            os.unlink(path)
        except OSError:
            return None
        return None

    def keep_artifact(self, path: str, sha256: str) -> str:
        """See Cache.keep_artifact."""
        target = self._path(_ARTIFACTS, sha256)
        with self._usable():
            with open(path, "rb+") as stream:
                os.fsync(stream.fileno())
            size = os.path.getsize(path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(path, target)
            _sync_folder(os.path.dirname(target))
        self._note(size, target)
        return target

    def record(self, kind: str, key: str) -> bytes | None:
        """See Cache.record."""
        path = self._path(_RECORDS, key, kind)
        try:
            if os.path.getsize(path) > _MAX_RECORD_BYTES:
                return None
            with open(path, "rb") as stream:
                data = stream.read()
            os.utime(path)
        except OSError:
            return None
        # Behind the data stands its digest: a record that a broken disk has changed must not become somebody's licence.
        body, digest = data[:-32], data[-32:]
        return body if hashlib.sha256(body).digest() == digest else None

    def keep_record(self, kind: str, key: str, data: bytes) -> None:
        """See Cache.keep_record."""
        target = self._path(_RECORDS, key, kind)
        with self._usable():
            os.makedirs(os.path.dirname(target), exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".new.")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data + hashlib.sha256(data).digest())
                    stream.flush()
                    os.fsync(stream.fileno())
                os.replace(temporary, target)
            except BaseException:
                os.unlink(temporary)
                raise
        self._note(len(data) + 32, target)

    @contextmanager
    def receiving(self, key: str) -> Iterator[str]:
        """See Cache.receiving. When another process receives the same, the bytes go elsewhere and are not kept."""
        with self._usable():
            folder = os.path.join(self.root, _PARTIAL)
            os.makedirs(folder, exist_ok=True)
            self._mark()
        path = os.path.join(folder, key)
        with _lock(f"{path}.lock") as is_ours:
            if is_ours:
                yield path
                return
            with tempfile.TemporaryDirectory(dir=folder, prefix=".second.") as own:
                yield os.path.join(own, key)

    def size(self) -> CacheSize:
        """What lies in the cache now."""
        counts = {part: [0, 0] for part in (_ARTIFACTS, _RECORDS, _PARTIAL)}
        for part, _, size, _ in self._files():
            counts[part][0] += 1
            counts[part][1] += size
        return CacheSize(
            artifacts=counts[_ARTIFACTS][0],
            artifact_bytes=counts[_ARTIFACTS][1],
            records=counts[_RECORDS][0],
            record_bytes=counts[_RECORDS][1],
            partial=counts[_PARTIAL][0],
            partial_bytes=counts[_PARTIAL][1],
        )

    def clear(self) -> CacheSize:
        """Remove everything that Paddock has put there, and nothing else; says how much it was."""
        before = self.size()
        with self._usable():
            for part in (_ARTIFACTS, _RECORDS, _PARTIAL):
                shutil.rmtree(os.path.join(self.root, part), ignore_errors=True)
        self._known_bytes = 0
        return before

    def _path(self, part: str, key: str, *kind: str) -> str:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of the cache")
        return os.path.join(self.root, part, *kind, key[:2], key)

    def _mark(self) -> None:
        """The mark by which backup programs know that they need not keep this (https://bford.info/cachedir/)."""
        tag = os.path.join(self.root, _TAG)
        if not os.path.exists(tag):
            with open(tag, "w", encoding="ascii") as stream:
                stream.write(_TAG_TEXT)

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise CacheError(f"the cache in {self.root} cannot be used: {reason}; PADDOCK_CACHE moves it") from error

    def _files(self) -> Iterator[tuple[str, str, int, float]]:
        """(part, path, bytes, when last used) of every file."""
        for part in (_ARTIFACTS, _RECORDS, _PARTIAL):
            for folder, _, names in os.walk(os.path.join(self.root, part)):
                for name in names:
                    path = os.path.join(folder, name)
                    try:
                        status = os.stat(path)
                    except OSError:
                        continue
                    if not name.endswith(".lock"):
                        yield part, path, status.st_size, status.st_mtime

    def _note(self, added: int, newest: str) -> None:
        """Count what was added; when it is too much, remove what was used longest ago, but not what just came."""
        if self._known_bytes is None:
            self._known_bytes = sum(size for _, _, size, _ in self._files())
        else:
            self._known_bytes += added
        if self._known_bytes <= self.max_bytes * _FULL:
            return
        files = sorted(self._files(), key=lambda one: (one[3], one[1]))
        total = sum(size for _, _, size, _ in files)
        for _, path, size, _ in files:
            if total <= self.max_bytes * _AFTER_EVICTION:
                break
            if path != newest:
                with contextlib.suppress(OSError):
                    os.unlink(path)
                    total -= size
        self._known_bytes = total


class MemoryCache:
    """A cache that lasts as long as the process: `--no-cache`, and tests. Artefacts lie in `folder`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._artifacts: dict[str, str] = {}
        self._records: dict[tuple[str, str], bytes] = {}

    def artifact(self, sha256: str) -> str | None:
        """See Cache.artifact."""
        return self._artifacts.get(sha256)

    def keep_artifact(self, path: str, sha256: str) -> str:
        """See Cache.keep_artifact."""
        target = os.path.join(self._folder, sha256)
        os.replace(path, target)
        self._artifacts[sha256] = target
        return target

    def record(self, kind: str, key: str) -> bytes | None:
        """See Cache.record."""
        return self._records.get((kind, key))

    def keep_record(self, kind: str, key: str, data: bytes) -> None:
        """See Cache.keep_record."""
        self._records[kind, key] = data

    @contextmanager
    def receiving(self, key: str) -> Iterator[str]:
        """See Cache.receiving."""
        with tempfile.TemporaryDirectory(dir=self._folder) as own:
            yield os.path.join(own, key)


@contextmanager
def _lock(path: str) -> Iterator[bool]:
    """Whether this thread of this process alone holds the lock; it goes with the process, whatever ends that."""
    try:
        import fcntl  # noqa: PLC0415 # not on Windows, where the answer is "nobody knows"
    except ImportError:
        yield False
        return
    with open(path, "ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _sync_folder(path: str) -> None:
    """Make a rename last; systems that cannot open folders do without."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
