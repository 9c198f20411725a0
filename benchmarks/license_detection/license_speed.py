# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Time and memory of licence recognition: beside ScanCode, at start, in bulk, on files made to be slow, and once more.

    ./dev bench license_speed [--data DIR] [--scancode PROGRAM] [--keep DIR] [--files 600] [--quick]

Every row comes from one run of this command; the machine should do nothing else. ScanCode runs on one small file for
its start, on the sample with one process and with two, and on a changed NOTICE: about 20 minutes. Paddock's runs look
for copyrights as well, ScanCode's for licences alone. --quick takes 60 files and single runs, to see that all works.
The sources of curl and Django come from Debian by apt and stay in the folder given by --keep.
"""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.license_detection import worst_cases
from benchmarks.license_detection.debian_sources import fetch
from benchmarks.license_detection.findings import NOTHING, read_paddock, read_scancode
from benchmarks.license_detection.license_texts import LIST, Texts, read_list
from benchmarks.license_detection.programs import (
    PADDOCK,
    Options,
    fresh_memory,
    paddock_command,
    read_options,
    scancode_command,
    scratch,
)
from benchmarks.license_detection.report import Row, print_rows
from benchmarks.license_detection.samples import unpack
from benchmarks.measure import Cost, measure, run_once
from paddock.engine.scanner.licenses.default_index import index_path

MORE = (
    ("--files", {"type": int, "default": 600, "help": "how many files both programs look at"}),
    ("--quick", {"action": "store_true", "help": "a small sample and single runs"}),
)
SMALL = "LICENSE"
TREE_FILES = 10_000
QUICK_FILES = 60


@dataclass(frozen=True)
class Ground:
    """What the rows are measured on. files: all of the sets S and R. small: a folder with one small licence file."""

    options: Options
    folder: Path
    files: Path
    small: Path
    runs: int

    def paddock(self, folder: Path, *, processes: int = 1) -> Cost:
        """Our median cost for a folder, nothing being remembered."""
        costs = []
        for _ in range(self.runs):
            with fresh_memory() as memory:
                command = paddock_command(folder, self.folder / "ours.json", processes=processes)
                costs.append(run_once(command, environment=memory))
        return sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]

    def scancode(self, folder: Path, *, processes: int = 1) -> Cost:
        """ScanCode's cost, of one run."""
        if self.options.scancode is None:
            raise ValueError("no ScanCode to run")
        return run_once(
            scancode_command(self.options.scancode, folder, self.folder / "theirs.json", processes=processes)
        )


def lay_ground(options: Options, folder: Path) -> Ground:
    """Unpack the sets and make the folders."""
    files = folder / "files"
    for name in ("S", "R"):
        root = unpack(options.data / f"detection/agreement-{name}.tar.xz", folder / name)
        shutil.move(root / name / "files", files / name)
    small = folder / "small"
    small.mkdir()
    shutil.copyfile(next(files.rglob("LICENSE")), small / SMALL)
    return Ground(options, folder, files, small, 1 if options.more.quick else 3)


