# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock audit`, and what `scan` says about known vulnerabilities: answers, exit codes, documents."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.engine.formats.result import read_result
from tests.cli.advisories import exploited, install, malware, right
from tests.cli.process import run_process
from tests.cli.sarif_rules import faults
from tests.cli.trees import LEFT, RIGHT, compliant_tree, write_tree
from tests.engine.advisor.records import NOW, affected, before, record

NOTHING_LOADED = (
    "print([name for name in sys.modules if name.startswith('paddock.engine.')"
    " and ('extractors' in name or name.endswith(('bootstrap', 'reports')))])"
)


def said(capsys) -> str:
    return str(capsys.readouterr().out)


def test_a_tree_with_a_known_vulnerability(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((NOW + timedelta(days=31)).timestamp())))
    install(right(), *exploited())

    assert run_arguments(["audit", str(compliant_tree(tmp_path / "tree"))]) == 1

    lines = said(capsys).splitlines()
    assert lines[0] == "✗ 1 known vulnerability in 1 package: 1 known to be exploited, 1 critical."
    assert lines[1].startswith("  tree · 2 packages · 1 advisory of 2026-03-01 (newest 2026-01-02) · ")
    assert lines[2] == "  the advisories are 31 days old: run `paddock advisories sync`"
    assert lines[4:] == [
        "right 2.0.0  runtime, by left 1.0.0",
        "  have left 1.0.0 bring 2.1.0",
        "    critical      9.8  CVE-2025-0001  exploited EPSS 91% Remote code",
    ]


def test_lines_fit_the_terminal(tmp_path: Path, capsys) -> None:
    records = [
        record(f"GHSA-{number:04}-aaaa-bbbb", before("npm", "right", f"3.{number}.0"), summary="word " * 60)
        for number in range(12)
    ]
    install(*records)

    assert run_arguments(["audit", str(compliant_tree(tmp_path / "tree"))]) == 1
    short = said(capsys)
    assert run_arguments(["audit", str(compliant_tree(tmp_path / "tree")), "--verbose"]) == 1
    long = said(capsys)

    assert max(map(len, short.splitlines())) <= 80
    assert "    and 7 more\n" in short
    assert "upgrade" not in short
    assert "bring 3.11.0 (clears all 12)" in short
    assert long.count("GHSA-") == 12


def test_verbose_says_who_rates_it_and_every_way_in(capsys) -> None:
    install(right(), *exploited())
    assert run_arguments(["audit", "-v", "pkg:npm/right@2.0.0"]) == 1
    text = said(capsys)
    assert "critical 9.8 (CVSS 3.1, " in text
    assert "exploited · EPSS 91% · fixed in 2.1.0" in " ".join(text.split())


def test_packages_without_vulnerabilities_are_fine(tmp_path: Path, capsys) -> None:
    install(right(fixed="1.0.0"))

    assert run_arguments(["audit", str(compliant_tree(tmp_path / "tree"))]) == 0
    assert said(capsys).startswith("✓ No known vulnerabilities.\n")


def test_what_names_no_packages_is_no_good_news(tmp_path: Path, capsys) -> None:
    install(right())
    lock = tmp_path / "my-yarn.lock"  # tools know lock files by their names
    lock.write_text("# yarn lockfile v1\n")

    assert run_arguments(["audit", str(lock)]) == 2
    assert said(capsys).startswith("? Nothing was looked up: no file here is of a kind that names packages.\n")


def test_what_could_not_be_told_is_neither(capsys) -> None:
    install()

    assert run_arguments(["audit", "pkg:npm/right"]) == 2
    text = said(capsys)
    assert text.startswith("? No known vulnerabilities, but it could not be told for 1 package.\n")
    assert "could not tell whether the one known vulnerability concerns it" in text


def test_package_urls(capsys) -> None:
    install()

    assert run_arguments(["audit", RIGHT, LEFT]) == 1
    text = said(capsys)
    assert "2 package URLs · 2 packages" in text
    assert "  upgrade to 2.1.0\n" in text
    assert run_arguments(["audit", LEFT]) == 0
    assert run_arguments(["audit", "pkg:npm"]) == 3


