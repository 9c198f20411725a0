# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock scan`: the stable contract for tools, exit codes, and what can be scanned."""

import json
import re
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.engine.formats.result import read_result
from paddock.engine.model.verdict import Outcome
from paddock.engine.reporter.reports import REPORTS
from tests.cli.sarif_rules import faults
from tests.cli.trees import broken_tree, compliant_tree, forbidden_tree, unlicensed_tree, write_bom

BEGINNINGS = {
    "json": b'{\n "format": "paddock-result"',
    "cyclonedx": b"{",
    "cyclonedx-xml": b"<?xml",
    "spdx": b"{",
    "spdx3": b"{",
    "sarif": b"{",
    "notice": b"tree: third-party notices",
    "html": b"<!doctype html>",
    "markdown": b"# ",
}
"""The formats that are promised to tools, and what their files begin with."""
BILLS = ("cyclonedx", "cyclonedx-xml", "spdx", "spdx3")


@pytest.mark.parametrize(
    ("make", "code"), [(compliant_tree, 0), (forbidden_tree, 1), (unlicensed_tree, 2), (broken_tree, 2)]
)
def test_the_exit_code_is_the_verdict(make, code, tmp_path, capsys) -> None:
    assert run_arguments(["scan", str(make(tmp_path / "tree"))]) == code
    assert capsys.readouterr().err == ""


def test_exit_zero_is_for_reports_in_ci(tmp_path) -> None:
    assert run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "--exit-zero", "-q"]) == 0


@pytest.mark.parametrize("name", BEGINNINGS)
def test_every_promised_format_goes_to_a_file(name, tmp_path, capsys) -> None:
    file = tmp_path / "out"
    code = run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "--format", name, "-o", str(file)])
    assert code == 1
    assert file.read_bytes().startswith(BEGINNINGS[name])
    # However long the path is, and wherever the line is broken.
    assert f"wrote{file}" in "".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", REPORTS)
def test_every_format_goes_to_standard_output_with_nothing_beside_it(name, tmp_path, capsysbinary) -> None:
    tree = str(forbidden_tree(tmp_path / "tree"))
    assert run_arguments(["scan", tree, "-f", name, "-o", str(tmp_path / "file")]) == 1
    capsysbinary.readouterr()
    assert run_arguments(["scan", tree, "-f", name]) == 1
    printed = capsysbinary.readouterr()
    assert printed.err == b""
    start = BEGINNINGS.get(name, b"")
    assert printed.out.startswith(start)
    assert len(printed.out) == len((tmp_path / "file").read_bytes())


@pytest.mark.parametrize("name", BILLS)
def test_written_bills_of_materials_are_valid_and_lead_to_the_same_verdict(name, tmp_path, capsys) -> None:
    bill = str(tmp_path / "bill")
    assert run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "-f", name, "-o", bill, "-q"]) == 1
    assert run_arguments(["validate", bill]) == 0, capsys.readouterr().out
    assert run_arguments(["scan", bill]) == 1
    assert "GPL-3.0-only in a product that is handed out" in capsys.readouterr().out


@pytest.mark.parametrize("make", [compliant_tree, forbidden_tree, unlicensed_tree, broken_tree])
def test_sarif_keeps_to_its_specification(make, tmp_path) -> None:
    file = tmp_path / "out.sarif"
    run_arguments(["scan", str(make(tmp_path / "a tree")), "-o", str(file), "-q"])
    log = json.loads(file.read_text())
    assert faults(log) == []
    assert (len(log["runs"][0]["results"]) > 0) is (make is not compliant_tree)


def test_several_formats_at_once(tmp_path, capsys) -> None:
    files = {name: tmp_path / name for name in ("json", "sarif", "markdown")}
    pairs = [part for name, file in files.items() for part in ("-f", name, "-o", str(file))]
    assert run_arguments(["scan", str(compliant_tree(tmp_path / "tree")), *pairs]) == 0
    assert all(file.read_bytes().startswith(BEGINNINGS[name]) for name, file in files.items())
    assert capsys.readouterr().out.count("wrote") == 3


