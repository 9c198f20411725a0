# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How the two programs are run over a folder, and the options that all these benchmarks share."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.license_detection.findings import Findings, read_paddock, read_scancode
from benchmarks.measure import Cost, run_once

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PADDOCK = (sys.executable, "-m", "paddock")


@dataclass(frozen=True)
class Options:
    """scancode: its program, where it is to be run. keep: where answers are left; those of ScanCode are used again."""

    data: Path
    scancode: Path | None
    keep: Path | None
    differences: bool
    more: argparse.Namespace


def read_options(description: str | None, more: Sequence[tuple[str, dict[str, object]]] = ()) -> Options:
    """The options of the command line. more: further options as (name, arguments of add_argument)."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with the suites' archives")
    parser.add_argument("--scancode", type=Path, help="ScanCode's program, to be run over the same files")
    parser.add_argument("--keep", type=Path, help="leave answers here, and use ScanCode's answers that lie here")
    parser.add_argument("--differences", action="store_true", help="list every file that differs, with the matches")
    for name, arguments in more:
        parser.add_argument(name, **arguments)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"no data at {options.data}; give --data")
    if options.scancode and not shutil.which(options.scancode):
        sys.exit(f"{options.scancode} is no program")
    return Options(options.data, options.scancode, options.keep, options.differences, options)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the time of a run."""
    with tempfile.TemporaryDirectory(prefix="paddock-licenses-") as folder:
        yield Path(folder)


@contextmanager
def fresh_memory() -> Iterator[dict[str, str]]:
    """An environment in which nothing is remembered of earlier runs."""
    with tempfile.TemporaryDirectory(prefix="paddock-memory-") as folder:
        yield {"PADDOCK_CACHE": folder}


def paddock_command(folder: Path, answer: Path, *, processes: int = 1) -> list[str]:
    """Look for licences in a folder, with that many processes."""
    return [*PADDOCK, "license", "detect", "-q", "--jobs", str(processes), "-f", "json", "-o", str(answer), str(folder)]


def scancode_command(program: Path, folder: Path, answer: Path, *, processes: int = 1) -> list[str]:
    """The same with ScanCode, which is given the time it needs: by itself it ends after two minutes a file."""
    limits = ["-n", str(processes), "--timeout", "1000", "--quiet"]
    return [str(program), "--license", *limits, "--json", str(answer), str(folder)]


def run_paddock(options: Options, name: str, folder: Path) -> dict[str, Findings]:
    """Our findings in a folder. name: of the answer, in case it is kept."""
    with scratch() as place, fresh_memory() as memory:
        answer = place / "paddock.json"
        _must_end(run_once(paddock_command(folder, answer, processes=os.cpu_count() or 1), environment=memory), answer)
        _keep(options, answer, f"{name}.paddock.json")
        return read_paddock(answer)


def run_scancode(options: Options, name: str, folder: Path) -> dict[str, Findings] | None:
    """ScanCode's findings: kept ones where there are, else from a run, else None."""
    kept = options.keep / f"{name}.scancode.json" if options.keep else None
    if kept and kept.is_file():
        return read_scancode(kept)
    if options.scancode is None:
        return None
    with scratch() as place:
        answer = place / "scancode.json"
        _must_end(run_once(scancode_command(options.scancode, folder, answer)), answer)
        _keep(options, answer, f"{name}.scancode.json")
        return read_scancode(answer)


def _must_end(cost: Cost, answer: Path) -> None:
    # ScanCode ends with 1 when it could not read one of the files, and has an answer all the same.
    if cost.exit_code not in {0, 1} or not answer.is_file():
        sys.exit(f"the program ended with {cost.exit_code} and without an answer")


def _keep(options: Options, answer: Path, name: str) -> None:
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(answer, options.keep / name)
