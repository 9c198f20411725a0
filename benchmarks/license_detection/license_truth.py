# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people found out file by file: Debian's copyright files beside Paddock's and ScanCode's findings.

    ./dev bench license_truth [--data DIR] [--scancode PROGRAM] [--keep DIR] [--differences]

The rows are those files of some packages that a stanza of their own speaks about (not the package's default) and that
have a notice in their first 6 kB. The sources come from Debian by apt (as root; the system's configuration is not
touched) and stay in the folder given by --keep. Two scores: every licence that the people named was found; and nothing
else was found but those. Short names are translated by the data's own table and by `license_truth.toml`, which also
lists the packages. People name the licence of a work, so files whose notice is a remark about another file are misses
for both programs; the bar is the other program.
"""

import hashlib
import json
import re
import shutil
import sys
import tarfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.license_detection.debian_sources import fetch
from benchmarks.license_detection.findings import NOTHING, Findings
from benchmarks.license_detection.programs import Options, read_options, run_paddock, run_scancode, scratch
from benchmarks.license_detection.report import Row, print_rows
from benchmarks.license_detection.samples import unpack

ARCHIVE = "debian/debian-truth.tar.xz"
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_BETWEEN_NAMES = re.compile(r",?\s+(?:or|and|with)\s+|\s+exception$", re.IGNORECASE)


@dataclass(frozen=True)
class Truth:
    """One file. accepted: for each licence named, the SPDX ids that say the same."""

    path: str
    license: str
    accepted: tuple[frozenset[str], ...]

    def all_named(self, found: Findings) -> bool:
        """Whether each licence is among the findings."""
        return all(names & found.spdx for names in self.accepted)

    def nothing_else(self, found: Findings) -> bool:
        """Whether nothing is found that was not named; what names no licence does not count."""
        return found.spdx - set(TABLE["say_nothing"]) <= frozenset().union(*self.accepted)


def rows_of(package: str, root: Path, names: Mapping[str, str]) -> list[Truth]:
    """The rows of a package that count, bounded, in an order that is the same at every run."""
    rows = []
    for line in (root / package / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["specific"] and row["has_notice_in_first_6k"] and not row["binary"]:
            rows.append(Truth(f"{package}/{row['path']}", row["license"], accepted_of(row["license"], names)))
    rows.sort(key=lambda row: hashlib.sha256(row.path.encode()).digest())
    return rows[: TABLE["most_files_a_package"]]


def accepted_of(license_names: str, names: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """The SPDX ids that each of the short names may be."""
    accepted = []
    for name in filter(None, _BETWEEN_NAMES.split(license_names)):
        ids = TABLE["names"].get(name) or ([names[name]] if name in names else [name])
        accepted.append(frozenset(ids))
    return tuple(accepted)


def take(archive: Path, rows: Mapping[str, Truth], package: str, target: Path) -> Iterator[Truth]:
    """Copy the files of the rows out of an upstream archive."""
    with tarfile.open(archive) as packed:
        for member in packed:
            row = rows.get(f"{package}/{member.name}")
            stream = packed.extractfile(member) if row and member.isfile() else None
            if row and stream:
                place = target / row.path
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("wb") as file:
                    shutil.copyfileobj(stream, file)
                yield row


def gather(options: Options, folder: Path) -> list[Truth]:
    """Put the files of all packages below a folder. Returns their rows."""
    root = unpack(options.data / ARCHIVE, folder / "truth") / "debian"
    names = json.loads((root / "debian-to-spdx.json").read_text(encoding="utf-8"))
    kept = options.keep / "debian" if options.keep else folder / "sources"
    rows: list[Truth] = []
    for package in TABLE["packages"]:
        wanted = {row.path: row for row in rows_of(package, root, names)}
        for archive in fetch([package], kept):
            rows += take(archive, wanted, package, folder / "files")
    return rows


def print_misses(
    rows: list[Truth], ours: Mapping[str, Findings], theirs: Mapping[str, Findings], options: Options
) -> None:
    """A line a file that lacks a licence or has another one, with ScanCode's answer where it is a different one."""
    for row in rows:
        found = ours.get(row.path, NOTHING)
        if row.all_named(found) and row.nothing_else(found):
            continue
        other = theirs.get(row.path, NOTHING)
        told = "ScanCode the same" if other.spdx == found.spdx else f"ScanCode {sorted(other.spdx)}"
        print(f"- `{row.path}`: Debian {row.license}; Paddock {sorted(found.spdx)}; {told if theirs else ''}")
        if options.differences and other.spdx != found.spdx:
            print("\n".join(f"    Paddock  {hit}" for hit in found.hits))
            print("\n".join(f"    ScanCode {hit}" for hit in other.hits))


def main() -> int:
    """Print the table and the misses; 1 when ScanCode was run and did better."""
    options = read_options(__doc__)
    with scratch() as folder:
        rows = gather(options, folder)
        ours = run_paddock(options, "license_truth", folder / "files")
        theirs = run_scancode(options, "license_truth", folder / "files") or {}
    table = []
    for what, check in (
        ("every licence that people named", Truth.all_named),
        ("nothing beside those", Truth.nothing_else),
    ):
        mine, other = (sum(check(row, found.get(row.path, NOTHING)) for row in rows) for found in (ours, theirs))
        bar = f"ScanCode: {100 * other / len(rows):.1f} % ({other})" if theirs else ""
        measured = f"{100 * mine / len(rows):.1f} % ({mine} of {len(rows)})"
        table.append(Row(f"Debian: {what}", bar, measured, mine >= other if theirs else None))
    reached = print_rows(table)
    print_misses(rows, ours, theirs, options)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
