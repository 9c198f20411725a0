# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Several processes find what one finds, in the same order, and a process that dies loses nothing."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.model.licensing import LicenseFindings, LicenseMatch
from paddock.engine.pipeline import workers
from paddock.engine.pipeline.workers import MIN_FILES, cores, look_in_processes
from paddock.engine.scanner.detect import default_detectors
from paddock.engine.scanner.look import Looked, look_one_by_one
from tests.license_data import HEDGEROW, MEADOW, MEADOW_NOTICE

COUNT = 200
TEXTS = [MEADOW, HEDGEROW, MEADOW_NOTICE, "nothing at all\n", "\0 binary", "GPL\n", ""]


@pytest.fixture
def files(tmp_path, monkeypatch) -> list[SourceFile]:
    """As many files as several processes need to begin with, none like its neighbour."""
    monkeypatch.setattr(workers, "MIN_FILES", COUNT)
    monkeypatch.setattr(workers, "MIN_BYTES", 0)
    found = []
    for number in range(COUNT):
        path = tmp_path / f"{number:03}.txt"
        path.write_text(f"{TEXTS[number % len(TEXTS)]}x\n" * (number % len(TEXTS) != 6))
        found.append(SourceFile(DirectoryTree(tmp_path), path.name, path.stat().st_size))
    return found


class Numbered:
    """Finds the number of the file; on another process it may do something else first."""

    def __init__(self, elsewhere: str = "") -> None:
        self.elsewhere = elsewhere
        self.home = os.getpid()

    def __call__(self, _data: bytes, path: str) -> LicenseFindings:
        is_elsewhere = os.getpid() != self.home
        if is_elsewhere and path.startswith("150") and self.elsewhere == "die":
            os._exit(1)
        rule = f"{path} elsewhere" if is_elsewhere and self.elsewhere == "tell" else path
        return LicenseFindings(
            licenses=(LicenseMatch(start_line=1, end_line=1, license_expression_spdx="MIT", rule=rule),)
        )


def rules(answers: Iterator[Looked]) -> list[str]:
    return [match.rule for looked in answers for match in looked.findings.licenses]


def test_several_processes_find_what_one_finds_in_the_same_order(files) -> None:
    detectors = default_detectors()
    alone = list(look_one_by_one(files, detectors))
    together = list(look_in_processes(files, detectors, processes=2))
    assert together == alone
    assert len({looked.not_looked_at for looked in alone}) == 2
    assert sum(len(looked.findings.licenses) for looked in alone) > COUNT // 3


def test_the_work_is_really_done_elsewhere(files) -> None:
    found = rules(look_in_processes(files, (Numbered("tell"),), processes=2))
    assert found == [f"{file.path} elsewhere" for file in files if file.size and int(file.path[:3]) % 7 != 4]


def test_a_process_that_dies_loses_no_file(files) -> None:
    found = rules(look_in_processes(files, (Numbered("die"),), processes=2))
    assert found == rules(look_one_by_one(files, (Numbered(),)))


def refuses(files, detectors) -> Iterator[Looked]:
    raise RuntimeError("no work here")


def test_a_fault_elsewhere_is_told_and_not_swallowed(files) -> None:
    with pytest.raises(RuntimeError, match="no work here"):
        list(look_in_processes(files, (Numbered(),), processes=2, look_all=refuses))


def no_pool() -> None:
    raise AssertionError("a process was started")


@pytest.mark.parametrize(
    "setting", [{"processes": 1}, {"count": COUNT - 1}, {"bytes": 10**9}], ids=["one core", "few files", "few bytes"]
)
def test_where_it_does_not_pay_no_process_is_started(setting, files, monkeypatch) -> None:
    monkeypatch.setattr(workers, "_context", no_pool)
    monkeypatch.setattr(workers, "MIN_BYTES", setting.get("bytes", 0))
    chosen = files[: setting.get("count", COUNT)]
    found = rules(look_in_processes(chosen, (Numbered(),), processes=setting.get("processes", 4)))
    assert found == rules(look_one_by_one(chosen, (Numbered(),)))


def test_whoever_stops_reading_ends_the_work(files) -> None:
    answers = look_in_processes(files, (Numbered(),), processes=2)
    assert next(iter(answers)).findings.licenses
    answers.close()


def test_small_trees_are_below_the_limits_and_there_is_at_least_one_core() -> None:
    assert MIN_FILES > 50
    assert cores() >= 1


@pytest.mark.parametrize("threads", [1, 3])
def test_a_process_with_threads_is_not_forked(threads, monkeypatch) -> None:
    monkeypatch.setattr(workers.threading, "active_count", lambda: threads)
    method: Callable[[], str] = workers._context().get_start_method
    assert method() == ("fork" if threads == 1 and hasattr(os, "fork") else "spawn")


def test_files_of_a_tree_in_another_process_are_those_of_this_one(files, tmp_path) -> None:
    detectors = default_detectors()
    (tmp_path / "000.txt").write_text(MEADOW * 2)
    changed = [SourceFile(files[0].tree, "000.txt", (Path(tmp_path) / "000.txt").stat().st_size), *files[1:]]
    first = next(iter(look_in_processes(changed, detectors, processes=2)))
    assert len(first.findings.licenses) == 2
