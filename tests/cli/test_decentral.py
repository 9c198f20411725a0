# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`analyze` here, `evaluate` there, `report` anywhere: the same answer as `scan` in one go."""

import json
import re
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.engine.formats.result import read_result
from paddock.engine.reporter.reports import REPORTS
from tests.cli.trees import broken_tree, compliant_tree, forbidden_tree, unlicensed_tree, write_bom

EPOCH = "1767225600"


@pytest.mark.parametrize(
    ("make", "code"), [(compliant_tree, 0), (forbidden_tree, 1), (unlicensed_tree, 2), (broken_tree, 2)]
)
def test_the_verdict_is_the_same_in_two_steps(make, code, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    tree = str(make(tmp_path / "tree"))
    whole, half, both = (str(tmp_path / name) for name in ("whole.json", "half.json", "both.json"))
    assert run_arguments(["scan", tree, "-q", "-o", whole]) == code
    assert run_arguments(["analyze", tree, "-q", "-o", half]) == (2 if make is broken_tree else 0)
    assert run_arguments(["evaluate", half, "-q", "-o", both]) == code
    expected, found = (read_result(Path(path).read_bytes()) for path in (whole, both))
    assert (found.verdict, found.policy, found.inventory) == (expected.verdict, expected.policy, expected.inventory)


def test_an_inventory_has_no_verdict(tmp_path, capsys) -> None:
    assert run_arguments(["analyze", str(forbidden_tree(tmp_path / "tree"))]) == 0
    text = capsys.readouterr().out
    assert text.startswith("2 packages in 1 project.\n")
    assert "ompliant" not in text
    assert "must not ship" not in text


def test_the_promised_inventory_for_tools(tmp_path, capsys) -> None:
    file = tmp_path / "bom.json"
    assert (
        run_arguments(["analyze", str(forbidden_tree(tmp_path / "tree")), "--format", "cyclonedx", "-o", str(file)])
        == 0
    )
    document = json.loads(file.read_text())
    assert sorted(one["purl"] for one in document["components"]) == ["pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"]
    capsys.readouterr()
    assert run_arguments(["validate", str(file)]) == 0


def test_what_could_not_be_read_is_told_by_the_exit_code(tmp_path, capsys) -> None:
    assert run_arguments(["analyze", str(broken_tree(tmp_path / "tree"))]) == 2
    assert "package-lock.json:" in capsys.readouterr().out


def test_an_inventory_is_no_pass_in_sarif(tmp_path, capsys) -> None:
    assert run_arguments(["analyze", str(compliant_tree(tmp_path / "tree")), "--format", "sarif"]) == 3
    message = capsys.readouterr().err
    assert "nobody decided yet; use `paddock scan`, or `paddock evaluate` on the inventory" in message


def test_a_bill_of_materials_is_evaluated(tmp_path) -> None:
    assert run_arguments(["evaluate", str(write_bom(tmp_path / "bom.json")), "-q"]) == 0


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "json"])
def test_a_report_from_a_result_is_the_one_that_scan_writes(name, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    result, direct, later = (str(tmp_path / file) for file in ("r.paddock.json", "direct", "later"))
    pairs = ["-f", "json", "-o", result, "-f", name, "-o", direct]
    assert run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "-q", *pairs]) == 1
    assert run_arguments(["report", result, "-q", "-f", name, "-o", later]) == 0
    assert Path(direct).read_bytes() == Path(later).read_bytes()


def test_a_report_without_format_is_the_summary(tmp_path, capsys) -> None:
    result = str(tmp_path / "r.paddock.json")
    run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "-q", "-o", result])
    assert run_arguments(["report", result]) == 0
    assert capsys.readouterr().out.startswith("✗ Not compliant: 1 cause in 1 package.\n")


def test_only_results_can_be_reported(tmp_path, capsys) -> None:
    file = write_bom(tmp_path / "bom.json")
    assert run_arguments(["report", str(file)]) == 3
    assert f"{file} cannot be read." in capsys.readouterr().err
    assert run_arguments(["report", str(tmp_path / "missing")]) == 3
    assert "missing" in capsys.readouterr().err


def test_a_result_with_a_fault_is_refused_with_its_place(tmp_path, capsys) -> None:
    file = tmp_path / "r.paddock.json"
    run_arguments(["scan", str(compliant_tree(tmp_path / "tree")), "-q", "-o", str(file)])
    document = json.loads(file.read_text())
    document["result"]["inventory"]["components"][1]["purl"] = "not a purl"
    file.write_text(json.dumps(document))
    assert run_arguments(["evaluate", str(file)]) == 3
    assert re.search(r"\n\$\.result\.inventory\.components\[1\]\.purl: 'not a purl' is not a", capsys.readouterr().err)


def test_the_schema_of_results_is_printed(capsys) -> None:
    assert run_arguments(["report", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Paddock result, version 1"
