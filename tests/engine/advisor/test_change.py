# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of the database: only what differs is written, a change that fails leaves nothing, families hold together."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.advisor.change import UNFINISHED, BusyDatabase, UnwritableDatabase, changing
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.opening import DamagedDatabase, MissingDatabase, OutdatedDatabase
from paddock.engine.advisor.schema import FORMAT, pack_raw, unpack_raw
from paddock.engine.advisor.writer import Outcome, Writer
from tests.engine.advisor.records import NOW, before, found, look_up, put, record


def rows(path: Path, table: str) -> int:
    """How many rows a table has."""
    with sqlite3.connect(path) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def encoded(*records: dict) -> list[bytes]:
    return [json.dumps(one).encode() for one in records]


def test_the_same_bytes_again_write_nothing(tmp_path: Path) -> None:
    path = tmp_path / "db"
    records = [record(f"X-{number}", before("npm", f"n{number}", "2.0.0")) for number in range(50)]
    assert put(path, *records).added == 50

    with changing(path, now=NOW) as writer:
        source = writer.source("test", "osv")
        start = writer.changes()
        assert {writer.put(source, data).outcome for data in encoded(*records)} == {Outcome.SAME}
        assert writer.changes() == start


def test_a_change_of_one_advisory_touches_that_one(tmp_path: Path) -> None:
    path = tmp_path / "db"
    put(path, *(record(f"X-{number}", before("npm", f"n{number}", "2.0.0")) for number in range(50)))

    with changing(path, now=NOW) as writer:
        source = writer.source("test", "osv")
        start = writer.changes()
        (data,) = encoded(record("X-7", before("npm", "n7", "3.0.0"), modified="2026-02-01T00:00:00Z"))
        assert writer.put(source, data).outcome is Outcome.CHANGED
        assert writer.changes() - start < 15
    assert found(path, "pkg:npm/n7@2.5.0") == {"X-7": True}
    assert found(path, "pkg:npm/n8@2.5.0") == {}


def test_records_that_a_source_no_longer_has_go(tmp_path: Path) -> None:
    path = tmp_path / "db"
    one, two = encoded(record("X-1", before("npm", "n", "2.0.0")), record("X-2", before("npm", "n", "2.0.0")))
    put(path, one, two, source="a")
    put(path, one, source="b")

    with changing(path, now=NOW) as writer:
        source = writer.source("a", "osv")
        assert writer.drop(source, {"X-1", "X-2"}) == 2
        assert writer.names(source) == {}

    assert found(path, "pkg:npm/n@1.0.0") == {"X-1": True}
    assert [rows(path, table) for table in ("record", "raw", "affected", "family")] == [1, 1, 1, 1]


def test_of_two_states_of_a_record_the_newer_counts(tmp_path: Path) -> None:
    path = tmp_path / "db"
    old = record("X-1", before("npm", "n", "2.0.0"), modified="2025-01-01T00:00:00Z")
    new = record("X-1", before("npm", "n", "3.0.0"), modified="2026-01-01T00:00:00Z")
    put(path, new, source="a")
    put(path, old, source="b")

    assert found(path, "pkg:npm/n@2.5.0") == {"X-1": True}
    put(path, record("X-1", before("npm", "n", "1.0.0"), modified="2026-02-01T00:00:00Z"), source="b")
    assert found(path, "pkg:npm/n@2.5.0") == {}


def test_a_change_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "db"
    put(path, record("X-1", before("npm", "n", "2.0.0")))
    whole = path.read_bytes()

    with pytest.raises(RuntimeError, match="stop"), changing(path, now=NOW) as writer:  # noqa: PT012
        writer.put(writer.source("test", "osv"), encoded(record("X-2", before("npm", "n", "2.0.0")))[0])
        raise RuntimeError("stop")

    assert path.read_bytes() == whole
    assert not path.with_name(path.name + UNFINISHED).exists()


def test_what_a_killed_change_left_is_no_part_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "db"
    put(path, record("X-1", before("npm", "n", "2.0.0")))
    path.with_name(path.name + UNFINISHED).write_bytes(b"half")

    put(path, record("X-2", before("npm", "n", "2.0.0")))

    assert found(path, "pkg:npm/n@1.0.0") == {"X-1": True, "X-2": True}


def test_a_reader_keeps_the_state_that_it_opened(tmp_path: Path) -> None:
    path = tmp_path / "db"
    put(path, record("X-1", before("npm", "n", "2.0.0")))
    with AdvisoryDatabase(path) as database:
        put(path, record("X-2", before("npm", "n", "2.0.0")))
        assert [row.name for row in database.about(["npm:n"])["npm:n"]] == ["X-1"]


def test_two_changes_at_once_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with changing(path, now=NOW), pytest.raises(BusyDatabase, match="another command"), changing(path, now=NOW):
        pass


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableDatabase, match="cannot be made"), changing(tmp_path / "file" / "db", now=NOW):
        pass


