# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Brings advisories in from files, for machines without network and for advisories of one's own."""

import lzma
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from paddock.engine.advisor.change import changing
from paddock.engine.advisor.feed import BrokenArchive, Report, feed_archive, feed_document
from paddock.engine.advisor.writer import Writer
from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.unpack import MAX_SIZE, unpack
from paddock.engine.model.errors import EngineError, Unreadable
from paddock.engine.model.issue import Severity
from paddock.engine.pipeline.advisories.plan import Outcome, Progress

SINGLE_FILES = "files"
"""The source that single documents are added to."""
_DOCUMENTS = (".json", ".csv", ".json.gz", ".csv.gz", ".json.xz", ".csv.xz")


class NothingToImport(EngineError):
    """The paths hold nothing that is an advisory; the message says what was wrong with the first of them."""


def import_files(
    database: Path, paths: Iterable[Path], *, now: datetime, progress: Progress = lambda *_: None
) -> Outcome:
    """Bring in zip archives, folders and single documents, of every kind that `feed_document` knows, packed or not.

    An archive or folder is a source of its own, an `all.zip` under the name of its folder; importing it again makes the
    source as it is then. Single documents are added to a source called "files".
    Raises NothingToImport, BusyDatabase, UnwritableDatabase; the database is then as it was.
    """
    reports: list[Report] = []
    failures: list[tuple[str, str]] = []
    with changing(database, now=now) as writer:
        for path in paths:
            try:
                reports += _import(writer, path, now, progress)
            except (BrokenArchive, OSError) as error:
                failures.append((str(path), str(error)))
        if not any(report.touched or report.same or report.facts for report in reports):
            raise NothingToImport(_why(reports, failures))
    return Outcome(reports=tuple(reports), failures=tuple(failures))


def _why(reports: list[Report], failures: list[tuple[str, str]]) -> str:
    found = [f"{path}: {reason}" for path, reason in failures]
    found += [f"{issue.path}: {issue.message}" for report in reports for issue in report.issues]
    return f"there are no advisories in it; {found[0]}" if found else "there are no advisories in it"


def _import(writer: Writer, path: Path, now: datetime, progress: Progress) -> Iterator[Report]:
    if path.is_dir():
        yield from _folder(writer, path, now, progress)
    elif path.suffix == ".zip":
        yield _archive(writer, path, now, progress)
    else:
        report = Report(path.name)
        _document(writer, SINGLE_FILES, path, report)
        yield report


def _archive(writer: Writer, path: Path, now: datetime, progress: Progress) -> Report:
    name = path.absolute().parent.name if path.name == "all.zip" else path.stem
    progress(name, 0, 0)
    report = feed_archive(writer, name, path)
    writer.mark(writer.source(name, "osv"), "", now)
    return report


def _folder(writer: Writer, path: Path, now: datetime, progress: Progress) -> Iterator[Report]:
    """Archives in the folder are sources of their own; the documents in it, however deep, are one together."""
    name = path.absolute().name
    report = Report(name)
    documents = 0
    for found in sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink()):
        if found.suffix == ".zip":
            yield _archive(writer, found, now, progress)
        elif found.name.endswith(_DOCUMENTS):
            if not documents:
                writer.catalogues.forget_facts(name)
            documents += 1
            progress(name, documents, 0)
            _document(writer, name, found, report)
    if documents:
        source = writer.source(name, "osv")
        report.removed = writer.keep_only_seen(source)
        writer.mark(source, "", now)
        yield report


def _document(writer: Writer, source: str, path: Path, report: Report) -> None:
    try:
        data = _unpacked(path)
    except Unreadable as error:
        report.refused += 1
        report.note(Severity.ERROR, error.reason, str(path))
        return
    feed_document(writer, source, data, str(path), report)


def _unpacked(path: Path) -> bytes:
    """The document in a file, without gzip or xz. Raises Unreadable for what is broken or too large."""
    if path.stat().st_size > MAX_SIZE:
        raise Unreadable(f"it has more than {MAX_SIZE:,} bytes")
    data = path.read_bytes()
    try:
        if not data.startswith(b"\xfd7zXZ\x00"):
            return unpack(data)
        unpacker = lzma.LZMADecompressor(memlimit=256 * 1024 * 1024)
        plain = unpacker.decompress(data, MAX_SIZE)
    except InvalidDocument as error:
        raise Unreadable(error.faults[0].message) from error
    except lzma.LZMAError as error:
        raise Unreadable(f"it is packed with xz and broken: {error}") from error
    if not unpacker.eof:
        raise Unreadable(f"it is cut short, or has more than {MAX_SIZE:,} bytes when unpacked")
    return plain
