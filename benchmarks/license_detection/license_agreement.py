# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether source files get the same licences as from ScanCode 32.5, whose recorded answers lie beside the files.

    ./dev bench license_agreement [--data DIR] [--differences]

Two sets of published sources: S (JavaScript, Python, C; about 950 files) and R (about 1,010 files). A file is alike
when both name the same licences of the same rule data in their findings (hints aside). Files where Paddock differs on
purpose are listed in `license_agreement.toml` with the reason; they count as different all the same.
"""

import sys
from pathlib import Path

from benchmarks.license_detection.findings import Findings, alike, read_scancode
from benchmarks.license_detection.programs import Options, read_options, run_paddock, scratch
from benchmarks.license_detection.report import print_differences, print_rows, read_reasons, share_row
from benchmarks.license_detection.samples import unpack

SETS = ("S", "R")
BAR = 99.5


def compare(options: Options, name: str, folder: Path) -> tuple[dict[str, Findings], dict[str, Findings]]:
    """(our, ScanCode's) findings in one set."""
    archive = options.data / "detection" / f"agreement-{name}.tar.xz"
    if not archive.is_file():
        sys.exit(f"not there: {archive}")
    root = unpack(archive, folder / name) / name
    theirs = read_scancode(root / "scancode-license.json")
    found = run_paddock(options, f"license_agreement-{name}", root / "files")
    return found, {path: findings for path, findings in theirs.items() if (root / "files" / path).is_file()}


def main() -> int:
    """Print the table and what differs; 1 when a bar is missed or a file differs without a reason."""
    options = read_options(__doc__)
    reasons = read_reasons(Path(__file__).with_suffix(".toml"))
    rows, ours, theirs = [], {}, {}
    with scratch() as folder:
        for name in SETS:
            found, recorded = compare(options, name, folder)
            rows.append(
                share_row(f"same licences as ScanCode, set {name}", len(alike(found, recorded)), len(recorded), BAR)
            )
            ours.update({f"{name}/{path}": findings for path, findings in found.items()})
            theirs.update({f"{name}/{path}": findings for path, findings in recorded.items()})
    same = set(alike(ours, theirs))
    rows.append(share_row("same licences as ScanCode, both", len(same), len(theirs), BAR))
    reached = print_rows(rows)
    differing = [path for path in theirs if path not in same]
    print_differences(differing, ours, theirs, reasons, matches=options.differences)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
