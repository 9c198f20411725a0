# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""People's judgement on matches of another tool (`detection/vulnerability-match-labels.tar.xz`)."""

import json
import tarfile
from collections import Counter
from pathlib import Path

from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.judgement import judge
from paddock.engine.advisor.places import Place

NAMES = {
    "pypi": "PyPI", "npm": "npm", "go": "Go", "maven": "Maven", "rubygems": "RubyGems", "crates.io": "crates.io",
    "packagist": "Packagist", "nuget": "NuGet", "hex": "Hex",
}  # fmt: skip
"""Ecosystems whose packages are asked about for labels. Distributions need a release, which labels do not name, and
Bitnami's packages are containers."""


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
