# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock license detect|show`: what is said to people and to programs, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.engine.model.errors import EngineError
from paddock.engine.pipeline import license_database
from tests.cli.process import environment, run_process
from tests.engine.pipeline.trees import plant
from tests.license_data import HEDGEROW, MEADOW, MEADOW_NOTICE

NOT_NEEDED = ("rich", "yaml", "numpy.ma", "importlib.metadata", "concurrent.futures", "multiprocessing")
ROOMS_NOT_NEEDED = ("analyzer", "policy.configuration", "versions", "advisor", "reporter", "model.inventory")
"""What takes longer to load than a file to search."""

# REUSE-IgnoreStart
HEADER = "# SPDX-FileCopyrightText: 2020 A. Person\n# SPDX-License-Identifier: MIT\n"
# REUSE-IgnoreEnd
TREE = {"LICENSE": MEADOW, "src/a.c": f"/*\n{MEADOW_NOTICE}*/\n", "src/b.py": HEADER, "src/c.py": "x = 1\n"}


@pytest.fixture
def tree(tmp_path) -> Path:
    return plant(tmp_path / "tree", TREE)


def said(capsys, *arguments: object) -> str:
    """What a command prints that ends well."""
    assert run_arguments(["license", *map(str, arguments)]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


# For people


def test_the_answer_comes_first_then_each_file_with_its_evidence(tree, capsys) -> None:
    *lines, copyright = said(capsys, "detect", tree).splitlines(keepends=True)
    assert "".join(lines) == (
        "LicenseRef-scancode-meadow 2 · MIT 1\n"
        "  4 files looked at\n"
        "\n"
        "LICENSE\n"
        "  lines 1-14  LicenseRef-scancode-meadow  100 % by meadow.LICENSE\n"
        "\n"
        "src/a.c\n"
        "  lines 2-3  LicenseRef-scancode-meadow  100 % by meadow_notice.RULE\n"
        "\n"
        "src/b.py\n"
        "  line 2  MIT  100 % by spdx-license-identifier-mit\n"
    )
    assert copyright.startswith("  line 1  ")
    assert copyright.endswith("2020 A. Person\n")


def test_nothing_found_is_said(tmp_path, capsys) -> None:
    assert said(capsys, "detect", plant(tmp_path / "tree", {"a.c": "int a;\n"})) == (
        "No licence found in 1 file.\n  1 file looked at\n"
    )


def test_hints_are_told_as_perhaps(tmp_path, capsys) -> None:
    text = said(capsys, "detect", plant(tmp_path / "tree", {"a.c": "GPL\n"}))
    assert text.startswith("No licence found in 1 file.\n")
    assert "  line 1  perhaps GPL-1.0-or-later  50 % by gpl_bare.RULE\n" in text


def test_the_matched_text_is_shown_where_it_is_asked_for(tree, capsys) -> None:
    text = said(capsys, "detect", tree / "src" / "a.c", "--text")
    assert "      This field is licensed under the Paddock Meadow Licence" in text
    assert "Meadow Licence" not in said(capsys, "detect", tree / "src" / "a.c")


def test_no_line_is_longer_than_the_terminal(tmp_path, capsys) -> None:
    files = {
        "LICENSE": f"{HEDGEROW}\n\n{MEADOW}",
        "x.py": HEADER.replace("A. Person", "Somebody With a Very Long Name " * 6),
    }
    for options in ([], ["--text"]):
        text = said(capsys, "detect", plant(tmp_path / "tree", files), *options)
        assert max(map(len, text.splitlines())) <= 80


def test_what_was_not_searched_is_told_below(tree, capsys) -> None:
    plant(tree, {"a.pdf": "%PDF-1.4"})
    assert said(capsys, "detect", tree).endswith("  PDF documents were not searched for licences: 1 file\n")


def test_signs_that_steer_a_terminal_are_not_printed(tmp_path, capsys) -> None:
    tree = plant(tmp_path / "tree", {"a\x1b[31m.py": HEADER.replace("A. Person", "A\x1b]0;x\x07 Person")})
    text = said(capsys, "detect", tree, "--text")
    assert "\x1b" not in text
    assert "\x07" not in text


def test_several_paths(tree, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tree)
    text = said(capsys, "detect", "LICENSE", "src/b.py")
    assert text.startswith("LicenseRef-scancode-meadow 1 · MIT 1\n  2 files looked at\n")
    assert "\nsrc/b.py\n" in text


# For programs

LICENSE_FIELDS = {
    "license_expression_spdx", "license_expression", "score", "start_line", "end_line", "rule", "matcher",
}  # fmt: skip
COPYRIGHT_FIELDS = {"statement", "holders", "start_line", "end_line"}


def test_json_on_standard_output(tree, capsys) -> None:
    found = json.loads(said(capsys, "detect", tree, "--format", "json"))
    assert {"tool", "files"} <= set(found)
    assert found["tool"]["name"] == "Paddock"
    assert [file["path"] for file in found["files"]] == sorted(TREE)
    for file in found["files"]:
        assert {"path", "licenses", "copyrights"} <= set(file)
        assert all(set(match) >= LICENSE_FIELDS for match in file["licenses"])
        assert all(set(statement) == COPYRIGHT_FIELDS for statement in file["copyrights"])


def test_json_in_a_file(tree, tmp_path, capsys) -> None:
    target = tmp_path / "findings.json"
    assert said(capsys, "detect", tree, "-o", target) == ""
    assert json.loads(target.read_bytes())["files"][0]["path"] == "LICENSE"
    assert said(capsys, "detect", tree, "-f", "json", "-o", "-").encode() == target.read_bytes()


def test_json_goes_with_the_matched_text(tree, capsys) -> None:
    found = json.loads(said(capsys, "detect", tree / "LICENSE", "-f", "json", "--text"))
    assert found["files"][0]["licenses"][0]["matched_text"] == MEADOW.rstrip("\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_number_of_processes_changes_nothing(jobs, tree, capsys) -> None:
    plant(tree, {f"many/{number}.c": MEADOW_NOTICE for number in range(250)})
    found = json.loads(said(capsys, "detect", tree, "-f", "json", "--jobs", jobs))
    assert sum(len(file["licenses"]) for file in found["files"]) == 253


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["detect"], "Missing argument 'PATHS...'"),
        (["detect", "absent"], "absent"),
        (["detect", ".", "-f", "xml"], "xml"),
        (["detect", ".", "--jobs", "0"], "--jobs"),
        (["detect", ".", "-o", "no/such/folder/x.json"], "there is no folder"),
        (["detect", ".", "-f", "console", "-o", "x.txt"], "What is written to a file is JSON"),
        (["show"], "Missing argument 'IDS...'"),
        (["recognise"], "recognise"),
    ],
)
def test_wrong_usage(arguments, complaint, capsys) -> None:
    assert run_arguments(["license", *arguments]) == 3
    assert complaint in " ".join(capsys.readouterr().err.split())


