# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether Paddock finds the vulnerabilities that others find, on the same data.

    ./dev bench advisory_agreement [--data DIR] [--osv-scanner PROGRAM] [--names] [--runs 3]

- Recorded answers: what osv.dev answered to osv-scanner's own tests (`fixtures/osv-scanner-source-e2e.tar.xz`). Of
  each answer those advisories count that the data have (`osv/*/all.zip`).
- Labels: what people said about findings of another tool (`detection/vulnerability-match-labels.tar.xz`), where the
  data have the vulnerability and a package of that name. Labels name no ecosystem: every package of the name is asked.
- With `--osv-scanner`: the projects of the data (`projects/*.manifests.tar.xz`) and a made-up bill of materials of
  10,000 packages, both programs on the same files and the same advisories without network, as whole processes one after
  the other; and once more the projects with npm packages with 200,000 made-up advisories beside the real ones, as many
  as npm's dump has.

Every difference is printed with `--names`; docs/advisories.md explains them.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks.advisory_speed import known_packages, made_up
from benchmarks.measure import measure
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.identity import GIT, key_of_package, key_of_repository, version_of_tag
from paddock.engine.advisor.judgement import judge
from paddock.engine.advisor.places import Place, places_of
from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.write import write
from paddock.engine.model.component import Component
from paddock.engine.model.purl import InvalidPurl, parse_purl
from paddock.engine.model.result import Tool
from paddock.engine.pipeline.advisories.files import import_files

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NAMES = {
    "pypi": "PyPI", "npm": "npm", "go": "Go", "maven": "Maven", "rubygems": "RubyGems", "crates.io": "crates.io",
    "packagist": "Packagist", "nuget": "NuGet", "hex": "Hex",
}  # fmt: skip
"""Ecosystems whose packages are asked about for labels. Distributions need a release, which labels do not name, and
Bitnami's packages are containers."""
NOT_AT_OSV = ("RETIRE-", "NSWG-", "FOP-", "KB-", "RUBYSEC-")
"""Ids of records that the data took from elsewhere: osv.dev cannot have answered with them."""
NO_DATA = ("Pub", "SwiftURL", "ConanCenter", "GitHub Actions")
"""Ecosystems that the data have nothing about: osv-scanner gives up where an archive is missing and gets empty ones."""
PEER_ECOSYSTEMS = (
    "npm",
    "PyPI",
    "Go",
    "RubyGems",
    "crates.io",
    "Maven",
    "NuGet",
    "Packagist",
    "Hex",
    "Hackage",
    "CRAN",
)


def main() -> int:
    """Every comparison that the data allow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--osv-scanner", type=Path)
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    archives = sorted((options.data / "osv").glob("*/all.zip"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "advisories.db")
        import_files(path, archives, now=datetime.now(UTC))
        with AdvisoryDatabase(path) as database:
            newest = max((one.modified for one in database.data().sources if one.modified), default=None)
            print(f"{database.data().records:,} advisories, the newest of {newest:%Y-%m-%d}")
            recorded_answers(database, options.data, names=options.names)
            labels(database, options.data, names=options.names)
        if options.osv_scanner:
            beside_osv_scanner(options, Path(folder))
    return 0


def recorded_answers(database: AdvisoryDatabase, data: Path, *, names: bool) -> None:
    """Queries and answers of osv.dev, as osv-scanner's tests keep them."""
    answers: dict[str, set[str]] = {}
    for recording in recordings(data):
        queries = json.loads(recording["request"]["body"])["queries"]
        for query, result in zip(queries, json.loads(recording["response"]["body"])["results"], strict=True):
            query.pop("page_token", None)
            known = answers.setdefault(json.dumps(query, sort_keys=True), set())
            known.update(found["id"] for found in result.get("vulns", ()))
    expected = found = 0
    missing, more = [], []
    for text, ids in answers.items():
        query = json.loads(text)
        ours = advisories_for(database, places_for(query))
        theirs = {name for name in ids if standing(database, name)}
        expected, found = expected + len(theirs), found + len(theirs & ours)
        missing += [(text, name) for name in sorted(theirs - ours)]
        more += [(text, name) for name in sorted(ours - ids) if not name.startswith(NOT_AT_OSV)]
    print(
        f"\nrecorded answers of osv.dev: {len(answers)} queries, {expected} advisories expected, {found} found,",
        end=" ",
    )
    print(f"{len(missing)} missing, {len(more)} more")
    for title, rows in (("missing", missing), ("more", more)):
        for text, name in rows if names else ():
            print(f"  {title}: {name} for {text}")