@pytest.mark.parametrize(
    ("file", "beginning"),
    [
        ("report.html", b'<!doctype html>\n<html lang="en">'),
        ("bericht.de.html", b'<!doctype html>\n<html lang="de">'),
        ("bom.json", b'{"bomFormat":"CycloneDX","specVersion":"1.6"'),
        ("shop.cdx.xml", b"<?xml"),
        ("shop.spdx", b"SPDXVersion: SPDX-2.3"),
        ("shop.sarif", b'{\n "$schema"'),
        ("NOTICE", b"tree: third-party notices"),
        ("shop.NOTICE.md", b"# tree: third-party notices"),
        ("summary.md", b"# "),
        ("anything.json", b'{\n "format": "paddock-result"'),
    ],
)
def test_the_name_of_the_file_tells_the_format(file, beginning, tmp_path) -> None:
    target = tmp_path / file
    assert run_arguments(["scan", str(compliant_tree(tmp_path / "tree")), "-q", "-o", str(target)]) == 0
    assert b"".join(target.read_bytes().split()).startswith(b"".join(beginning.split()))


def test_a_dash_is_standard_output(tmp_path, capsys) -> None:
    assert run_arguments(["scan", str(compliant_tree(tmp_path / "tree")), "-f", "json", "-o", "-"]) == 0
    found = read_result(capsys.readouterr().out.encode())
    assert found.verdict is not None
    assert found.verdict.outcome is Outcome.COMPLIANT


def test_quiet_says_nothing(tmp_path, capsys) -> None:
    assert run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-f", "jsn"], "there is no format 'jsn'. Did you mean 'json'? Choose one of json,"),
        (["-o", "file.unknown"], "Which format should file.unknown have? Say so with --format."),
        (["-f", "json", "-f", "html", "-o", "a"], "2 formats need as many files"),
        (["-f", "json", "-o", "a", "-o", "b"], "There are more files than formats"),
        (["-f", "json", "-f", "html", "-o", "a", "-o", "a"], "Every format needs a file of its own"),
        (["-f", "console", "-f", "json"], "cannot both go to standard output"),
        (["--template", "t.j2"], "--template is for notices"),
        (["-f", "json", "-o", "missing/file"], "there is no folder"),
        (["--policy", "missing.yml"], "missing.yml cannot be read: No such file or directory"),
        (["--distribution", "maybe"], "'maybe' is not one of 'internal', 'hosted', 'app', 'embedded'"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence_before_the_work_begins(arguments, sentence, tmp_path, capsys) -> None:
    assert run_arguments(["scan", str(compliant_tree(tmp_path / "tree")), *arguments]) == 3
    printed = capsys.readouterr()
    assert sentence in " ".join(printed.err.split())
    assert (printed.out, list(Path().iterdir())) == ("", [])


def test_a_path_that_does_not_exist(capsys) -> None:
    assert run_arguments(["scan", "nowhere"]) == 3
    assert "'nowhere' does not exist" in capsys.readouterr().err


def test_nothing_found_is_a_question_not_a_pass(tmp_path, capsys) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "shopping.txt").write_text("milk\n")
    assert run_arguments(["scan", str(tmp_path / "notes")]) == 2
    text = capsys.readouterr().out
    assert text.startswith("? Undecided: ")
    assert "1 file looked at, none of a kind that names packages" in text.replace("\n  ", " ")
    assert "No manifest, lock file, installed package or licence tag was found" in text
    assert "0 packages" not in text


def test_an_empty_folder_is_a_question_too(tmp_path, capsys) -> None:
    (tmp_path / "empty").mkdir()
    assert run_arguments(["scan", str(tmp_path / "empty")]) == 2
    assert "0 files looked at" in capsys.readouterr().out


def test_a_single_lock_file_is_scanned_alone(tmp_path, capsys) -> None:
    tree = forbidden_tree(tmp_path / "tree")
    (tree / "Cargo.lock").write_text('version = 3\n\n[[package]]\nname = "other"\nversion = "1.0.0"\n')
    assert run_arguments(["scan", str(tree / "package-lock.json")]) == 1
    text = capsys.readouterr().out
    assert "right 2.0.0" in text
    assert "2 packages in 1 project" in text


