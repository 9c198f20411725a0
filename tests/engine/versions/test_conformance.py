# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Orders and ranges against what other projects publish: osv-scalibr's pairs of versions, univers' expectations."""

import json
import tarfile
import zipfile
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from paddock.engine.versions import CouldNotTell, compare, intervals, parse_range, sort_key
from paddock.engine.versions.ranges.vers import SCHEMES

ECOSYSTEMS = {
    "alpine": "Alpine", "cran": "CRAN", "debian": "Debian", "hackage": "Hackage", "maven": "Maven", "nuget": "NuGet",
    "packagist": "Packagist", "pub": "Pub", "pypi": "PyPI", "redhat": "Red Hat", "rubygems": "RubyGems",
    "semver": "npm",
}  # fmt: skip
SIGNS = {-1: "<", 0: "=", 1: ">"}

DIFFERENT = {
    # Maven 3.8 and 3.9 themselves order these as we do, all but 3.6.2.FL and 3.5.0-CR (Maven 4.0 the latter as we).
    # With the rest of the list they would be no order: 2.9.0.RC1 < 2.9.0 < 2.9.0-1 < 2.9.0.RC1.
    "1.0.0-gradle-rework-beta3 < 1.0.0.RC7-3",
    "2.9.0-1 < 2.9.0.RC1",
    "3.6.2.FL.20090615 < 3.6.2-FL-2009-05-11",
    "1.1.31.sec10 < 1.1.31_noneautotype",
    "1.1.34.sec10 < 1.1.34_noneautotype",
    "1.2.8.sec10_noneautotype < 1.2.8_noneautotype",
    "1.2.48.sec10 < 1.2.48_noneautotype",
    "1.2.54.sec10 < 1.2.54_noneautotype",
    "1.2.57.sec10 < 1.2.57_noneautotype",
    "1.2.60.sec10 < 1.2.60_noneautotype",
    "1.0.0rc0 < 1.0.beta8",
    "3.5.0-CR-2 < 3.5.0.Beta-1",
    # Composer compares four numbers, ignores letter case and takes "stable" away; PHP's function alone does none of it.
    "1.0.0 > 1.0",
    "v4-beta4 < v4.0-alpha",
    "v6.5 < v6.5.0-beta-0",
    "v1.9.0-ALPHA.2 = v1.9.0-BETA.2",
    "5.1.0-stable < 5.1.0-beta2",
    # Refused by Composer, and no order: 1.2.3.# equals both 1.2.3 and 1.2.3.1.
    "1.2.3.# = 1.2.3",
    "1.2.3.# = 1.2.3.1",
    "1.2.3.#.beta < 1.2.3",
}
"""Pairs in which we differ on purpose."""

ELSEWHERE = {"1.0.0 > 1.0": "packagist"}
"""Pairs that other files have too, to the only one in which we differ."""


@pytest.mark.parametrize("name", sorted(ECOSYSTEMS))
def test_pairs_are_ordered_as_published(name: str, shared_data: Path) -> None:
    wrong = []
    for path in sorted((shared_data / "conformance" / "semantic-versions").glob(f"{name}-versions*.txt")):
        for line in path.read_text().splitlines():
            if not line.strip() or line.lstrip().startswith(("#", "//")):
                continue
            first, sign, second = line.split()
            found = compare(ECOSYSTEMS[name], first, second)
            assert compare(ECOSYSTEMS[name], second, first) == -found
            on_purpose = line.strip() in DIFFERENT and ELSEWHERE.get(line.strip(), name) == name
            if (SIGNS[found] != sign) != on_purpose:
                wrong.append(f"{line} (found {SIGNS[found]})")
    assert wrong == []


@lru_cache
def expectations(data: Path) -> dict[str, list[dict[str, Any]]]:
    """univers' tests by file name."""
    archive = data / "conformance" / "univers-version-data.tar.xz"
    if not archive.is_file():
        pytest.skip(f"the external suite {archive.name} is not present in {data}")
    found = {}
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member) if member.name.endswith(".json") else None
            if content:
                tests = json.load(content)
                found[Path(member.name).stem] = tests["tests"] if isinstance(tests, dict) else tests
    return found