def recordings(data: Path) -> Iterator[dict[str, Any]]:
    """Every recorded question to osv.dev."""
    with tarfile.open(data / "fixtures" / "osv-scanner-source-e2e.tar.xz") as archive:
        for member in archive:
            if "/cassettes/" in member.name and (stream := archive.extractfile(member)):
                document = yaml.load(stream.read(), Loader=yaml.CSafeLoader)  # the safe loader, in C
                yield from (one for one in document.get("interactions") or () if "querybatch" in one["request"]["url"])


def places_for(query: dict[str, Any]) -> tuple[Place, ...]:
    """Where a query of osv.dev's interface looks; empty for one about a commit."""
    package = query.get("package") or {}
    version = query.get("version", "")
    if "purl" in package:
        with contextlib.suppress(InvalidPurl):
            return places_of(Component(purl=parse_purl(package["purl"])))
        return ()
    ecosystem = package.get("ecosystem", "")
    if ecosystem == "GIT":
        key = key_of_repository(package["name"])
        return (Place(key, GIT, "", version_of_tag(version, key)),)
    if not ecosystem:
        return ()
    key, release = key_of_package(ecosystem, package["name"])
    return (Place(key, ecosystem.partition(":")[0], release, version),)


def advisories_for(database: AdvisoryDatabase, places: tuple[Place, ...]) -> set[str]:
    """The ids of the records that hold."""
    rows = database.about(place.key for place in places)
    judged = [judge(place, rows.get(place.key, ())) for place in places]
    return {name for found in judged for one in found.values() if one.certain for name in one.records}


def standing(database: AdvisoryDatabase, name: str) -> bool:
    """Whether the data have a record that is not withdrawn."""
    data = database.published(name)
    return data is not None and not json.loads(data).get("withdrawn")


