# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Files of eight languages that played no part in writing the recognition: whether Paddock and ScanCode say the same.

    ./dev bench license_unseen --scancode PROGRAM [--keep DIR] [--languages go,rust] [--files 150] [--differences]

The packages of `license_unseen.toml` are fetched by npm, pip, go, cargo, mvn and apt into the folder given by --keep
(`unseen/<language>/<package>`), where trees may also be put by hand, as for languages without a client. Of each
language about 150 files are taken: in turn from each package, no more than two with the same words about licences in
one package, and one in ten without any such word. ScanCode runs on the same copies, 20 to 40 minutes for all languages.
"""

import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.license_detection.findings import alike
from benchmarks.license_detection.programs import Options, read_options, run_paddock, run_scancode, scratch
from benchmarks.license_detection.registry_sources import fetch_packages
from benchmarks.license_detection.report import (
    Row,
    print_differences,
    print_rows,
    read_reasons,
    reason_for,
    share_row,
)
from benchmarks.license_detection.samples import copy_sample, sample

TABLE = Path(__file__).with_suffix(".toml")
MORE = (
    ("--languages", {"help": "only these, with commas between"}),
    ("--files", {"type": int, "default": 150, "help": "how many files of each language"}),
)
Count = tuple[int, int, int, int]
"""Packages, files, files alike, and those that differ for a reason that the table gives."""


def compare(options: Options, name: str, row: dict[str, object], place: Path) -> Count | None:
    """What came out for one language, None when nothing can be compared; prints the files that differ."""
    tree = place / "unseen" / name
    if "client" in row:
        fetch_packages(str(row["client"]), list(row["packages"]), tree)
    if not tree.is_dir() or not any(tree.iterdir()):
        print(f"{name}: no trees at {tree}; left out", file=sys.stderr)
        return None
    files = place / "unseen-files" / name
    shutil.rmtree(files, ignore_errors=True)
    chosen = sample(tree, options.more.files)
    copy_sample(tree, chosen, files)
    ours = run_paddock(options, f"license_unseen-{name}", files)
    theirs = run_scancode(options, f"license_unseen-{name}", files)
    if theirs is None:
        print(f"{name}: {len(ours)} files, {sum(bool(found.keys) for found in ours.values())} with licences")
        return None
    theirs = {path: found for path, found in theirs.items() if (files / path).is_file()}
    same = set(alike(ours, theirs))
    differing = [path for path in theirs if path not in same]
    reasons = read_reasons(TABLE)
    print(f"\n{name}")
    print_differences(differing, ours, theirs, reasons, matches=options.differences)
    explained = sum(bool(reason_for(path, reasons)) for path in differing)
    return len({path.parts[0] for path in chosen}), len(theirs), len(same), explained


def rows_of(counts: dict[str, Count]) -> Iterator[Row]:
    """A row a language, and two of all."""
    for name, (packages, total, same, _) in counts.items():
        yield share_row(f"{name} ({packages} packages): same licences as ScanCode", same, total)
    total, same, explained = (sum(count[place] for count in counts.values()) for place in (1, 2, 3))
    yield share_row("all: same licences as ScanCode", same, total)
    yield share_row("… or another answer for a reason that is written down", same + explained, total)


def main() -> int:
    """Print what differs, then the table."""
    options = read_options(__doc__, MORE)
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["language"]
    wanted = options.more.languages.split(",") if options.more.languages else list(table)
    counts: dict[str, Count] = {}
    with scratch() as folder:
        for name in wanted:
            count = compare(options, name, table[name], options.keep or folder)
            if count:
                counts[name] = count
    print()
    return 0 if print_rows(rows_of(counts)) else 1


if __name__ == "__main__":
    sys.exit(main())
