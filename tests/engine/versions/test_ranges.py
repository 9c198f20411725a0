# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ranges in the syntaxes of the ecosystems."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.versions import InvalidRange, UnknownEcosystem, parse_range, sort_key
from paddock.engine.versions.ranges.clause import MAX_LENGTH

HOLDS = {
    "npm": {
        "^1.2.3": ("1.2.3 1.9.0", "1.2.2 2.0.0 2.0.0-alpha 1.3.0-beta"),
        "^0.2.3": ("0.2.3 0.2.9", "0.3.0 0.2.2"),
        "^0.0.3": ("0.0.3", "0.0.4"),
        "^0.x": ("0.9.9", "1.0.0"),
        "~1.2.3": ("1.2.9", "1.3.0"),
        "~1": ("1.9.0", "2.0.0"),
        "1.x": ("1.0.0 1.99.0", "2.0.0 0.9.0"),
        "1.2.*": ("1.2.0 1.2.9", "1.3.0"),
        "*": ("0.0.0 99.0.0", "1.0.0-alpha"),
        "": ("1.0.0", ""),
        "1.2 - 2.3": ("1.2.0 2.3.9", "2.4.0 1.1.9"),
        "1.2.3 - 2.3.4": ("2.3.4", "2.3.5"),
        ">=1.2.3 <2 || >=3": ("1.5.0 3.0.0", "2.0.0"),
        ">1.2": ("1.3.0", "1.2.9"),
        "<=1.2": ("1.2.9", "1.3.0"),
        ">= 1.2.3": ("1.2.3", "1.2.2"),
        ">=1.2.3-beta.2": ("1.2.3-beta.3 1.2.3 2.0.0", "1.2.3-beta.1 1.2.4-beta.3"),
        ">=1.0, <2": ("1.5.0", "2.0.0"),
        "v1.2.3": ("1.2.3", "1.2.4"),
    },
    "crates.io": {
        "1.2.3": ("1.2.3 1.9.0", "2.0.0 1.2.2"),
        "0.2": ("0.2.9", "0.3.0"),
        "=1.2": ("1.2.9", "1.3.0"),
        ">=1.2, <1.5": ("1.4.9", "1.5.0"),
        "1.*": ("1.9.0", "2.0.0"),
    },
    "PyPI": {
        "~=1.4.2": ("1.4.2 1.4.9", "1.5 1.5a1 1.4.1"),
        "~=2.2": ("2.2 2.9", "3.0 3.0.dev1"),
        "==1.2.*": ("1.2 1.2.9 1.2a1", "1.3 1.3.dev0"),
        "!=1.2.*": ("1.3", "1.2.1"),
        "==1.0": ("1.0 1 1.0+local", "1.0.post1"),
        ">1.0": ("1.0.1", "1.0 1.0.post1 1.0+local"),
        "<2.0": ("1.9", "2.0 2.0rc1 2.0.dev1"),
        "<2.0rc2": ("2.0rc1", "2.0rc2 2.0"),
        ">=1,<2,!=1.5": ("1.4", "1.5 2.0"),
        "^1.2": ("1.9", "2.0"),
        ">=1.0,<1.1||>=2": ("1.0.5 2.1", "1.5"),
        "(>=1.0)": ("1.0", "0.9"),
    },
    "Maven": {
        "[1.0,2.0)": ("1.0 1.9 2.0-SNAPSHOT", "2.0 0.9"),
        "(,1.0],[1.2,)": ("0.1 1.0 1.2", "1.1"),
        "[1.0]": ("1.0 1.0.0", "1.1"),
        "1.0": ("1.0", "1.1"),
        "[1.0,2.0[": ("1.9", "2.0"),
        "]1.0,2.0]": ("2.0", "1.0"),
        "1.+": ("1.0 1.9", "2.0"),
        "+": ("1", ""),
        ">=1.0, <2.0": ("1.5", "2.0"),
    },
    "NuGet": {
        "1.0": ("1.0 9.0", "0.9"),
        "[1.0]": ("1.0.0.0", "1.0.1"),
        "(1.0,2.0]": ("1.0.1 2.0", "1.0"),
        "1.*": ("1.0 1.9", "2.0"),
    },
    "RubyGems": {
        "~> 2.0.8": ("2.0.8 2.0.9", "2.1 2.1.pre 2.0.7"),
        "~> 2.1": ("2.1 2.9", "3.0 3.0.a"),
        "~> 2": ("2.0 2.9", "3"),
        ">= 1.2, < 3": ("1.2 2.9", "3"),
        "!= 1.5": ("1.4", "1.5 1.5.0"),
        "1.5": ("1.5.0", "1.6"),
        ">=4.0.0 <4.1.2||=5": ("4.1 5.0", "4.1.2"),
    },
    "Packagist": {
        "^1.2": ("1.2.0 1.9.9 1.2.0-beta1", "2.0.0 2.0.0-dev 1.1.9"),
        "^0.3.1": ("0.3.9", "0.4.0"),
        "~1.2": ("1.9.0", "2.0.0"),
        "~1.2.3": ("1.2.9", "1.3.0"),
        "1.0.*": ("1.0.9", "1.1.0"),
        "1.0 - 2.0": ("2.0.9", "2.1.0"),
        ">=1.0 <1.1 || >=1.2": ("1.0.5 1.3", "1.1.0"),
        ">=1.0,<2.0": ("1.5", "2.0 2.0.0-beta1"),
        "!=1.5": ("1.4", "1.5.0"),
        "dev-main": ("dev-main", "dev-other"),
        "*": ("1.0", "dev-main"),
        "^2.0@dev": ("2.1", "3.0"),
    },
    "Hex": {
        "~> 2.1": ("2.9.0", "3.0.0 3.0.0-rc"),
        "~> 2.1.3": ("2.1.4", "2.2.0"),
        "~> 2.1 and != 2.1.3": ("2.1.4", "2.1.3"),
        ">= 1.0.0 and < 1.2.0 or > 2.0.0": ("1.1.0 2.0.1", "1.2.0"),
    },
    "Pub": {
        "^1.2.3": ("1.9.0", "2.0.0"),
        ">=1.0.0 <2.0.0": ("1.5.0", "2.0.0 2.0.0-dev"),
        "any": ("1.0.0", ""),
    },
    "Hackage": {
        ">=1.0 && <2 || ==3.*": ("1.5 3.1", "2.0 4"),
        "^>=1.2.3": ("1.2.9", "1.3"),
        "(>=1.0 && <1.1) || >=2": ("1.0.5 2", "1.5"),
        "-any": ("1.0", ""),
        "-none": ("", "1.0"),
    },
    "opam": {
        '{>= "4.08" & < "5.0~"}': ("4.14.0", "5.0 4.07"),
        '= "1.0" | = "1.2"': ("1.0 1.2", "1.1"),
    },
    "ConanCenter": {
        "[>=1.0 <2.0]": ("1.5", "2.0 2.0-pre 1.5-pre"),
        ">=1.0 <2.0, include_prerelease": ("1.5-pre", "2.0-pre"),
        "~1.2": ("1.2.9", "1.3"),
        "^1.2": ("1.9", "2.0"),
        ">1 <2.0 || ^3.2": ("1.5 3.3", "2.5"),
        "*": ("1.0 cci.20200101", ""),
    },
    "Julia": {
        "1.2, 2": ("1.5.0 2.0.0", "3.0.0 1.1.0"),
        "~1.2": ("1.2.9", "1.3.0"),
    },
    "Debian:12": {
        "libc6 (>= 2.14), (<< 3)": ("2.36-9", "3.0 2.13"),
        "= 1.0-1": ("1.0-1", "1.0-2"),
    },
    "Red Hat": {
        "= 1.2": ("1.2-1 1.2-99.el9", "1.3-1 1.2.1-1"),
        "<= 1.2": ("1.2-5", "1.3-1"),
        "> 1.2": ("1.3-1", "1.2-5"),
        ">= 1:1.2-3": ("1:1.2-3", "9.0-1"),
    },
    "Alpine": {
        "~1.2": ("1.2 1.2.3-r1 1.2_rc1", "1.20 1.3"),
        ">=1.2": ("1.2", "1.1"),
    },
    "Go": {
        "<v1.3.7": ("v1.3.6 1.3.7-rc1", "v1.3.7"),
        ">=1.0.0 <1.2.0||=1.5.0": ("1.1.0 v1.5.0", "1.2.0"),
    },
    "Bitnami": {"1.0.0, 1.2.0": ("1.0.0 1.2.0", "1.1.0"), ">= 1, < 2": ("1.5.0", "2.0.0")},
}


