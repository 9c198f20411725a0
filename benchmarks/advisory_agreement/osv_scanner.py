# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Paddock beside osv-scanner on the same files and the same advisories, without network, as whole processes."""

import argparse
import json
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.advisory_agreement.answers import PADDOCK, Found, ours_in
from benchmarks.advisory_speed import known_packages, made_up
from benchmarks.measure import measure
from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.write import write
from paddock.engine.model.result import Tool
from paddock.engine.pipeline.advisories.files import import_files

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
        ours_command = [*PADDOCK, "audit", path, "--no-config", "--advisories", database]
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
