# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How far our inventories agree with what other tools' test suites expect: cases right / cases.

    ./dev bench agreement [--data DIR] [--suite scalibr …] [--ecosystem rust] [--misses] [--markdown]

The suites are fixtures with expected packages (see `--data`, default ../shared/data). For scalibr and syft,
`<ecosystem>.toml` beside this file says which extractor reads which folder, and why a case differs. A case is right
when the set of (name, version) is exactly the expected one; a version that the file gives only as a requirement
(">=1.2") agrees with an expected "1.2" when that requirement names it. Where an expectation leaves out the namespace of
a name ("log4j" for "log4j:log4j"), the name alone decides; a column of its own counts such cases. The package that a
file itself describes may be a project of our inventory. An expected commit agrees when it is among the facts that we
keep about the component. ORT, ScanCode and OSV-Scanner: see purl_suites.py; they are left out when one ecosystem is
asked for. Ends with exit code 1 when a case differs for no stated reason, or an extractor failed on a file.
"""

import argparse
import json
import re
import sys
import tarfile
import tempfile
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.inventory_agreement import purl_suites
from benchmarks.inventory_agreement.suite_case import all_extractors, normalised
from paddock.engine.analyzer.analyze import analyze, extract_safely
from paddock.engine.analyzer.assemble import assemble
from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.model.component import display_name
from paddock.engine.model.inventory import Inventory, Origin
from paddock.engine.model.purl import parse_purl

HERE = Path(__file__).parent
SUITES = {
    "scalibr": ("scalibr-expected.jsonl", "scalibr-extractor-fixtures.tar.xz", "extractor/filesystem/"),
    "syft": ("syft-expected.jsonl", "syft-cataloger-fixtures.tar.xz", "syft/pkg/cataloger/"),
}
COLUMNS = ("right", "by_setting", "bare", "theirs", "ours", "unexplained", "cases", "not_comparable")


@dataclass
class Score:
    """Counts for one ecosystem, with the misses spelled out.

    Parts of right: bare, by names without namespace; by_setting, after leaving out what a setting of theirs leaves out.
    not_comparable: expectations that are no list of the file's packages; they are no cases.
    """

    right: int = 0
    by_setting: int = 0
    bare: int = 0
    not_comparable: int = 0
    theirs: int = 0
    ours: int = 0
    unexplained: int = 0
    cases: int = 0
    misses: list[str] = field(default_factory=list)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass
class Answer:
    """One of our components: its name without namespace, and every other text that may count as its version."""

    bare: str
    texts: set[str] = field(default_factory=set)


@dataclass
class Comparison:
    """What differs, as texts; both empty when the case is right. bare: names that matched without namespace."""

    missing: set[str] = field(default_factory=set)
    surplus: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)


def answers(inventory: Inventory) -> dict[tuple[str, str], Answer]:
    """Our components by (name, version)."""
    found: dict[tuple[str, str], Answer] = {}
    requirements = defaultdict(set)
    for project in inventory.projects:
        for usage in project.usages:
            requirements[usage.ref].add(usage.requirement)
    for component in inventory.components:
        kind = component.purl.type
        key = (normalised(component.name, kind), component.version)
        answer = found.setdefault(key, Answer(normalised(component.purl.name, kind)))
        facts = {value for _, value in component.properties} | {digest.value for digest in component.hashes}
        answer.texts |= requirements[component.ref] | facts | {component.vcs_url, component.ref}
    return found


def agrees(expected: list[dict[str, str]], inventory: Inventory) -> Comparison:
    """Compare a list of packages with our inventory."""
    have = answers(inventory)
    kinds = {component.purl.type for component in inventory.components} or {""}
    projects = {(project.name, project.version) for project in inventory.projects}
    left, result = dict(have), Comparison()
    for package in expected:
        version = package.get("version", "") or ""
        names = {normalised(package["name"], kind) for kind in kinds}
        if package.get("purl", "").startswith("pkg:maven/"):  # the name without its group is only half of it
            names = {display_name(parse_purl(package["purl"]))}
        match = find(have, names, version) or find_cpe(left, package["name"])
        if match is None:
            match = find_bare(left, names, version)
            if match is not None:
                result.bare.add(f"{package['name']} = {match[0]}")
        commit = package.get("commit") or ""
        if match is None and (package["name"], version) in projects:
            continue
        if match is None or not any(commit in text for text in have[match].texts):
            result.missing.add(f"{package['name']}@{version}{' #' + commit if commit else ''}")
        else:
            left.pop(match, None)
    result.surplus = {f"{name}@{version}" for name, version in left}
    return result


def find(have: dict[tuple[str, str], Answer], names: set[str], version: str) -> tuple[str, str] | None:
    """Our component of that name and version; where there is none, one whose requirement names the version."""
    exact = next(((name, version) for name in sorted(names) if (name, version) in have), None)
    loose = ((name, "") for name in sorted(names) if (name, "") in have)
    return exact or next((key for key in loose if names_version(have[key].texts, version)), None)


def find_bare(have: dict[tuple[str, str], Answer], names: set[str], version: str) -> tuple[str, str] | None:
    """The only component whose name without namespace is the expected one, in that version."""
    found = [key for key, answer in have.items() if answer.bare in names and key[1] == version]
    return found[0] if len(found) == 1 else None


def find_cpe(have: dict[tuple[str, str], Answer], name: str) -> tuple[str, str] | None:
    """The component that carries the expected name as its CPE."""
    return next((key for key, answer in have.items() if name.startswith("cpe:") and name in answer.texts), None)


def names_version(texts: set[str], version: str) -> bool:
    """Whether a requirement names the version, as a whole."""
    return any(re.search(rf"(?<![\w.]){re.escape(version)}(?![\w.])", text) for text in texts)


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
    return assemble([(path.name, extract_safely(extractor, SourceFile(tree, path.name, path.stat().st_size)))])


def score_suite(suite: str, data: Path, root: Path, only: str) -> dict[str, Score]:
    """Scores per ecosystem for one suite unpacked at `root`."""
    expected_file, _, prefix = SUITES[suite]
    extractors = all_extractors()
    scores: dict[str, Score] = defaultdict(Score)
    for ecosystem, table in ecosystem_tables(only).items():
        entries = [entry for entry in table.get("difference", []) if entry["suite"] == suite]
        differences = {(entry["fixture"], entry.get("case", "")): entry for entry in entries}
        for line in (data / "fixtures" / expected_file).read_text().splitlines():
            case = json.loads(line)
            name = mapped_extractor(table.get(suite, {}), case["fixture"].removeprefix(prefix))
            if name is not None and (root / case["fixture"]).exists():
                inventory = run_case(root, case["fixture"], extractors[name], extractors)
                score_case(scores[ecosystem], case, inventory, differences)
        scores[ecosystem].misses.extend(
            f"no longer differs: {key}" for key, entry in differences.items() if "used" not in entry
        )
    return scores


def mapped_extractor(mapping: dict[str, str], fixture: str) -> str | None:
    """The extractor of the longest key that is the fixture's folder or one further down ("python/testdata/setup")."""
    folder = fixture.split("/testdata")[0].split("/test-fixtures")[0]
    keys = [key for key in mapping if key == folder or (key.startswith(folder) and f"{fixture}/".startswith(f"{key}/"))]
    return mapping[max(keys, key=len)] if keys else None


