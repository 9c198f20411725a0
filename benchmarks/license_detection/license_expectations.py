# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The expectations that ScanCode's own test suite has of its rule data, met by Paddock and by ScanCode 32.5.

    ./dev bench license_expectations [--data DIR] [--scancode PROGRAM] [--keep DIR] [--differences]

Each test file has a list of the licence expressions that must be matched in it, in order of place. Compared are the
licences named, over all matches and hints, and the whole list (the order aside, which the answers do not say within a
line). Each file stands in a folder of its own, so that nothing is found in neighbours that it refers to. Files whose
expectation is marked as not met are left out. ScanCode takes about 15 minutes.
"""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from benchmarks.license_detection.findings import NOTHING, Findings, keys_of
from benchmarks.license_detection.programs import Options, read_options, run_paddock, run_scancode, scratch
from benchmarks.license_detection.report import Row, print_rows, share_row
from benchmarks.license_detection.samples import unpack

BAR = 97.5
ARCHIVE = "detection/scancode-datadriven.tar.xz"
NAME = "license_expectations"


def spread(root: Path, target: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Copy every test file into a numbered folder. Returns (expected expressions, original path) by new path."""
    expected: dict[str, list[str]] = {}
    original: dict[str, str] = {}
    for number, description in enumerate(sorted(root.rglob("*.yml"))):
        file = description.with_suffix("")
        wanted = yaml.safe_load(description.read_text(encoding="utf-8")) or {}
        if not file.is_file() or wanted.get("expected_failure"):
            continue
        place = target / f"{number:05}"
        place.mkdir(parents=True)
        shutil.copyfile(file, place / file.name)
        path = f"{place.name}/{file.name}"
        expected[path] = sorted(wanted.get("license_expressions") or [])
        original[path] = file.relative_to(root).as_posix()
    return expected, original


def score(who: str, found: Mapping[str, Findings], expected: Mapping[str, list[str]], bar: float | None) -> list[Row]:
    """Two rows of one program: licences named, and the whole list."""
    keys = sum(
        keys_of(found.get(path, NOTHING).own_expressions()) == keys_of(wanted) for path, wanted in expected.items()
    )
    lists = sum(found.get(path, NOTHING).own_expressions() == wanted for path, wanted in expected.items())
    return [
        share_row(f"{who}: the expected licences", keys, len(expected), bar),
        share_row(f"{who}: the expected list of expressions", lists, len(expected)),
    ]


def print_misses(
    found: Mapping[str, Findings], expected: Mapping[str, list[str]], original: Mapping[str, str], options: Options
) -> None:
    """A line a file whose licences are not the expected ones."""
    for path, wanted in expected.items():
        findings = found.get(path, NOTHING)
        mine, theirs = keys_of(findings.own_expressions()), keys_of(wanted)
        if mine != theirs:
            print(f"- `{original[path]}`: missing {sorted(theirs - mine)}, too many {sorted(mine - theirs)}")
            for hit in (*findings.hits, *findings.clues) if options.differences else ():
                print(f"    {hit}")


def main() -> int:
    """Print the table and the files that miss; 1 when the bar is missed."""
    options = read_options(__doc__)
    with scratch() as folder:
        root = unpack(options.data / ARCHIVE, folder / "suite")
        expected, original = spread(root, folder / "files")
        shutil.rmtree(root)
        ours = run_paddock(options, NAME, folder / "files")
        theirs = run_scancode(options, NAME, folder / "files")
    rows = score("Paddock", ours, expected, BAR)
    if theirs is not None:
        rows += score("ScanCode", theirs, expected, None)
    reached = print_rows(rows)
    print_misses(ours, expected, original, options)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
