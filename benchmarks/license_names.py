# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How many free-text licence names map to the SPDX expression that others map them to.

    python -m benchmarks.license_names [--data FOLDER] [--misses]

Sources: the aliases of hesa/foss-licenses, the declared licence mappings of ORT's curations, and the statements with
their expected expression in ScanCode's package tests. "Silent" is a name that we leave open, "other" one that we map to
something else. Prints one row per source; the archives are unpacked into a temporary folder.
"""

import argparse
import json
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

from paddock.engine.spdx.names import expression_of
from paddock.engine.spdx.parse import InvalidExpression, normalize

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> int:
    """Run the comparison and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--misses", action="store_true")
    arguments = options.parse_args()
    if not arguments.data.is_dir():
        print(f"no data at {arguments.data}", file=sys.stderr)
        return 1
    print(f"{'source':<28}{'names':>7}{'same':>7}{'silent':>8}{'other':>7}{'share':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for title, archive, read in SOURCES:
            root = Path(folder) / title
            with tarfile.open(arguments.data / archive) as packed:
                packed.extractall(root, filter="data")
            _report(title, dict(read(root)), misses=arguments.misses)
    return 0


def _report(title: str, pairs: dict[str, str], *, misses: bool) -> None:
    counts = {"same": 0, "silent": 0, "other": 0}
    rows: list[str] = []
    started = time.perf_counter()
    for name, expected in pairs.items():
        found = expression_of(name)
        outcome = "same" if found == _canonical(expected) else "other" if found else "silent"
        counts[outcome] += 1
        if outcome != "same":
            rows.append(f"  {outcome:<7}{name[:90]!r}: {expected} / {found or '-'}")
    seconds = time.perf_counter() - started
    share = counts["same"] / len(pairs) if pairs else 0.0
    print(
        f"{title:<28}{len(pairs):>7}{counts['same']:>7}{counts['silent']:>8}{counts['other']:>7}{share:>8.1%}"
        f"  {seconds:.2f} s"
    )
    if misses:
        print("\n".join(sorted(rows)))


def _canonical(expression: str) -> str:
    try:
        return normalize(expression)
    except InvalidExpression:
        return expression


def _aliases(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(root.glob("var/licenses/*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for alias in document["aliases"]:
            if not alias.startswith("scancode:"):
                yield alias, document["spdxid"]
    for row in json.loads((root / "var/compounds.json").read_text(encoding="utf-8"))["compounds"]:
        for alias in row["aliases"]:
            yield alias, row["spdxid"]


def _curations(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(root.glob("curations/**/*.yml")):
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []:
            yield from (entry["curations"].get("declared_license_mapping") or {}).items()


def _package_tests(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in root.rglob("*.json") if path.is_file()):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            continue
        for package in _dicts(document):
            statement, expected = (
                package.get("extracted_license_statement"),
                package.get("declared_license_expression_spdx"),
            )
            if isinstance(statement, str) and isinstance(expected, str) and "unknown" not in expected:
                yield from ((text, expected) for text in _single(statement))


def _single(statement: str) -> list[str]:
    """The statement, when it is one name; ScanCode writes several as a YAML list or mapping."""
    try:
        value = yaml.load(statement, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return []
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
    if isinstance(value, dict):
        value = value.get("name")
    return [value] if isinstance(value, str) and "\n" not in value and len(value) < 200 else []


def _dicts(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _dicts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _dicts(item)


SOURCES = (
    ("hesa/foss-licenses aliases", "licences/hesa-foss-licenses.tar.xz", _aliases),
    ("ORT curation mappings", "licences/ort-config.tar.xz", _curations),
    ("ScanCode package tests", "detection/scancode-packagedcode.tar.xz", _package_tests),
)


if __name__ == "__main__":
    sys.exit(main())