# Machines without an index


def test_a_machine_that_is_told_to_do_without_says_so(tree, capsys, monkeypatch) -> None:
    monkeypatch.setenv("PADDOCK_LICENSE_DB", "none")
    text = said(capsys, "detect", tree)
    assert text.startswith("MIT 1\n")
    assert "! licence texts were not recognised, only tags: PADDOCK_LICENSE_DB is none\n" in text


def test_an_index_that_cannot_be_made_ends_nothing(tree, tmp_path, capsys, monkeypatch) -> None:
    def fails(*_: object) -> None:
        raise EngineError("The licence rules cannot be had from here.")

    monkeypatch.setattr(license_database, "build", fails)
    monkeypatch.setenv("PADDOCK_LICENSE_DB", str(tmp_path / "absent.index"))
    assert run_arguments(["license", "detect", str(tree)]) == 0
    shown = capsys.readouterr()
    assert shown.err.startswith("Making the licence index, once for this machine")
    assert "The licence rules cannot be had from here.\nGoing on without the recognition of licence texts" in shown.err
    assert shown.out.startswith("MIT 1\n")
    assert "this machine has no licence index; make it with paddock license-db build" in " ".join(shown.out.split())
    assert run_arguments(["license", "detect", str(tree), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_an_index_is_made_on_first_use(tree, tmp_path, license_archive, capsys, monkeypatch) -> None:
    def builds(target: Path, *_: object) -> license_database.IndexFacts:
        return license_database.build_from(license_archive, target)

    monkeypatch.setattr(license_database, "build", builds)
    target = tmp_path / "new" / "licenses.index"
    monkeypatch.setenv("PADDOCK_LICENSE_DB", str(target))
    assert run_arguments(["license", "detect", str(tree)]) == 0
    shown = capsys.readouterr()
    assert f"Made {target}: " in shown.err
    assert shown.out.startswith("LicenseRef-scancode-meadow 2 · MIT 1\n")
    assert said(capsys, "detect", tree) == shown.out


def test_a_damaged_index_is_told(tree, tmp_path, capsys, monkeypatch) -> None:
    damaged = tmp_path / "licenses.index"
    damaged.write_bytes(b"damaged")
    monkeypatch.setenv("PADDOCK_LICENSE_DB", str(damaged))
    text = " ".join(said(capsys, "detect", tree).split())
    assert "the licence index of this machine cannot be read; make it anew with paddock license-db build" in text


# Looking up a licence


def test_a_licence_is_shown(capsys) -> None:
    assert said(capsys, "show", "MIT") == "MIT  MIT License\n  key       mit\n  category  Permissive\n"


@pytest.mark.parametrize(
    ("id", "lines"),
    [
        ("gpl-2.0", ["GPL-2.0-only  GNU General Public License 2.0", "also      GPL-2.0"]),
        ("GPL-2.0-ONLY", ["GPL-2.0-only  "]),
        ("GPL-2.0+", ["GPL-2.0-or-later  "]),
        ("licenseref-scancode-meadow", ["LicenseRef-scancode-meadow  Paddock Meadow Licence 1.0"]),
        ("Classpath-exception-2.0", ["kind      exception, for use behind WITH"]),
        ("hayloft", ["state     out of use; the data keeps it for old documents"]),
    ],
)
def test_licences_are_found_by_any_of_their_names(id, lines, capsys) -> None:
    text = said(capsys, "show", id)
    assert all(line in text for line in lines)


def test_the_text_of_a_licence(capsys) -> None:
    shown = " ".join(said(capsys, "show", "meadow", "--text").split())
    assert " ".join(MEADOW.split()) in shown
    assert said(capsys, "show", "mit", "--text").endswith("The data has no text for it.\n")


def test_an_unknown_id_is_told_and_the_others_are_shown(capsys) -> None:
    assert run_arguments(["license", "show", "MIT", "Nobody-1.0", "Apache-2.0"]) == 1
    text = capsys.readouterr().out
    assert "✗ Nobody-1.0: no licence with this id or key is known.\n" in text
    assert "Apache-2.0  Apache License 2.0\n" in text


def test_without_an_index_nothing_can_be_looked_up(capsys, monkeypatch) -> None:
    monkeypatch.setenv("PADDOCK_LICENSE_DB", "none")
    assert run_arguments(["license", "show", "MIT"]) == 3
    assert "PADDOCK_LICENSE_DB is none" in capsys.readouterr().err


def test_as_a_process(tree) -> None:
    done = run_process("license", "detect", tree, "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["files"][0]["licenses"][0]["license_expression"] == "meadow"


def test_one_file_is_searched_without_loading_what_only_pages_trees_and_packages_need(tree) -> None:
    names = [*NOT_NEEDED, *(f"paddock.engine.{room}" for room in ROOMS_NOT_NEEDED)]
    code = (
        "import sys; from paddock.cli.main import run_arguments\n"
        f"run_arguments(['license', 'detect', '-q', '-f', 'json', '-o', '{tree / 'out.json'}', '{tree / 'LICENSE'}'])\n"
        f"print([name for name in {names!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
    assert json.loads((tree / "out.json").read_text())["files"][0]["licenses"]
