# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How far our inventories agree with results of ORT and ScanCode that list package URLs.

    python -m benchmarks.inventory_agreement.purl_suites [--data DIR] [--misses]

Both suites were made by tools that may ask the package managers and registries, which we do not: a case counts only
when the files in it can hold the answer (a lock file, or a manifest with exact versions). The others are listed as out
of scope with the reason. Compared are sets of purls without qualifiers and subpath.
"""

import argparse
import json
import tarfile
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from benchmarks.inventory_agreement.agreement import all_extractors, normalised
from paddock.engine.analyzer.analyze import analyze
from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.downloader.walk import walk
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.purl import parse_purl

REASONS = Path(__file__).with_name("purl_suites.reasons.toml")
Identity = tuple[str, str, str]


@dataclass
class Case:
    """One expectation: a folder or file, and the purls somebody else found in it."""

    suite: str
    group: str
    name: str
    path: Path
    expected: set[Identity]


@dataclass
class Score:
    """Counts for one group."""

    right: int = 0
    explained: int = 0
    cases: int = 0
    out_of_scope: int = 0
    lines: list[str] = field(default_factory=list)


def identity(purl: str) -> Identity:
    """Type, full name and version, normalised; for comparing."""
    parsed = parse_purl(purl)
    name = f"{parsed.namespace}/{parsed.name}" if parsed.namespace else parsed.name
    # ScanCode once called Dart's type by the name of its manifest; the specification calls it "pub".
    return "pub" if parsed.type == "pubspec" else parsed.type, normalised(name, parsed.type), parsed.version or ""


def ours(inventory: Inventory) -> set[Identity]:
    """Our components, compared the same way."""
    return {identity(component.ref) for component in inventory.components}


def ort_cases(root: Path) -> Iterator[Case]:
    """`<project>-expected-output.yml` beside the folder `<project>`."""
    for path in sorted(root.rglob("*-expected-output.yml")):
        folder = path.with_name(path.name.removesuffix("-expected-output.yml"))
        if folder.is_dir():
            group = path.relative_to(root).parts[2]
            yield Case("ORT", group, f"{group}/{folder.name}", folder, set(_ort_purls(path)))


def _ort_purls(path: Path) -> Iterator[Identity]:
    text = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("---"))
    document = yaml.load(text, Loader=yaml.CSafeLoader)
    packages = document.get("packages") or document.get("analyzer", {}).get("result", {}).get("packages") or []
    for entry in packages:
        purl = (entry.get("package") or entry).get("purl") or entry.get("purl")
        if purl:
            yield identity(purl)


def scancode_cases(root: Path) -> Iterator[Case]:
    """`<x>.expected.json` and the like, beside the manifest of the same name; lists of package data."""
    for path in sorted(root.rglob("*expected*.json")):
        name = path.name
        for ending in (".package-expected.json", "-expected.json", ".expected.json", "-package-expected.json"):
            source = path.with_name(name.removesuffix(ending))
            if name.endswith(ending) and source.is_file():
                expected = set(_scancode_purls(path))
                group = path.relative_to(root).parts[3]
                if expected:
                    yield Case("ScanCode", group, path.relative_to(root).as_posix(), source, expected)
                break


def _scancode_purls(path: Path) -> Iterator[Identity]:
    """Dependencies with an exact version: pinned or resolved."""
    try:
        value = json.loads(path.read_text())
    except ValueError:
        return
    for package in value if isinstance(value, list) else [value]:
        for dependency in (package.get("dependencies") or []) if isinstance(package, dict) else []:
            try:
                found = identity(dependency["purl"])
            except (EngineError, TypeError, KeyError):
                continue
            if found[2]:
                yield found


def inventory_of(path: Path) -> Inventory:
    """Our inventory of a folder or of a single file with its neighbours."""
    extractors = list(all_extractors().values())
    if path.is_dir():
        return analyze(walk(path).files, extractors)
    return analyze([SourceFile(DirectoryTree(path.parent), path.name, path.stat().st_size)], extractors)


def score_case(case: Case, score: Score, reasons: dict[str, dict[str, str]]) -> None:
    """Add one case; only exact versions on our side are compared."""
    entry = reasons.get(case.name)
    if entry and entry.get("scope") == "out":
        score.out_of_scope += 1
        score.lines.append(f"out of scope: {case.name}: {entry['reason']}")
        return
    score.cases += 1
    found = {one for one in ours(inventory_of(case.path)) if one[2]}
    if found == case.expected:
        score.right += 1
        return
    score.explained += entry is not None
    missing, surplus = sorted(case.expected - found)[:6], sorted(found - case.expected)[:6]
    reason = f"{entry['whose']}: {entry['reason']}" if entry else "NOT EXPLAINED"
    score.lines.append(f"{case.name}\n    missing {missing}\n    surplus {surplus}\n    {reason}")


def main() -> None:
    """Unpack, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    reasons = tomllib.loads(REASONS.read_text()) if REASONS.is_file() else {}
    suites = (
        (ort_cases, "fixtures/ort-package-managers.tar.xz", "ort"),
        (scancode_cases, "detection/scancode-packagedcode.tar.xz", "scancode"),
    )
    for cases_of, archive, key in suites:
        scores: dict[str, Score] = defaultdict(Score)
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(options.data / archive) as packed:
                packed.extractall(folder, filter="data")
            for case in cases_of(Path(folder)):
                score_case(case, scores[case.group], reasons.get(key, {}))
        print(f"| {key} | right | explained | cases | out of scope |\n|---|---:|---:|---:|---:|")
        for group, score in sorted(scores.items()):
            print(f"| {group} | {score.right} | {score.explained} | {score.cases} | {score.out_of_scope} |")
        if options.misses:
            print("\n".join(line for score in scores.values() for line in score.lines))


if __name__ == "__main__":
    main()
