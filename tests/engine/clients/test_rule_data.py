# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Fetching the rules with this machine's pip, from a folder that stands in for an index of packages."""

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from paddock.engine.clients import rule_data
from paddock.engine.clients.rule_data import ARCHIVE, DATA_VERSION, NotFetched, check_archive, fetched_archive
from tests.license_data import write_archive

METADATA = f"Metadata-Version: 2.1\nName: scancode-toolkit-mini\nVersion: {DATA_VERSION}\nRequires-Dist: absent\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: none\nRoot-Is-Purelib: true\nTag: cp311-none-any\n"


def wheel(folder: Path) -> Path:
    """The rules of the tests as pip would find them."""
    folder.mkdir()
    path = write_archive(folder / ARCHIVE)
    info = f"scancode_toolkit_mini-{DATA_VERSION}.dist-info"
    with zipfile.ZipFile(path, "a") as archive:
        for name, text in (("METADATA", METADATA), ("WHEEL", WHEEL), ("RECORD", "")):
            archive.writestr(f"{info}/{name}", text)
    return path


def test_the_archive_is_there_for_as_long_as_it_is_needed(tmp_path, monkeypatch) -> None:
    published = wheel(tmp_path / "published")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(published.parent))
    monkeypatch.setattr(rule_data, "SHA256", hashlib.sha256(published.read_bytes()).hexdigest())
    with fetched_archive() as archive:
        assert archive.read_bytes() == published.read_bytes()
        assert archive != published
    assert not archive.exists()


class Pip:
    """Stands in for the process: what pip did, and what it was asked to do."""

    def __init__(self, outcome: Exception | int, data: bytes | None = None) -> None:
        self.outcome, self.data = outcome, data
        self.command: list[str] = []
        self.options: dict[str, object] = {}

    def __call__(self, command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        self.command, self.options = command, options
        if isinstance(self.outcome, Exception):
            raise self.outcome
        if self.data is not None:
            (Path(command[command.index("--dest") + 1]) / ARCHIVE).write_bytes(self.data)
        return subprocess.CompletedProcess(command, self.outcome, stdout="", stderr="a\nERROR: the last line\n")


@pytest.mark.parametrize(
    ("pip", "reason"),
    [
        (Pip(1), "the last line"),
        (Pip(0), "the last line"),
        (Pip(FileNotFoundError(2, "No such file")), "No such file"),
        (Pip(subprocess.TimeoutExpired(["pip"], 900)), "timed out"),
        (Pip(0, b"another archive"), "SHA-256"),
    ],
)
def test_whatever_pip_does_wrong_is_said(pip, reason, monkeypatch) -> None:
    monkeypatch.setattr(subprocess, "run", pip)
    with pytest.raises(NotFetched, match=reason) as caught, fetched_archive():
        pass
    is_another = reason == "SHA-256"
    assert ("paddock license-db import FILE here" in str(caught.value)) is not is_another


def test_nothing_of_what_is_fetched_is_run_and_nothing_else_is_fetched(monkeypatch) -> None:
    pip = Pip(1)
    monkeypatch.setattr(subprocess, "run", pip)
    with pytest.raises(NotFetched), fetched_archive():
        pass
    assert pip.command[1:4] == ["-m", "pip", "download"]
    assert {"--no-deps", "--only-binary", "--no-input"} <= set(pip.command)
    assert pip.command[-1] == f"scancode-toolkit-mini=={DATA_VERSION}"
    assert pip.options["timeout"]
    assert "shell" not in pip.options


def test_an_archive_is_known_by_its_hash(tmp_path) -> None:
    (tmp_path / "x.whl").write_bytes(b"other")
    with pytest.raises(NotFetched, match=rf"x\.whl is not the archive.*{hashlib.sha256(b'other').hexdigest()}"):
        check_archive(tmp_path / "x.whl")
