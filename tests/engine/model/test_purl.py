# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package URLs as values."""

import packageurl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model import purl
from paddock.engine.model.component import Component, display_name
from paddock.engine.model.purl import InvalidPurl, make_purl, package_of, parse_purl


def test_types_are_normalised() -> None:
    assert make_purl("PyPI", "Foo_Bar", "1.0").to_string() == "pkg:pypi/foo-bar@1.0"
    assert make_purl("npm", "pkg", "1", namespace="@scope").to_string() == "pkg:npm/%40scope/pkg@1"


def test_npm_keeps_the_case_of_old_names() -> None:
    assert make_purl("npm", "JSONStream", "1.0.0").to_string() == "pkg:npm/JSONStream@1.0.0"
    assert parse_purl("pkg:NPM/JSONStream@1.0.0") == make_purl("npm", "JSONStream", "1.0.0")
    assert (parse_purl("pkg:npm/%40S/a@1").type, parse_purl("pkg:npm/%40S/a@1").namespace) == ("npm", "@S")


def test_equal_texts_are_equal_values_in_any_order_of_qualifiers() -> None:
    first = make_purl("deb", "a", "1", qualifiers={"arch": "amd64", "distro": "x"})
    second = parse_purl("pkg:deb/a@1?distro=x&arch=amd64")
    assert first == second
    assert hash(first) == hash(second)
    assert dict(second.qualifiers) == {"arch": "amd64", "distro": "x"}


@pytest.mark.parametrize("text", ["", "npm/a@1", "pkg:", "pkg:npm/", "https://example.org"])
def test_what_is_no_purl_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidPurl, match="is not a package URL"):
        parse_purl(text)


def test_a_purl_needs_a_name() -> None:
    with pytest.raises(InvalidPurl, match="cannot form"):
        make_purl("npm", "")


def test_the_package_of_a_component_has_no_version() -> None:
    assert package_of(parse_purl("pkg:npm/%40s/a@1?x=y#z")).to_string() == "pkg:npm/%40s/a"


@pytest.mark.parametrize(
    ("purl", "name"),
    [
        ("pkg:maven/org.example/lib@1", "org.example:lib"),
        ("pkg:npm/%40scope/pkg@1", "@scope/pkg"),
        ("pkg:deb/debian/zlib1g@1", "zlib1g"),
        ("pkg:pypi/six@1", "six"),
    ],
)
def test_names_are_written_as_their_ecosystem_does(purl: str, name: str) -> None:
    assert display_name(parse_purl(purl)) == name
    assert Component(purl=parse_purl(purl)).name == name


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: text.strip("/ ") != ""
)


@given(names, names)
def test_text_and_value_are_the_same_thing(name: str, version: str) -> None:
    purl = make_purl("generic", name, version)
    assert parse_purl(purl.to_string()) == purl


@given(st.from_regex(purl._PLAIN, fullmatch=True))
def test_the_short_way_reads_what_the_library_reads(text: str) -> None:
    slow = packageurl.PackageURL.from_string(text)
    fast = parse_purl.__wrapped__(text)
    assert fast.to_string() == slow.to_string()
    assert (fast.type, fast.namespace, fast.name, fast.version, dict(fast.qualifiers), fast.subpath) == (
        slow.type, slow.namespace, slow.name, slow.version, slow.qualifiers or {}, slow.subpath
    )  # fmt: skip