def test_several_things_at_once(tmp_path: Path, capsys) -> None:
    install()
    bom = compliant_tree(tmp_path / "other")

    assert run_arguments(["audit", LEFT, str(compliant_tree(tmp_path / "tree")), str(bom)]) == 1
    assert said(capsys).count("package") > 3
    assert run_arguments(["audit", LEFT, str(bom), "-o", str(tmp_path / "x.json")]) == 3
    assert "about one thing" in capsys.readouterr().err


def test_a_package_url_loads_no_extractor_and_no_report(tmp_path: Path, monkeypatch) -> None:
    path = install()
    code = (
        f"import sys; from paddock.cli.main import run_arguments; run_arguments(['audit', '{RIGHT}']); {NOTHING_LOADED}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PADDOCK_ADVISORIES": str(path)}
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_database_audit_is_an_error_that_says_what_to_do(tmp_path: Path, capsys) -> None:
    for what in (RIGHT, str(compliant_tree(tmp_path / "tree"))):
        assert run_arguments(["audit", what]) == 3
        assert "`paddock advisories sync` fetches one" in capsys.readouterr().err


def test_a_damaged_database_says_what_to_do(tmp_path: Path, capsys) -> None:
    path = install()
    path.write_bytes(path.read_bytes()[:5_000])
    for command in ("audit", "scan"):
        assert run_arguments([command, str(compliant_tree(tmp_path / "tree"))]) == 3
        assert "is not whole (it has 5,000 bytes); `paddock advisories sync` builds it anew" in capsys.readouterr().err
    assert run_arguments(["scan", str(tmp_path / "tree"), "--no-advisories"]) == 0


def test_scan_without_a_database_says_so_and_nothing_else(tmp_path: Path, capsys) -> None:
    tree = str(compliant_tree(tmp_path / "tree"))
    assert run_arguments(["scan", tree]) == 0
    text = " ".join(said(capsys).split())
    assert (
        "security vulnerabilities were not looked up: no advisory database; `paddock advisories sync` fetches one"
        in text
    )
    assert run_arguments(["scan", tree, "--no-advisories"]) == 0
    assert "security" not in said(capsys)


def test_scan_decides_about_vulnerabilities_too(tmp_path: Path, capsys) -> None:
    install(right(), *exploited())
    tree = compliant_tree(tmp_path / "tree")

    assert run_arguments(["scan", str(tree)]) == 1

    text = said(capsys)
    assert text.startswith("✗ Not compliant: 1 cause in 1 package.\n")
    assert "must not ship    Vulnerabilities that are known to be exploited  1 package\n" in text
    assert "    right 2.0.0  CVE-2025-0001 → 2.1.0, runtime, by left 1.0.0\n" in text
    assert "  security  1 known vulnerability in 1 package: 1 known to be exploited, 1\n            critical" in text
    assert run_arguments(["scan", str(tree), "--no-advisories"]) == 0
    assert run_arguments(["scan", str(tree), "--exit-zero"]) == 0


def test_malware_never_ships(tmp_path: Path, capsys) -> None:
    install(malware("right"))

    assert run_arguments(["scan", str(compliant_tree(tmp_path / "tree"))]) == 1
    assert "must not ship    Malicious packages" in said(capsys)


