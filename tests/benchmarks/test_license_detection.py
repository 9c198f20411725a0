# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How the benchmarks of licence recognition read answers, choose files and keep score."""

import json
from pathlib import Path

import pytest

from benchmarks.license_detection import worst_cases
from benchmarks.license_detection.findings import Findings, alike, keys_of, read_paddock, read_scancode
from benchmarks.license_detection.license_scanners import missed
from benchmarks.license_detection.license_texts import Texts, is_license_file
from benchmarks.license_detection.license_truth import Truth, accepted_of
from benchmarks.license_detection.report import Row, print_rows, reason_for, share_row
from benchmarks.license_detection.samples import copy_sample, sample

TEXTS = Texts(
    {"MIT": "you may", "MIT-Old": "You   may!", "GPL-2.0-only": "copy left", "GPL-2.0+": "copy left", "X": "else"},
    {"X-with-Y": ["X", "Y"]},
    {},
    frozenset({"MIT", "X"}),
)


def paddock_match(expression: str, rule: str = "some.RULE") -> dict[str, object]:
    return {
        "license_expression_spdx": expression.upper(),
        "license_expression": expression,
        "score": 100.0,
        "start_line": 1,
        "end_line": 2,
        "rule": rule,
        "matcher": "2-exact",
    }


def scancode_match(expression: str, from_file: str) -> dict[str, object]:
    return {
        "license_expression": expression,
        "rule_identifier": "some.RULE",
        "matcher": "2-aho",
        "score": 100.0,
        "start_line": 1,
        "end_line": 2,
        "from_file": from_file,
    }


@pytest.fixture
def answers(tmp_path: Path) -> tuple[dict[str, Findings], dict[str, Findings]]:
    ours = {
        "tool": {"name": "Paddock"},
        "files": [
            {"path": "a.c", "licenses": [paddock_match("mit OR (gpl-2.0 WITH x)")], "copyrights": []},
            {
                "path": "b.c",
                "licenses": [paddock_match("mit", "see.RULE -> LICENSE")],
                "clues": [paddock_match("zlib")],
            },
        ],
    }
    whole = {"matches": [scancode_match("mit OR (gpl-2.0 WITH x)", "files/a.c")] * 2}
    followed = {"matches": [scancode_match("mit", "files/LICENSE")]}
    theirs = {
        "headers": [{"tool_version": "32.5.0", "duration": 1.5}],
        "files": [
            {"path": "files", "type": "directory"},
            {
                "path": "files/a.c",
                "type": "file",
                "detected_license_expression": "mit OR (gpl-2.0 WITH x)",
                "license_detections": [whole, whole],
            },
            {
                "path": "files/b.c",
                "type": "file",
                "detected_license_expression": "apache-2.0",
                "license_detections": [followed],
                "license_clues": [scancode_match("zlib", "files/b.c")],
            },
            {"path": "files/c.c", "type": "file"},
        ],
    }
    (tmp_path / "ours.json").write_text(json.dumps(ours))
    (tmp_path / "theirs.json").write_text(json.dumps(theirs))
    return read_paddock(tmp_path / "ours.json"), read_scancode(tmp_path / "theirs.json")


def test_both_answers_are_read_into_the_same_form(answers: tuple[dict[str, Findings], dict[str, Findings]]) -> None:
    ours, theirs = answers
    assert ours["a.c"].keys == theirs["a.c"].keys == {"mit", "gpl-2.0", "x"}
    assert list(theirs) == ["a.c", "b.c", "c.c"]
    assert len(theirs["a.c"].hits) == 1
    assert ours["b.c"].own_expressions() == theirs["b.c"].own_expressions() == ["zlib"]
    assert ours["a.c"].spdx == {"MIT", "GPL-2.0", "X"}


def test_files_count_as_alike_by_their_licences(answers: tuple[dict[str, Findings], dict[str, Findings]]) -> None:
    ours, theirs = answers
    assert alike(ours, theirs) == ["a.c", "c.c"]


def test_keys_are_the_names_between_operators() -> None:
    assert keys_of(["a AND (b OR c)", "a WITH d"]) == {"a", "b", "c", "d"}
    assert keys_of([""]) == frozenset()


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("MIT", {"MIT"}, True),
        ("MIT", {"MIT-Old"}, True),
        ("GPL-2.0-or-later", {"GPL-2.0-only"}, True),
        ("X-with-Y", {"X", "Y"}, True),
        ("X-with-Y", {"X"}, False),
        ("MIT", {"X"}, False),
        ("MIT", set(), False),
    ],
)
def test_a_text_is_found_as_its_id_or_one_with_the_same_text(wanted: str, found: set[str], expected: bool) -> None:
    assert TEXTS.is_found(wanted, frozenset(found)) is expected


