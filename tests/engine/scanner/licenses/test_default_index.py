# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which index this machine has, and that it is opened once."""

from pathlib import Path

import pytest

from paddock.engine.pipeline.license_database import build_from
from paddock.engine.scanner.licenses.default_index import (
    PLACE,
    MissingIndex,
    default_index,
    index_path,
    is_switched_off,
    open_once,
)
from paddock.engine.scanner.licenses.index import FORMAT


def test_the_environment_names_the_file(monkeypatch) -> None:
    monkeypatch.setenv(PLACE, "/somewhere/my.index")
    assert index_path() == Path("/somewhere/my.index")


def test_else_it_lies_in_the_users_data_folder_and_names_its_format(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv(PLACE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert index_path().name == f"licenses-{FORMAT}.index"
    assert tmp_path in index_path().parents
    assert not list(tmp_path.iterdir())


def test_it_can_be_switched_off(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("none").write_text("a file of that name is no index")
    monkeypatch.setenv(PLACE, "none")
    assert is_switched_off()
    for ask in (index_path, default_index):
        with pytest.raises(MissingIndex, match=f"{PLACE} is none"):
            ask()


def test_where_there_is_none_it_is_said_how_to_make_one(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "absent.index"))
    with pytest.raises(MissingIndex, match=r"absent\.index.*license-db build.*license-db import FILE"):
        default_index()


def test_it_is_opened_once_and_anew_after_it_was_replaced(license_archive, tmp_path) -> None:
    path = tmp_path / "x.index"
    build_from(license_archive, path)
    first = open_once(path)
    assert open_once(path) is first
    build_from(license_archive, path)
    second = open_once(path)
    assert second is not first
    assert second.version == first.version
    path.unlink()
    with pytest.raises(MissingIndex):
        open_once(path)
    assert first.license_text("meadow") == second.license_text("meadow")
