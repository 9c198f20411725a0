# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock policy` and `paddock init`: the files that people write."""

from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.engine.bootstrap import find_configuration
from tests.cli.trees import forbidden_tree

POLICY = """\
name: Ours
licenses:
  base: licensedb
rules:
  - id: no-copyleft
    when: category == "strong-copyleft"
    severity: error
    message: "{name} is under {license}."
    why: We sell it.
    how_to_fix: Ask the office.
    waivable_by: head of office
"""


@pytest.fixture
def policy(tmp_path) -> Path:
    file = tmp_path / "ours.yml"
    file.write_text(POLICY)
    return file


def test_a_good_policy(policy, capsys) -> None:
    assert run_arguments(["policy", "check", str(policy)]) == 0
    assert "a valid policy, 1 rules" in capsys.readouterr().out.replace("\n  ", " ").replace("1 rule,", "1 rules,")


def test_the_faults_of_a_policy_with_file_and_line(policy, capsys) -> None:
    policy.write_text(POLICY.replace('== "strong', '=== "strong').replace("severity: error", "severity: dreadful"))
    assert run_arguments(["policy", "check", str(policy)]) == 1
    text = capsys.readouterr().out
    assert "Cannot be used: 2 faults." in text
    assert "ours.yml:6: " in text
    assert "ours.yml:7: " in text


def test_several_policies(policy, tmp_path, capsys) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("rules: 7\n")
    assert run_arguments(["policy", "check", str(policy), str(broken)]) == 1
    text = capsys.readouterr().out
    assert "a valid policy" in text.replace("\n  ", " ")
    assert "broken.yml:1: " in text


@pytest.mark.parametrize("text", ["", "[", "- a\n- b", "\x00", "name: &a [*a]"])
def test_what_is_no_policy_is_refused(text, tmp_path, capsys) -> None:
    file = tmp_path / "file.yml"
    file.write_text(text)
    assert run_arguments(["policy", "check", str(file)]) == 1
    assert "file.yml" in capsys.readouterr().out


def test_what_is_in_force_here(policy, monkeypatch, capsys) -> None:
    assert run_arguments(["policy", "check"]) == 0
    assert "No configuration here; policy “Paddock default”" in capsys.readouterr().out
    monkeypatch.chdir(policy.parent)
    Path(".paddock.yml").write_text("policy: ours.yml\n")
    assert run_arguments(["policy", "check"]) == 0
    assert ".paddock.yml; policy “Ours”" in capsys.readouterr().out
    Path(".paddock.yml").write_text("policy: ours.yml\nnonsense: 1\n")
    assert run_arguments(["policy", "check"]) == 1
    assert ".paddock.yml:2: " in capsys.readouterr().out


def test_what_a_policy_demands(policy, capsys) -> None:
    assert run_arguments(["policy", "show", str(policy)]) == 0
    assert capsys.readouterr().out.endswith(
        "no-copyleft  error\n"
        '  when      category == "strong-copyleft"\n'
        "  why       We sell it.\n"
        "  fix       Ask the office.\n"
        "  waive     head of office\n"
    )


def test_the_policy_that_ships_is_shown_and_its_source_can_be_used(tmp_path, capsys) -> None:
    assert run_arguments(["policy", "show"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Paddock default\n")
    assert not [line for line in text.splitlines() if len(line) > 80 and len(line.split()) > 1]
    assert run_arguments(["policy", "show", "--source"]) == 0
    (tmp_path / "copy.yml").write_text(capsys.readouterr().out)
    assert run_arguments(["policy", "check", str(tmp_path / "copy.yml")]) == 0


def test_a_policy_decides(policy, tmp_path, capsys) -> None:
    tree = str(forbidden_tree(tmp_path / "tree"))
    assert run_arguments(["scan", tree, "--policy", str(policy)]) == 1
    text = capsys.readouterr().out
    assert "policy “Ours”" in text
    assert "  waive     head of office" in text
    policy.write_text(POLICY.replace("severity: error", "severity: warning"))
    assert run_arguments(["scan", tree, "--policy", str(policy), "-q"]) == 0


def test_a_faulty_policy_stops_a_scan_with_its_faults(policy, tmp_path, capsys) -> None:
    policy.write_text(POLICY + "surplus: 1\n")
    assert run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "--policy", str(policy)]) == 3
    assert "ours.yml:12: " in capsys.readouterr().err


def test_a_first_configuration_can_be_used_at_once(tmp_path, capsys) -> None:
    tree = forbidden_tree(tmp_path / "tree")
    for name in ("docs", "tests", "src"):
        (tree / name).mkdir()
    assert run_arguments(["init", str(tree), "--distribution", "hosted"]) == 0
    assert f"Wrote {tree / '.paddock.yml'}. Next: read it, then run paddock scan {tree}." in capsys.readouterr().out
    found = find_configuration(tree)
    assert found.distribution == "hosted"
    assert [exclude.pattern for exclude in found.path_excludes] == ["docs/**", "tests/**"]
    assert (found.issues, found.waivers, found.curations) == ((), (), ())
    assert run_arguments(["scan", str(tree)]) == 0
    assert "left out  docs/** (DOCUMENTATION_OF) · tests/** (TEST_OF)" in capsys.readouterr().out


def test_an_existing_configuration_is_kept_unless_told_otherwise(tmp_path, capsys) -> None:
    (tmp_path / ".paddock.yml").write_text("distribution: internal\n")
    assert run_arguments(["init", str(tmp_path)]) == 3
    assert ".paddock.yml exists already; --force replaces it" in capsys.readouterr().err
    assert (tmp_path / ".paddock.yml").read_text() == "distribution: internal\n"
    assert run_arguments(["init", str(tmp_path), "--force"]) == 0
    assert "distribution: app" in (tmp_path / ".paddock.yml").read_text()


def test_no_folder_no_configuration(capsys) -> None:
    assert run_arguments(["init", "nowhere"]) == 3
    assert "'nowhere' does not exist" in capsys.readouterr().err
