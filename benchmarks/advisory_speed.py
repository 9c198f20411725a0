# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How fast known vulnerabilities are looked up, and how the database is made and kept up to date.

    ./dev bench advisory_speed [--data DIR] [--database FILE] [--runs 5]

The advisories are those of `osv/*/all.zip` in the data; the date of the newest is printed. Inventories are made up: a
share of their packages are such that advisories name, the others are not; versions are drawn at random, the same in
every run. Looking up is timed in this process after opening; building, updating and single commands are processes of
their own. Prints what the bars speak of first.
"""

import argparse
import json
import random
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.measure import Cost, measure, run_once
from paddock.engine.advisor.advise import advise
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Origin, Project, Usage
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.vulnerability import VulnerabilityFindings

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PADDOCK = [sys.executable, "-m", "paddock"]
TYPES = {
    "npm": "npm", "pypi": "pypi", "go": "golang", "crates.io": "cargo", "rubygems": "gem", "packagist": "composer",
    "hex": "hex", "julia": "julia",
}  # fmt: skip
SIZES = (1_250, 2_500, 5_000, 10_000, 20_000, 40_000)


def main() -> int:
    """Build, look up, grow, update."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--database", type=Path, help="one that is there already")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    archives = sorted((options.data / "osv").glob("*/all.zip"))
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or Path(folder, "advisories.db")
        built = None if options.database else built_from(archives, database)
        with AdvisoryDatabase(database) as found:
            data = found.data()
        newest = max((source.modified for source in data.sources if source.modified), default=None)
        print(f"{data.records:,} advisories, the newest of {newest:%Y-%m-%d}; {database.stat().st_size / 1e6:.1f} MB")
        if built is not None:
            print(f"\nbuilding      {built.wall:6.2f} s (CPU {built.cpu:.2f} s)  {built.peak_mb:5.0f} MB at the peak")
        look_up(database, options.runs)
        grow(database, archives, Path(folder), options.runs)
        if not options.database:
            update(database, archives, Path(folder))
    return 0


def built_from(archives: Sequence[Path], database: Path) -> Cost:
    """Make a database in a process of its own."""
    return run_once([*PADDOCK, "advisories", "import", "--quiet", "--advisories", database, *archives])


def look_up(database: Path, runs: int) -> None:
    """What the bars speak of."""
    started = time.perf_counter()
    with AdvisoryDatabase(database) as found:
        found.data()
        opened = time.perf_counter() - started
        print(f"opening       {opened * 1000:6.2f} ms")
        names = known_packages(database)
        for share in (0.1, 0.3, 1.0):
            inventory = made_up(10_000, names, share)
            seconds, findings = timed(lambda: advise(inventory, found), runs)  # noqa: B023
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"10,000 packages, {share:4.0%} with advisories: {seconds}, {findings:6,} findings, {peak:.0f} MB")
        one = Inventory(components=(Component(purl=parse_purl("pkg:npm/lodash@4.17.15")),))
        seconds, findings = timed(lambda: advise(one, found), 50)
        print(f"one package URL, warm: {seconds}, {findings} findings")
    cost = measure([*PADDOCK, "audit", "--advisories", database, "pkg:npm/lodash@4.17.15"], runs=runs)
    print(f"one package URL, the whole command: {cost.wall:.2f} s (CPU {cost.cpu:.2f} s), {cost.peak_mb:.0f} MB")


def grow(database: Path, archives: Sequence[Path], folder: Path, runs: int) -> None:
    """More components, then more advisories."""
    names = known_packages(database)
    print(f"\n{'packages':>9}{'seconds':>30}{'findings':>10}")
    with AdvisoryDatabase(database) as found:
        for size in SIZES:
            inventory = made_up(size, names, 0.1)
            seconds, findings = timed(lambda: advise(inventory, found), runs)  # noqa: B023
            print(f"{size:>9,}{seconds:>30}{findings:>10,}")
    few = [path for path in archives if path.parent.name in {"npm", "PyPI", "crates.io", "RubyGems"}]
    smaller = folder / "few.db"
    built_from(few, smaller)
    inventory = made_up(10_000, known_packages(smaller), 0.1)
    print(f"\n{'advisories':>11}{'seconds':>30}{'findings':>10}")
    for path in (smaller, database):
        with AdvisoryDatabase(path) as found:
            seconds, findings = timed(lambda: advise(inventory, found), runs)
            print(f"{found.data().records:>11,}{seconds:>30}{findings:>10,}")


def update(database: Path, archives: Sequence[Path], folder: Path) -> None:
    """The same archives again, and once more with one advisory in a hundred changed."""
    again = built_from(archives, database)
    changed = []
    for archive in archives:
        target = folder / "changed" / archive.parent.name / "all.zip"
        target.parent.mkdir(parents=True)
        changed.append(target)
        with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            for number, name in enumerate(source.namelist()):
                data = source.read(name)
                if number % 100 == 0:
                    record = json.loads(data)
                    data = json.dumps({**record, "modified": "2030-01-01T00:00:00Z"}).encode()
                written.writestr(name, data)
    little = built_from(changed, database)
    print(
        f"\nnothing changed   {again.wall:6.2f} s (CPU {again.cpu:.2f} s)"
        f"\n1 in 100 changed  {little.wall:6.2f} s (CPU {little.cpu:.2f} s)"
    )
    shutil.rmtree(folder / "changed")


def known_packages(database: Path) -> list[str]:
    """Package URLs, without versions, of packages that advisories name."""
    with sqlite3.connect(database) as connection:
        names = [name.partition(":") for (name,) in connection.execute("SELECT name FROM package ORDER BY name")]
    return [f"pkg:{TYPES[kind]}/{name.replace('@', '%40')}" for kind, _, name in names if kind in TYPES]


def made_up(size: int, names: Sequence[str], share: float) -> Inventory:
    """An inventory of one project, the same for the same arguments."""
    source = random.Random(size)  # noqa: S311 # a benchmark
    purls: set[str] = set()
    while len(purls) < size:
        version = f"{source.randint(0, 5)}.{source.randint(0, 20)}.{source.randint(0, 9)}"
        name = source.choice(names) if source.random() < share else f"pkg:npm/package-{source.randint(0, 10**6)}"
        purls.add(f"{name}@{version}")
    components = tuple(Component(purl=parse_purl(purl)) for purl in sorted(purls))
    usages = tuple(Usage(component.ref, direct=True) for component in components)
    project = Project(id="package.json", origin=Origin.LOCKED, usages=usages)
    return Inventory(projects=(project,), components=components)


def timed(work: Callable[[], VulnerabilityFindings], runs: int) -> tuple[str, int]:
    """The medians of several runs, on the clock and of the processor, and the number of findings."""
    seconds, processor = [], []
    for _ in range(runs):
        started, used = time.perf_counter(), time.process_time()
        found = work()
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return f"{statistics.median(seconds):.4f} s (CPU {statistics.median(processor):.4f} s)", len(found.findings)


if __name__ == "__main__":
    sys.exit(main())