def size_of(folder: Path) -> tuple[int, int]:
    """How many files a folder holds, and bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def at_start(ground: Ground) -> Iterator[Row]:
    """Start-up, the index, memory of a worker."""
    command = paddock_command(ground.small, ground.folder / "ours.json")
    cost = measure(command, runs=1 if ground.runs == 1 else 5)
    told = f"{cost.wall:.2f} s ({cost.cpu:.2f} s CPU)"
    yield Row("start-up: `paddock license detect` on one small file", "≤ 0.3 s", told, cost.wall <= 0.3)
    megabytes = index_path().stat().st_size / 1e6
    yield Row("size of the index", "≤ 70 MB", f"{megabytes:.0f} MB", megabytes <= 70)
    peak = ground.paddock(ground.files, processes=2).peak_mb
    yield Row("memory of the largest process, sets S and R", "≤ 150 MB", f"{peak:.0f} MB", peak <= 150)


def beside_scancode(ground: Ground) -> Iterator[Row]:
    """CPU and wall against ScanCode on the same files."""
    if ground.options.scancode is None:
        return
    chosen = sorted(path for path in ground.files.rglob("*") if path.is_file())
    chosen.sort(key=lambda path: hashlib.sha256(path.relative_to(ground.files).as_posix().encode()).digest())
    sample = ground.folder / "sample"
    for path in chosen[: QUICK_FILES if ground.options.more.quick else ground.options.more.files]:
        target = sample / path.relative_to(ground.files)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    count = size_of(sample)[0]
    start, their_start = ground.paddock(ground.small), ground.scancode(ground.small)
    ours, theirs = ground.paddock(sample), ground.scancode(sample)
    both = _ratio(ours.cpu, theirs.cpu)
    yield Row(f"CPU beside ScanCode, {count} files, one process, start included", "≥ 200 times", *_against(both, 200))
    alone = _ratio(ours.cpu - start.cpu, theirs.cpu - their_start.cpu)
    yield Row("… start not included", "", *_against(alone, None))
    ours, theirs = ground.paddock(sample, processes=2), ground.scancode(sample, processes=2)
    wall = _ratio(ours.wall, theirs.wall)
    yield Row(
        f"time beside ScanCode, {count} files, two processes, start included", "≥ 100 times", *_against(wall, 100)
    )


def _ratio(ours: float, theirs: float) -> tuple[float, float, float]:
    return theirs / max(ours, 0.001), ours, theirs


def _against(ratio: tuple[float, float, float], bar: float | None) -> tuple[str, bool | None]:
    times, ours, theirs = ratio
    return f"{times:.0f} times ({ours:.2f} s, ScanCode {theirs:.1f} s)", None if bar is None else times >= bar


def in_bulk(ground: Ground) -> Iterator[Row]:
    """Throughput of a core, and whole projects on two."""
    count, size = size_of(ground.files)
    seconds = ground.paddock(ground.files).cpu - ground.paddock(ground.small).cpu
    files, megabytes = count / seconds, size / 1e6 / seconds
    measured = f"{files:,.0f} files/s, {megabytes:.1f} MB/s"
    reached = files >= 1000 or megabytes >= 8
    yield Row(f"throughput of a core, {count:,} files, start aside", "≥ 1,000 files/s or 8 MB/s", measured, reached)
    kept = ground.options.keep / "debian" if ground.options.keep else ground.folder / "debian"
    for package in ("curl", "python-django"):
        for archive in fetch([package], kept):
            tree = unpack(archive, ground.folder / package)
            cost, (count, size) = ground.paddock(tree, processes=2), size_of(tree)
            name = archive.name.partition(".orig")[0]
            what = f"whole source of {name} ({count:,} files, {size / 1e6:.0f} MB), two cores"
            yield Row(what, "≤ 3 s", f"{cost.wall:.2f} s ({cost.cpu:.2f} s CPU)", cost.wall <= 3)


def on_worst_cases(ground: Ground) -> Iterator[Row]:
    """The made files at a quarter, half and whole size; what is found in the changed NOTICE."""
    listed = read_list(unpack(ground.options.data / LIST, ground.folder / "list"))
    content, ends = worst_cases.notice(listed.by_id)
    made = {
        worst_cases.MINIFIED: worst_cases.minified(sorted(ground.files.rglob("*.js"))),
        worst_cases.TEXTS: worst_cases.texts(listed.by_id),
        worst_cases.NOTICE: content,
    }
    peak = 0.0
    start = ground.paddock(ground.small).cpu
    for name, data in made.items():
        costs = []
        for share in (4, 2, 1):
            place = ground.folder / f"worst-{share}-{name}"
            place.mkdir()
            (place / name).write_bytes(data[: len(data) // share])
            costs.append(ground.paddock(place))
        peak = max(peak, *(cost.peak_mb for cost in costs))
        wall = costs[-1].wall
        seconds = [cost.cpu - start for cost in costs]
        growth = seconds[2] / max(seconds[1], 0.01)
        told = ", ".join(f"{one:.2f}" for one in seconds)
        yield Row(f"{name}, {len(data) / 1e6:.1f} MB", "≤ 5 s", f"{wall:.2f} s", wall <= 5)
        yield Row(
            "… CPU at ¼, ½, 1, start aside; growth from ½ to 1",
            "≤ 2.5 times",
            f"{told} s; {growth:.1f} times",
            growth <= 2.5,
        )
    yield Row("memory on these files", "≤ 300 MB", f"{peak:.0f} MB", peak <= 300)
    yield from _recall(ground, listed, content, ends)


def _recall(ground: Ground, listed: Texts, content: bytes, ends: dict[str, int]) -> Iterator[Row]:
    """How many of the changed texts are found, in the whole file and in the part that ScanCode reads in minutes."""
    for size in (len(content), worst_cases.SMALL_NOTICE):
        place = ground.folder / f"notice-{size}"
        place.mkdir()
        (place / worst_cases.NOTICE).write_bytes(content[:size])
        inside = [name for name, end in ends.items() if end <= size and listed.is_known(name)]
        ground.paddock(place)
        found = read_paddock(ground.folder / "ours.json").get(worst_cases.NOTICE, NOTHING).spdx
        mine = sum(listed.is_found(name, found) for name in inside)
        what = f"licences found in the changed NOTICE, {size / 1e6:.1f} MB"
        bar, reached = "", None
        if size == worst_cases.SMALL_NOTICE and ground.options.scancode:
            seconds = ground.scancode(place).wall
            theirs = read_scancode(ground.folder / "theirs.json").get(worst_cases.NOTICE, NOTHING).spdx
            other = sum(listed.is_found(name, theirs) for name in inside)
            bar, reached = f"ScanCode {other} ({seconds:.0f} s)", mine >= other
        yield Row(what, bar, f"{mine} of {len(inside)}", reached)


def once_more(ground: Ground) -> Iterator[Row]:
    """The second scan of a tree in which nothing changed."""
    tree = ground.folder / "tree"
    originals = sorted(
        path for path in ground.files.rglob("*") if path.is_file() and path.suffix in {".js", ".py", ".c", ".h"}
    )
    for number in range(TREE_FILES):
        source = originals[number % len(originals)]
        place = tree / f"{number // 100:03}" / f"{number}{source.suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.read_bytes() + f"\n// {number}\n".encode())
    with fresh_memory() as memory:
        command = [
            *PADDOCK,
            "scan",
            "-q",
            "--exit-zero",
            "--no-config",
            "-f",
            "json",
            "-o",
            str(ground.folder / "r.json"),
        ]
        first = run_once([*command, str(tree)], environment=memory)
        again = sorted(run_once([*command, str(tree)], environment=memory).wall for _ in range(ground.runs))
    yield Row(f"`paddock scan` of {TREE_FILES:,} files for the first time", "", f"{first.wall:.2f} s")
    second = again[len(again) // 2]
    yield Row("… once more, nothing having changed", "≤ 1 s", f"{second:.2f} s", second <= 1)


def main() -> int:
    """Measure everything and print the table; 1 when a bar is missed."""
    options = read_options(__doc__, MORE)
    with scratch() as folder:
        ground = lay_ground(options, folder)
        parts = (at_start, in_bulk, on_worst_cases, once_more, beside_scancode)
        return 0 if print_rows(row for part in parts for row in part(ground)) else 1


if __name__ == "__main__":
    sys.exit(main())
