# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the inventories of real projects hold, and how fast they come, beside another tool.

    ./dev bench real_projects [--data DIR] [--peer PATH_OF_CDXGEN] [--runs 3] [--names] [PROJECT …]

The projects are the manifests and lock files of public repositories (`projects/*.manifests.tar.xz` in the data). The
first table is about our inventory; its seconds are those of the analysis alone. With `--peer`, both tools are run as
whole processes, one after the other, on a fresh copy of the same tree, and their components are compared by purl type,
name and version. cdxgen is told to install nothing and to fetch no licences, and finds no program but Node.js on its
path: both read what is in the tree, and nobody asks a registry or runs a build. Ends with exit code 1 when an extractor
fails on a file ("not understood").
"""

import argparse
import json
import shutil
import statistics
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cdxgen import CDXGEN_OPTIONS, surroundings
from benchmarks.inventory_agreement.suite_case import Identity, identity, show
from benchmarks.measure import Cost, run_once
from paddock.engine.analyzer.analyze import analyze
from paddock.engine.bootstrap import EXTRACTORS
from paddock.engine.downloader.walk import walk
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Severity

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PADDOCK = [sys.executable, "-m", "paddock", "analyze"]
TIME_LIMIT = 120.0
COLUMNS = (
    "project", "Paddock s", "cdxgen s", "ratio", "Paddock CPU s", "cdxgen CPU s", "ratio", "Paddock finds",
    "cdxgen finds", "both", "only Paddock", "only cdxgen",
)  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """The other tool's run on one project: cost, and what it found (empty when it wrote nothing)."""

    cost: Cost
    found: frozenset[Identity]


def projects(data: Path, only: list[str]) -> Iterator[tuple[str, Path]]:
    """Every project's name and archive."""
    for archive in sorted((data / "projects").glob("*.manifests.tar.xz")):
        name = archive.name.removesuffix(".manifests.tar.xz").replace("+", "/", 1)
        if not only or name in only:
            yield name, archive


def take_inventory(root: Path) -> tuple[Inventory, float]:
    """The inventory of a tree, and the seconds it took."""
    started = time.perf_counter()
    found = walk(root)
    inventory = analyze(found.files, EXTRACTORS, issues=found.issues)
    return inventory, time.perf_counter() - started


def inventory_row(name: str, inventory: Inventory, seconds: float) -> str:
    """A row of the first table."""
    ecosystems = Counter(component.purl.type for component in inventory.components)
    listed = ", ".join(f"{kind} {count}" for kind, count in ecosystems.most_common())
    severities = Counter(issue.severity for issue in inventory.issues)
    issues = " / ".join(str(severities[severity]) for severity in Severity)
    return (
        f"| {name} | {inventory.files_read} | {len(inventory.projects)} | {len(inventory.components)} | {listed}"
        f" | {len(inventory.edges)} | {issues} | {seconds:.3f} |"
    )


def run_paddock(tree: Path, runs: int) -> Cost:
    """Our whole process, from the shell's point of view."""
    with tempfile.TemporaryDirectory() as folder:
        command: list[str | Path] = [
            *PADDOCK,
            tree,
            "--quiet",
            "--format",
            "cyclonedx",
            "-o",
            Path(folder) / "bom.json",
        ]
        return median([run_once(command, timeout=TIME_LIMIT) for _ in range(runs)])


def run_cdxgen(program: Path, archive: Path, runs: int) -> Peer:
    """The other tool's whole process; every run on a fresh copy, for it may write into the tree."""
    costs = []
    found: frozenset[Identity] = frozenset()
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            tree, output = Path(folder) / "tree", Path(folder) / "bom.json"
            unpack(archive, tree)
            environment = surroundings(Path(folder) / "bin")
            command: list[str | Path] = [program, *CDXGEN_OPTIONS, "-o", output, tree]
            costs.append(run_once(command, cwd=tree, environment=environment, timeout=TIME_LIMIT))
            if output.is_file():
                found = frozenset(components_of(json.loads(output.read_text())))
    return Peer(median(costs), found)


def median(costs: list[Cost]) -> Cost:
    """The median of several runs, the peak of all."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        max(cost.peak_mb for cost in costs),
        costs[-1].exit_code,
    )


def components_of(document: dict[str, object]) -> Iterator[Identity]:
    """The components of a CycloneDX document that have a purl."""
    components = document.get("components")
    for component in components if isinstance(components, list) else []:
        try:
            yield identity(component["purl"])
        except (EngineError, KeyError, TypeError):
            continue


def compare(name: str, inventory: Inventory, ours: Cost, peer: Peer, *, names: bool) -> str:
    """A row of the second table, with the names that differ on request."""
    mine = {identity(component.purl) for component in inventory.components}
    both, only_ours, only_theirs = mine & peer.found, mine - peer.found, peer.found - mine
    seconds = f"{ours.wall:.2f} | {peer.cost.wall:.2f} | {peer.cost.wall / ours.wall:.1f}"
    cpu = f"{ours.cpu:.2f} | {peer.cost.cpu:.2f} | {peer.cost.cpu / ours.cpu:.1f}"
    counts = " | ".join(str(len(part)) for part in (mine, peer.found, both, only_ours, only_theirs))
    ended = "" if peer.cost.exit_code == 0 else f" (cdxgen ended with {peer.cost.exit_code})"
    row = f"| {name}{ended} | {seconds} | {cpu} | {counts} |"
    if not names:
        return row
    parts = {"only Paddock": only_ours, "only cdxgen": only_theirs}
    return "\n".join([row, *(f"  {label}: {show(one)}" for label, part in parts.items() for one in sorted(part))])


def unpack(archive: Path, folder: Path) -> None:
    """Unpack into a fresh folder."""
    folder.mkdir()
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", metavar="PROJECT", help="owner/name; default: all")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--peer", type=Path, help="path of a cdxgen program")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--names", action="store_true", help="list the components that only one of the two found")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"no data at {options.data}; give --data")
    if options.peer and not shutil.which(options.peer):
        sys.exit(f"{options.peer} is no program")
    rows, crashes = [], []
    print("| project | files read | projects | components | by ecosystem | edges | errors / warnings / hints | s |")
    print("|---|---:|---:|---:|---|---:|---|---:|")
    for name, archive in projects(options.data, options.projects):
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder) / "tree"
            unpack(archive, tree)
            inventory, seconds = take_inventory(tree)
            print(inventory_row(name, inventory, seconds), flush=True)
            failed = (issue for issue in inventory.issues if issue.message.startswith("not understood ("))
            crashes += [f"{name}: {issue.path}: {issue.source}: {issue.message}" for issue in failed]
            if options.peer:
                ours = run_paddock(tree, options.runs)
                rows.append((name, inventory, ours, run_cdxgen(options.peer, archive, options.runs)))
    if any(peer.cost.exit_code == 0 for _, _, _, peer in rows):
        print(f"\n| {' | '.join(COLUMNS)} |\n|---|{'---:|' * (len(COLUMNS) - 1)}")
        for name, inventory, ours, peer in rows:
            print(compare(name, inventory, ours, peer, names=options.names))
        ended = [(ours, peer.cost) for _, _, ours, peer in rows if peer.cost.exit_code == 0]
        wall = statistics.median(theirs.wall / ours.wall for ours, theirs in ended)
        cpu = statistics.median(theirs.cpu / ours.cpu for ours, theirs in ended)
        print(f"\nMedian of {len(ended)} projects: {wall:.1f} times the seconds, {cpu:.1f} times the CPU seconds")
    for line in crashes:
        print(f"CRASH {line}")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
