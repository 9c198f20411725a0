# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a component is and is not affected by: the cases that go wrong elsewhere, each through a whole database."""

from pathlib import Path

import pytest

from tests.engine.advisor.records import affected, before, found, look_up, only, put, record

YES, NO, UNTOLD = {"X-1": True}, {}, {"X-1": False}


@pytest.mark.parametrize(
    ("entry", "purl", "expected"),
    [
        # "0" is below every pre-release and pseudo-version.
        (before("Go", "example.org/m", "1.2.0"), "pkg:golang/example.org/m@v0.0.0-20200101000000-abcdefabcdef", YES),
        (before("Go", "example.org/m", "1.2.0"), "pkg:golang/example.org/m@v1.2.0", NO),
        (before("Go", "example.org/m", "3.0.0"), "pkg:golang/example.org/m@v2.9.0%2Bincompatible", YES),
        (before("Go", "example.org/M", "1.2.0"), "pkg:golang/example.org/m@1.1.0", YES),
        (before("Go", "stdlib", "1.20.1"), "pkg:golang/stdlib@1.20", YES),
        (before("npm", "@scope/name", "2.0.0"), "pkg:npm/%40scope/name@2.0.0-rc.1", YES),
        (before("npm", "name", "2.0.0"), "pkg:npm/%40scope/name@1.0.0", NO),
        (before("PyPI", "Foo_Bar", "2.0"), "pkg:pypi/foo-bar@2.0.dev1", YES),
        (before("PyPI", "foo.bar", "2.0"), "pkg:pypi/foo-bar@2.0.post1", NO),
        (before("NuGet", "Newtonsoft.Json", "13.0.1"), "pkg:nuget/newtonsoft.json@12.0.3", YES),
        (before("Packagist", "vendor/name", "2.0"), "pkg:composer/vendor/name@v1.9", YES),
        (before("Packagist", "vendor/name", "2.0"), "pkg:composer/vendor/name@dev-main", UNTOLD),
        (
            before("Packagist:https://packages.example/8", "vendor/name", "2.0.0"),
            "pkg:composer/vendor/name@1.0.0",
            YES,
        ),
        (before("Maven", "g:a", "1.0"), "pkg:maven/g/a@1.0-SNAPSHOT", YES),
        (before("Maven", "g:a", "1.0"), "pkg:maven/g/a@1.0.Final", NO),
        (before("RubyGems", "rack", "2.0.9"), "pkg:gem/rack@2.0.9.pre1", YES),
        (
            affected("crates.io", "time", ("introduced", "0.1.0"), ("fixed", "0.2.0-0")),
            "pkg:cargo/time@0.2.0-alpha",
            NO,
        ),
        (affected("npm", "n", ("introduced", "1.0.0"), ("last_affected", "1.4.0")), "pkg:npm/n@1.4.0", YES),
        (affected("npm", "n", ("introduced", "1.0.0"), ("last_affected", "1.4.0")), "pkg:npm/n@1.4.1", NO),
        (affected("npm", "n", ("introduced", "1.0.0")), "pkg:npm/n@99.0.0", YES),
        (affected("PyPI", "n", versions=["1.0", "1.1"]), "pkg:pypi/n@1.1.0", YES),
        (affected("PyPI", "n", versions=["1.0", "1.1"]), "pkg:pypi/n@1.2", NO),
        # Distributions: the source package, of that release, by its own order of versions.
        (before("Debian:12", "openssl", "3.0.9-1"), "pkg:deb/debian/openssl@3.0.8-1?distro=debian-12", YES),
        (before("Debian:12", "openssl", "3.0.9-1"), "pkg:deb/debian/openssl@3.0.8-1?distro=debian-11", NO),
        (
            before("Debian:12", "openssl", "3.0.9-1"),
            "pkg:deb/debian/libssl3@3.0.8-1?distro=debian-12&upstream=openssl",
            YES,
        ),
        (
            before("Debian:12", "libssl3", "3.0.9-1"),
            "pkg:deb/debian/libssl3@3.0.8-1?distro=debian-12&upstream=openssl",
            NO,
        ),
        (before("Debian:12", "vim", "2:9.0.1"), "pkg:deb/debian/vim@3:1.0?distro=debian-12", NO),
        (before("Debian:12", "vim", "1.0~rc2"), "pkg:deb/debian/vim@1.0~rc1?distro=debian-12", YES),
        (before("AlmaLinux:9", "zlib", "1:1.2-3.el9"), "pkg:rpm/almalinux/zlib@1.3-1.el9?distro=almalinux-9.4", YES),
        (
            before("AlmaLinux:9", "zlib", "1:1.2-3.el9"),
            "pkg:rpm/almalinux/zlib@1.3-1.el9?distro=almalinux-9.4&epoch=1",
            NO,
        ),
        (
            before("Alpine:v3.18", "busybox", "1.36.1-r2"),
            "pkg:apk/alpine/busybox@1.36.1_rc1-r5?distro=alpine-3.18.4",
            YES,
        ),
        (
            before("Alpine:v3.18", "busybox", "1.36.1-r2"),
            "pkg:apk/alpine/ssl_client@1.36.1-r1?distro=alpine-3.18.4&upstream=busybox",
            YES,
        ),
        (
            before("Ubuntu:22.04:LTS", "curl", "7.81.0-1ubuntu1.15"),
            "pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.9?distro=jammy",
            YES,
        ),
        # Could not tell.
        (before("npm", "n", "2.0.0"), "pkg:npm/n", UNTOLD),
        (affected("npm", "n", ("introduced", "0")), "pkg:npm/n", YES),
        (before("PyPI", "n", "2.0"), "pkg:pypi/n@main", UNTOLD),
        (affected("npm", "n"), "pkg:npm/n@1.0.0", UNTOLD),
        (affected("npm", "n", ("introduced", "0"), ("fixed", "unknown")), "pkg:npm/n@1.0.0", UNTOLD),
        (before("Debian:12", "vim", "2:9.0.1"), "pkg:deb/debian/vim@2:8.0", YES),
        (before("opam", "ocaml", "4.03.0"), "pkg:opam/ocaml@4.02.0", YES),
    ],
)
def test_affected_or_not(tmp_path: Path, entry: dict, purl: str, expected: dict) -> None:
    put(tmp_path / "db", record("X-1", entry))

    assert found(tmp_path / "db", purl) == expected


