# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A file that is still being received: kept between processes, and never taken for whole."""

import contextlib
import os
from typing import BinaryIO

import msgspec


class _Note(msgspec.Struct, frozen=True):
    """What stands beside the bytes: where they come from, and what tells whether the file there is still the same."""

    url: str
    validator: str


class PartialFile:
    """The bytes received so far in `path`, what they are in `path` + ".json".

    verified_later: a digest is known, so bytes may be continued even where the server names no validator.
    was_continued: some of the bytes come from an earlier attempt. Not shared between threads.
    """

    def __init__(self, path: str, *, verified_later: bool) -> None:
        self.path = path
        self.size = 0
        self.validator = ""
        self.was_continued = False
        self._verified_later = verified_later
        self._stream: BinaryIO | None = None

    def resumable_size(self, url: str) -> int:
        """How many bytes are here that the same address may continue; 0: begin anew."""
        self.close()
        note = self._note()
        if note is None or note.url != url or not (note.validator or self._verified_later):
            return 0
        try:
            self.size = os.path.getsize(self.path)
        except OSError:
            return 0
        self.validator = note.validator
        self.was_continued = self.was_continued or self.size > 0
        return self.size

    def restart(self, url: str, validator: str) -> None:
        """Forget the bytes; what follows comes from `url`."""
        self.close()
        # The bytes go before the new note comes: whatever happens in between, old bytes never stand under a new note.
        with open(self.path, "wb"):
            pass
        self.size, self.validator, self.was_continued = 0, validator, False
        temporary = f"{self.path}.json.{os.getpid()}"
        with open(temporary, "wb") as stream:
            stream.write(msgspec.json.encode(_Note(url, validator)))
        os.replace(temporary, f"{self.path}.json")

    def append(self, data: bytes) -> None:
        """Add bytes at the end."""
        if self._stream is None:
            self._stream = open(self.path, "ab")  # noqa: SIM115 # stays open between chunks; closed by `close`
        self._stream.write(data)
        self.size += len(data)

    def close(self) -> None:
        """Write out what is buffered; the bytes stay."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def discard(self) -> None:
        """Remove the bytes and the note."""
        self.close()
        for path in (self.path, f"{self.path}.json"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
        self.size, self.validator = 0, ""

    def _note(self) -> _Note | None:
        try:
            with open(f"{self.path}.json", "rb") as stream:
                return msgspec.json.decode(stream.read(64 * 1024), type=_Note)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None
