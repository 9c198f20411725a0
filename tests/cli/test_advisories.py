# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock advisories`: what comes in is told, what is there is shown."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from tests.cli.advisories import exploited, install, right
from tests.engine.advisor.records import before, record
from tests.engine.advisor.test_advise import EPSS, KEV
from tests.engine.clients.feed_server import Site, serving
from tests.engine.pipeline.test_advisories import advisory, publish


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    with serving() as site:
        publish(site, *(advisory(number) for number in range(3)))
        site.files["known_exploited_vulnerabilities.json"] = json.dumps(KEV).encode()
        site.files["epss_scores-current.csv.gz"] = gzip.compress(EPSS, mtime=0)
        monkeypatch.setenv("PADDOCK_ADVISORIES_URL", site.address)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        yield site


def test_a_first_sync_and_the_next(site: Site, capsys) -> None:
    assert run_arguments(["advisories", "sync", "npm"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "✓ 3 advisories: 3 added, facts about 2 CVEs."
    assert lines[1] == f"  {os.environ['PADDOCK_ADVISORIES']}"
    assert lines[2].split() == ["npm", "3", "added"]

    assert run_arguments(["advisories", "sync"]) == 0
    assert capsys.readouterr().out.startswith("✓ 3 advisories: nothing new.\n")
    assert run_arguments(["audit", "pkg:npm/n1@1.0.0"]) == 1


def test_what_cannot_be_fetched_is_told_and_kept(site: Site, capsys) -> None:
    assert run_arguments(["advisories", "sync", "npm", "Nowhere", "-q"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "could not be read  Nowhere" in captured.err
    assert "is 'Nowhere' an ecosystem?" in " ".join(captured.err.split())
    site.files.clear()
    assert run_arguments(["advisories", "sync", "--whole"]) == 3
    assert run_arguments(["audit", "pkg:npm/n1@1.0.0"]) == 1


def test_settings_are_used_and_their_faults_told(site: Site, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.delenv("PADDOCK_ADVISORIES_URL")
    settings = tmp_path / "settings.yml"
    settings.write_text(f"url: {site.address}\necosystems: [npm]\n")
    assert run_arguments(["advisories", "sync", "--settings", str(settings)]) == 0
    settings.write_text("ulr: x\n")
    assert run_arguments(["advisories", "sync", "--settings", str(settings)]) == 3
    assert "'ulr'" in capsys.readouterr().err


def test_files_are_imported_and_their_faults_told(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "good.json").write_text(json.dumps(right()))
    (folder / "bad.json").write_text("{")
    for number in range(8):
        (folder / f"vague{number}.json").write_text(
            json.dumps(record(f"X-{number}", {"package": {"ecosystem": "npm", "name": "n"}}))
        )

    assert run_arguments(["advisories", "import", str(folder)]) == 0
    text = capsys.readouterr().out
    assert text.startswith("✓ 9 advisories: 9 added.\n")
    assert "mine                     9 added, 1 could not be read\n" in text
    assert "and 4 more; --verbose shows all" in text
    assert max(map(len, text.splitlines())) <= max(80, len(str(tmp_path)) + 30)
    assert run_arguments(["advisories", "import", str(folder / "bad.json")]) == 3
    assert "there are no advisories in it" in capsys.readouterr().err


def test_what_is_in_the_database(capsys) -> None:
    install(right(), *exploited())
    assert run_arguments(["advisories", "info", "--verify"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("1 advisory, last changed ")
    assert "every byte checked" in text
    assert "  KEV                             1  newest 2026-01-01\n" in text


def test_a_damaged_database_is_found_by_verifying(capsys) -> None:
    path = install(*(record(f"X-{number}", before("npm", "n", "2.0.0"), details="x" * 900) for number in range(100)))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8_000] = b"\xa5" * 8_000
    path.write_bytes(data)
    assert run_arguments(["advisories", "info", "--verify"]) == 3
    assert "is damaged" in capsys.readouterr().err


def test_one_vulnerability(capsys) -> None:
    install(right(), *exploited())

    assert run_arguments(["advisories", "show", "ghsa-1"]) == 0
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "CVE-2025-0001  Remote code",
        "  GHSA-1",
        "  severity  critical 9.8  CVSS 3.1, GHSA-1",
        "  exploited yes, in CISA KEV since 2025-12-24, by ransomware too",
        "  EPSS      91.0% within 30 days, more than 99% of all",
        "  published 2025-12-01, changed 2026-01-02",
        "",
        "GHSA-1  test",
        "  npm:right  < 2.1.0",
    ]
    assert run_arguments(["advisories", "show", "CVE-2025-0001", "--raw"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "GHSA-1"
    assert run_arguments(["advisories", "show", "CVE-1999-0001"]) == 1
    assert "CVE-1999-0001 is not in the database (1 advisory)." in capsys.readouterr().err


def test_one_that_only_catalogues_know(capsys) -> None:
    install(record("X-1", before("npm", "n", "2.0.0")), *exploited())
    assert run_arguments(["advisories", "show", "cve-2025-0001"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("CVE-2025-0001")
    assert "exploited" in text
    assert "No advisory in the database is about it" in text


def test_without_a_database_everything_says_what_to_do(capsys) -> None:
    for arguments in (["info"], ["show", "CVE-2025-0001"]):
        assert run_arguments(["advisories", *arguments]) == 3
        assert "`paddock advisories sync` fetches one" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["sync", "import", "info", "show"])
def test_help(name: str, capsys) -> None:
    assert run_arguments(["advisories", name, "--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80
