# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How far our inventories agree with what other tools' test suites expect, per ecosystem: cases right / cases.

    python -m benchmarks.inventory_agreement.agreement [--data DIR] [--ecosystem rust] [--misses] [--markdown]

The suites are fixtures with expected packages (see `--data`, default ../shared/data). `<ecosystem>.toml` beside this
file says which extractor reads which folder, and gives the reason for each case that differs. A case is right when the
set of (name, version) is exactly the expected one; a version that the file gives only as a requirement (">=1.2") agrees
with an expected "1.2" when that requirement names it.
"""

import argparse
import importlib
import json
import re
import sys
import tarfile
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from paddock.engine.analyzer.analyze import analyze
from paddock.engine.analyzer.assemble import assemble
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.model.component import display_name
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.purl import parse_purl

HERE = Path(__file__).parent
SUITES = {
    "scalibr": ("scalibr-expected.jsonl", "scalibr-extractor-fixtures.tar.xz", "extractor/filesystem/"),
    "syft": ("syft-expected.jsonl", "syft-cataloger-fixtures.tar.xz", "syft/pkg/cataloger/"),
}


@dataclass
class Score:
    """Counts for one ecosystem in one suite, with the misses spelled out."""

    right: int = 0
    explained: int = 0
    cases: int = 0
    misses: list[str] = field(default_factory=list)


def all_extractors() -> dict[str, Extractor]:
    """Every extractor of every group, by name."""
    folder = Path(importlib.import_module("paddock.engine.analyzer.extractors").__path__[0])
    found: dict[str, Extractor] = {}
    for group in sorted(path.name for path in folder.iterdir() if (path / "__init__.py").is_file()):
        module = importlib.import_module(f"paddock.engine.analyzer.extractors.{group}")
        found.update({extractor.name: extractor for extractor in module.EXTRACTORS})
    return found


def normalised(name: str, purl_type: str) -> str:
    """Names as registries compare them."""
    if purl_type == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    return name.lower() if purl_type in {"composer", "nuget", "github", "githubactions", "golang"} else name


def ours(inventory: Inventory) -> dict[tuple[str, str], set[str]]:
    """Our components as {(name, version): every other text that may count as its version}."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    requirements = defaultdict(set)
    for project in inventory.projects:
        for usage in project.usages:
            requirements[usage.ref].add(usage.requirement)
    for component in inventory.components:
        key = (normalised(component.name, component.purl.type), component.version)
        found[key] |= requirements[component.ref] | {component.vcs_url, component.ref}
    return found


def agrees(expected: list[dict[str, str]], inventory: Inventory) -> tuple[set[str], set[str]]:
    """(missing, surplus) as texts; both empty when the case is right."""
    have = ours(inventory)
    types = {component.purl.type for component in inventory.components} or {""}
    left = dict(have)
    missing = set()
    for package in expected:
        version = package.get("version", "") or ""
        names = {normalised(package["name"], purl_type) for purl_type in types}
        if package.get("purl", "").startswith("pkg:maven/"):  # the name without its group is only half of it
            names = {display_name(parse_purl(package["purl"]))}
        match = next((key for key in have if key[0] in names and same_version(key, version, have[key])), None)
        if match is None or (package.get("commit") and not any(package["commit"] in text for text in have[match])):
            missing.add(f"{package['name']}@{version}{' #' + package['commit'] if package.get('commit') else ''}")
        else:
            left.pop(match, None)
    return missing, {f"{name}@{version}" for name, version in left}


def same_version(key: tuple[str, str], version: str, texts: set[str]) -> bool:
    """Whether our version is the expected one, or our requirement names it where the file pins nothing."""
    if key[1] == version:
        return True
    return not key[1] and any(re.search(rf"(?<![\w.]){re.escape(version)}(?![\w.])", text) for text in texts)


def run_case(root: Path, fixture: str, extractor: Extractor, extractors: dict[str, Extractor]) -> Inventory:
    """Our inventory of one fixture: one file with one extractor, or a folder with all of them."""
    path = root / fixture
    if path.is_dir():
        tree = DirectoryTree(path)
        files = [
            SourceFile(tree, found.relative_to(path).as_posix(), found.stat().st_size)
            for found in sorted(path.rglob("*"))
            if found.is_file()
        ]
        return analyze(files, list(extractors.values()))
    tree = DirectoryTree(path.parent)
    try:
        extraction = extractor.extract(SourceFile(tree, path.name, path.stat().st_size))
    except Unreadable:
        extraction = Extraction()
    return assemble([(path.name, extraction)])


def score_suite(suite: str, data: Path, root: Path, extractors: dict[str, Extractor]) -> dict[str, Score]:
    """Scores per ecosystem for one suite unpacked at `root`."""
    expected_file, _, prefix = SUITES[suite]
    scores: dict[str, Score] = defaultdict(Score)
    for ecosystem, table in ecosystem_tables().items():
        differences = {
            (entry["fixture"], entry.get("case", "")): entry
            for entry in table.get("difference", [])
            if entry["suite"] == suite
        }
        for line in (data / "fixtures" / expected_file).read_text().splitlines():
            case = json.loads(line)
            name = mapped_extractor(table.get(suite, {}), case["fixture"].removeprefix(prefix))
            if name is None or not (root / case["fixture"]).exists():
                continue
            score_case(
                scores[ecosystem], case, run_case(root, case["fixture"], extractors[name], extractors), differences
            )
    return scores


def mapped_extractor(mapping: dict[str, str], fixture: str) -> str | None:
    """The extractor of the longest key that is the fixture's folder or one further down ("python/testdata/setup")."""
    folder = fixture.split("/testdata")[0].split("/test-fixtures")[0]
    keys = [key for key in mapping if key == folder or (key.startswith(folder) and f"{fixture}/".startswith(f"{key}/"))]
    return mapping[max(keys, key=len)] if keys else None


def score_case(score: Score, case: dict, inventory: Inventory, differences: dict) -> None:
    """Add one case to a score."""
    score.cases += 1
    missing, surplus = agrees(case["packages"], inventory)
    if not missing and not surplus:
        score.right += 1
        return
    entry = differences.get((case["fixture"], case["case"] or ""))
    score.explained += entry is not None
    reason = f"{entry['whose']}: {entry['reason']}" if entry else "NOT EXPLAINED"
    score.misses.append(
        f"{case['fixture']} [{case['case']}]\n    missing {sorted(missing)[:8]}"
        f"\n    surplus {sorted(surplus)[:8]}\n    {reason}"
    )


def ecosystem_tables() -> dict[str, dict]:
    """The mapping and the reasons, one file an ecosystem."""
    return {path.stem: tomllib.loads(path.read_text()) for path in sorted(HERE.glob("*.toml"))}


def main() -> None:
    """Unpack, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--ecosystem", default="")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"no data at {options.data}; give --data")
    extractors = all_extractors()
    for suite, (_, archive, _) in SUITES.items():
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(options.data / "fixtures" / archive) as packed:
                packed.extractall(folder, filter="data")
            scores = score_suite(suite, options.data, Path(folder), extractors)
        print(f"| {suite} | right | explained | cases |\n|---|---|---|---|")
        for ecosystem, score in sorted(scores.items()):
            if options.ecosystem in ("", ecosystem):
                print(f"| {ecosystem} | {score.right} | {score.explained} | {score.cases} |")
                if options.misses:
                    print("\n".join(score.misses))


if __name__ == "__main__":
    main()