def test_names_of_test_files_with_deprecated_ids_are_understood() -> None:
    assert TEXTS.name_of("depreciate_gpl-2.0+") == "GPL-2.0+"
    assert TEXTS.name_of("MIT") == "MIT"
    assert TEXTS.is_known("X-with-Y")
    assert not TEXTS.is_known("MIT-Old")


def test_names_of_other_scanners_are_missed_or_covered() -> None:
    found = Findings(frozenset({"mit"}), frozenset({"MIT", "LicenseRef-scancode-sun-rpc", "GPL-1.0-or-later"}))
    assert list(missed(["mit", "Sun-RPC", "GPL", "Dual-license", "BSD"], found, TEXTS)) == ["BSD"]
    assert list(missed([""], found, TEXTS)) == ["no licence"]
    assert list(missed([""], Findings(), TEXTS)) == []


def test_short_names_of_debian_become_alternatives() -> None:
    truth = Truth("p/f", "GPL-2+ with Libtool exception", accepted_of("GPL-2+ with Libtool exception", {"GPL-2+": "G"}))
    assert truth.accepted == ({"G"}, {"Libtool-exception"})
    both = frozenset({"G", "Libtool-exception"})
    assert truth.all_named(Findings(spdx=both))
    assert truth.nothing_else(Findings(spdx=both))
    assert not truth.all_named(Findings(spdx=frozenset({"G"})))
    assert not truth.nothing_else(Findings(spdx=both | {"MIT"}))
    assert truth.nothing_else(Findings(spdx=both | {"LicenseRef-scancode-unknown-license-reference"}))


def test_a_sample_is_bounded_varied_and_the_same_again(tmp_path: Path) -> None:
    for package, count in (("one", 30), ("two", 5)):
        for number in range(count):
            place = tmp_path / "tree" / package / f"{number}.c"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(
                "Licensed alike\n" if number % 2 else f"licence {'abcdefghijklmnopqrstuvwxyzabcd'[number] * 3}\n"
            )
        (tmp_path / "tree" / package / "silent.c").write_text("int x;\n")
        (tmp_path / "tree" / package / "binary").write_bytes(b"license\0")
    chosen = sample(tmp_path / "tree", 12)
    assert chosen == sample(tmp_path / "tree", 12)
    assert len(chosen) == 12
    assert sum(path.name == "silent.c" for path in chosen) == 1
    alike_of_one = [path for path in chosen if path.parts[0] == "one" and path.stem.isdigit() and int(path.stem) % 2]
    assert len(alike_of_one) <= 2
    copy_sample(tmp_path / "tree", chosen, tmp_path / "copy")
    assert (
        sorted(path.relative_to(tmp_path / "copy") for path in (tmp_path / "copy").rglob("*") if path.is_file())
        == chosen
    )


def test_a_changed_notice_says_where_each_text_ends() -> None:
    long = {name: " ".join(f"{name}word{number}" for number in range(200)) for name in ("first", "second")}
    content, ends = worst_cases.notice({**long, "short": "few words"})
    assert (content, ends) == worst_cases.notice({**long, "short": "few words"})
    assert sorted(ends) == ["first", "second"]
    assert max(ends.values()) == len(content)
    assert content.decode() != "".join(long.values())


def test_rows_say_whether_bars_are_reached(capsys: pytest.CaptureFixture[str]) -> None:
    assert share_row("x", 99, 100, 99) == Row("x", "≥ 99 %", "99.00 % (99 of 100)", True)
    assert print_rows([share_row("x", 99, 100, 99), share_row("y", 1, 2)])
    assert not print_rows([share_row("x", 98, 100, 99)])
    assert "(missed)" in capsys.readouterr().out


def test_reasons_are_found_by_the_end_of_a_path() -> None:
    assert reason_for("S/a/b.c", {"a/b.c": "why"}) == "why"
    assert reason_for("S/aa/b.c", {"a/b.c": "why"}) == ""
    assert reason_for("S/a/b/c.c", {"a/b/": "all of it"}) == "all of it"
    assert reason_for("S/aa/b/c.c", {"a/b/": "all of it"}) == ""


@pytest.mark.parametrize(
    ("name", "expected"), [("LICENSE", True), ("x/COPYING.txt", True), ("license.py", False), ("main.c", False)]
)
def test_licence_files_are_told_by_name(name: str, expected: bool) -> None:
    assert is_license_file(Path(name)) is expected
