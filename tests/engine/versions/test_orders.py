# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The orders by example: versions in ascending order, spellings of the same version, and what is no version."""

from itertools import combinations

import pytest

from paddock.engine.versions import LOWEST, compare, is_version, sort_key

ASCENDING = {
    "npm": "0.0.0-0 0.0.0 1.0.0-* 1.0.0-0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.b 1.0.0-rc.2 1.0.0-rc.10 1.0.0 1.0.1 2",
    "crates.io": "0.6.2-0 0.6.2-alpha 0.6.2",
    "Go": (
        "v0.0.0-20190101000000-aaaaaaaaaaaa v0.0.0-20200101000000-bbbbbbbbbbbb v0.0.1-0.20210101000000-cccccccccccc "
        "0.0.1 v1.2.0 1.21.0-rc.2 1.21.0 v2.0.0+incompatible"
    ),
    "PyPI": (
        "0.9-doduo 1.0.dev1 1.0a1.dev2 1.0a1 1.0b2 1.0rc1 1.0 1.0+local.a 1.0+local.1 1.0.post1.dev3 1.0.post1 1.0.1 "
        "2.0 2019.2.6 1!0.1"
    ),
    "Maven": (
        "Camden.RELEASE Finchley.SR1 Hoxton.SR5 1.0-alpha-1 1.0-alpha-2 1.0-beta-1 1.0-M1 1.0-rc1 1.0-SNAPSHOT "
        "1.0 1.0-sp 1.0-jre8 1.0-jre10 1.0-xyz 1.0-1 1.0.1 4.1.86.Final 4.1.87"
    ),
    "NuGet": "1.0.0-alpha 1.0.0-BETA.2 1.0.0-beta.10 1.0 1.0.0.1-pre 1.0.0.1",
    "RubyGems": "1.0.a 1.0.b1 1.0.rc.1 1.0 1.0.1.pre 1.0.1 1.1 1.10",
    "Packagist": "dev-main 1.0.0-dev 1.0.0-alpha1 1.0.0-beta2 1.0.0-RC1 1.0 1.0-p1 1.0.0.1 1.2 1.2.x-dev 1.3 1.x-dev 2",
    "Debian": "1.0~~ 1.0~rc1 1.0 1.0-1~bpo1 1.0-1 1.0-1ubuntu2 1.0-1+deb12u1 1.0-2 1.0a 1.0+dfsg 1.0.1 1:0.1",
    "Red Hat": "1.0~rc1 1.0 1.0-1.el8 1.0-1.el8_6.1 1.0-1.el9 1.0-2 1.0^git1 1.0a 1.0.1 2:0.1-1",
    "Alpine": (
        "1.0_alpha 1.0_alpha2 1.0_beta 1.0_pre1 1.0_rc3 1.0-r0 1.0-r2 1.0_cvs 1.0_git20200101 1.0_p1 1.0_p1-r1 "
        "1.0a 1.0b-r1 1.0.1 1.01 1.1"
    ),
    "Hackage": "1.0 1.0.0 1.0.0.0 1.1 2",
    "CRAN": "0.01 0.1-0 0.2 1.0-1 1.0-10",
    "Hex": "1.0.0-dev 1.0.0-rc.1 1.0.0",
    "Pub": "1.0.0-alpha 1.0.0 1.0.0+1 1.0.0+2 1.0.0+a",
    "Julia": "7.1.0+9 7.1.1 7.1.1+0 7.1.1+1 7.1.2+0",
    "ConanCenter": "1.0- 1.0-pre 1.0 1.0+1 1.0.1 1.1.1a 2 cci.20200203",
    "opam": "0.1~alpha 0.1 4.14.0~rc1 4.14.0 4.14.0+options",
    "FreeBSD": "2.* 2pl1 2alpha3 2.9 2.9_1 2.9_2 2.9f7 3.* 3.0.a1 3.0 3.0+1 3.0,1",
    "Android": "10:2021-01-01 11:0 12:2022-01-01 12L:0 12L:2022-07-05 13:0",
    "Linux": "5.10.100 5.10.101 6.1-rc3 6.1 6.1.2",
    "OpenSSL": "0.9.7-alpha2 0.9.7-beta3 0.9.7 0.9.7a 1.0.2y 1.0.2za 1.0.2zc-dev 1.0.2zc 1.1.1 3.0.0",
    "Arch Linux": "1.0a 1.0rc 1.0 1.0-1 1.0-2 1.0.a 1.0.1-1 1:0.1-1",
    "GHC": "9.2.1-alpha1 9.2.1-rc1 9.2.1 9.10.1",
}

