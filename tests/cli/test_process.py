# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What only a process shows: pipes, signals, encodings, the same bytes twice, faults of our own."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from paddock.cli import main, progress, terminal
from paddock.cli.main import run_arguments
from paddock.engine.reporter.reports import REPORTS
from tests.cli.process import COMMAND, environment, run_process
from tests.cli.trees import compliant_tree, forbidden_tree, write_tree

ASCII = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def large_tree(folder: Path) -> Path:
    """A tree whose listing is longer than the buffer of a pipe."""
    write_tree(folder)
    lock = folder / "package-lock.json"
    document = json.loads(lock.read_text())
    for number in range(3_000):
        document["packages"][f"node_modules/package-{number}"] = {"version": "1.0.0", "license": "GPL-3.0-only"}
    lock.write_text(json.dumps(document))
    return folder


@pytest.mark.parametrize("arguments", [["-f", "json"], ["--verbose"]])
def test_a_reader_that_goes_away_is_neither_a_verdict_nor_a_fault(arguments, tmp_path) -> None:
    command = [*COMMAND, "scan", str(large_tree(tmp_path / "tree")), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        complaints = process.stderr.read()
    assert (process.returncode, complaints) == (141, b"")


def test_an_interrupt_within_the_work(tmp_path, monkeypatch, capsys) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "app", interrupted)
    assert run_arguments(["scan", "."]) == 130
    assert capsys.readouterr().err == "Interrupted. No file was left half written.\n"


def test_a_fault_of_our_own_is_no_verdict_and_says_so(monkeypatch, capsys) -> None:
    def faulty(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(main, "app", faulty)
    assert run_arguments(["scan", "."]) == 2
    message = capsys.readouterr().err
    assert "ZeroDivisionError" in message
    assert "this is a fault in Paddock. Please report it" in message


@pytest.mark.parametrize("surroundings", [{"PYTHONIOENCODING": "ascii"}, ASCII, {"PYTHONIOENCODING": "cp1252"}])
def test_a_terminal_that_lacks_characters(surroundings, tmp_path) -> None:
    tree = write_tree(tmp_path / "lädchen→", right="GPL-3.0-only", name="lädchen→")
    done = run_process("scan", tree, **surroundings)
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode("cp1252" if surroundings.get("PYTHONIOENCODING") == "cp1252" else "ascii")
    assert text.startswith("x Not compliant: 1 cause in 1 package.\n")
    assert "right 2.0.0" in text
    assert "Traceback" not in text


def all_reports(tree: Path, folder: Path, **surroundings: str) -> dict[str, bytes]:
    """Every format that there is, from one run."""
    folder.mkdir()
    pairs = [part for name in REPORTS for part in ("-f", name, "-o", str(folder / name))]
    done = run_process("scan", tree, "-q", *pairs, SOURCE_DATE_EPOCH="1767225600", **surroundings)
    assert done.returncode == 1, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_documents_do_not_depend_on_the_encoding_of_the_terminal(tmp_path) -> None:
    tree = write_tree(tmp_path / "lädchen", right="GPL-3.0-only", name="lädchen")
    expected, found = all_reports(tree, tmp_path / "a"), all_reports(tree, tmp_path / "b", **ASCII)
    assert [name for name in REPORTS if expected[name] != found[name]] == []


def test_the_same_bytes_twice_whatever_the_order_of_sets(tmp_path) -> None:
    tree = forbidden_tree(tmp_path / "tree")
    runs = [all_reports(tree, tmp_path / seed, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert [name for name in REPORTS if runs[0][name] != runs[1][name]] == []
    assert b"2026-01-01T00:00:00Z" in runs[0]["json"]


def test_a_folder_whose_name_is_not_text(tmp_path) -> None:
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.rename(forbidden_tree(tmp_path / "tree"), folder)
    found = all_reports(Path(os.fsdecode(folder)), tmp_path / "out")
    assert "caf\ufffd".encode() in found["html"]


@pytest.mark.parametrize("epoch", ["yesterday", "1e99", "9" * 30])
def test_a_time_that_is_none(epoch, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run_arguments(["scan", str(compliant_tree(tmp_path / "tree"))]) == 3
    assert "which is no number of seconds since 1970" in capsys.readouterr().err


def test_colours_are_for_terminals_that_want_them(tmp_path) -> None:
    tree = forbidden_tree(tmp_path / "tree")
    assert b"\x1b" not in run_process("scan", tree).stdout
    assert b"\x1b[" in run_process("scan", tree, FORCE_COLOR="1", TERM="xterm").stdout
    without = run_process("scan", tree, FORCE_COLOR="1", TERM="xterm", NO_COLOR="1").stdout
    assert b"\x1b[31m" not in without
    assert b"\x1b[1;31m" not in without


class Screen(io.StringIO):
    """Standard error on a terminal."""

    def isatty(self) -> bool:
        return True


def put_screen(monkeypatch) -> Screen:
    """Called by the test itself: pytest sets standard error anew between fixtures and test."""
    found = Screen()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setenv("TERM", "xterm")
    return found


def advance_to(monkeypatch, seconds: float) -> None:
    monkeypatch.setattr(terminal.time, "monotonic", lambda: seconds)


def test_progress_is_shown_on_a_terminal_and_leaves_nothing_behind(monkeypatch) -> None:
    screen = put_screen(monkeypatch)
    advance_to(monkeypatch, 100.0)
    with progress.progress_bar(quiet=False) as advance:
        advance("Reading manifests", 1, 0)
        assert screen.getvalue() == ""  # nobody waits yet
        advance_to(monkeypatch, 101.0)
        advance("Reading manifests", 1_200, 0)
        assert "Reading manifests" in screen.getvalue()
        assert "1,200 files" in screen.getvalue()
        advance_to(monkeypatch, 101.01)
        advance("Reading manifests", 1_201, 0)
        assert "1,201" not in screen.getvalue()  # too soon after the last
        advance_to(monkeypatch, 102.0)
        advance("Looking for licences", 5, 10)
    last = screen.getvalue().rpartition("Looking for licences")[2]
    assert "\x1b[?25h" in last  # the cursor is back
    assert last.endswith("\x1b[1A\x1b[2K")  # and the line is gone


def test_no_progress_for_short_work_or_when_quiet(monkeypatch) -> None:
    screen = put_screen(monkeypatch)
    advance_to(monkeypatch, 100.0)
    with progress.progress_bar(quiet=False) as advance:
        advance("Reading manifests", 1, 0)
    with progress.progress_bar(quiet=True) as advance:
        advance_to(monkeypatch, 200.0)
        advance("Reading manifests", 1, 0)
    assert screen.getvalue() == ""


def test_progress_and_data_do_not_mix(tmp_path) -> None:
    done = run_process("scan", large_tree(tmp_path / "tree"), "-f", "json")
    assert done.stderr == b""
    json.loads(done.stdout)
