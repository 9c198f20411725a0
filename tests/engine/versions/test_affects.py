# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether a record affects a component."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.purl import parse_purl
from paddock.engine.versions import Affected, CouldNotTell, NotAffected, affected, intervals, sort_key


def record(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "X-1", "affected": list(entries), **more}


def entry(ecosystem: str, name: str, *events: dict[str, str], versions: tuple[str, ...] = ()) -> dict[str, Any]:
    kind = "ECOSYSTEM" if ecosystem not in {"npm", "Go"} else "SEMVER"
    ranges = [{"type": kind, "events": list(events)}] if events else []
    return {"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges, "versions": list(versions)}


def since(introduced: str, **end: str) -> list[dict[str, str]]:
    return [{"introduced": introduced}, *({kind: version} for kind, version in end.items())]


LODASH = record(entry("npm", "lodash", *since("0", fixed="4.17.21")))


def kind(found: object) -> str:
    return type(found).__name__


@pytest.mark.parametrize(
    ("purl", "expected"),
    [
        ("pkg:npm/lodash@4.17.20", "Affected"),
        ("pkg:npm/lodash@4.17.21-rc.1", "Affected"),
        ("pkg:npm/lodash@4.17.21", "NotAffected"),
        ("pkg:npm/lodash@0.0.0-0", "Affected"),
        ("pkg:npm/lodash", "CouldNotTell"),
        ("pkg:npm/lodash@main", "CouldNotTell"),
        ("pkg:npm/lodash@%5E4", "CouldNotTell"),
        ("pkg:npm/%40x/lodash@1.0.0", "NotAffected"),
        ("pkg:npm/Lodash@1.0.0", "NotAffected"),
        ("pkg:pypi/lodash@1.0.0", "NotAffected"),
        ("pkg:oci/lodash@1.0.0", "CouldNotTell"),
        ("lodash", "CouldNotTell"),
    ],
)
def test_a_range_of_an_npm_package(purl: str, expected: str) -> None:
    assert kind(affected(LODASH, purl)) == expected


def test_a_component_may_be_given_as_a_value_and_the_record_too() -> None:
    class Package(msgspec.Struct):
        ecosystem: str
        name: str

    class Entry(msgspec.Struct):
        package: Package
        ranges: list[dict[str, Any]]

    class Record(msgspec.Struct):
        affected: list[Entry]

    found = Record([Entry(Package("npm", "lodash"), LODASH["affected"][0]["ranges"])])

    assert affected(found, parse_purl("pkg:npm/lodash@4.17.20")) == affected(LODASH, "pkg:npm/lodash@4.17.20")


def test_the_answer_names_the_version_that_fixes_this_one() -> None:
    events = [*since("1.0.0", fixed="1.4.2"), *since("2.0.0", fixed="2.1.1")]
    found = record(entry("npm", "a", *events))

    assert affected(found, "pkg:npm/a@2.0.5") == Affected("a range holds 2.0.5", ("2.1.1",))
    assert kind(affected(found, "pkg:npm/a@1.5.0")) == "NotAffected"
    assert kind(affected(found, "pkg:npm/a@0.9.0")) == "NotAffected"


@pytest.mark.parametrize(
    ("events", "inside", "outside"),
    [
        (since("1.0.0", last_affected="1.2.0"), "1.0.0 1.2.0", "1.2.1 0.9.0"),
        (since("1.0.0"), "1.0.0 99.0.0", "0.9.0"),
        ([*since("0", fixed="1.0.0"), *since("1.0.0", fixed="2.0.0")], "0.5.0 1.0.0 1.5.0", "2.0.0"),
        ([*since("0", fixed="2.0.0"), {"introduced": "3.0.0"}], "1.0.0 3.1.0", "2.5.0"),
        (since("1.0.0", limit="2.0.0"), "1.5.0", "2.0.0"),
        (since("1.0.0", limit="*"), "9.0.0", "0.1.0"),
        ([{"fixed": "1.2.0"}, {"introduced": "1.0.0"}], "1.1.0", "1.2.0"),
        ([{"introduced": "1.0.0", "fixed": "1.2.0"}], "1.1.0", "1.2.0"),
        (since("1.0.0", fixed="1.0.0"), "", "1.0.0"),
    ],
)
def test_events(events: list[dict[str, str]], inside: str, outside: str) -> None:
    found = record(entry("npm", "a", *events))
    for version in inside.split():
        assert kind(affected(found, f"pkg:npm/a@{version}")) == "Affected", version
    for version in outside.split():
        assert kind(affected(found, f"pkg:npm/a@{version}")) == "NotAffected", version


@pytest.mark.parametrize(
    ("ecosystem", "name", "events", "purl", "expected"),
    [
        ("Go", "github.com/A/b", since("0", fixed="1.2.0"), "pkg:golang/github.com/a/b@v1.1.0", "Affected"),
        ("Go", "a.org/b", since("0", fixed="1.2.0"), "pkg:golang/a.org/b@1.2.0%2Bincompatible", "NotAffected"),
        (
            "Go", "golang.org/x/net", since("0", fixed="0.7.0"),
            "pkg:golang/golang.org/x/net@v0.0.0-20180101000000-0123456789ab", "Affected",
        ),
        ("Go", "stdlib", since("1.20.0-0", fixed="1.20.3"), "pkg:golang/stdlib@go1.20.2", "Affected"),
        ("Go", "a.org/b", since("0", fixed="1.0.0"), "pkg:golang/a.org/b@(devel)", "CouldNotTell"),
        ("Packagist", "a/b", since("0", fixed="2.0.0"), "pkg:composer/a/b@dev-main", "CouldNotTell"),
        ("Packagist", "A/b", since("0", fixed="2.0"), "pkg:composer/a/b@v2.0.0", "NotAffected"),
        ("Packagist", "a/b", since("2.0.0", fixed="2.1"), "pkg:composer/a/b@2.0", "Affected"),
        (
            "Packagist:https://packages.example.org/8", "drupal/x", since("0", fixed="1.3.6"),
            "pkg:composer/drupal/x@1.3.5", "Affected",
        ),
        ("PyPI", "Some.Pkg", since("0", fixed="1.0"), "pkg:pypi/some-pkg@1.0rc1", "Affected"),
        ("PyPI", "some-pkg", since("0", fixed="1.0"), "pkg:pypi/some_pkg@1.0.0", "NotAffected"),
        ("Maven", "g:a", since("0", fixed="4.1.86.Final"), "pkg:maven/g/a@4.1.85.Final", "Affected"),
        ("Maven", "g:a", since("0", fixed="2.0"), "pkg:maven/g/a@%24%7Bversion%7D", "CouldNotTell"),
        ("NuGet", "A.B", since("0", fixed="1.0.1"), "pkg:nuget/a.b@1.0.0.0", "Affected"),
        ("Linux", "Kernel", since("5.11", fixed="6.1.2"), "pkg:generic/linux@6.1.1", "Affected"),
        ("RubyGems", "a", since("0", fixed="4.0.0.beta.41"), "pkg:gem/a@4.0.0.beta.40", "Affected"),
        ("crates.io", "a", since("0.6.2-0", fixed="0.7.0"), "pkg:cargo/a@0.6.2-alpha", "Affected"),
        ("Julia", "X_jll", since("0", fixed="2.2.10+1"), "pkg:julia/X_jll@2.2.10%2B0", "Affected"),
        ("Wolfi", "git", since("0", fixed="2.39.1-r0"), "pkg:apk/wolfi/git@2.39.0-r1", "Affected"),
    ],
)  # fmt: skip
def test_ecosystems(ecosystem: str, name: str, events: list[dict[str, str]], purl: str, expected: str) -> None:
    assert kind(affected(record(entry(ecosystem, name, *events)), purl)) == expected


def test_listed_versions_decide_with_or_without_ranges() -> None:
    listed = record(entry("PyPI", "a", versions=("1.0", "1.1")))
    both = record(entry("PyPI", "a", *since("0", fixed="1.0"), versions=("2.0", "weekly-7")))

    assert affected(listed, "pkg:pypi/a@1.0") == Affected("1.0 is listed")
    assert kind(affected(listed, "pkg:pypi/a@1.0.0")) == "Affected"
    assert kind(affected(listed, "pkg:pypi/a@1.2")) == "NotAffected"
    assert kind(affected(both, "pkg:pypi/a@2.0")) == "Affected"
    assert kind(affected(both, "pkg:pypi/a@0.5")) == "Affected"
    assert kind(affected(both, "pkg:pypi/a@weekly-7")) == "Affected"
    assert kind(affected(both, "pkg:pypi/a@weekly-8")) == "CouldNotTell"


def test_commits_alone_tell_nothing_but_listed_versions_do() -> None:
    commits = {"type": "GIT", "repo": "https://example.org/a", "events": [{"introduced": "0"}, {"fixed": "abc"}]}
    package = {"ecosystem": "OSS-Fuzz", "name": "openexr"}
    found = record({"package": package, "ranges": [commits], "versions": ["v3.1"]})

    assert kind(affected(found, "pkg:generic/openexr@v3.1")) == "Affected"
    assert kind(affected(found, "pkg:generic/openexr@v3.2")) == "CouldNotTell"
    assert kind(affected(record({"ranges": [commits]}), "pkg:generic/openexr@v3.2")) == "CouldNotTell"
    pypi = {"package": {"ecosystem": "PyPI", "name": "a"}, "ranges": [commits]}
    assert kind(affected(record(pypi), "pkg:pypi/a@1")) == "CouldNotTell"
    beside = {**entry("PyPI", "a", *since("0", fixed="2")), "package": pypi["package"]}
    beside["ranges"] = [*beside["ranges"], commits]
    assert kind(affected(record(beside), "pkg:pypi/a@1")) == "Affected"


@pytest.mark.parametrize(
    "broken",
    [
        entry("npm", "a"),
        entry("npm", "a", {"fixed": "1.0.0"}),
        entry("npm", "a", *since("0", fixed="soon")),
        {"package": {"ecosystem": "npm", "name": "a"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": 0}]}]},
        {"package": {"ecosystem": "npm", "name": "a"}, "ranges": "all"},
    ],
)
def test_a_record_that_says_nothing_certain_tells_nothing(broken: dict[str, Any]) -> None:
    assert kind(affected(record(broken), "pkg:npm/a@1.0.0")) == "CouldNotTell"


def test_a_withdrawn_record_affects_nothing() -> None:
    assert affected({**LODASH, "withdrawn": "2026-01-01T00:00:00Z"}, "pkg:npm/lodash@1.0.0") == NotAffected(
        "the record was withdrawn"
    )


DEBIAN = record(
    entry("Debian:11", "glibc", *since("0", fixed="2.31-13+deb11u6")),
    entry("Debian:12", "glibc", *since("0", fixed="2.36-9+deb12u1")),
)


@pytest.mark.parametrize(
    ("purl", "expected"),
    [
        ("pkg:deb/debian/glibc@2.36-9?distro=debian-12", "Affected"),
        ("pkg:deb/debian/libc6@2.36-9?distro=debian-12&upstream=glibc", "Affected"),
        ("pkg:deb/debian/libc6@2.36-9%2Bdeb12u1?distro=bookworm&upstream=glibc", "NotAffected"),
        ("pkg:deb/debian/glibc@2.31-13%2Bdeb11u6?distro=debian-11", "NotAffected"),
        ("pkg:deb/debian/glibc@2.31-13%2Bdeb11u6", "CouldNotTell"),
        ("pkg:deb/debian/glibc@2.30-1", "Affected"),
        ("pkg:deb/debian/glibc@2.40-1", "NotAffected"),
        ("pkg:deb/debian/glibc@2.30-1?distro=debian-10", "NotAffected"),
        ("pkg:deb/ubuntu/glibc@2.30-1?distro=debian-12", "NotAffected"),
    ],
)
def test_releases_of_a_distribution(purl: str, expected: str) -> None:
    assert kind(affected(DEBIAN, purl)) == expected


def test_a_database_finds_the_same_by_comparing_keys() -> None:
    found = intervals(entry("npm", "a", *since("0", last_affected="1.2.0"), versions=("1.1.0", "3.0.0")))

    assert not isinstance(found, CouldNotTell)
    assert [(str(one.since or ""), str(one.until or ""), one.fixed) for one in found] == [
        (">=0", "<=1.2.0", ""),
        ("", "", ""),
    ]
    for version, expected in {"0.0.0-0": True, "1.2.0": True, "1.2.1": False, "3.0.0": True, "3.0.1": False}.items():
        key = sort_key("npm", version)
        assert any(one.low <= key < one.high for one in found) is expected


json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=6), st.sampled_from(["npm", "SEMVER", "0", "1.0.0"])
    ),
    lambda children: st.one_of(
        st.lists(children, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "affected",
                    "package",
                    "ecosystem",
                    "name",
                    "ranges",
                    "type",
                    "events",
                    "versions",
                    "fixed",
                    "introduced",
                ]
            ),
            children,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(
    json_values, st.sampled_from(["pkg:npm/a@1.0.0", "pkg:deb/debian/a@1", "pkg:generic/a@1", "pkg:npm/a", "", "pkg:"])
)
def test_any_record_gets_an_answer(value: Any, purl: str) -> None:
    for given_record in (
        value,
        {"affected": value},
        {"affected": [{"package": {"ecosystem": "npm", "name": "a"}, "ranges": value}]},
    ):
        assert isinstance(affected(given_record, purl), Affected | NotAffected | CouldNotTell)
