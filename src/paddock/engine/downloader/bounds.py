# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The bounds within which archives are unpacked, and a note of everything that was refused."""

import re
from collections import Counter

import msgspec

from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue, Severity

SOURCE = "unpack"
_DRIVE = re.compile(r"[A-Za-z]:")
_SHOWN = 160


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How far an archive is followed. Bytes, counts.

    ratio: how many times its packed size an archive may unpack to; archives that unpack to less than `ratio_from` bytes
    are never too dense. kept_per_file: how much of a file can be read; the rest is only counted. kept: of all files
    together. header: what may stand before one member of a tar archive.
    """

    unpacked: int = 2 * 1024**3
    entries: int = 250_000
    ratio: int = 250
    ratio_from: int = 64 * 1024**2
    depth: int = 64
    path: int = 2_048
    kept_per_file: int = 1024**2
    kept: int = 768 * 1024**2
    header: int = 4 * 1024**2
    directory: int = 64 * 1024**2

    def check_unpacked(self, count: int, packed: int) -> None:
        """Raises Unreadable when so many bytes from an archive of `packed` bytes are too many."""
        if count > self.unpacked:
            raise Unreadable(f"it unpacks to more than {self.unpacked:,} bytes; the rest is not read")
        if count > max(self.ratio_from, packed * self.ratio):
            raise Unreadable(f"it unpacks to more than {self.ratio} times its size; the rest is not read")


class Refused:
    """Counts refused entries by reason, so that a hostile archive gives one remark a reason and not a million."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._ended: list[str] = []

    def note(self, reason: str, name: str) -> None:
        """An entry that is not unpacked."""
        self._counts[reason] += 1
        self._first.setdefault(reason, shown_name(name))

    def end(self, reason: str) -> None:
        """The archive is not read further."""
        self._ended.append(reason)

    def issues(self, path: str) -> tuple[Issue, ...]:
        """One issue for each reason; `path` names the archive."""
        found = [Issue(Severity.WARNING, SOURCE, reason, path) for reason in self._ended]
        for reason, count in sorted(self._counts.items()):
            what = "an entry is" if count == 1 else f"{count:,} entries are"
            message = f"{what} not unpacked: {reason} ({self._first[reason]})"
            found.append(Issue(Severity.WARNING, SOURCE, message, path))
        return tuple(found)


def shown_name(name: str) -> str:
    """A name for people: printable, and not endless."""
    text = "".join(letter if letter.isprintable() else "�" for letter in name)
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")


def safe_path(name: str, bounds: Bounds) -> str:
    """The name of an entry as a path below the archive's root. Raises Unreadable with the reason it is none."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\\", "/")
    if text.startswith("/") or _DRIVE.match(text):
        raise Unreadable("an absolute path")
    if "\0" in text:
        raise Unreadable("a name with a NUL")
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Unreadable("a path that climbs")
    if len(text) > bounds.path or len(parts) > bounds.depth:
        raise Unreadable("a path that is too long or too deep")
    return "/".join(parts)


def link_target(place: str, target: str, bounds: Bounds) -> str:
    """Where a symbolic link at `place` leads, as a path below the root. Raises Unreadable when it leads out."""
    text = target.replace("\\", "/")
    if text.startswith("/") or _DRIVE.match(text) or len(text) > bounds.path:
        raise Unreadable("a link that leads out")
    parts = place.split("/")[:-1]
    for part in text.split("/"):
        if part == "..":
            if not parts:
                raise Unreadable("a link that leads out")
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
