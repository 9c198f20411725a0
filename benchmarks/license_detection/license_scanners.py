# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The expectations of other licence scanners' test suites: FOSSology nomos, licensee, askalono, licenseclassifier.

    ./dev bench license_scanners [--data DIR] [--scancode PROGRAM] [--keep DIR] [--differences]

Each suite is read into files and the names that its tool is expected to find in them; a file counts as found when every
name is. Names that are SPDX ids count as in `license_texts` (`-only` and `-or-later` aside, which a text does not say);
the others are translated by `license_scanners.toml`, which also groups what is missed with the reasons. Marks that
these projects put around tags for their own REUSE check, and the headers of licenseclassifier's files, are taken out of
the copies that both programs read.
"""

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.license_detection.findings import NOTHING, Findings, alike
from benchmarks.license_detection.license_texts import LIST, Texts, read_list
from benchmarks.license_detection.programs import Options, read_options, run_paddock, run_scancode, scratch
from benchmarks.license_detection.report import Row, print_rows, share_row
from benchmarks.license_detection.samples import unpack

TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_MARK = re.compile(rb"REUSE-Ignore(Start|End)")
_SQUASHED = re.compile(r"[^a-z0-9.+]|licenseref|scancode|license")
NONE = ""
"""Expected where a file has no licence."""

Expected = dict[str, list[str]]
"""Names by path relative to the suite's folder."""


def nomos(data: Path, root: Path) -> Expected:
    """FOSSology: every file with the names that its regular-expression scanner is known to give."""
    unpack(data / "detection/fossology-nomos.tar.xz", root)
    expected = {}
    for line in (data / "detection/fossology-nomos-expected.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected[row["path"]] = [NONE if name == "No_license_found" else name for name in row["nomos"]]
    return expected


def licensee(data: Path, root: Path) -> Expected:
    """Ruby's licensee: one licence for each folder's licence file; folders without a known licence are left out."""
    unpack(data / "detection/licensee-fixtures.tar.xz", root)
    rows = json.loads((data / "detection/licensee-expected.json").read_text(encoding="utf-8"))
    expected = {}
    for folder, row in rows.items():
        for path in sorted(root.glob(f"**/fixtures/{folder}/*")):
            if row["key"] not in {None, "other"} and path.is_file() and re.match("licen|copying", path.name.lower()):
                expected[path.relative_to(root).as_posix()] = [row["key"]]
    return expected


def askalono(data: Path, root: Path) -> Expected:
    """Rust's askalono: the folder's name is the licence."""
    unpack(data / "detection/askalono-real-licenses.tar.xz", root)
    paths = sorted(root.glob("**/real-licenses/*/*"))
    return {path.relative_to(root).as_posix(): [path.parent.name] for path in paths}


def licenseclassifier(data: Path, root: Path) -> Expected:
    """Google's licenseclassifier: names in the header of each file, which ends with them."""
    unpack(data / "detection/licenseclassifier-scenarios.tar.xz", root)
    expected = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".md"):
        _, _, rest = path.read_bytes().partition(b"EXPECTED:")
        names, _, text = rest.partition(b"\n")
        path.write_bytes(text)
        licenses = [name for name in names.decode().strip().split(",") if name not in {"", "Copyright"}]
        expected[path.relative_to(root).as_posix()] = licenses or [NONE]
    return expected


SUITES: dict[str, Callable[[Path, Path], Expected]] = {
    "nomos": nomos, "licensee": licensee, "askalono": askalono, "licenseclassifier": licenseclassifier,
}  # fmt: skip


def missed(names: list[str], found: Findings, texts: Texts) -> Iterator[str]:
    """The names that the findings do not cover."""
    for name in names:
        if name == NONE:
            if found.keys:
                yield "no licence"
        elif name not in TABLE["say_nothing"] and not _covers(name, found.spdx, texts):
            yield name


def _covers(name: str, spdx: frozenset[str], texts: Texts) -> bool:
    pattern = TABLE["names"].get(name)
    if pattern:
        return any(re.fullmatch(pattern, one) for one in spdx)
    by_case = next((one for one in texts.by_id if one.lower() == name.lower()), name)
    return texts.is_found(by_case, spdx) or any(_squash(one) == _squash(name) for one in spdx)


def _squash(name: str) -> str:
    return _SQUASHED.sub("", name.lower())


_BOTH = "no rule says it in that form, so that ScanCode misses it as well"


def group_of(path: str, name: str, other: Mapping[str, list[str]]) -> str:
    """The reason why a name is missed in a file, "" when there is none. other: the names that ScanCode misses."""
    for row in TABLE["group"]:
        if re.search(row.get("files", ""), path) and re.fullmatch(row.get("names", ".*"), name):
            return str(row["reason"])
    return _BOTH if name in other.get(path, ()) else ""


def run_suite(name: str, options: Options, texts: Texts, folder: Path) -> list[Row]:
    """The rows of one suite; prints what is missed."""
    root = folder / name
    expected = SUITES[name](options.data, root)
    for path in (path for path in root.rglob("*") if path.is_file()):
        path.write_bytes(_MARK.sub(b"mark", path.read_bytes()))
    ours = run_paddock(options, f"license_scanners-{name}", root)
    theirs = run_scancode(options, f"license_scanners-{name}", root)
    lacking = {path: list(missed(names, ours.get(path, NOTHING), texts)) for path, names in expected.items()}
    rows = [
        share_row(
            f"{name}: Paddock finds what its tests expect", sum(not names for names in lacking.values()), len(expected)
        )
    ]
    other: dict[str, list[str]] = {}
    if theirs is not None:
        other = {path: list(missed(names, theirs.get(path, NOTHING), texts)) for path, names in expected.items()}
        rows.append(share_row(f"{name}: ScanCode does", sum(not names for names in other.values()), len(expected)))
        rows.append(share_row(f"{name}: same licences as ScanCode", len(alike(ours, theirs)), len(theirs)))
    print(f"\n{name}: {sum(map(bool, lacking.values()))} files miss a name\n")
    print_groups(lacking, other)
    for path, names in lacking.items():
        loose = [one for one in names if not group_of(path, one, other)]
        if loose or (names and options.differences):
            told = (
                _told(ours.get(path, NOTHING)),
                "" if theirs is None else f"; ScanCode {_told(theirs.get(path, NOTHING))}",
            )
            print(f"- `{path}`: expected {', '.join(names)}; Paddock {told[0]}{told[1]}")
    return rows


def _told(found: Findings) -> str:
    return ", ".join(sorted(found.spdx)) or "nothing"


def print_groups(lacking: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> None:
    """How many names are missed for which reason, and how many of them ScanCode misses as well."""
    ours: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for path, names in lacking.items():
        for name in names:
            reason = group_of(path, name, other) or "no reason given: listed below"
            ours[reason] += 1
            both[reason] += name in other.get(path, ())
    if not ours:
        return
    print("| why | names missed | by ScanCode as well |\n|---|---:|---:|")
    for reason, count in ours.most_common():
        print(f"| {reason} | {count} | {both[reason] if other else ''} |")
    print()


def main() -> int:
    """Print what is missed by group, then the table."""
    options = read_options(__doc__)
    rows: list[Row] = []
    with scratch() as folder:
        texts = read_list(unpack(options.data / LIST, folder / "list"))
        for name in SUITES:
            rows += run_suite(name, options, texts, folder)
    print()
    return 0 if print_rows(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