def labels(database: AdvisoryDatabase, data: Path, *, names: bool) -> None:
    """People's judgement on matches: true or false positive."""
    judged: dict[tuple[str, str, str], set[str]] = {}
    with tarfile.open(data / "detection" / "vulnerability-match-labels.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith(".json") else None
            text = stream.read() if stream else b""
            if not text.strip():
                continue
            label = json.loads(text)
            package = label.get("package") or {}
            for name in {label.get("vulnerability_id"), label.get("effective_cve")} - {None}:
                key = (str(name), str(package.get("name")), str(package.get("version")))
                judged.setdefault(key, set()).add(label["label"])
    keys = packages_by_name(database)
    counts: Counter[tuple[str, str]] = Counter()
    for (name, package, version), said in sorted(judged.items()):
        vulnerability = database.named(name)
        if vulnerability is None or len(said) > 1 or said <= {"??"}:
            continue
        for key in keys.get(package.lower(), ()):
            answer = answer_for(database, vulnerability.ids, key, version)
            if answer is not None:
                label = next(iter(said))
                counts[label, answer] += 1
                if names and (label, answer) in {("FP", "affected"), ("TP", "not affected")}:
                    print(f"  {label} but {answer}: {name} in {package} {version} as {key}")
    true, false = counts["TP", "affected"], counts["FP", "affected"]
    lost = counts["TP", "not affected"]
    print(f"\nlabels: {sum(counts.values())} that the data cover; {dict(counts)}")
    print(f"  precision {true / (true + false):.1%}, recall {true / (true + lost):.1%}")


def packages_by_name(database: AdvisoryDatabase) -> dict[str, list[str]]:
    """Keys of packages by the last part of their names, as scanners of images give them, and by the whole."""
    found: dict[str, list[str]] = {}
    for key in database.packages():
        kind, _, name = key.partition(":")
        if kind in NAMES:
            for short in {name.lower(), name.lower().rpartition("/")[2], name.lower().rpartition(":")[2]}:
                found.setdefault(short, []).append(key)
    return found


def answer_for(database: AdvisoryDatabase, ids: tuple[str, ...], key: str, version: str) -> str | None:
    """What the advisories say about one vulnerability in one package; None where they say nothing about the package."""
    rows = [row for row in database.about([key]).get(key, ()) if row.name in ids]
    if not rows:
        return None
    found = judge(Place(key, NAMES[key.partition(":")[0]], "", version), rows)
    if not found:
        return "not affected"
    return "affected" if any(one.certain for one in found.values()) else "could not tell"


def beside_osv_scanner(options: argparse.Namespace, folder: Path) -> None:
    """Both programs on the same projects and the same advisories."""
    archives = [options.data / "osv" / name / "all.zip" for name in PEER_ECOSYSTEMS]
    roots = [unpacked(archive, folder) for archive in sorted((options.data / "projects").glob("*.manifests.tar.xz"))]
    bill = folder / "packages-10000.cdx.json"
    database = prepared(archives, folder / "real")
    bill.write_bytes(bill_of_materials(database))
    compare([*roots, bill], database, options)
    npm = [root for root in roots if (root / "package-lock.json").is_file()]
    print("\nwith 200,000 more advisories about npm packages:")
    many = [with_more(archives[0], folder / "more" / "npm" / "all.zip", 200_000), *archives[1:]]
    compare(npm, prepared(many, folder / "many"), options)


def prepared(archives: Sequence[Path], folder: Path) -> Path:
    """Both databases: ours, whose path is the answer, and the folder that osv-scanner reads archives from."""
    database = folder / "advisories.db"
    import_files(database, archives, now=datetime.now(UTC))
    for archive in archives:
        target = folder / "osv-scalibr" / archive.parent.name
        target.mkdir(parents=True)
        (target / "all.zip").symlink_to(archive)
    for name in NO_DATA:
        (folder / "osv-scalibr" / name).mkdir()
        with zipfile.ZipFile(folder / "osv-scalibr" / name / "all.zip", "w"):
            pass
    return database


def unpacked(archive: Path, folder: Path) -> Path:
    """The manifests of a project."""
    root = folder / archive.name.partition(".manifests")[0]
    with tarfile.open(archive) as found:
        found.extractall(root, filter="data")
    return root


def bill_of_materials(database: Path) -> bytes:
    """The inventory of the speed benchmark as CycloneDX."""
    kind = Kind(DocumentFormat.CYCLONEDX_JSON, "1.6")
    inventory = made_up(10_000, known_packages(database), 0.3)
    return write(inventory, kind, created=datetime.now(UTC), serial="", tool=Tool("Paddock", "benchmark"))


def with_more(archive: Path, target: Path, count: int) -> Path:
    """An archive with made-up advisories about packages that no project has."""
    target.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in source.namelist():
            written.writestr(name, source.read(name))
        for number in range(count):
            package = {"ecosystem": "npm", "name": f"made-up-package-{number}"}
            ranges = [{"type": "SEMVER", "events": [{"introduced": "0"}]}]
            affected = [{"package": package, "ranges": ranges, "versions": ["1.0.0"]}]
            record = {"id": f"MAL-{number}", "modified": "2026-01-01T00:00:00Z", "affected": affected}
            written.writestr(f"MAL-{number}.json", json.dumps({**record, "details": "Malicious code. " * 20}))
    return target


def compare(paths: Sequence[Path], database: Path, options: argparse.Namespace) -> None:
    """One row a project."""
    os.environ["OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY"] = str(database.parent)
    columns = (
        "both",
        "only Paddock",
        "only osv-scanner",
        "Paddock s",
        "osv-scanner s",
        "Paddock CPU s",
        "osv-scanner CPU s",
    )
    print(f"\n| project | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for path in paths:
        ours_command = [sys.executable, "-m", "paddock", "audit", path, "--no-config", "--advisories", database]
        what = ["-r", path] if path.is_dir() else ["-L", path]
        theirs_command = [options.osv_scanner.absolute(), "scan", "source", "--offline", "--no-resolve", *what]
        ours, theirs = ours_in([*ours_command, "-f", "json"]), theirs_in([*theirs_command, "--format", "json"])
        cost, peer = (measure(command, runs=options.runs) for command in (ours_command, theirs_command))
        counts = f"{len(ours & theirs)} | {len(ours - theirs)} | {len(theirs - ours)}"
        seconds = f"{cost.wall:.2f} | {peer.wall:.2f} | {cost.cpu:.2f} | {peer.cpu:.2f}"
        print(f"| {path.name.replace('+', '/')} | {counts} | {seconds} |")
        for title, rows in (("only Paddock", ours - theirs), ("only osv-scanner", theirs - ours)):
            for row in sorted(rows) if options.names else ():
                print(f"  {title}: {' '.join(row)}")


Found = set[tuple[str, str, str]]
"""(name, version, advisory)"""


def ours_in(command: list[Any]) -> Found:
    """What `paddock audit` finds for certain."""
    done = subprocess.run(command, capture_output=True, check=False)
    result = json.loads(done.stdout)["result"]
    purls = {component["purl"]: parse_purl(component["purl"]) for component in result["inventory"]["components"]}
    found: Found = set()
    for finding in result["advice"]["findings"]:
        purl = purls[finding["ref"]]
        place = places_of(Component(purl=purl))[0]
        name, version = place.key.partition(":")[2].lower(), (purl.version or "").removeprefix("v")
        found |= {(name, version, record) for record in finding["records"] if finding.get("certain", True)}
    return found


def theirs_in(command: list[Any]) -> Found:
    """What osv-scanner finds."""
    done = subprocess.run(command, capture_output=True, check=False)
    found: Found = set()
    for source in json.loads(done.stdout or b"{}").get("results", ()):
        for one in source["packages"]:
            package = one["package"]
            name, version = package["name"].lower(), package["version"].removeprefix("v")
            found |= {(name, version, vulnerability["id"]) for vulnerability in one.get("vulnerabilities", ())}
    return found


if __name__ == "__main__":
    sys.exit(main())
