# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences of files and folders alone: which files, under which paths, and the document that tells them."""

import json
from pathlib import Path
from typing import Any

import pytest

from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Tool
from paddock.engine.pipeline.detection import Detection, detect_in, detection_json
from paddock.engine.scanner.licenses.default_index import PLACE
from tests.engine.pipeline.trees import plant
from tests.license_data import HEDGEROW, MEADOW, MEADOW_NOTICE

# REUSE-IgnoreStart
HEADER = "# SPDX-FileCopyrightText: 2020 A. Person\n# SPDX-License-Identifier: MIT\n"
TREE = {"LICENSE": MEADOW, "src/a.c": f"/*\n{MEADOW_NOTICE}*/\n", "src/b.py": HEADER, "src/c.py": "x = 1\n"}
# REUSE-IgnoreEnd


@pytest.fixture
def tree(tmp_path, monkeypatch) -> Path:
    """The current folder, with a small tree in it."""
    plant(tmp_path / "here", TREE)
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def told(found: Detection) -> dict[str, list[str]]:
    return {file.path: [match.license_expression for match in file.licenses] for file in found.files}


def test_every_file_of_a_folder_is_told_those_without_findings_included(tree) -> None:
    found = detect_in([tree], processes=1)
    assert told(found) == {"LICENSE": ["meadow"], "src/a.c": ["meadow"], "src/b.py": ["mit"], "src/c.py": []}
    assert [file.path for file in found.files] == sorted(TREE)
    by_path = {file.path: file for file in found.files}
    assert [one.statement for one in by_path["src/b.py"].copyrights] == ["Copyright 2020 A. Person"]
    assert found.issues == ()


def test_texts_in_a_folder_of_licences_and_sidecars_are_told_as_well(tree) -> None:
    plant(tree, {"LICENSES/meadow.txt": MEADOW, "p.png": b"\x89PNG", "p.png.license": HEADER})
    found = told(detect_in([tree], processes=1))
    assert (found["LICENSES/meadow.txt"], found["p.png.license"], found["p.png"]) == (["meadow"], ["mit"], [])


def test_paths_are_relative_to_the_folder_that_is_given(tree) -> None:
    assert set(told(detect_in([Path("src")], processes=1))) == {"a.c", "b.py", "c.py"}
    assert set(told(detect_in([tree / "src"], processes=1))) == {"a.c", "b.py", "c.py"}


def test_a_single_file_is_told_by_its_name(tree) -> None:
    for path in (tree / "src" / "a.c", Path("src/a.c"), Path("./src/../src/a.c")):
        assert told(detect_in([path], processes=1)) == {"a.c": ["meadow"]}


def test_of_several_paths_each_is_relative_to_the_current_folder(tree) -> None:
    plant(tree, {"other/LICENSE": HEDGEROW, "other/deep/x.c": MEADOW})
    assert told(detect_in([Path("LICENSE"), Path("other/LICENSE")], processes=1)) == {
        "LICENSE": ["meadow"],
        "other/LICENSE": ["hedgerow"],
    }
    found = told(detect_in([Path("other"), Path("LICENSE"), tree / "src"], processes=1))
    assert set(found) == {"LICENSE", "other/LICENSE", "other/deep/x.c", "src/a.c", "src/b.py", "src/c.py"}


def test_paths_outside_of_the_current_folder_are_looked_into_as_well(tree) -> None:
    plant(tree.parent / "elsewhere", {"LICENSE": HEDGEROW, "deep/x.c": MEADOW})
    found = detect_in([Path("../elsewhere"), Path("LICENSE"), tree.parent / "elsewhere" / "deep" / "x.c"], processes=1)
    assert told(found) == {
        "../elsewhere/LICENSE": ["hedgerow"],
        "../elsewhere/deep/x.c": ["meadow"],
        "LICENSE": ["meadow"],
    }
    assert found.issues == ()


def test_what_is_given_twice_is_told_once(tree) -> None:
    assert told(detect_in([Path("src"), Path("src/a.c"), tree / "src"], processes=1)) == {
        "src/a.c": ["meadow"],
        "src/b.py": ["mit"],
        "src/c.py": [],
    }


