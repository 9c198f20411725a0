# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""rpmdb.sqlite: header blobs, edges, logs, and databases that want more than to be read."""

import sqlite3
import struct
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.linux.rpm_header import read_header
from paddock.engine.analyzer.extractors.linux.rpm_sqlite import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages
from tests.engine.analyzer.extractors.linux.rpm_blob import (
    ARCH,
    BASENAMES,
    DIRINDEXES,
    DIRNAMES,
    EPOCH,
    LICENSE,
    NAME,
    PROVIDES,
    RELEASE,
    REQUIRES,
    SOURCE,
    VENDOR,
    VERSION,
    header,
)

PATH = "var/lib/rpm/rpmdb.sqlite"


def database(blobs: Iterable[object]) -> bytes:
    """An SQLite database as rpm makes it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)")
    connection.executemany("INSERT INTO Packages (blob) VALUES (?)", [(blob,) for blob in blobs])
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


SHELL = header(
    {
        NAME: "shell",
        VERSION: "5.1",
        RELEASE: "2.el9",
        EPOCH: 1,
        VENDOR: "Somebody",
        LICENSE: "GPLv3+ and MIT",
        ARCH: "x86_64",
        SOURCE: "shell-src-5.1-2.el9.src.rpm",
        REQUIRES: ["libbase.so.1()(64bit)", "rpmlib(X)", "(a if b)"],
        BASENAMES: ["sh", "shell"],
        DIRNAMES: ["/usr/share/", "/bin/"],
        DIRINDEXES: [1, 0],
    }
)
BASE = header({NAME: "base", VERSION: "2", RELEASE: "1", ARCH: "x86_64", PROVIDES: ["base", "libbase.so.1()(64bit)"]})
TOOL = header({NAME: "tool", VERSION: "3", RELEASE: "1", ARCH: "noarch", REQUIRES: ["/bin/sh", "base", "tool"]})
KEY = header({NAME: "gpg-pubkey", VERSION: "aa", RELEASE: "bb"})
FILES: dict[str, str | bytes] = {
    PATH: database([SHELL, BASE, TOOL, KEY]),
    "etc/os-release": 'ID="rocky"\nVERSION_ID="9.2"\n',
}
REFS = {
    "base": "pkg:rpm/rocky/base@2-1?arch=x86_64&distro=rocky-9.2",
    "shell": "pkg:rpm/rocky/shell@5.1-2.el9?arch=x86_64&distro=rocky-9.2&epoch=1&upstream=shell-src-5.1-2.el9.src.rpm",
    "tool": "pkg:rpm/rocky/tool@3-1?arch=noarch&distro=rocky-9.2",
}


def test_packages_with_epoch_licence_and_source() -> None:
    found = extract(EXTRACTOR, FILES)
    assert refs(found) == list(REFS.values())
    shell = found.components[1]
    assert (shell.declared_licenses, shell.supplier) == (("GPLv3+ and MIT",), "Somebody")
    assert usages(found, PATH)[shell.ref].scope is Scope.RUNTIME
    assert found.issues == ()


def test_edges_follow_names_provisions_and_files() -> None:
    assert edges(extract(EXTRACTOR, FILES)) == {
        (REFS["shell"], REFS["base"]),
        (REFS["tool"], REFS["shell"]),
        (REFS["tool"], REFS["base"]),
    }


def test_a_database_in_write_ahead_mode_is_read_and_its_log_reported() -> None:
    data = database([BASE])
    logged = data[:18] + b"\2\2" + data[20:]
    found = extract(EXTRACTOR, {PATH: logged, PATH + "-wal": b"", "etc/os-release": "ID=rocky"})
    assert (len(found.components), found.issues) == (1, ())
    found = extract(EXTRACTOR, {PATH: logged, PATH + "-wal": b"x", "etc/os-release": "ID=rocky"})
    assert [(issue.severity, issue.path) for issue in found.issues] == [(Severity.ERROR, PATH + "-wal")]


def test_a_broken_header_is_an_error_beside_the_others() -> None:
    blobs: list[object] = [BASE[:20], header({NAME: "x"}), "text", b"", struct.pack(">II", 2**31, 2**31), BASE]
    found = extract(EXTRACTOR, {PATH: database(blobs), "etc/os-release": "ID=rocky"})
    assert [component.purl.name for component in found.components] == ["base"]
    assert [issue.severity for issue in found.issues] == [Severity.ERROR] * 5


@pytest.mark.parametrize(
    "tags",
    [{NAME: (6, 900, 1)}, {NAME: (6, -5, 1)}, {PROVIDES: (8, 0, 2**32 - 1)}, {EPOCH: (4, 9, 1)}],
)
def test_values_that_lead_out_of_a_header_are_refused(tags: dict[int, tuple[int, int, int]]) -> None:
    index = b"".join(struct.pack(">IIiI", tag, *entry) for tag, entry in tags.items())
    with pytest.raises(Unreadable):
        read_header(struct.pack(">II", len(tags), 10) + index + b"short\0data")


def test_without_os_release_the_namespace_is_not_guessed() -> None:
    found = extract(EXTRACTOR, {"rpmdb.sqlite": database([BASE])})
    assert refs(found) == ["pkg:rpm/base@2-1?arch=x86_64"]
    assert "distribution" in found.issues[0].message


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE Other (blob)", "CREATE TABLE Packages2 (x)"),
        (
            "CREATE TABLE Other (blob)",
            (
                "CREATE VIEW Packages AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                "SELECT i AS hnum, x'00' AS blob FROM n"
            ),
        ),
    ],
)
def test_a_database_without_the_table_is_refused(statements: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable, match="table"):
        extract(EXTRACTOR, {PATH: bare(statements)})


def bare(statements: tuple[str, ...]) -> bytes:
    """A database of only these statements."""
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


@pytest.mark.parametrize(
    "data", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(200), database([BASE])[:5000]]
)
def test_what_is_no_database_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {PATH: data})


@given(st.binary(max_size=300))
def test_any_header_gives_an_extraction(blob: bytes) -> None:
    survives(EXTRACTOR, {PATH: database([blob, BASE])})


@given(st.integers(0, 8191), st.binary(min_size=1, max_size=8))
def test_a_damaged_database_never_crashes(at: int, patch: bytes) -> None:
    data = FILES[PATH]
    assert isinstance(data, bytes)
    survives(EXTRACTOR, {PATH: data[:at] + patch + data[at + len(patch) :]})


@given(st.integers(0, 400), st.binary(min_size=1, max_size=6))
def test_a_damaged_header_never_crashes(at: int, patch: bytes) -> None:
    survives(EXTRACTOR, {PATH: database([SHELL[:at] + patch + SHELL[at + len(patch) :], TOOL])})