def test_a_bill_of_materials_is_scanned(tmp_path, capsys) -> None:
    assert run_arguments(["scan", str(write_bom(tmp_path / "bom.json"))]) == 0
    assert "delivered · CycloneDX 1.6 (JSON) · 1 package" in capsys.readouterr().out


def test_a_bill_of_materials_with_faults_is_read_as_far_as_it_goes_and_never_passes(tmp_path, capsys) -> None:
    good = json.loads(write_bom(tmp_path / "bom.json").read_text())["components"][0]
    file = write_bom(tmp_path / "bom.json", components=[good, {"type": "library"}])
    assert run_arguments(["scan", str(file)]) == 2
    text = " ".join(capsys.readouterr().out.split())
    assert "components[1]: 'name' is missing" in text
    assert "bom-1.6.schema.json#/definitions/component/required" in text


def test_a_bill_of_materials_that_cannot_be_read_is_refused_with_place_and_rule(tmp_path, capsys) -> None:
    file = write_bom(tmp_path / "bom.json", specVersion="9.9")
    assert run_arguments(["scan", str(file)]) == 3
    assert f"{file} cannot be read.\nspecVersion: CycloneDX 9.9 is not known; known are 1.2" in capsys.readouterr().err


def test_a_bill_of_materials_that_is_cut_off_is_refused_with_its_line(tmp_path, capsys) -> None:
    file = write_bom(tmp_path / "bom.json")
    file.write_text(file.read_text().replace(", ", ",\n")[:-40])
    assert run_arguments(["scan", str(file)]) == 3
    assert re.search(r"is not valid CycloneDX 1.6 \(JSON\)\.\nline \d+: ", capsys.readouterr().err)


def test_a_result_is_scanned_again_by_the_policy_in_force_now(tmp_path) -> None:
    result = str(tmp_path / "result.paddock.json")
    assert run_arguments(["scan", str(forbidden_tree(tmp_path / "tree")), "-q", "-o", result]) == 1
    assert run_arguments(["scan", result, "-q"]) == 1
    assert run_arguments(["scan", result, "-q", "--distribution", "internal"]) == 0


@pytest.mark.parametrize("text", ["", "not a manifest", '{"format": "paddock-result", "version": 1}', "\x00\xff"])
def test_a_file_of_no_known_kind_never_passes(text, tmp_path, capsys) -> None:
    file = tmp_path / "file.bin"
    file.write_bytes(text.encode("latin-1"))
    assert run_arguments(["scan", str(file)]) in (2, 3)
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    assert "Compliant" not in printed.out


def test_a_faulty_configuration_is_told_with_file_and_line(tmp_path, capsys) -> None:
    tree = compliant_tree(tmp_path / "tree")
    (tree / ".paddock.yml").write_text("distribution: app\nwaivers:\n  - rule: 7\n    reason: NO_SUCH_REASON\n")
    assert run_arguments(["scan", str(tree)]) == 3
    message = capsys.readouterr().err
    assert "the policy or configuration cannot be used" in message
    assert ".paddock.yml:3:" in message or ".paddock.yml:4:" in message
    assert run_arguments(["scan", str(tree), "--no-config", "-q"]) == 0


def test_a_notice_by_a_template_of_ones_own(tmp_path, capsys) -> None:
    template = tmp_path / "mine.j2"
    template.write_text("{% for package in packages %}{{ package.name }} {% endfor %}")
    tree = str(compliant_tree(tmp_path / "tree"))
    assert run_arguments(["scan", tree, "-f", "notice", "--template", str(template)]) == 0
    assert capsys.readouterr().out == "left right "
    template.write_bytes(b"\xff\xfe")
    assert run_arguments(["scan", tree, "-f", "notice", "--template", str(template)]) == 3
    assert "is not in UTF-8" in capsys.readouterr().err