@pytest.mark.parametrize(("ecosystem", "text"), [(name, text) for name, ranges in HOLDS.items() for text in ranges])
def test_a_range_holds_what_the_package_manager_would_take(ecosystem: str, text: str) -> None:
    inside, outside = HOLDS[ecosystem][text]
    found = parse_range(ecosystem, text)
    for version in inside.split():
        assert found.contains(version) is True, version
    for version in outside.split():
        assert found.contains(version) is False, version


@pytest.mark.parametrize(
    ("ecosystem", "text"),
    [
        ("npm", "latest"),
        ("npm", "git+https://example.org/a.git"),
        ("npm", "workspace:*"),
        ("crates.io", "^"),
        ("PyPI", ">=1.*"),
        ("PyPI", "~=1"),
        ("PyPI", "one"),
        ("Maven", "[1.0,"),
        ("Maven", "(1.0)"),
        ("RubyGems", "~> x"),
        ("Packagist", "^main"),
        ("Packagist", "main"),
        ("Maven", "[one,two]"),
        ("npm", "vers:npm/main"),
        ("Hex", "~> 1"),
        ("Hackage", "(>=1.0"),
        ("Hackage", ">=1.0 <2"),
        ("ConanCenter", "~x"),
        ("Alpine", "~x"),
        ("Go", ">="),
        ("npm", "vers:npm"),
        ("npm", "vers:npm/"),
        ("npm", "vers:npm/>=*"),
        ("npm", "1" * 101),
        ("npm", " || ".join(["1.0.0"] * MAX_LENGTH)),
        ("Hackage", "(" * 30 + ">=1" + ")" * 30),
    ],
)
def test_what_is_no_range_is_refused(ecosystem: str, text: str) -> None:
    with pytest.raises(InvalidRange):
        parse_range(ecosystem, text)


