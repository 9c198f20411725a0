# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How many files have exactly the copyright statements that ScanCode reports for them, and at what cost.

    ./dev bench copyright_agreement [--data DIR] [--misses] [--scancode PROGRAM [--sample N]]

DIR holds sets: folders or `agreement-*.tar.xz` archives with `files/` and `scancode-copyright.json`, what
`scancode --copyright --json` says about them. A file counts as alike when the sets of statements are equal, letter by
letter. "Bearing" are files in which either side finds a statement. With a ScanCode program both scan N files of each
set (all, when N is 0), each as a process of its own; of both the cost of starting is taken off.
"""

import argparse
import json
import shutil
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import measure, run_once
from paddock.engine.scanner.copyrights.find import find_copyrights
from paddock.engine.scanner.detect import detect_licenses
from paddock.engine.scanner.tags import find_tags

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "detection"
DETECTORS = (find_tags, find_copyrights)
TRUTH = "scancode-copyright.json"
HEADING = "set       files  alike   share  bearing  alike   share  holders  ms a file"
LOOK = "import sys; from benchmarks.copyright_agreement import look; look(sys.argv[1])"


def main() -> int:
    """Print one row per set, and what each side costs."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--misses", action="store_true", help="show what differs")
    options.add_argument("--scancode", metavar="PROGRAM", help="ScanCode's program, for the ratio")
    options.add_argument("--sample", type=int, default=0, metavar="N", help="files of each set for the ratio; 0: all")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sets = dict(_sets(arguments.data, Path(folder)))
        if not sets:
            print(f"no set in {arguments.data}; it needs files/ and {TRUTH}", file=sys.stderr)
            return 1
        print(HEADING)
        for name, root in sets.items():
            _report(name, root, misses=arguments.misses)
        if arguments.scancode:
            for name, root in sets.items():
                _compare_cost(name, root, arguments.scancode, arguments.sample)
    return 0


def look(folder: str) -> None:
    """What the cost is measured of: every file below a folder, read and searched for copyright statements."""
    for path in Path(folder).rglob("*"):
        if path.is_file():
            detect_licenses(path.read_bytes(), path.name, DETECTORS)


def _sets(data: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    for archive in sorted(data.glob("agreement-*.tar.xz")):
        with tarfile.open(archive) as packed:
            packed.extractall(scratch, filter="data")
    for truth in sorted([*data.glob(TRUTH), *data.rglob(f"*/{TRUTH}"), *scratch.rglob(TRUTH)]):
        yield truth.parent.name, truth.parent


def _truth(root: Path) -> Iterator[tuple[Path, set[str], set[str]]]:
    """(path, statements, holders) of every file that ScanCode has scanned."""
    for row in json.loads((root / TRUTH).read_text())["files"]:
        if row["type"] == "file":
            path = root / "files" / row["path"].partition("/")[2]
            yield path, {one["copyright"] for one in row["copyrights"]}, {one["holder"] for one in row["holders"]}


def _report(name: str, root: Path, *, misses: bool) -> None:
    files = alike = bearing = bearing_alike = holders_alike = 0
    seconds = 0.0
    for path, statements, holders in _truth(root):
        data = path.read_bytes()
        started = time.process_time()
        found = detect_licenses(data, path.name, DETECTORS).copyrights
        seconds += time.process_time() - started
        ours = {one.statement for one in found}
        files += 1
        alike += ours == statements
        holders_alike += {holder for one in found for holder in one.holders} == holders
        if ours or statements:
            bearing += 1
            bearing_alike += ours == statements
        if misses and ours != statements:
            print(path.relative_to(root / "files"))
            print("".join(f"  ScanCode only: {one}\n" for one in sorted(statements - ours)), end="")
            print("".join(f"  we only:       {one}\n" for one in sorted(ours - statements)), end="")
    print(
        f"{name:<8}{files:>7}{alike:>7}{alike / files:>8.1%}{bearing:>9}{bearing_alike:>7}"
        f"{bearing_alike / max(bearing, 1):>8.1%}{holders_alike / files:>9.1%}{seconds / files * 1_000:>11.3f}"
    )


def _compare_cost(name: str, root: Path, program: str, sample: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder, nothing = Path(scratch) / "files", Path(scratch) / "nothing"
        paths = [path for path, _, _ in _truth(root)]
        if sample and sample < len(paths):
            paths = paths[:: len(paths) // sample][:sample]
        for path in paths:
            target = folder / path.relative_to(root / "files")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        nothing.mkdir()
        (nothing / "empty").touch()
        ours = measure(_command("", folder, scratch)).cpu - measure(_command("", nothing, scratch)).cpu
        theirs = run_once(_command(program, folder, scratch)).cpu - run_once(_command(program, nothing, scratch)).cpu
    each = 1_000 / len(paths)
    print(
        f"{name}: {len(paths)} files, CPU a file {ours * each:.3f} ms, ScanCode {theirs * each:.1f} ms: "
        f"{theirs / max(ours, 1e-3):.0f} times less"
    )


def _command(program: str, folder: Path, scratch: str) -> list[str]:
    if not program:
        return [sys.executable, "-c", LOOK, str(folder)]
    return [program, "--processes", "0", "--quiet", "--copyright", "--json", f"{scratch}/out.json", str(folder)]


if __name__ == "__main__":
    sys.exit(main())
