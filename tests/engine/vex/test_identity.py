# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which components an identity of a VEX document stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.purl import parse_purl
from paddock.engine.vex.cpe import covers, parse_cpe
from paddock.engine.vex.identity import is_meant
from paddock.engine.vex.statement import Identity


def meant(pattern: str, component: str, *ranges: str) -> bool | None:
    return is_meant(Identity(purls=(parse_purl(pattern),), version_ranges=ranges), parse_purl(component))


@pytest.mark.parametrize(
    ("pattern", "component", "answer"),
    [
        ("pkg:npm/left@1.0.0", "pkg:npm/left@1.0.0", True),
        ("pkg:npm/left@1.0.0", "pkg:npm/left@1.0.1", False),
        ("pkg:npm/left", "pkg:npm/left@1.0.1", True),
        ("pkg:npm/left", "pkg:npm/left", True),
        ("pkg:npm/left@1.0.0", "pkg:npm/left", None),
        ("pkg:npm/left@1.0.0", "pkg:npm/%40scope/left@1.0.0", False),
        ("pkg:npm/left@1.0.0", "pkg:pypi/left@1.0.0", False),
        ("pkg:pypi/Django@4.2", "pkg:pypi/django@4.2.0", True),
        ("pkg:npm/left@1.0.0+one", "pkg:npm/left@1.0.0+two", False),
        ("pkg:golang/example.com/m@v1.0.0", "pkg:golang/example.com/m@v1.0.0", True),
        ("pkg:golang/example.com/m@v1.0.0#part", "pkg:golang/example.com/m@v1.0.0", False),
        ("pkg:deb/debian/libc6@2.36?arch=amd64", "pkg:deb/debian/libc6@2.36", True),
        ("pkg:deb/debian/libc6@2.36?arch=amd64", "pkg:deb/debian/libc6@2.36?arch=arm64", False),
        ("pkg:deb/debian/libc6@2.36", "pkg:deb/debian/libc6@2.36?arch=arm64", True),
        ("pkg:apk/alpine/c@1?upstream=a", "pkg:apk/alpine/c@1?upstream=b", True),
        ("pkg:rpm/redhat/c@1-1", "pkg:rpm/redhat/c@1-1?epoch=0", True),
        ("pkg:rpm/redhat/c@1-1", "pkg:rpm/redhat/c@1-1?epoch=2", False),
        ("pkg:rpm/redhat/c@1-1?epoch=2", "pkg:rpm/redhat/c@1-1", False),
        ("pkg:maven/g/a@1", "pkg:maven/g/a@1?type=jar", True),
        ("pkg:maven/g/a@1", "pkg:maven/g/a@1?type=zip", False),
        ("pkg:oci/shop@sha256:aa?repository_url=a.example", "pkg:oci/shop@sha256:aa?repository_url=b.example", True),
        ("pkg:oci/shop?repository_url=a.example", "pkg:oci/shop@sha256:aa?repository_url=b.example", False),
    ],
)
def test_package_urls(pattern: str, component: str, answer: bool | None) -> None:
    assert meant(pattern, component) is answer


@pytest.mark.parametrize(
    ("text", "version", "answer"),
    [
        ("vers:npm/>=1.0.0|<2.0.0", "1.5.0", True),
        ("vers:npm/>=1.0.0|<2.0.0", "2.0.0", False),
        ("vers:generic/>=1.0.0|<2.0.0", "1.5.0", True),
        (">=1.0.0|<2.0.0", "1.5.0", True),
        ("1.5.0", "1.5.0", True),
        ("1.5.0", "1.6.0", False),
        ("vers:all/*", "1.5.0", True),
        ("*", "", True),
        (">=1.0.0", "", None),
        ("all before 2", "1.5.0", None),
        ("vers:whatever/<2", "1.5.0", None),
    ],
)
def test_ranges_of_versions(text: str, version: str, answer: bool | None) -> None:
    component = f"pkg:npm/left@{version}" if version else "pkg:npm/left"
    assert meant("pkg:npm/left", component, text) is answer


def test_one_of_several_ranges_is_enough() -> None:
    assert meant("pkg:npm/left", "pkg:npm/left@3.0.0", "<1", ">=3") is True
    assert meant("pkg:npm/left", "pkg:npm/left@2.0.0", "<1", "who knows") is None
    assert meant("pkg:npm/left", "pkg:npm/left@2.0.0", "<1", ">=3") is False


def test_names_of_the_platform_enumeration() -> None:
    identity = Identity(cpes=("cpe:2.3:a:example:log:1.2:*:*:*:*:*:*:*",))
    log = parse_purl("pkg:generic/log@1.2")

    assert is_meant(identity, log) is False
    assert is_meant(identity, log, ["cpe:2.3:a:Example:log:1.2:-:*:*:*:*:*:*"]) is True
    assert is_meant(identity, log, ["cpe:/a:example:log:1.3"]) is False


@pytest.mark.parametrize(
    ("pattern", "name", "answer"),
    [
        ("cpe:/a:example:log", "cpe:2.3:a:example:log:1.2:*:*:*:*:*:*:*", True),
        ("cpe:2.3:a:example:log:1.2:*:*:*:*:*:*:*", "cpe:/a:example:log", False),
        (r"cpe:2.3:a:example:c\+\+:1:*:*:*:*:*:*:*", "cpe:/a:example:c%2b%2b:1", True),
        ("cpe:/a:example:log:1::~~pro~linux~~", "cpe:2.3:a:example:log:1:*:*:*:pro:linux:*:*", True),
        ("cpe:/a:example:log:1::~~pro~linux~~", "cpe:2.3:a:example:log:1:*:*:*:lite:linux:*:*", False),
        ("cpe:/a", "cpe:/a:example:log", False),
        ("cpe:2.3:*:*:*:*:*:*:*:*:*:*:*", "cpe:/a:example:log", False),
        ("log", "cpe:/a:example:log", False),
    ],
)
def test_what_a_name_of_the_platform_enumeration_covers(pattern: str, name: str, answer: bool) -> None:
    assert covers(pattern, name) is answer


@given(
    st.text(max_size=40) | st.text(max_size=30).map("cpe:2.3:a:".__add__) | st.text(max_size=30).map("cpe:/".__add__)
)
def test_any_text_is_a_name_or_none(text: str) -> None:
    parsed = parse_cpe(text)
    assert parsed is None or (len(parsed) == 11 and all(parsed))
