# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock diff`: what changed between trees, bills of materials and results."""

import json
from pathlib import Path

from paddock.cli.main import run_arguments
from tests.cli.trees import compliant_tree, forbidden_tree, write_bom, write_tree


def test_nothing_changed(tmp_path, capsys) -> None:
    tree = str(compliant_tree(tmp_path / "tree"))
    assert run_arguments(["diff", tree, tree]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"


def test_a_tree_and_its_own_result_are_the_same(tmp_path) -> None:
    tree = str(forbidden_tree(tmp_path / "tree"))
    run_arguments(["scan", tree, "-q", "-o", "r.paddock.json"])
    assert run_arguments(["diff", tree, "r.paddock.json"]) == 0


def test_versions_licences_and_findings(tmp_path, capsys) -> None:
    before, after = compliant_tree(tmp_path / "a"), write_tree(tmp_path / "b", right="GPL-3.0-only", version="1.9.0")
    assert run_arguments(["diff", str(before), str(after)]) == 1
    text = capsys.readouterr().out
    assert text.startswith(
        "Packages: 1 with other versions, 1 with other licences. Findings: 1 new.\n"
        "\n"
        "new findings  1\n"
        "    GPL-3.0-only in a product that is handed out: pkg:npm/right\n"
    )
    assert "downgraded  1\n    right  2.0.0 → 1.9.0\n" in text
    assert "licences  1\n    right  ISC → GPL-3.0-only\n" in text


def test_packages_added_and_removed(tmp_path, capsys) -> None:
    bom, tree = str(write_bom(tmp_path / "bom.json")), str(compliant_tree(tmp_path / "tree"))
    assert run_arguments(["diff", bom, tree]) == 1
    assert "added  1\n    pkg:npm/right@2.0.0\n" in capsys.readouterr().out
    assert run_arguments(["diff", tree, bom]) == 1
    assert "removed  1\n    pkg:npm/right@2.0.0\n" in capsys.readouterr().out


def test_for_programs(tmp_path, capsys) -> None:
    before, after = str(compliant_tree(tmp_path / "a")), str(forbidden_tree(tmp_path / "b"))
    assert run_arguments(["diff", before, after, "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["licenses"] == [
        {"package": "pkg:npm/right", "name": "right", "before": "ISC", "after": "GPL-3.0-only"}
    ]
    assert [finding["rule"] for finding in printed["new_findings"]] == ["strong-copyleft-distributed"]
    assert run_arguments(["diff", before, after, "-o", "changes.json"]) == 1
    assert json.loads(Path("changes.json").read_text()) == printed


def test_a_text_file_has_everything_and_the_terminal_stays_quiet(tmp_path, capsys) -> None:
    bom = write_bom(tmp_path / "bom.json")
    one = json.loads(bom.read_text())["components"][0]
    more = [
        one | {"bom-ref": f"pkg:npm/p{number}@1", "purl": f"pkg:npm/p{number}@1", "name": f"p{number}"}
        for number in range(30)
    ]
    large = write_bom(tmp_path / "large.json", components=[one, *more])
    assert run_arguments(["diff", str(bom), str(large)]) == 1
    assert "    and 10 more\n\n--verbose lists everything\n" in capsys.readouterr().out
    assert run_arguments(["diff", str(bom), str(large), "-o", "changes.txt"]) == 1
    assert capsys.readouterr() == ("", "")
    assert Path("changes.txt").read_text().count("pkg:npm/p") == 30


def test_only_the_exit_code(tmp_path, capsys) -> None:
    trees = [str(compliant_tree(tmp_path / "a")), str(forbidden_tree(tmp_path / "b"))]
    assert run_arguments(["diff", *trees, "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")


def test_the_faulty_side_is_named(tmp_path, capsys) -> None:
    good, bad = write_bom(tmp_path / "good.json"), write_bom(tmp_path / "bad.json", specVersion="9.9")
    assert run_arguments(["diff", str(good), str(bad)]) == 3
    assert f"{bad} cannot be read." in capsys.readouterr().err
    assert run_arguments(["diff", str(good), "nowhere"]) == 3