def test_a_release_that_is_not_told_needs_all_of_them_to_agree(tmp_path: Path) -> None:
    entries = [before("Debian:11", "vim", "2:9.0"), before("Debian:12", "vim", "2:8.0")]
    put(tmp_path / "db", record("X-1", *entries))

    assert found(tmp_path / "db", "pkg:deb/debian/vim@2:7.0") == YES
    assert found(tmp_path / "db", "pkg:deb/debian/vim@2:8.5") == UNTOLD
    assert found(tmp_path / "db", "pkg:deb/debian/vim@2:9.5") == NO


def test_withdrawn_advisories_are_hidden(tmp_path: Path) -> None:
    put(tmp_path / "db", record("X-1", before("npm", "n", "2.0.0"), withdrawn="2026-01-03T00:00:00Z"))

    assert found(tmp_path / "db", "pkg:npm/n@1.0.0") == NO


def test_what_one_database_leaves_open_another_settles(tmp_path: Path) -> None:
    vague = record("PYSEC-1", affected("PyPI", "n"), aliases=["CVE-2025-0001"])
    exact = record("GHSA-1", before("PyPI", "n", "2.0"), aliases=["CVE-2025-0001"])
    put(tmp_path / "db", vague, exact)

    assert found(tmp_path / "db", "pkg:pypi/n@2.0") == NO
    assert found(tmp_path / "db", "pkg:pypi/n@1.0") == {"CVE-2025-0001": True}


def test_a_library_without_package_manager_is_found_by_repository_and_tag(tmp_path: Path) -> None:
    ranges = [{"type": "GIT", "repo": "https://github.com/Owner/Lib.git", "events": [{"introduced": "abc"}]}]
    entry = {"package": {"ecosystem": "OSS-Fuzz", "name": "lib"}, "ranges": ranges, "versions": ["lib-1.2.0", "v1.3.0"]}
    put(tmp_path / "db", record("OSV-1", entry))

    assert found(tmp_path / "db", "pkg:github/owner/lib@v1.2.0") == {"OSV-1": True}
    assert found(tmp_path / "db", "pkg:github/owner/lib@1.4.0") == NO
    assert found(tmp_path / "db", "pkg:github/owner/other@1.2.0") == NO


def test_what_no_advisories_cover_is_told_once(tmp_path: Path) -> None:
    put(tmp_path / "db", record("X-1", before("npm", "n", "2.0.0")))

    findings = look_up(tmp_path / "db", "pkg:npm/n@1.0.0", "pkg:conda/a@1", "pkg:conda/b@1", "pkg:hex/c@1")

    assert only(findings).vulnerability == "X-1"
    assert [issue.message for issue in findings.issues] == [
        "3 packages were not looked up, because the database has no advisories about such: Hex 1, pkg:conda 2"
    ]
