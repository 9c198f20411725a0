# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Paddock beside pip-audit on the same pinned requirements and the same advisories, as whole processes.

pip-audit asks a service: here one on this machine that speaks as osv.dev's interface does. It does not look versions up
with Paddock's code: a version is affected where the advisory lists it, or where a range holds it in the order of the
library `packaging`.
"""

import argparse
import json
import re
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from benchmarks.advisory_agreement.answers import PADDOCK, Reasons
from benchmarks.advisory_agreement.osv_scanner import unpacked
from benchmarks.advisory_speed import known_packages, made_up
from benchmarks.measure import measure
from paddock.engine.advisor.identity import key_of_package
from paddock.engine.pipeline.advisories.files import import_files

Record = dict[str, Any]
Finding = tuple[str, str, frozenset[str], frozenset[str]]
"""(name, version, names of the vulnerability, fixed versions above the one in use)"""


def beside_pip_audit(options: argparse.Namespace, folder: Path) -> None:
    """One row for each list of requirements."""
    archive = options.data / "osv" / "PyPI" / "all.zip"
    database = folder / "pypi.db"
    import_files(database, [archive], now=datetime.now(UTC))
    columns = "packages | both | only Paddock | only pip-audit | other fixed versions | Paddock s | pip-audit s"
    print(f"\n| requirements | {columns} |\n|---|{'---:|' * 7}")
    missing, more = [], []
    with serving(records_of(archive)) as address:
        for path in requirements(options, folder, database):
            ours_command = [*PADDOCK, "audit", path, "--no-config", "--advisories", database]
            theirs_command: list[Any] = [options.pip_audit.absolute(), "-r", path, "--no-deps", "--disable-pip"]
            theirs_command += ["-s", "osv", "--osv-url", address, "--progress-spinner", "off"]
            with tempfile.TemporaryDirectory() as cache:
                theirs_command += ["--cache-dir", cache]
                ours, theirs = ours_in([*ours_command, "-f", "json"]), theirs_in([*theirs_command, "-f", "json"])
                cost, peer = (measure(command, runs=options.runs) for command in (ours_command, theirs_command))
            pairs = [(one, other) for one in ours for other in theirs if alike(one, other)]
            only = [one for one in ours if not any(one is pair[0] for pair in pairs)]
            others = [other for other in theirs if not any(other is pair[1] for pair in pairs)]
            fixes = [(one, other) for one, other in pairs if one[3] != other[3]]
            counts = f"{len(ours) - len(only)} | {len(only)} | {len(others)} | {len(fixes)}"
            packages = len(path.read_text().splitlines())
            print(f"| {path.parent.name} | {packages:,} | {counts} | {cost.wall:.2f} | {peer.wall:.2f} |")
            more += [(f"{path.parent.name}: {one[0]} {one[1]}", " ".join(sorted(one[2]))) for one in only]
            missing += [(f"{path.parent.name}: {one[0]} {one[1]}", " ".join(sorted(one[2]))) for one in others]
            for one, other in fixes if options.names else ():
                print(f"  fixed: {one[0]} {one[1]} {min(one[2])}: {sorted(one[3])}, pip-audit {sorted(other[3])}")
    Reasons("pip_audit").tell("missing", missing, names=options.names)
    Reasons("pip_audit").tell("more", more, names=options.names)


def alike(one: Finding, other: Finding) -> bool:
    """Whether two findings are about one vulnerability in one package."""
    return one[:2] == other[:2] and bool(one[2] & other[2])


def requirements(options: argparse.Namespace, folder: Path, database: Path) -> Iterator[Path]:
    """Lists of pinned requirements: what projects of the data have locked, and a made-up one."""
    for archive in sorted((options.data / "projects").glob("*.manifests.tar.xz")):
        command = [*PADDOCK, "analyze", unpacked(archive, folder / "pip"), "--no-config", "-f", "json"]
        result = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["result"]
        purls = [component["purl"] for component in result["inventory"].get("components", ())]
        pinned = [purl for purl in purls if re.fullmatch(r"pkg:pypi/[^@?#]+@[0-9][^?#]*", purl)]
        if pinned:
            yield written(pinned, folder / f"{archive.name.partition('.manifests')[0]}.txt")
    names = [name for name in known_packages(database) if name.startswith("pkg:pypi/")]
    components = made_up(300, names, 1.0).components
    yield written([str(component.purl) for component in components], folder / "made-up-300.txt")


def written(purls: list[str], path: Path) -> Path:
    """The packages as requirements, each in the first of its versions."""
    versions = dict(reversed([purl.removeprefix("pkg:pypi/").split("@", 1) for purl in purls]))
    path.with_suffix("").mkdir(exist_ok=True)
    target = path.with_suffix("") / "requirements.txt"
    target.write_text("".join(f"{name}=={version}\n" for name, version in sorted(versions.items())))
    return target


def ours_in(command: list[Any]) -> list[Finding]:
    """What `paddock audit` finds."""
    result = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["result"]
    names = {one["id"]: frozenset((one["id"], *one.get("aliases", ()))) for one in result["advice"]["vulnerabilities"]}
    found = []
    for finding in result["advice"]["findings"]:
        name, _, version = finding["ref"].removeprefix("pkg:pypi/").partition("@")
        fixed = above(version, finding.get("fixed_versions", ()))
        found.append((name, version, names[finding["vulnerability"]], fixed))
    return found


def theirs_in(command: list[Any]) -> list[Finding]:
    """What pip-audit finds."""
    found = []
    for one in json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["dependencies"]:
        for flaw in one.get("vulns", ()):
            ids = frozenset((flaw["id"], *flaw["aliases"]))
            found.append((one["name"], one["version"], ids, above(one["version"], flaw["fix_versions"])))
    return found


def above(version: str, fixed: list[str] | tuple[str, ...]) -> frozenset[str]:
    """The fixed versions that are newer than the one in use."""
    return frozenset(str(Version(one)) for one in fixed if Version(one) > Version(version))


def records_of(archive: Path) -> dict[str, list[Record]]:
    """The advisories that are not withdrawn, by name of the package."""
    found: dict[str, list[Record]] = {}
    with zipfile.ZipFile(archive) as members:
        for record in (json.loads(members.read(name)) for name in members.namelist() if name.endswith(".json")):
            names = {entry["package"]["name"] for entry in record.get("affected") or () if "package" in entry}
            for key in {key_of_package("PyPI", name)[0] for name in names} if not record.get("withdrawn") else ():
                found.setdefault(key, []).append(record)
    return found


def is_affected(record: Record, key: str, version: str) -> bool:
    """By the list of versions, or by the order of `packaging`."""
    for entry in record["affected"]:
        if key_of_package("PyPI", entry["package"]["name"])[0] != key:
            continue
        ranges = [one["events"] for one in entry.get("ranges") or () if one["type"] == "ECOSYSTEM"]
        if version in (entry.get("versions") or ()) or any(in_range(events, version) for events in ranges):
            return True
    return False


def in_range(events: list[dict[str, str]], version: str) -> bool:
    """As in the algorithm of OSV's specification (https://ossf.github.io/osv-schema/#evaluation)."""
    try:
        wanted, affected = Version(version), False
        for event in sorted(events, key=lambda one: Version(next(iter(one.values())))):
            kind, bound = next(iter(event.items()))
            if kind == "introduced" and (bound == "0" or wanted >= Version(bound)):
                affected = True
            elif kind == "fixed":
                affected = affected and wanted < Version(bound)
            elif kind == "last_affected":
                affected = affected and wanted <= Version(bound)
    except InvalidVersion:
        return False
    return affected


@contextmanager
def serving(records: dict[str, list[Record]]) -> Iterator[str]:
    """A service on this machine that answers `POST /v1/query`; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 65_536  # head and body in one packet: the peer is not to wait for this side's network

        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            key = key_of_package("PyPI", query["package"]["name"])[0]
            found = [one for one in records.get(key, ()) if is_affected(one, key, query["version"])]
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()
