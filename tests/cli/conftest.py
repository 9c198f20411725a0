# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every test of the command shares: a terminal of 80 columns without colours, an empty current folder, no
advisory database."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same surroundings for every test, whoever runs it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "PYTHONIOENCODING", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PADDOCK_ADVISORIES", str(tmp_path / "advisories" / "none.db"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
