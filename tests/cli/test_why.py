# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock why`: how a package gets in."""

import pytest

from paddock.cli.main import run_arguments
from tests.cli.trees import RIGHT, compliant_tree


def test_the_way_in_is_shown(tmp_path, capsys) -> None:
    assert run_arguments(["why", "right", str(compliant_tree(tmp_path / "tree"))]) == 0
    assert capsys.readouterr().out == (
        f"right 2.0.0  {RIGHT}\n  package.json  runtime, through others\n    by shop → left 1.0.0\n"
    )


def test_what_the_project_itself_asks_for(tmp_path, capsys) -> None:
    assert run_arguments(["why", "left", str(compliant_tree(tmp_path / "tree"))]) == 0
    assert "  package.json  runtime, directly, asks for ^1.0.0\n" in capsys.readouterr().out


@pytest.mark.parametrize("package", [RIGHT, "pkg:npm/right", "pkg:npm/*", "righ*", "RIGHT"])
def test_a_package_can_be_named_in_many_ways(package, tmp_path, capsys) -> None:
    assert run_arguments(["why", package, str(compliant_tree(tmp_path / "tree"))]) == 0
    assert f"right 2.0.0  {RIGHT}\n" in capsys.readouterr().out


def test_a_package_that_is_not_there_is_told_with_the_nearest_one(tmp_path, capsys) -> None:
    tree = str(compliant_tree(tmp_path / "tree"))
    assert run_arguments(["why", "rihgt", tree]) == 1
    assert capsys.readouterr() == ("", "'rihgt' is not among the 2 packages found there.\nDid you mean right?\n")
    assert run_arguments(["why", "pkg:npm/entirely-else@1", tree]) == 1
    assert "Did you mean" not in capsys.readouterr().err


def test_results_and_the_current_folder_can_be_asked(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(compliant_tree(tmp_path / "tree"))
    assert run_arguments(["analyze", ".", "-q", "-o", "../r.paddock.json"]) == 0
    assert run_arguments(["why", "right"]) == 0
    here = capsys.readouterr().out
    assert run_arguments(["why", "right", "../r.paddock.json"]) == 0
    assert capsys.readouterr().out == here