def test_a_resolution_settles_it_and_the_reports_say_why(tmp_path: Path, capsys) -> None:
    install()
    tree = compliant_tree(tmp_path / "tree")
    (tree / ".paddock.yml").write_text(
        "resolutions:\n- vulnerability: GHSA-1\n  purl: pkg:npm/right\n  reason: INEFFECTIVE_VULNERABILITY\n"
        "  comment: The function is never called.\n  until: 2999-12-31\n"
    )
    out = tmp_path / "audit.sarif"

    assert run_arguments(["audit", str(tree), "-o", str(out)]) == 0
    assert "1 finding does not count" in said(capsys)
    assert faults(json.loads(out.read_text())) == []
    assert "The function is never called." in out.read_text()
    assert run_arguments(["audit", str(tree), "--no-config"]) == 1
    assert run_arguments(["scan", str(tree)]) == 0
    assert "1 finding; the reports say by whom" in said(capsys)
    assert run_arguments(["policy", "check"]) == 0


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("high", 1),
        ("kev", 1),
        ("epss>=0.9", 1),
        ("epss>=95%", 0),
        ("critical+fixable", 1),
        ("malware", 0),
        ("cvss>=9.9", 0),
    ],
)
def test_pipelines_choose_what_to_fail_on(what: str, code: int, tmp_path: Path, capsys) -> None:
    install(right(), *exploited())
    tree = str(compliant_tree(tmp_path / "tree"))
    policy = tmp_path / "policy.yml"
    policy.write_text("name: none\nrules: []\n")

    assert run_arguments(["audit", tree, "--fail-on", what]) == code
    assert (f"1 finding meets --fail-on {what}." in capsys.readouterr().err) is bool(code)
    assert run_arguments(["scan", tree, "--policy", str(policy), "--fail-on", what]) == code
    assert run_arguments(["scan", tree, "--policy", str(policy), "--fail-on", what, "--exit-zero"]) == 0


def test_a_threshold_that_is_none_is_wrong_usage(capsys) -> None:
    assert run_arguments(["audit", RIGHT, "--fail-on", "severe"]) == 3
    assert "there are critical, high" in capsys.readouterr().err
    assert run_arguments(["scan", ".", "--no-advisories", "--fail-on", "high"]) == 3


def test_documents(tmp_path: Path, capsys) -> None:
    install()
    tree = str(compliant_tree(tmp_path / "tree"))
    names = ("a.paddock.json", "a.cdx.json", "a.cdx.xml", "a.sarif", "a.md", "a.html")

    assert run_arguments(["audit", tree, *(part for name in names for part in ("-o", str(tmp_path / name)))]) == 1

    assert all("CVE-2025-0001" in (tmp_path / name).read_text() for name in names)
    found = read_result((tmp_path / "a.paddock.json").read_bytes())
    assert found.advice is not None
    assert found.verdict is None
    assert run_arguments(["validate", str(tmp_path / "a.cdx.json"), str(tmp_path / "a.cdx.xml")]) == 0
    assert run_arguments(["audit", RIGHT, "-f", "json"]) == 1
    capsys.readouterr()
    assert run_arguments(["audit", str(tmp_path / "a.cdx.json"), "-q"]) == 1
    assert said(capsys) == ""


def test_the_decision_may_fall_later_and_elsewhere(tmp_path: Path, capsys) -> None:
    path = install()
    tree = str(compliant_tree(tmp_path / "tree"))
    out = tmp_path / "scan.paddock.json"
    assert run_arguments(["scan", tree, "-o", str(out)]) == 1
    path.unlink()

    assert run_arguments(["evaluate", str(out)]) == 1
    assert run_arguments(["evaluate", str(out), "--fail-on", "critical"]) == 1
    assert "CVE-2025-0001" in said(capsys)


def test_unmaintained_packages_are_told_and_no_vulnerabilities(capsys) -> None:
    entry = affected("npm", "right", ("introduced", "0"), database_specific={"informational": "unmaintained"})
    install(record("RUSTSEC-1", entry))

    assert run_arguments(["audit", RIGHT]) == 0
    assert said(capsys).startswith("✓ No known vulnerabilities, and 1 unmaintained.\n")


def test_texts_of_advisories_do_not_command_the_terminal(capsys) -> None:
    install(right(summary="\x1b[31mred\x1b]0;title\x07 \u202e"))

    assert run_arguments(["audit", RIGHT]) == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(said(capsys))


def test_the_command_as_a_process(tmp_path: Path) -> None:
    path = install()
    tree = write_tree(tmp_path / "tree")
    done = run_process("audit", tree, PADDOCK_ADVISORIES=str(path))
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().startswith("✗ 1 known vulnerability in 1 package: 1 critical.\n")
