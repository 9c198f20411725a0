# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Sort keys a second on one core, for distinct versions of real packages, beside other libraries.

    python -m benchmarks.version_keys [--data FOLDER] [--peer PYTHON] [--rounds N]

Versions: those that the advisories and the comparison suites in the data folder name, each once. Timed is one key for
each, nothing kept between them, and sorting the whole list by them. PYTHON is the interpreter of an environment with
`univers` and `packaging` installed; the peers then sort the same lists by their own version values in the same run,
round by round (some of them parse only when they compare, so that making values alone says little). Of each the best
round counts.
"""

import argparse
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from paddock.engine.versions import order_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
AT_LEAST = 2_000
"""A list is repeated until it has as many, so that a round takes long enough to be timed."""

SUITES = {
    "semver": "npm", "maven": "Maven", "debian": "Debian", "redhat": "Red Hat", "pypi": "PyPI", "alpine": "Alpine",
    "rubygems": "RubyGems", "packagist": "Packagist",
}  # fmt: skip
BARS = {"npm": 300_000, "Maven": 100_000, "Debian": 100_000, "Red Hat": 100_000, "PyPI": 100_000}
FAMILY = {"AlmaLinux": "Red Hat", "Rocky Linux": "Red Hat", "Ubuntu": "Debian", "crates.io": "npm", "Bitnami": "npm"}

PEER = """
import json, sys, time
from packaging.version import InvalidVersion, Version
from univers import versions
classes = {"npm": versions.SemverVersion, "Maven": versions.MavenVersion, "Debian": versions.DebianVersion,
           "Red Hat": versions.RpmVersion, "PyPI": versions.PypiVersion, "Alpine": versions.AlpineLinuxVersion,
           "RubyGems": versions.RubygemsVersion, "Packagist": versions.ComposerVersion}
def univers(cls):
    def make(text):
        try:
            return cls(text)
        except Exception:
            return None
    return make
def packaging(text):
    try:
        return Version(text)._key
    except InvalidVersion:
        return None
lists = json.load(sys.stdin)
found = {}
for ecosystem, texts in lists.items():
    makers = {"univers": univers(classes[ecosystem])}
    if ecosystem == "PyPI":
        makers["packaging"] = packaging
    for name, make in makers.items():
        started = time.perf_counter()
        made = [value for value in map(make, texts) if value is not None]
        try:
            made.sort()
        except Exception as error:
            print(ecosystem, name, type(error).__name__, error, file=sys.stderr)
            continue
        found[f"{ecosystem} {name}"] = len(texts) / (time.perf_counter() - started)
json.dump(found, sys.stdout)
"""


def main() -> int:
    """Measure and print the table; fails where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--peer", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    arguments = options.parse_args()
    if not arguments.data.is_dir():
        print(f"no data at {arguments.data}", file=sys.stderr)
        return 1
    lists = {ecosystem: sorted(texts) for ecosystem, texts in versions(arguments.data).items()}
    ours: dict[str, float] = {}
    ordered: dict[str, float] = {}
    peers: dict[str, float] = {}
    for _ in range(arguments.rounds):
        for ecosystem, texts in lists.items():
            ours[ecosystem] = max(ours.get(ecosystem, 0.0), rate(order_of(ecosystem).key, texts))
            ordered[ecosystem] = max(ordered.get(ecosystem, 0.0), sort_rate(order_of(ecosystem).key, texts))
        if arguments.peer:
            for name, found in measured_peers(arguments.peer, lists).items():
                peers[name] = max(peers.get(name, 0.0), found)
    print(f"{'ecosystem':<12}{'versions':>10}{'keys/s':>12}{'bar':>10}{'sorted/s':>12}   peers' sorted/s (ratio)")
    missed = False
    for ecosystem, texts in lists.items():
        bar = BARS.get(ecosystem, 0)
        missed |= ours[ecosystem] < bar
        beside = ", ".join(
            f"{name.removeprefix(ecosystem).strip()} {found:,.0f} ({ordered[ecosystem] / found:.1f})"
            for name, found in peers.items()
            if name.startswith(f"{ecosystem} ")
        )
        figures = f"{len(texts):>10,}{ours[ecosystem]:>12,.0f}{bar or '':>10}{ordered[ecosystem]:>12,.0f}"
        print(f"{ecosystem:<12}{figures}   {beside}")
    return int(missed)


def rate(key: Callable[[str], bytes], texts: list[str]) -> float:
    """Keys a second over the list."""
    repeated = texts * (1 + AT_LEAST // len(texts))
    started = time.perf_counter()
    for text in repeated:
        key(text)
    return len(repeated) / (time.perf_counter() - started)


def sort_rate(key: Callable[[str], bytes], texts: list[str]) -> float:
    """Versions a second when the whole list is sorted."""
    started = time.perf_counter()
    sorted(texts, key=key)
    return len(texts) / (time.perf_counter() - started)


def measured_peers(interpreter: Path, lists: dict[str, list[str]]) -> dict[str, float]:
    """The same lists through the peers, in their own process."""
    command = [str(interpreter), "-c", PEER]
    done = subprocess.run(command, input=json.dumps(lists), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def versions(data: Path) -> dict[str, set[str]]:
    """Distinct versions by ecosystem."""
    found: dict[str, set[str]] = {ecosystem: set() for ecosystem in SUITES.values()}
    for path in sorted((data / "conformance" / "semantic-versions").glob("*.txt")):
        for line in path.read_text().splitlines():
            parts = line.split()
            if len(parts) == 3 and parts[1] in {"<", "=", ">"} and path.name.split("-")[0] in SUITES:
                found[SUITES[path.name.split("-")[0]]].update((parts[0], parts[2]))
    for ecosystem, version in advised(data):
        ecosystem = FAMILY.get(ecosystem, ecosystem)
        if ecosystem in found:
            found[ecosystem].add(version)
    return found


def advised(data: Path) -> Iterator[tuple[str, str]]:
    """Ecosystem and version of everything that advisories name."""
    for path in sorted(data.glob("osv/*/all.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                for entry in json.loads(archive.read(name)).get("affected", []):
                    ecosystem = entry.get("package", {}).get("ecosystem", "").partition(":")[0]
                    yield from ((ecosystem, version) for version in entry.get("versions", []))
                    for found in entry.get("ranges", []):
                        if found["type"] != "GIT":
                            yield from ((ecosystem, version) for event in found["events"] for version in event.values())


if __name__ == "__main__":
    sys.exit(main())