SAME = {
    "npm": ["1.2.3 v1.2.3 =1.2.3 1.2.3+build", "1.0 1.0.0 1"],
    "Go": ["v2.0.0+incompatible 2.0.0", "go1.21rc2 1.21.0-rc.2", "go1.20 1.20.0"],
    "PyPI": [
        "1.0 v1.0 1 1.0.0 01.0",
        "1.0a1 1.0-alpha.1 1.0ALPHA1",
        "1.0.post2 1.0-2 1.0rev2",
        "1.0rc1 1.0c1 1.0-pre1",
    ],
    "Maven": ["1 1.0 1.0.0 1-ga 1.0.Final 1.RELEASE 1-0", "1.0-rc1 1.0-CR1 1.0rc-1 1.0.RC1", "1a1 1-alpha-1"],
    "NuGet": ["1.0 1.0.0 1.0.0.0 1.0.0+sha", "1.0.0-BETA 1.0.0-beta", "01.1 1.1"],
    "RubyGems": ["1 1.0 1.0.0", "1.0.a2 1.a.2", "1.0-x 1.0.pre.x"],
    "Packagist": ["1.0 v1.0.0 1.0.0.0", "1.0.0-RC2 1.0.0rc2", "1.0-beta1 1.0b1"],
    "Debian": ["1.0 0:1.0 1.0-0 1.0-", "1a 1a0"],
    "Red Hat": ["1.0 0:1.0 1_0 1.00", "1.0-1 1.0-1."],
    "Alpine": ["1.0 1.0-r0 1.0~abc123"],
    "FreeBSD": ["10 10.0 10.0.0 10_0", "1.d2 1.dev2 1.Development2", "10a1b2 10a1.b2"],
    "ConanCenter": ["1 1.0 1.0.0"],
}

NO_VERSIONS = [
    "",
    " ",
    "main",
    "latest",
    "${project.version}",
    "git+https://example.org/a#1",
    "*",
    "^1.2",
    ">=1",
    "1.0 or later",
]


@pytest.mark.parametrize("ecosystem", sorted(ASCENDING))
def test_versions_come_in_this_order(ecosystem: str) -> None:
    for lower, higher in combinations(ASCENDING[ecosystem].split(), 2):
        assert compare(ecosystem, lower, higher) == -1, (lower, higher)
        assert compare(ecosystem, higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize(("ecosystem", "row"), [(name, row) for name, rows in SAME.items() for row in rows])
def test_spellings_of_one_version_are_equal(ecosystem: str, row: str) -> None:
    for first, second in combinations(row.split(), 2):
        assert compare(ecosystem, first, second) == 0, (first, second)
        assert sort_key(ecosystem, first) == sort_key(ecosystem, second)


@pytest.mark.parametrize("ecosystem", sorted(ASCENDING))
@pytest.mark.parametrize("text", NO_VERSIONS)
def test_what_is_no_version_is_said_so(ecosystem: str, text: str) -> None:
    assert not is_version(ecosystem, text)


@pytest.mark.parametrize(
    ("ecosystem", "text"),
    [
        ("Packagist", "dev-main"),
        ("Packagist", "1.*"),
        ("npm", "1.x"),
        ("npm", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
        ("Maven", "4b825dc642"),
        ("npm", "1.2.*"),
        ("Go", "(devel)"),
        ("Maven", "LATEST"),
        ("Maven", "unspecified"),
        ("Maven", "main-SNAPSHOT"),
        ("Maven", "[1.0,2.0)"),
        ("PyPI", "1.*"),
        ("Hackage", "1.0-beta"),
        ("Debian", "trixie"),
    ],
)
def test_branches_wildcards_and_ranges_are_no_versions(ecosystem: str, text: str) -> None:
    assert not is_version(ecosystem, text)


@pytest.mark.parametrize("ecosystem", sorted(ASCENDING))
def test_versions_are_versions_and_above_the_beginning_of_everything(ecosystem: str) -> None:
    for version in ASCENDING[ecosystem].split():
        assert sort_key(ecosystem, version) > LOWEST
        if version not in {"dev-main", "1.0.0-*", "2.*", "3.*"} and not version.endswith("-"):
            assert is_version(ecosystem, version), version


def test_a_pseudo_version_lies_above_the_event_introduced_0() -> None:
    assert LOWEST < sort_key("Go", "v0.0.0-00010101000000-000000000000") < sort_key("Go", "0.0.0")
