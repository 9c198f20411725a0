# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One source brought in from a server: an ecosystem as a whole or by what differs, or a catalogue of one file.

Layout of the server (https://google.github.io/osv.dev/data/#data-dumps): `<ecosystem>/all.zip`, every advisory of an
ecosystem; `<ecosystem>/modified_id.csv`, the time of the last change and the id of each; `<ecosystem>/<id>.json`. What
is known already is compared with the list, and only what differs is fetched.
"""

import csv
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import msgspec

from paddock.engine.advisor.feed import BrokenArchive, Report, feed_archive
from paddock.engine.advisor.writer import Writer
from paddock.engine.clients.advisories import Client, FetchFailed, State, join, without_secrets
from paddock.engine.formats.osv.reader import MAX_BYTES
from paddock.engine.model.issue import Severity
from paddock.engine.pipeline.advisories.plan import Plan, Progress

SINGLE = 300
"""Up to so many changed advisories are fetched one by one, more as a whole."""
AT_ONCE = 8
"""So many of them at the same time."""


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept of a source for next time: the server, and the mark of the list (or the file) that was read."""

    base: str = ""
    list: str = ""

    @staticmethod
    def read(text: str) -> "Mark":
        """The mark in a text of the database."""
        return msgspec.json.decode(text, type=Mark) if text else Mark()

    def write(self) -> str:
        """The mark as text."""
        return msgspec.json.encode(self).decode()


class Ecosystem:
    """The advisories of one ecosystem: as a whole, or what differs from the server's list."""

    def __init__(self, name: str, plan: Plan, mark: Mark, writer: Writer, *, client: Client, folder: Path) -> None:
        self.name = name
        self._must_exist = bool(plan.ecosystems or mark.base)
        self._base = plan.base
        self._known = mark if mark.base == plan.base and not plan.whole else Mark()
        self._writer, self._client = writer, client
        self._folder = folder / quote(name, safe="")

    def bring(self, now: datetime, progress: Progress) -> Report:
        """Raises FetchFailed, BrokenArchive."""
        if self._known.base:
            report = self._differences(self._writer.source(self.name, "osv"), now, progress)
            if report is not None:
                return report
        return self._whole(now, progress)

    def _whole(self, now: datetime, progress: Progress) -> Report:
        archive = self._folder / "all.zip"
        address = join(self._base, self.name, "all.zip")
        answer = self._client.fetch(address, archive, progress=lambda *done: progress(self.name, *done))
        if answer.state is State.MISSING:
            if self._must_exist:
                raise FetchFailed(f"{without_secrets(address)} does not exist: is {self.name!r} an ecosystem?")
            return _absent(self.name, address)
        progress(self.name, 0, 0)
        try:
            report = feed_archive(self._writer, self.name, archive)
        except BrokenArchive:
            archive.unlink()
            raise
        # The list is asked for next time whatever its mark: it may have changed since the archive was made.
        self._writer.mark(self._writer.source(self.name, "osv"), Mark(self._base).write(), now)
        archive.unlink()
        return report

    def _differences(self, source: int, now: datetime, progress: Progress) -> Report | None:
        """What the list says is new, changed or gone; None where the whole is the better way."""
        target = self._folder / "modified_id.csv"
        answer = self._client.fetch(join(self._base, self.name, "modified_id.csv"), target, mark=self._known.list)
        report = Report(self.name)
        if answer.state is State.MISSING:
            return None
        if answer.state is State.SAME:
            self._writer.mark(source, self._known.write(), now)
            report.same = len(self._writer.names(source))
            return report
        listed = read_list(target.read_bytes())
        held = self._writer.names(source)
        wanted = sorted(name for name, time in listed.items() if name not in held or _later(time, held[name]))
        if len(wanted) > SINGLE or not listed:
            return None
        for number, (name, data) in enumerate(self._fetched(wanted)):
            progress(self.name, number, len(wanted))
            if data is not None:
                report.count(self._writer.put(source, data), f"{name}.json")
        gone = held.keys() - listed.keys()
        report.removed = self._writer.drop(source, set(gone)) if gone else 0
        report.same = len(held) - len(gone) - report.changed
        self._writer.mark(source, Mark(self._base, answer.mark).write(), now)
        return report

    def _fetched(self, names: list[str]) -> list[tuple[str, bytes | None]]:
        """The single advisories; None for one that is gone again. All of them, before the first is written."""

        def fetch(name: str) -> tuple[str, bytes | None]:
            target = self._folder / f"{quote(name, safe='')}.json"
            answer = self._client.fetch(join(self._base, self.name, f"{name}.json"), target)
            if answer.state is State.MISSING:
                return name, None
            with target.open("rb") as stream:
                return name, stream.read(MAX_BYTES + 1)  # one byte more than what is read as a record: it is refused

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(fetch, names))


class Catalogue:
    """A single file that says something about CVEs."""

    def __init__(
        self,
        name: str,
        address: str,
        feed: Callable[[Writer, bytes, Report], None],
        mark: Mark,
        writer: Writer,
        *,
        client: Client,
        folder: Path,
    ) -> None:
        self.name = name
        self._address, self._feed = address, feed
        self._known = mark if mark.base == address else Mark()
        self._writer, self._client = writer, client
        self._target = folder / quote(name, safe="")

    def bring(self, now: datetime, progress: Progress) -> Report:
        """Raises FetchFailed, Unreadable."""
        answer = self._client.fetch(
            self._address, self._target, mark=self._known.list, progress=lambda *done: progress(self.name, *done)
        )
        if answer.state is State.MISSING:
            return _absent(self.name, self._address)
        report = Report(self.name)
        if answer.state is State.NEW:
            data = self._target.read_bytes()
            self._target.unlink()
            self._feed(self._writer, data, report)
        self._writer.mark(
            self._writer.source(self.name, self.name.lower()), Mark(self._address, answer.mark).write(), now
        )
        return report


def _absent(name: str, address: str) -> Report:
    """What is told about a source that a server need not have and has not."""
    report = Report(name, missing=True)
    report.note(Severity.HINT, f"the server has none ({without_secrets(address)})", name)
    return report


def read_list(data: bytes) -> dict[str, str]:
    """The ids in a `modified_id.csv`, each with the time of its last change as written; lines that are none of this
    form are passed over.
    """
    found: dict[str, str] = {}
    for row in csv.reader(io.StringIO(data.decode("utf-8", "replace"))):
        if len(row) == 2 and row[0][:4].isdigit() and row[1]:
            found[row[1].rpartition("/")[2]] = row[0]
    return found


def _later(listed: str, held: str) -> bool:
    """Whether a listed time of change is later than that of the record that is held; when in doubt it is."""
    try:
        return datetime.fromisoformat(listed) > datetime.fromisoformat(held)
    except (ValueError, TypeError):
        return True