def test_what_is_no_version_is_in_no_range_for_certain() -> None:
    assert parse_range("npm", "*").contains("main") is None
    assert parse_range("Maven", "[1,)").contains("${version}") is None


def test_prereleases_are_in_by_the_order_alone_when_asked() -> None:
    found = parse_range("npm", "^1.2.3")

    assert found.contains("1.3.0-beta") is False
    assert found.contains("1.3.0-beta", prereleases=True) is True
    assert parse_range("PyPI", ">=1").contains("2a1", prereleases=False) is False


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("vers:npm/*", "1.0.0 2.0.0-alpha", ""),
        ("vers:pypi/1.0|2.0", "1.0 2.0.0", "1.5"),
        ("vers:npm/>=1.0.0|<2.0.0|>=3.0.0|<4.0.0", "1.5.0 3.5.0 2.0.0-rc.1", "2.5.0 4.0.0 1.0.0-rc.1"),
        ("vers:npm/!=1.5.0", "1.0.0 2.0.0", "1.5.0"),
        ("vers:pypi/>1.0|!=1.5", "1.4", "1.5 0.9"),
        ("vers:gem/<2.0|>3.0", "1.0 3.1", "2.0 3.0"),
        ("vers:npm/>1.0.0|>2.0.0|<3.0.0|<4.0.0", "1.5.0 3.5.0", "1.0.0 4.0.0"),
        ("VERS:npm/1.0.0".lower(), "1.0.0", "1.0.1"),
        ("vers:deb/<1%3A2.0-1", "1:1.9-1", "1:2.0-1"),
        ("vers:rpm/ >= 1.0 | < 2.0 ", "1.0 1.5-1", "2.0-1"),
        ("vers:pypi/<=1.0|1.5", "0.5 1.0 1.5", "1.2"),
    ],
)
def test_vers_of_the_package_url_specification(text: str, inside: str, outside: str) -> None:
    found = parse_range("npm", text)
    for version in inside.split():
        assert found.contains(version) is True, version
    for version in outside.split():
        assert found.contains(version) is False, version


def test_ranges_are_written_as_vers_in_the_order_of_versions() -> None:
    assert parse_range("RubyGems", "~> 2.0.8").vers("gem") == "vers:gem/>=2.0.8|<2.1"
    assert parse_range("Go", ">=v1.5.0 || <v1.2.0").vers("golang") == "vers:golang/<1.2.0|>=1.5.0"
    assert parse_range("npm", "*").vers("npm") == "vers:npm/*"


def test_an_ecosystem_without_order_has_no_ranges() -> None:
    with pytest.raises(UnknownEcosystem):
        parse_range("OSS-Fuzz", ">=1")
    with pytest.raises(UnknownEcosystem):
        parse_range("npm", "vers:unheard/>=1")


PIECES = '< > = ! ~ ^ * . , | || && and or - ( ) [ ] { } " x a rc dev- + 1 0 2.3 1.2.3 v : vers:npm/ post é \x00'
pieces = st.sampled_from([*PIECES.split(" "), " ", " - ", " and ", " or "])


@pytest.mark.parametrize("ecosystem", sorted(HOLDS))
def test_any_text_is_a_range_or_refused(ecosystem: str) -> None:
    @given(st.lists(pieces, max_size=12).map("".join), st.sampled_from(["1.2.3", "0", "2.3-1", "1.0-rc", "", "main"]))
    def check(text: str, version: str) -> None:
        try:
            found = parse_range(ecosystem, text)
        except (InvalidRange, UnknownEcosystem):
            return
        covered = found.intervals()
        assert all(one.low < one.high for one in covered)
        assert all(one.high < other.low for one, other in pairwise(covered))
        answer = found.contains(version, prereleases=True)
        if answer is not None and version:
            assert answer == any(sort_key(found.ecosystem, version) in one for one in covered)
        assert found.vers("npm").startswith("vers:npm/")

    check()


@pytest.mark.parametrize("ecosystem", sorted(HOLDS))
@pytest.mark.parametrize(
    "unit", [">", "<1 ", "1||", "[1,", "(", " - ", "1 - ", "^1 ", "[1,2],", "1 &&", "!=1,", " ", "1.", "é"]
)
def test_a_long_range_costs_in_proportion_to_its_length(ecosystem: str, unit: str) -> None:
    """Anything worse would take minutes."""
    with suppress(InvalidRange):
        parse_range(ecosystem, unit * (MAX_LENGTH // len(unit)))
