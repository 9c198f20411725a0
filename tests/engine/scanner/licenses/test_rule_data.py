# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The archive of the rules: only its data is read, and what is wrong with it is said."""

import zipfile
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paddock.engine.model.errors import Unreadable
from paddock.engine.scanner.licenses import rule_data
from paddock.engine.scanner.licenses.rule_data import read_rule_data
from tests.license_data import LICENSES, RULES, as_file

RULE = as_file({"license_expression": "mit"}, "text")


def archive(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as opened:
        for name, text in members.items():
            opened.writestr(name, text)
    return path


def test_rules_and_licences_of_the_archive(license_archive) -> None:
    data = read_rule_data(license_archive)
    assert {license.key for license in data.licenses} == set(LICENSES)
    names = {rule.name for rule in data.rules}
    assert {"mit_name.RULE", "meadow.LICENSE"} <= names
    assert "old_rule.RULE" not in names
    assert len(names) == len(data.rules) < len(RULES) + len(LICENSES)


def test_progress_is_told(license_archive) -> None:
    steps: list[tuple[int, int]] = []
    read_rule_data(license_archive, lambda done, total: steps.append((done, total)))
    assert steps
    assert all(0 <= done < total for done, total in steps)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "holds no licence rules"),
        ({"licensedcode/plugin.py": "import os"}, "holds no licence rules"),
        ({"../licensedcode/data/rules/x.RULE": RULE}, "holds no licence rules"),
        ({"licensedcode/data/rules/bad.RULE": "no facts"}, "bad.RULE"),
        ({"licensedcode/data/licenses/bad.LICENSE": RULE}, "bad.LICENSE has no key"),
        ({"licensedcode/data/rules/large.RULE": RULE + "x" * 5_000_000}, "large.RULE has 5,000,"),
    ],
)
def test_what_is_wrong_is_said_by_name(members, reason, tmp_path) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_rule_data(archive(tmp_path / "x.whl", members))


def test_an_archive_of_too_many_files_is_not_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(rule_data, "_MAX_MEMBERS", 3)
    members = {f"licensedcode/data/rules/{number}.RULE": RULE for number in range(4)}
    with pytest.raises(Unreadable):
        read_rule_data(archive(tmp_path / "x.whl", members))


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_refused(data, tmp_path) -> None:
    path = tmp_path / "x.whl"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="cannot be read"):
        read_rule_data(path)
    with pytest.raises(Unreadable, match="cannot be read"):
        read_rule_data(tmp_path / "absent.whl")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers())
def test_a_damaged_archive_is_read_or_refused(license_archive, tmp_path, seed) -> None:
    chance = Random(seed)  # noqa: S311 # no secret
    damaged = bytearray(license_archive.read_bytes())
    for _ in range(chance.randint(1, 3)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    path = tmp_path / "damaged.whl"
    path.write_bytes(damaged)
    with suppress(Unreadable):
        read_rule_data(path)
