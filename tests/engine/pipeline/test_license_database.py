# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Making, taking over and handing on the licence index: whole or not at all."""

import hashlib
from pathlib import Path

import pytest

from paddock.engine.model.errors import EngineError, Unreadable
from paddock.engine.pipeline import license_database
from paddock.engine.pipeline.license_database import (
    DATA_VERSION,
    INDEXING,
    READING,
    NotImported,
    build_from,
    describe,
    export_file,
    import_file,
)
from paddock.engine.scanner.licenses.findings import find_licenses
from paddock.engine.scanner.licenses.index import open_index
from tests.license_data import MEADOW, write_archive


def licences_by(path: Path) -> list[str]:
    return [match.license_expression for match in find_licenses(MEADOW.encode(), "x", open_index(path)).licenses]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def known_archive(tmp_path, monkeypatch) -> Path:
    """An archive that this version of Paddock is made to expect."""
    path = write_archive(tmp_path / "rules.whl")
    monkeypatch.setattr(
        f"{license_database.check_archive.__module__}.SHA256", hashlib.sha256(path.read_bytes()).hexdigest()
    )
    return path


def test_an_index_is_built_and_described(license_archive, tmp_path) -> None:
    target = tmp_path / "new" / "folder" / "x.index"
    facts = build_from(license_archive, target)
    assert licences_by(target) == ["meadow"]
    assert facts == describe(target)
    assert (facts.path, facts.size, facts.data_version) == (str(target), target.stat().st_size, DATA_VERSION)
    assert facts.version.startswith(f"{DATA_VERSION}-")
    assert facts.rules > facts.licenses > 10
    assert names_in(target.parent) == ["x.index"]
    assert target.stat().st_mode & 0o777 == 0o644


def test_building_twice_makes_the_same_bytes(license_archive, tmp_path) -> None:
    build_from(license_archive, tmp_path / "a")
    build_from(license_archive, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_progress_names_the_steps(license_archive, tmp_path) -> None:
    steps: list[tuple[str, int, int]] = []
    build_from(license_archive, tmp_path / "x.index", lambda *step: steps.append(step))
    assert list(dict.fromkeys(stage for stage, _, _ in steps)) == [READING, INDEXING]
    assert all(done <= total for _, done, total in steps)


# Whole or not at all


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
def test_what_is_interrupted_leaves_the_old_index_as_it_was(error, license_archive, tmp_path, monkeypatch) -> None:
    target = tmp_path / "machine" / "x.index"
    build_from(license_archive, target)
    before = target.read_bytes()
    whole = license_database.write_arrays

    def interrupted(stream, header, arrays) -> None:
        whole(stream, header, arrays)
        stream.write(b"more")
        stream.flush()
        raise error

    monkeypatch.setattr(license_database, "write_arrays", interrupted)
    with pytest.raises(type(error)):
        build_from(license_archive, target)
    assert target.read_bytes() == before
    assert names_in(target.parent) == ["x.index"]


def test_a_bad_archive_leaves_the_old_index_as_it_was(license_index_file, tmp_path) -> None:
    target = tmp_path / "x.index"
    target.write_bytes(license_index_file.read_bytes())
    (tmp_path / "bad.whl").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(Unreadable):
        build_from(tmp_path / "bad.whl", target)
    assert target.read_bytes() == license_index_file.read_bytes()


# From machine to machine


def test_an_index_goes_out_and_comes_in_bit_by_bit(license_index_file, tmp_path) -> None:
    carried, target = tmp_path / "carried.index", tmp_path / "there" / "x.index"
    assert export_file(license_index_file, carried).version == describe(license_index_file).version
    assert import_file(carried, target) == describe(target)
    assert target.read_bytes() == license_index_file.read_bytes()
    assert licences_by(target) == ["meadow"]


def test_the_known_archive_of_the_rules_can_be_imported_too(known_archive, tmp_path) -> None:
    facts = import_file(known_archive, tmp_path / "x.index")
    assert licences_by(tmp_path / "x.index") == ["meadow"]
    assert facts.rules > 0


def test_another_archive_is_refused(license_archive, tmp_path) -> None:
    with pytest.raises(EngineError, match="SHA-256"):
        import_file(license_archive, tmp_path / "x.index")
    assert not (tmp_path / "x.index").exists()


@pytest.mark.parametrize("damage", ["cut off", "a bit changed", "something else", "a folder", "nothing"])
def test_what_is_no_whole_index_is_not_taken_over(damage, license_index_file, tmp_path) -> None:
    data = bytearray(license_index_file.read_bytes())
    source, target = tmp_path / "carried.index", tmp_path / "machine" / "x.index"
    if damage == "a folder":
        source.mkdir()
    elif damage != "nothing":
        if damage == "a bit changed":
            data[len(data) // 2] ^= 4
        source.write_bytes({"cut off": data[:-10_000], "a bit changed": data}.get(damage, b"something else"))
    with pytest.raises((NotImported, Unreadable), match=r"carried\.index"):
        import_file(source, target)
    assert not target.exists()


def test_a_damaged_index_is_not_handed_on(tmp_path) -> None:
    (tmp_path / "x.index").write_bytes(b"damaged")
    with pytest.raises(Unreadable):
        export_file(tmp_path / "x.index", tmp_path / "out.index")
    assert not (tmp_path / "out.index").exists()


def test_an_index_can_be_put_where_it_is_already(license_index_file, tmp_path) -> None:
    target = tmp_path / "x.index"
    target.write_bytes(license_index_file.read_bytes())
    import_file(target, target)
    assert target.read_bytes() == license_index_file.read_bytes()