def score_case(score: Score, case: dict[str, Any], inventory: Inventory, differences: dict[Any, Any]) -> None:
    """Add one case to a score; marks the reason that it needs as used."""
    entry = differences.get((case["fixture"], case["case"] or ""))
    if entry and not entry.get("comparable", True):
        entry["used"] = True
        score.not_comparable += 1
        score.reasons["not comparable", entry["reason"]] += 1
        return
    score.cases += 1
    result = agrees(case["packages"], inventory)
    if entry and "without" in entry and result.surplus:
        left_out = result.surplus & kept_apart(inventory, set(entry["without"]))
        if left_out == result.surplus and not result.missing:
            entry["used"] = True
            score.by_setting += 1
            score.reasons["like with like", entry["reason"]] += 1
        result.surplus -= left_out
    crashes = [issue.message for issue in inventory.issues if issue.message.startswith("not understood (")]
    place = f"{case['fixture']} [{case['case']}]"
    if result.bare:
        score.misses.append(f"{place}\n    name without namespace: {', '.join(sorted(result.bare))}")
    if not crashes and not result.missing and not result.surplus:
        score.right += 1
        score.bare += bool(result.bare)
        return
    if entry and not crashes:
        entry["used"] = True
        score.reasons[entry["whose"], entry["reason"]] += 1
    key = entry["whose"] if entry and not crashes else "unexplained"
    setattr(score, key, getattr(score, key) + 1)
    reason = f"{entry['whose']}: {entry['reason']}" if entry and not crashes else f"NOT EXPLAINED {crashes or ''}"
    score.misses.append(
        f"{place}\n    missing {sorted(result.missing)[:8]}\n    surplus {sorted(result.surplus)[:8]}\n    {reason}"
    )


