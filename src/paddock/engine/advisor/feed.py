# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Feeds documents of every kind that advisories come in to the database, and counts what became of them."""

import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from paddock.engine.advisor.writer import Outcome, Put, Writer
from paddock.engine.formats.catalogues.csaf import looks_like_csaf, read_csaf_facts
from paddock.engine.formats.catalogues.cve_record import looks_like_cve_record, read_cve_record
from paddock.engine.formats.catalogues.epss import looks_like_epss, read_epss
from paddock.engine.formats.catalogues.kev import looks_like_kev, read_kev
from paddock.engine.formats.osv.github import looks_like_github, split_github
from paddock.engine.formats.osv.reader import MAX_BYTES
from paddock.engine.model.errors import EngineError, Unreadable
from paddock.engine.model.issue import Issue, Severity

SOURCE = "advisories"
"""Who says so, in issues."""
MAX_MEMBERS = 5_000_000
MAX_ISSUES = 1_000
KEV, EPSS = "KEV", "EPSS"
"""The names of these sources."""


class BrokenArchive(EngineError):
    """An archive cannot be read to its end; nothing of it was taken."""


class Report(msgspec.Struct):
    """What became of the documents of one source. removed: records that the source no longer has. missing: the server
    has no such source.
    """

    source: str
    added: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    refused: int = 0
    facts: int = 0
    missing: bool = False
    issues: list[Issue] = []
    further_issues: int = 0

    def count(self, put: Put, path: str) -> None:
        """Note what became of a record; `path`: where it came from."""
        outcome = put.outcome
        self.added += outcome is Outcome.ADDED
        self.changed += outcome is Outcome.CHANGED
        self.same += outcome in {Outcome.SAME, Outcome.OLDER}
        self.refused += outcome is Outcome.REFUSED
        severity = Severity.ERROR if outcome is Outcome.REFUSED else Severity.WARNING
        for fault in put.faults:
            self.note(severity, fault, path)

    def note(self, severity: Severity, message: str, path: str) -> None:
        """Note a remark; after the first thousand they are only counted."""
        if len(self.issues) < MAX_ISSUES:
            self.issues.append(Issue(severity, SOURCE, message, path))
        else:
            self.further_issues += 1

    @property
    def touched(self) -> int:
        """How many records were written or removed."""
        return self.added + self.changed + self.removed


def feed_archive(writer: Writer, source: str, archive: Path) -> Report:
    """Make a source consist of the documents in a zip file (OSV's `all.zip`): what is no longer there goes.

    Every member's checksum is checked before anything is written. Raises BrokenArchive.
    """
    _check(archive)
    report = Report(source)
    writer.catalogues.forget_facts(source)
    for name, data in _members(archive):
        if data is None:
            report.refused += 1
            report.note(Severity.ERROR, f"it has more than {MAX_BYTES:,} bytes", name)
        else:
            feed_document(writer, source, data, name, report)
    report.removed = writer.keep_only_seen(writer.source(source, "osv"))
    return report


def _check(archive: Path) -> None:
    for _ in _members(archive):
        pass


def _members(archive: Path) -> Iterator[tuple[str, bytes | None]]:
    try:
        with zipfile.ZipFile(archive) as found:
            members = [member for member in found.infolist() if member.filename.endswith(".json")]
            if len(members) > MAX_MEMBERS:
                raise BrokenArchive(f"{archive.name} has {len(members):,} members; that is no dump of advisories")
            for member in members:
                with found.open(member) as stream:
                    data = stream.read(MAX_BYTES + 1)
                yield member.filename, data if len(data) <= MAX_BYTES else None
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise BrokenArchive(f"{archive.name} is no zip file that can be read to its end: {error}") from error


def feed_document(writer: Writer, source: str, data: bytes, path: str, report: Report) -> None:
    """Feed one document, whatever it is: an advisory in the OSV form or of GitHub's interface, a CVE record, a CSAF
    document, the KEV catalogue, EPSS scores. What is none of these is an issue of the report.
    """
    try:
        if looks_like_cve_record(data):
            writer.catalogues.put_facts(writer.source(source, "facts"), read_cve_record(data))
            report.facts += 1
        elif looks_like_csaf(data):
            for facts in read_csaf_facts(data):
                writer.catalogues.put_facts(writer.source(source, "facts"), facts)
                report.facts += 1
        elif looks_like_kev(data):
            feed_kev(writer, data, report)
        elif looks_like_epss(data):
            feed_epss(writer, data, report)
        elif looks_like_github(data):
            for part in split_github(data):
                report.count(writer.put(writer.source(source, "osv"), part), path)
        else:
            report.count(writer.put(writer.source(source, "osv"), data), path)
    except Unreadable as error:
        report.refused += 1
        report.note(Severity.ERROR, error.reason, path)


def feed_kev(writer: Writer, data: bytes, report: Report) -> None:
    """Feed the catalogue of known exploitation. Raises Unreadable."""
    catalogue = read_kev(data)
    writer.catalogues.put_kev(writer.source(KEV, "kev"), catalogue)
    report.facts += len(catalogue.entries)


def feed_epss(writer: Writer, data: bytes, report: Report) -> None:
    """Feed the EPSS scores of a day. Raises Unreadable."""
    scores = read_epss(data)
    writer.catalogues.put_epss(writer.source(EPSS, "epss"), scores)
    report.facts += len(scores.by_cve)
    if scores.skipped:
        report.note(Severity.WARNING, f"{scores.skipped:,} lines hold no score and were passed over", EPSS)


def totals(reports: list[Report]) -> Counter[str]:
    """The sums over several sources, by name of the field."""
    found: Counter[str] = Counter()
    for report in reports:
        for name in ("added", "changed", "same", "removed", "refused", "facts"):
            found[name] += getattr(report, name)
    return found