def test_a_file_that_is_given_by_a_link_is_followed_wherever_it_leads(tree) -> None:
    plant(tree.parent / "elsewhere", {"MEADOW.txt": MEADOW})
    (tree / "src" / "LICENSE").symlink_to("../../elsewhere/MEADOW.txt")
    assert told(detect_in([Path("src/LICENSE")], processes=1)) == {"LICENSE": ["meadow"]}
    assert told(detect_in([Path("src/LICENSE"), Path("src/b.py")], processes=1)) == {
        "src/LICENSE": ["meadow"],
        "src/b.py": ["mit"],
    }


def test_the_matched_text_is_shown_line_by_line_where_it_is_asked_for(tree) -> None:
    by_path = {file.path: file for file in detect_in([tree], processes=1, with_text=True).files}
    assert by_path["src/a.c"].texts == (MEADOW_NOTICE.rstrip("\n"),)
    assert by_path["src/c.py"].texts == ()


def test_lines_of_the_text_are_those_of_the_finding_whatever_else_may_end_a_line(tree) -> None:
    (tree / "odd.txt").write_bytes(f"form\x0cfeed \x85 \u2028 end\n{MEADOW_NOTICE}".encode())
    (file,) = detect_in([Path("odd.txt")], processes=1, with_text=True).files
    assert (file.licenses[0].start_line, file.texts) == (2, (MEADOW_NOTICE.rstrip("\n"),))


def test_progress_counts_the_files(tree) -> None:
    steps: list[tuple[str, int, int]] = []
    detect_in([tree], processes=1, progress=lambda *step: steps.append(step))
    assert [done for _, done, _ in steps] == [1, 2, 3, 4]
    assert {total for _, _, total in steps} == {4}


def test_what_was_not_looked_into_and_why_is_told(tree, monkeypatch) -> None:
    (tree / "x.pdf").write_bytes(b"%PDF-1.4")
    monkeypatch.setenv(PLACE, "none")
    found = detect_in([tree], processes=1)
    assert told(found)["LICENSE"] == []
    assert [(issue.severity, issue.message) for issue in found.issues] == [
        (Severity.HINT, "PDF documents were not searched for licences: 1 file"),
        (Severity.WARNING, f"licence texts were not recognised, only tags: {PLACE} is none"),
    ]
    assert found.data == ()


def document(found: Detection) -> Any:
    return json.loads(detection_json(found, Tool("Paddock", "1.2.3")))


def test_the_document(tree, license_index) -> None:
    found = document(detect_in([tree], processes=1))
    assert found["tool"] == {"name": "Paddock", "version": "1.2.3", "licence_rules": license_index.version}
    assert [file["path"] for file in found["files"]] == sorted(TREE)
    by_path = {file["path"]: file for file in found["files"]}
    (match,) = by_path["LICENSE"]["licenses"]
    expected = {
        "license_expression_spdx": "LicenseRef-scancode-meadow",
        "license_expression": "meadow",
        "score": 100.0,
        "start_line": 1,
        "end_line": MEADOW.count("\n"),
        "rule": "meadow.LICENSE",
        "matcher": "1-hash",
    }
    assert match.items() >= expected.items()
    assert by_path["src/b.py"]["copyrights"] == [
        {"start_line": 1, "end_line": 1, "statement": "Copyright 2020 A. Person", "holders": ["A. Person"]}
    ]
    assert by_path["src/c.py"] == {"path": "src/c.py", "licenses": [], "copyrights": []}
    assert found["issues"] == []


def test_hints_and_texts_are_in_the_document(tree) -> None:
    plant(tree, {"hint.c": "GPL\n"})
    by_path = {file["path"]: file for file in document(detect_in([tree], processes=1, with_text=True))["files"]}
    assert [clue["license_expression"] for clue in by_path["hint.c"]["clues"]] == ["gpl-1.0-plus"]
    assert by_path["src/a.c"]["licenses"][0]["matched_text"] == MEADOW_NOTICE.rstrip("\n")


def test_the_same_tree_is_the_same_document(tree) -> None:
    one, other = (detection_json(detect_in([tree], processes=count), Tool("Paddock", "1")) for count in (1, 4))
    assert one == other


def test_what_a_file_cannot_be_is_an_issue_and_not_the_end(tree) -> None:
    (tree / "gone").symlink_to("nowhere")
    (tree / "locked").mkdir()
    found = detect_in([tree], processes=1)
    assert told(found)["LICENSE"] == ["meadow"]