def kept_apart(inventory: Inventory, kinds: set[str]) -> set[str]:
    """Our components of the kinds that a setting or default of the other tool leaves out, as the texts of `surplus`.

    kinds: a scope ("dev", "build"), "transitive", "unpinned" (no exact version), "declared" (required by a manifest, of
    which only the project itself is expected), or "type:docker".
    """
    scopes: dict[str, set[str]] = defaultdict(set)
    for project in inventory.projects:
        for usage in project.usages:
            scopes[usage.ref] |= {str(usage.scope), "transitive" if usage.direct is False else "direct"}
            scopes[usage.ref] |= {"declared"} if project.origin is Origin.DECLARED else set()
    found = set()
    for component in inventory.components:
        known = (
            scopes[component.ref] | {f"type:{component.purl.type}"} | ({"unpinned"} if not component.version else set())
        )
        if known & kinds:
            found.add(f"{normalised(component.name, component.purl.type)}@{component.version}")
    return found


def ecosystem_tables(only: str = "") -> dict[str, dict[str, Any]]:
    """The mapping and the reasons, one file an ecosystem."""
    paths = [path for path in sorted(HERE.glob("*.toml")) if path != purl_suites.REASONS]
    return {path.stem: tomllib.loads(path.read_text()) for path in paths if only in ("", path.stem)}


def print_table(title: str, scores: dict[str, Score], *, misses: bool, markdown: bool) -> Score:
    """One table with a row per ecosystem; returns the total."""
    print(
        f"| {title} | right | of these under their setting | of these by name without namespace "
        "| theirs differ | ours differ | not explained | cases | no inventory expected |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    total = Score()
    for ecosystem, score in sorted(scores.items()):
        if score.cases:
            print(f"| {ecosystem} | {' | '.join(str(getattr(score, column)) for column in COLUMNS)} |")
        for column in COLUMNS:
            setattr(total, column, getattr(total, column) + getattr(score, column))
        total.reasons += score.reasons
        if misses and score.misses:
            print("\n".join(score.misses))
    share = f" ({total.right / total.cases:.1%} right)" if total.cases else ""
    print(f"| **all**{share} | {' | '.join(str(getattr(total, column)) for column in COLUMNS)} |\n")
    print(purl_suites.verdict(total.right + total.theirs, total.cases))
    if markdown:
        purl_suites.print_reasons(total.reasons)
    return total


def combined(parts: list[dict[str, Score]]) -> dict[str, Score]:
    """Scores of several suites added up per ecosystem."""
    together: dict[str, Score] = defaultdict(Score)
    for scores in parts:
        for ecosystem, score in scores.items():
            for column in COLUMNS:
                setattr(together[ecosystem], column, getattr(together[ecosystem], column) + getattr(score, column))
            together[ecosystem].misses.extend(score.misses)
            together[ecosystem].reasons += score.reasons
    return together


def main() -> int:
    """Unpack, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--suite", action="append", choices=[*SUITES, *purl_suites.SUITES], help="may be given again")
    parser.add_argument("--ecosystem", default="", help="one of scalibr's and syft's: a file name beside this module")
    parser.add_argument("--misses", action="store_true", help="list every case that differs")
    parser.add_argument(
        "--markdown", action="store_true", help="scalibr and syft in one table; reasons with their counts"
    )
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"no data at {options.data}; give --data")
    chosen = options.suite or ([*SUITES] if options.ecosystem else [*SUITES, *purl_suites.SUITES])
    parts: dict[str, dict[str, Score]] = {}
    for suite in (suite for suite in SUITES if suite in chosen):
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(options.data / "fixtures" / SUITES[suite][1]) as packed:
                packed.extractall(folder, filter="data")
            parts[suite] = score_suite(suite, options.data, Path(folder), options.ecosystem)
    tables = {" + ".join(parts): combined(list(parts.values()))} if options.markdown and parts else parts
    show = {"misses": options.misses, "markdown": options.markdown}
    unexplained = sum(print_table(title, scores, **show).unexplained for title, scores in tables.items())
    for suite in (suite for suite in purl_suites.SUITES if suite in chosen):
        result = purl_suites.run_suite(suite, options.data)
        unexplained += purl_suites.report(suite, result, **show)
    if unexplained:
        print(f"{unexplained} differences are not explained.")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
