# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""OSV-Scanner's end-to-end tests: which packages it asked the advisory service about, for which files.

The recorded requests (cassettes) carry a test's name and its queries; the snapshot of the same test lists the files
that were read, how many packages each held, and what the test's settings left out. A test is a case: the files together
must hold exactly the packages asked for or left out. Files that no such test covers are cases of their own, by the
number of packages. Tests that read the same files and asked the same count once; nobody asks for first-party packages.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.inventory_agreement.suite_case import Case, Identity, all_extractors, normalised

ARCHIVE = "fixtures/osv-scanner-source-e2e.tar.xz"
SOURCE = "cmd/osv-scanner/scan/source"
TYPES = {
    "Alpine": "apk", "crates.io": "cargo", "Debian": "deb", "Go": "golang", "Hackage": "hackage", "Maven": "maven",
    "npm": "npm", "NuGet": "nuget", "Packagist": "composer", "PyPI": "pypi", "RubyGems": "gem", "SwiftURL": "swift",
    "Ubuntu": "deb",
}  # fmt: skip
EXTRACTOR_OF = {
    "abc.xml": "java/pom_xml", "encoding.xml": "java/pom_xml", "registry.xml": "java/pom_xml",
    "depsjson": "dotnet/deps_json", "installed": "linux/apk", "status": "linux/dpkg",
    "my-package-lock.json": "javascript/package_lock", "my-yarn.lock": "javascript/yarn_lock",
    "replace-local.mod": "go/go_mod",
}  # fmt: skip

_BLOCK = re.compile(r"^\[([^\n]+) - \d+\]\n(.*?)^---$", re.MULTILINE | re.DOTALL)
_SCANNED = re.compile(r"^Scanned (\S+) file (?:as an? \S+ )?and found (\d+) package", re.MULTILINE)
_FILTERED = re.compile(r"^Package ([^/\n]+)/(\S+)/([^/\s]+) has been filtered out", re.MULTILINE)


def cases(root: Path) -> Iterator[Case | str]:
    """Every case, or a sentence for an expectation whose files are not in the data."""
    source = root / SOURCE
    read, counts, filtered = scanned_files(source)
    seen: set[tuple[tuple[str, ...], frozenset[Identity]]] = set()
    covered: set[str] = set()
    for test, queries in sorted(recorded_queries(source).items()):
        files, expected = read.get(test, ()), frozenset(queries | filtered.get(test, set()))
        if not files or (files, expected) in seen:
            continue
        seen.add((files, expected))
        if not all((source / path).is_file() for path in files):
            yield f"{group_of(files)}: {test}"
            continue
        covered.update(files)
        yield _case(source, test, files, expected=expected)
    for path, count in sorted(counts.items()):
        if path not in covered:
            if (source / path).is_file():
                yield _case(source, path.removeprefix("testdata/"), (path,), count=count)
            else:
                yield f"{group_of((path,))}: {path}"


def _case(source: Path, name: str, files: tuple[str, ...], **expectation: Any) -> Case:
    extractors = all_extractors().values()
    unclaimed = [path for path in files if not any(one.claims.match(path) for one in extractors)]
    chosen = {path: EXTRACTOR_OF.get(path.rpartition("/")[2], "") for path in unclaimed}
    return Case(
        name=name,
        group=group_of(files),
        root=source,
        files=files,
        extractors=chosen,
        types=frozenset(TYPES.values()),
        **expectation,
    )


def group_of(files: tuple[str, ...]) -> str:
    """The file's name, or how many there are."""
    names = sorted({path.rpartition("/")[2] for path in files})
    return names[0] if len(names) == 1 else "several files"


def recorded_queries(source: Path) -> dict[str, set[Identity]]:
    """Per test the packages that were asked for; commits of sources without a package are left out."""
    found: dict[str, set[Identity]] = defaultdict(set)
    for path in sorted((source / "testdata/cassettes").glob("*.yaml")):
        for interaction in yaml.load(path.read_text(), Loader=yaml.CSafeLoader)["interactions"] or []:
            request = interaction["request"]
            test = (request["headers"].get("X-Test-Name") or [""])[0]
            if test and request["url"].endswith("/querybatch"):
                for query in json.loads(request["body"])["queries"]:
                    found[test] |= _identities(query)
    return found


def _identities(query: dict[str, Any]) -> set[Identity]:
    package = query.get("package") or {}
    kind = TYPES.get((package.get("ecosystem") or "").partition(":")[0])
    if kind is None:
        return {("commit", "", query["commit"])} if query.get("commit") else set()
    name = package["name"].replace(":", "/") if kind == "maven" else package["name"]
    version = query.get("version") or ""
    return {(kind, normalised(name, kind), version.removeprefix("v") if kind == "golang" else version)}


Scanned = tuple[dict[str, tuple[str, ...]], dict[str, int], dict[str, set[Identity]]]


def scanned_files(source: Path) -> Scanned:
    """Per test the files that were read, per file the number of packages in it, per test what its settings ignored."""
    tests: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, int] = {}
    filtered: dict[str, set[Identity]] = defaultdict(set)
    for path in sorted((source / "__snapshots__").glob("*.snap")):
        for test, text in _BLOCK.findall(path.read_text()):
            for ecosystem, name, version in _FILTERED.findall(text):
                query = {"package": {"ecosystem": ecosystem, "name": name}, "version": version}
                filtered[test] |= _identities(query)
            for file, count in _SCANNED.findall(text):
                relative = file.removeprefix("<rootdir>/")
                tests[test].add(relative)
                if not relative.startswith("<"):
                    counts[relative] = int(count)
    return {test: tuple(sorted(files)) for test, files in tests.items()}, counts, filtered
