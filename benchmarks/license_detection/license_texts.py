# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whole licence texts: the SPDX list and its test texts found under their own ids, and LICENSE and NOTICE files.

    ./dev bench license_texts [--data DIR] [--scancode PROGRAM] [--keep DIR] [--differences]

A text is found when its id is among the findings, or, where the list itself has no text of its own for the id: an id
with the same words, one that differs only in what stands outside the text (`-only`, `-or-later`, `+`, invariants), or
the ids that replace a deprecated one (`license_texts.toml`). Texts whose id the rule data does not have yet are counted
apart. Every other text that is not found needs a reason in that table. Licence files: those in the sets S and R, whose
recorded answers of ScanCode 32.5 are compared, and, beside a ScanCode that is run, those of the Python packages that
this environment is made of.
"""

import json
import re
import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.license_detection.findings import NOTHING, Findings, alike, read_scancode
from benchmarks.license_detection.programs import Options, read_options, run_paddock, run_scancode, scratch
from benchmarks.license_detection.report import Row, print_differences, print_rows, read_reasons, reason_for, share_row
from benchmarks.license_detection.samples import unpack
from paddock.engine.scanner.licenses.default_index import default_index

TESTS = "licences/spdx-license-list-xml-tests.tar.xz"
LIST = "licences/spdx-license-list-3.28.tar.xz"
TABLE = Path(__file__).with_suffix(".toml")
BAR = 97.0
_WORD = re.compile(r"[a-z0-9]+")
_OUTSIDE_THE_TEXT = re.compile(r"((-no)?-invariants)?(-only|-or-later)$|\+$")
_LICENSE_FILE = re.compile(r"(licen[cs]e|copying|copyright|notice|third.?party|legal|patents)", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(py|pyi|pyc|js|mjs|cjs|ts|c|h|css|pl|go|rs|java|so|json|xml|ya?ml|toml|csv)$", re.IGNORECASE)


@dataclass(frozen=True)
class Texts:
    """The list: text by id, and which ids mean the same text."""

    by_id: Mapping[str, str]
    replaced: Mapping[str, list[str]]
    reasons: Mapping[str, str]
    known: frozenset[str]

    def is_known(self, name: str) -> bool:
        """Whether the rule data has an id, or what replaces it."""
        return {name, *self.replaced.get(name, ())} & self.known != set()

    def name_of(self, stem: str) -> str:
        """The id that the name of a test file means: `depreciate_…` in any case for deprecated ones."""
        if not stem.startswith("depreciate_"):
            return stem
        wanted = stem.removeprefix("depreciate_").lower()
        return next((name for name in self.by_id if name.lower() == wanted), stem)

    def is_found(self, wanted: str, spdx: frozenset[str]) -> bool:
        """Whether one of the ids that the text goes by is among those found; of a replaced one, all replacements."""
        replacement = self.replaced.get(wanted)
        if replacement and set(replacement) <= spdx:
            return True
        words, bare = _words(self.by_id.get(wanted, "")), _OUTSIDE_THE_TEXT.sub("", wanted)
        return any(
            found == wanted
            or _OUTSIDE_THE_TEXT.sub("", found) == bare
            or (words and _words(self.by_id.get(found, "")) == words)
            for found in spdx
        )


def read_list(root: Path) -> Texts:
    """The texts of all licences and exceptions below a folder."""
    by_id = {}
    for path in sorted(root.rglob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        name = entry.get("licenseId") or entry.get("licenseExceptionId")
        if name:
            by_id[name] = entry.get("licenseText") or entry.get("licenseExceptionText") or ""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    known = frozenset(default_index().spdx_by_key.values())
    return Texts(by_id, table["replaced"], table["reason"], known)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def of_tests(options: Options, texts: Texts, folder: Path) -> Iterator[Row]:
    """The suite of one text an id."""
    root = unpack(options.data / TESTS, folder / "tests")
    for path in [path for path in root.rglob("*") if path.is_file() and path.suffix != ".txt"]:
        path.unlink()
    ours = run_paddock(options, "license_texts-tests", root)
    theirs = run_scancode(options, "license_texts-tests", root)
    wanted = {path.relative_to(root).as_posix(): texts.name_of(path.stem) for path in root.rglob("*.txt")}
    known = {path: name for path, name in wanted.items() if texts.is_known(name)}
    for who, found, bar in (("Paddock", ours, BAR), ("ScanCode", theirs, None)):
        for what, some in (("test texts of the SPDX list", wanted), ("… of those whose id the rule data has", known)):
            if found is not None:
                count = sum(texts.is_found(name, found.get(path, NOTHING).spdx) for path, name in some.items())
                yield share_row(f"{who}: {what} found as their id", count, len(some), bar if some is known else None)
    if theirs is not None:
        yield share_row("test texts of the SPDX list: same licences as ScanCode", len(alike(ours, theirs)), len(theirs))


def of_list(options: Options, texts: Texts, folder: Path, unexplained: list[str]) -> Iterator[Row]:
    """Every text of the list. unexplained: gets a line for each miss without a reason."""
    root = folder / "list"
    root.mkdir()
    for name, text in texts.by_id.items():
        (root / f"{name}.txt").write_text(text, encoding="utf-8")
    ours = run_paddock(options, "license_texts-list", root)
    itself = sum(name in ours.get(f"{name}.txt", NOTHING).spdx for name in texts.by_id)
    missed = [name for name in texts.by_id if not texts.is_found(name, ours.get(f"{name}.txt", NOTHING).spdx)]
    young = [name for name in missed if name not in texts.known and name not in texts.reasons]
    yield share_row("texts of the SPDX list found as their id", itself, len(texts.by_id))
    yield share_row("… or as an id with the same text", len(texts.by_id) - len(missed), len(texts.by_id))
    total = len(texts.by_id) - len(young)
    yield share_row("… of those that the rule data knows", total - len(missed) + len(young), total, BAR)
    print(f"Not in the rule data ({len(young)}): {', '.join(young)}\n")
    for name in missed:
        if name in young:
            continue
        found = ours.get(f"{name}.txt", NOTHING)
        reason = texts.reasons.get(name, "")
        print(f"- {name}: {', '.join(sorted(found.spdx)) or 'nothing'}. {reason}")
        for hit in found.hits if options.differences else ():
            print(f"    {hit}")
        if not reason:
            unexplained.append(name)


def of_license_files(options: Options, folder: Path) -> Iterator[Row]:
    """Licence files: recorded answers, and those of the installed packages."""
    for name in ("S", "R"):
        root = unpack(options.data / f"detection/agreement-{name}.tar.xz", folder / name) / name
        recorded = read_scancode(root / "scancode-license.json")
        theirs = {path: found for path, found in recorded.items() if is_license_file(Path(path))}
        ours = run_paddock(options, f"license_texts-{name}", root / "files")
        yield from _same(f"licence files of set {name}: same licences as ScanCode", ours, theirs, options, bar=None)
    root = folder / "packages"
    installed = Path(sysconfig.get_paths()["purelib"])
    for path in sorted(installed.rglob("*")):
        if path.is_file() and is_license_file(path.relative_to(installed)):
            target = root / path.relative_to(installed)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    answer = run_scancode(options, "license_texts-packages", root)
    if answer is not None:
        ours = run_paddock(options, "license_texts-packages", root)
        yield from _same(
            "licence files of installed Python packages: same licences as ScanCode", ours, answer, options, bar=BAR
        )


def is_license_file(path: Path) -> bool:
    """Whether a file is one by its name."""
    return bool(_LICENSE_FILE.search(path.name)) and not _PROGRAM.search(path.name)


def _same(
    what: str, ours: Mapping[str, Findings], theirs: Mapping[str, Findings], options: Options, *, bar: float | None
) -> Iterator[Row]:
    """How many are alike, and how many are so or differ for a written reason. Prints what differs."""
    same = set(alike(ours, theirs))
    reasons = read_reasons(TABLE)
    different = [path for path in theirs if path not in same]
    print_differences(different, ours, theirs, reasons, matches=options.differences)
    explained = len(same) + sum(bool(reason_for(path, reasons)) for path in different)
    yield share_row(what, len(same), len(theirs), bar)
    if different:
        yield share_row("… or another answer for a reason that is written down", explained, len(theirs))


def main() -> int:
    """Print what is missed and why, then the table; 1 when a bar is missed or a miss has no reason."""
    options = read_options(__doc__)
    unexplained: list[str] = []
    with scratch() as folder:
        texts = read_list(unpack(options.data / LIST, folder / "source"))
        rows = [
            *of_tests(options, texts, folder),
            *of_list(options, texts, folder, unexplained),
            *of_license_files(options, folder),
        ]
    print()
    reached = print_rows(rows)
    if unexplained:
        print(f"Without a reason: {', '.join(unexplained)}")
    return 0 if reached and not unexplained else 1


if __name__ == "__main__":
    sys.exit(main())