def test_names_tie_records_together_and_apart(tmp_path: Path) -> None:
    path = tmp_path / "db"
    put(path, record("GHSA-1", before("npm", "n", "2.0.0"), aliases=["CVE-2025-0001"]))
    put(path, record("X-1", before("npm", "n", "2.0.0"), aliases=["CVE-2025-0002"]))
    assert set(found(path, "pkg:npm/n@1.0.0")) == {"CVE-2025-0001", "CVE-2025-0002"}

    # A third record says that both are one …
    put(path, record("Y-1", before("npm", "m", "2.0.0"), aliases=["GHSA-1", "X-1"]))
    (vulnerability,) = look_up(path, "pkg:npm/n@1.0.0").vulnerabilities
    assert vulnerability.ids == ("CVE-2025-0001", "CVE-2025-0002", "GHSA-1", "X-1", "Y-1")
    assert [one.id for one in vulnerability.records] == ["GHSA-1", "X-1", "Y-1"]

    # … and takes it back.
    put(path, record("Y-1", before("npm", "m", "2.0.0"), modified="2026-02-01T00:00:00Z"))
    assert set(found(path, "pkg:npm/n@1.0.0")) == {"CVE-2025-0001", "CVE-2025-0002"}


NAMES = st.lists(st.sampled_from([f"N-{number}" for number in range(8)]), max_size=3)


@given(steps=st.lists(st.tuples(st.integers(0, 5), NAMES), min_size=1, max_size=12))
def test_families_after_changes_are_those_of_a_database_made_anew(steps) -> None:
    """Whatever order records came and changed in, who belongs together hangs on the last state only."""
    last: dict[str, dict] = {}
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        writer = fresh(connection)
        for number, (of, aliases) in enumerate(steps):
            data = record(f"R-{of}", aliases=aliases, modified=f"2026-01-01T00:00:{number:02}Z")
            last[data["id"]] = data
            writer.put(writer.source("test", "osv"), encoded(data)[0])
            writer.finish(NOW)
        changed = families(connection)
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        writer = fresh(connection)
        for data in last.values():
            writer.put(writer.source("test", "osv"), encoded(data)[0])
        writer.finish(NOW)
        assert families(connection) == changed


def fresh(connection: sqlite3.Connection) -> Writer:
    from paddock.engine.advisor.schema import TABLES

    for statement in TABLES.split(";"):
        connection.execute(statement)
    return Writer(connection)


def families(connection: sqlite3.Connection) -> set[frozenset[str]]:
    """Which records belong together; every family has a vulnerability ready, and no other does."""
    found: dict[int, set[str]] = {}
    for name, family in connection.execute("SELECT name, family FROM record"):
        found.setdefault(family, set()).add(name)
    assert {family for (family,) in connection.execute("SELECT id FROM family")} == set(found)
    return {frozenset(names) for names in found.values()}


@given(st.binary(max_size=2_000))
def test_packing_records_keeps_every_byte(data: bytes) -> None:
    assert unpack_raw(pack_raw(data)) == data


def test_a_database_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase, match="paddock advisories sync"):
        AdvisoryDatabase(tmp_path / "db")


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 200, b"\x00" * 4096])
def test_a_file_that_is_no_database_says_what_to_do(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "db").write_bytes(data)
    with pytest.raises(DamagedDatabase, match="no advisory database of Paddock; `paddock advisories sync`"):
        AdvisoryDatabase(tmp_path / "db")


def test_a_database_that_was_cut_short_says_so(tmp_path: Path) -> None:
    path = tmp_path / "db"
    put(path, record("X-1", before("npm", "n", "2.0.0")))
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(DamagedDatabase, match="not whole"):
        AdvisoryDatabase(path)


def test_a_database_of_another_format_says_so_and_is_replaced_by_the_next_change(tmp_path: Path) -> None:
    path = tmp_path / "db"
    put(path, record("X-1", before("npm", "n", "2.0.0")))
    data = bytearray(path.read_bytes())
    data[60:64] = (FORMAT + 1).to_bytes(4)
    path.write_bytes(data)
    with pytest.raises(OutdatedDatabase, match=f"reads format {FORMAT}; `paddock advisories sync` builds it anew"):
        AdvisoryDatabase(path)

    put(path, record("X-2", before("npm", "n", "2.0.0")))

    assert found(path, "pkg:npm/n@1.0.0") == {"X-2": True}


def test_a_database_with_other_sort_keys_is_outdated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "db"
    monkeypatch.setattr("paddock.engine.advisor.writer.fingerprint_of_orders", lambda: "other")
    put(path, record("X-1", before("npm", "n", "2.0.0")))
    with pytest.raises(OutdatedDatabase, match="compared versions differently; `paddock advisories sync`"):
        AdvisoryDatabase(path)


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8])
def test_damage_inside_is_an_answer_or_a_clear_error(tmp_path: Path, share: float) -> None:
    path = tmp_path / "db"
    put(path, *(record(f"X-{number}", before("npm", "n", "2.0.0"), details="x" * 900) for number in range(100)))
    data = bytearray(path.read_bytes())
    place = int(len(data) * share)
    data[place : place + 8_000] = b"\xa5" * 8_000
    path.write_bytes(data)
    try:
        look_up(path, "pkg:npm/n@1.0.0")
    except DamagedDatabase as error:
        assert "`paddock advisories sync` builds it anew" in str(error)  # noqa: PT017
    with AdvisoryDatabase(path) as database:
        assert database.fault()
