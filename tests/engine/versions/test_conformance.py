# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Orders against pairs of versions that other projects publish (osv-scalibr's test data), where present."""

from pathlib import Path

import pytest

from paddock.engine.versions import compare

ECOSYSTEMS = {
    "alpine": "Alpine", "cran": "CRAN", "debian": "Debian", "hackage": "Hackage", "maven": "Maven", "nuget": "NuGet",
    "packagist": "Packagist", "pub": "Pub", "pypi": "PyPI", "redhat": "Red Hat", "rubygems": "RubyGems",
    "semver": "npm",
}  # fmt: skip
SIGNS = {-1: "<", 0: "=", 1: ">"}

DIFFERENT = {
    # Maven since 3.9 reads `.word` as `-word`; before, these were no order: 2.9.0.RC1 < 2.9.0 < 2.9.0-1 < 2.9.0.RC1.
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
    # Composer ignores letter case and takes "stable" away; PHP's function alone does neither.
    "v1.9.0-ALPHA.2 = v1.9.0-BETA.2",
    "5.1.0-stable < 5.1.0-beta2",
    # Refused by Composer, and no order: 1.2.3.# equals both 1.2.3 and 1.2.3.1.
    "1.2.3.# = 1.2.3",
    "1.2.3.# = 1.2.3.1",
    "1.2.3.#.beta < 1.2.3",
}
"""Pairs in which we differ on purpose."""


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
            if (SIGNS[found] != sign) != (line.strip() in DIFFERENT):
                wrong.append(f"{line} (found {SIGNS[found]})")
    assert wrong == []