@pytest.mark.parametrize(
    ("name", "ecosystem", "different"),
    [
        ("nuget_version_cmp", "NuGet", 0),
        # Six that only Maven 2 ordered so: 2-1 < 2.0.a, and 2.0.a < 2.0.0.a.
        ("maven_version_cmp", "Maven", 6),
        # Pacman takes a missing release for equal to any, which is no order.
        ("alpm_version_cmp", "Arch Linux", 4),
    ],
)
def test_versions_are_compared_as_univers_expects(name: str, ecosystem: str, different: int, shared_data: Path) -> None:
    wrong = []
    for test in expectations(shared_data)[name]:
        versions, expected = test["input"]["versions"], test["expected_output"]
        if test["test_type"] == "equality":
            met = (compare(ecosystem, *versions) == 0) == expected
        else:
            met = all(compare(ecosystem, *pair) == -1 for pair in pairwise(expected))
        if not met:
            wrong.append(versions)
    assert len(wrong) == different, wrong


@pytest.mark.parametrize(
    ("name", "different"),
    [
        ("conan_range_from_native", 2),  # the empty range, which is every version for Conan and no text for univers
        ("conan_range_from_native_basic", 0),
        ("gem_range_from_native", 0),
        ("gem_gitlab_range_from_native", 0),
        ("golang_gitlab_range_from_native", 37),  # versions that univers rewrites (19.03.9 to 19.3.9, >=0 to >=0.0.0)
        ("npm_gitlab_range_from_native", 4),  # `<=3.3` includes 3.3.9 for npm, `<1.14` not 1.14.0-rc
        ("openssl_range_from_native", 0),
        ("pypi_range_roundtrip", 1),  # a constraint that stands there twice is written once
        ("pypi_range_containment", 0),
        ("npm_range_containment", 0),
    ],
)
def test_ranges_are_read_as_univers_expects(name: str, different: int, shared_data: Path) -> None:
    wrong = []
    for test in expectations(shared_data)[name]:
        given, expected = test["input"], test["expected_output"]
        found: object
        if test["test_type"] == "containment":
            found = parse_range("", given["vers"]).contains(given["version"])
        elif test["test_type"] == "roundtrip":
            found = parse_range("", given["vers"]).vers(given["vers"].partition(":")[2].partition("/")[0])
        else:
            found = parse_range(SCHEMES[given["scheme"]], given["native_range"]).vers(given["scheme"])
        if found != expected:
            wrong.append((given, expected, found))
    assert len(wrong) == different, wrong


INCONSISTENT = {
    # Enumerated by a rule for which 9.0.0.M1 comes after 9.0.0-M11.
    ("GHSA-f4qf-m5gf-8jm8", "Maven"): 7,
    # The version named as fixed is listed as affected.
    ("PYSEC-2021-114", "PyPI"): 1,
    ("PYSEC-2023-177", "PyPI"): 2,
}
"""Records, and how many versions they list outside their own ranges."""


def test_versions_that_records_list_lie_in_their_ranges(shared_data: Path) -> None:
    outside: Counter[tuple[str, str]] = Counter()
    seen = 0
    for path in sorted(shared_data.glob("osv/*/all.zip")):
        with zipfile.ZipFile(path) as archive:
            for record in map(json.loads, map(archive.read, archive.namelist())):
                for entry in record.get("affected", ()):
                    versions = entry.get("versions", ())
                    if not versions or not any(found["type"] != "GIT" for found in entry.get("ranges", ())):
                        continue
                    ecosystem = entry["package"]["ecosystem"]
                    covered = intervals({**entry, "versions": []})
                    assert not isinstance(covered, CouldNotTell)
                    seen += len(versions)
                    missing = [v for v in versions if not any(sort_key(ecosystem, v) in one for one in covered)]
                    outside.update([(record["id"], ecosystem)] * len(missing))
    assert outside == INCONSISTENT
    assert seen > 10_000
