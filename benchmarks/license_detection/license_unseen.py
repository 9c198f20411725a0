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
from pathlib import Path

from benchmarks.license_detection.findings import alike
from benchmarks.license_detection.programs import Options, read_options, run_paddock, run_scancode, scratch
from benchmarks.license_detection.registry_sources import fetch_packages
from benchmarks.license_detection.report import Row, print_differences, print_rows, read_reasons, share_row
from benchmarks.license_detection.samples import copy_sample, sample

TABLE = Path(__file__).with_suffix(".toml")
MORE = (
    ("--languages", {"help": "only these, with commas between"}),
    ("--files", {"type": int, "default": 150, "help": "how many files of each language"}),
)
BAR = 95.0


def compare(options: Options, name: str, row: dict[str, object], place: Path) -> list[Row]:
    """The rows of one language, none when it has no files here; prints the files that differ."""
    tree = place / "unseen" / name
    if "client" in row:
        fetch_packages(str(row["client"]), list(row["packages"]), tree)
    if not tree.is_dir() or not any(tree.iterdir()):
        print(f"{name}: no trees at {tree}; left out", file=sys.stderr)
        return []
    files = place / "unseen-files" / name
    shutil.rmtree(files, ignore_errors=True)
    chosen = sample(tree, options.more.files)
    copy_sample(tree, chosen, files)
    ours = run_paddock(options, f"license_unseen-{name}", files)
    theirs = run_scancode(options, f"license_unseen-{name}", files)
    if theirs is None:
        print(f"{name}: {len(ours)} files, {sum(bool(found.keys) for found in ours.values())} with licences")
        return []
    theirs = {path: found for path, found in theirs.items() if (files / path).is_file()}
    same = set(alike(ours, theirs))
    print(f"\n{name}")
    reasons = read_reasons(TABLE)
    print_differences([path for path in theirs if path not in same], ours, theirs, reasons, matches=options.differences)
    packages = len({path.parts[0] for path in chosen})
    return [share_row(f"{name} ({packages} packages): same licences as ScanCode", len(same), len(theirs), BAR)]


def main() -> int:
    """Print what differs, then the table; 1 when a bar is missed."""
    options = read_options(__doc__, MORE)
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["language"]
    wanted = options.more.languages.split(",") if options.more.languages else list(table)
    rows: list[Row] = []
    with scratch() as folder:
        for name in wanted:
            rows += compare(options, name, table[name], options.keep or folder)
    print()
    return 0 if print_rows(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
