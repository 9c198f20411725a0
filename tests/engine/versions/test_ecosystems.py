# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From package URLs to the ecosystems, releases and names of advisories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.purl import parse_purl
from paddock.engine.versions import Named, ecosystem_of, package_key
from paddock.engine.versions.releases import release_of, same_release


@pytest.mark.parametrize(
    ("purl", "ecosystem", "name", "version"),
    [
        ("pkg:npm/%40angular/core@1.0.0", "npm", "@angular/core", "1.0.0"),
        ("pkg:maven/org.apache.commons/commons-lang3@3.1", "Maven", "org.apache.commons:commons-lang3", "3.1"),
        ("pkg:golang/github.com/gorilla/mux@v1.8.0", "Go", "github.com/gorilla/mux", "v1.8.0"),
        ("pkg:golang/std@1.20", "Go", "stdlib", "1.20"),
        ("pkg:pypi/ruamel.yaml@0.17", "PyPI", "ruamel.yaml", "0.17"),
        ("pkg:composer/Laravel/Framework@v9.0", "Packagist", "laravel/framework", "v9.0"),
        ("pkg:cargo/serde@1.0", "crates.io", "serde", "1.0"),
        ("pkg:gem/rails@7.0", "RubyGems", "rails", "7.0"),
        ("pkg:nuget/Newtonsoft.Json@13.0.1", "NuGet", "Newtonsoft.Json", "13.0.1"),
        ("pkg:swift/github.com/apple/swift-nio@2.0", "SwiftURL", "github.com/apple/swift-nio", "2.0"),
        ("pkg:githubactions/actions/checkout@v4", "GitHub Actions", "actions/checkout", "v4"),
        ("pkg:generic/openexr@3.1", "OSS-Fuzz", "openexr", "3.1"),
        ("pkg:generic/linux@6.1.2", "Linux", "Kernel", "6.1.2"),
        ("pkg:hex/plug", "Hex", "plug", None),
        ("pkg:bitnami/airflow@2.8.0", "Bitnami", "airflow", "2.8.0"),
    ],
)
def test_language_packages(purl: str, ecosystem: str, name: str, version: str | None) -> None:
    found = ecosystem_of(parse_purl(purl))

    assert found is not None
    assert (found.ecosystem, found.release, found.packages) == (ecosystem, "", (Named(name, version),))


@pytest.mark.parametrize(
    ("purl", "ecosystem", "release", "packages"),
    [
        ("pkg:deb/debian/curl@7.88.1-10?distro=debian-12.4", "Debian", "12", ["curl 7.88.1-10"]),
        (
            "pkg:deb/debian/libc6@2.36-9%2Bdeb12u1?arch=amd64&distro=bookworm&upstream=glibc",
            "Debian", "12", ["libc6 2.36-9+deb12u1", "glibc 2.36-9+deb12u1"],
        ),
        (
            "pkg:deb/ubuntu/libgcc-s1@12-1?distro=ubuntu-22.04&upstream=gcc-12%4012.1.0-2",
            "Ubuntu", "22.04", ["libgcc-s1 12-1", "gcc-12 12.1.0-2"],
        ),
        ("pkg:deb/ubuntu/bash@5.1?distro=jammy", "Ubuntu", "22.04", ["bash 5.1"]),
        ("pkg:deb/debian/bash@5.1", "Debian", "", ["bash 5.1"]),
        ("pkg:deb/debian/bash@5.1?distro=sid", "Debian", "", ["bash 5.1"]),
        ("pkg:deb/bash@5.1?distro=debian-11", "Debian", "11", ["bash 5.1"]),
        ("pkg:apk/alpine/musl@1.2.3-r4?distro=alpine-3.17.2", "Alpine", "3.17", ["musl 1.2.3-r4"]),
        ("pkg:apk/alpine/musl@1.2.3-r4?distro=3.15.4", "Alpine", "3.15", ["musl 1.2.3-r4"]),
        ("pkg:apk/alpine/musl@1.2.3-r4?distro=20230901", "Alpine", "", ["musl 1.2.3-r4"]),
        ("pkg:apk/wolfi/git@2.39.0-r1", "Wolfi", "", ["git 2.39.0-r1"]),
        (
            "pkg:rpm/redhat/openssl-libs@1.1.1k-7.el8?epoch=1&upstream=openssl-1.1.1k-7.el8.src.rpm",
            "Red Hat", "8", ["openssl-libs 1:1.1.1k-7.el8", "openssl 1:1.1.1k-7.el8"],
        ),
        ("pkg:rpm/rocky/bash@5-1?distro=rocky-9.3", "Rocky Linux", "9", ["bash 5-1"]),
        ("pkg:rpm/centos/bash@4.2.46-35.el7_9", "Red Hat", "7", ["bash 4.2.46-35.el7_9"]),
        ("pkg:rpm/photon/lua@5.4.4-3.ph4", "Photon OS", "4", ["lua 5.4.4-3.ph4"]),
        ("pkg:rpm/opensuse/bash@5-1?distro=opensuse-leap-15.5", "openSUSE", "15.5", ["bash 5-1"]),
        ("pkg:rpm/opensuse/bash@5-1?distro=opensuse-tumbleweed-20240101", "openSUSE", "tumbleweed", ["bash 5-1"]),
        ("pkg:rpm/opensuse-leap/bash@5-1", "openSUSE", "", ["bash 5-1"]),
        ("pkg:rpm/sles/bash@5-1?distro=sles-15.5", "SUSE", "15.5", ["bash 5-1"]),
    ],
)  # fmt: skip
def test_packages_of_distributions(purl: str, ecosystem: str, release: str, packages: list[str]) -> None:
    found = ecosystem_of(parse_purl(purl))

    assert found is not None
    assert (found.ecosystem, found.release) == (ecosystem, release)
    assert [f"{package.name} {package.version}" for package in found.packages] == packages


@pytest.mark.parametrize("purl", ["pkg:oci/debian@sha256:abc", "pkg:rpm/fedora/bash@5", "pkg:apk/unheard/a@1"])
def test_what_no_ecosystem_is_about(purl: str) -> None:
    assert ecosystem_of(parse_purl(purl)) is None


@pytest.mark.parametrize(
    ("ecosystem", "suffix", "release", "expected"),
    [
        ("Debian", "12", "12", True),
        ("Debian", "11", "12", False),
        ("Debian", "", "12", True),
        ("Debian", "12", "", None),
        ("Ubuntu", "22.04:LTS", "22.04", True),
        ("Ubuntu", "Pro:18.04:LTS", "18.04", None),
        ("Ubuntu", "Pro:18.04:LTS", "20.04", False),
        ("Alpine", "v3.17", "3.17", True),
        ("Red Hat", "enterprise_linux:8::baseos", "8", True),
        ("Red Hat", "rhel_eus:8.6::appstream", "8", None),
        ("Red Hat", "enterprise_linux:9::baseos", "8", False),
        ("SUSE", "Linux Enterprise Server 15 SP5", "15.5", True),
        ("SUSE", "Linux Enterprise Server 15 SP4", "15.5", False),
        ("openSUSE", "Leap 15.5", "15.5", True),
        ("openSUSE", "Tumbleweed", "tumbleweed", True),
        ("openEuler", "22.03-LTS-SP1", "22.03", None),
        ("Photon OS", "4.0", "4", True),
    ],
)
def test_releases_of_advisories(ecosystem: str, suffix: str, release: str, expected: bool | None) -> None:
    assert same_release(ecosystem, suffix, release) is expected


@pytest.mark.parametrize(
    ("ecosystem", "first", "second"),
    [
        ("PyPI", "Some_Package.Name", "some-package-name"),
        ("NuGet", "Newtonsoft.Json", "newtonsoft.json"),
        ("Packagist", "Laravel/Framework", "laravel/framework"),
        ("Go", "github.com/Masterminds/sprig", "github.com/masterminds/sprig"),
        ("SwiftURL", "https://github.com/apple/swift-nio.git", "github.com/apple/swift-nio"),
        ("Packagist:https://packages.example.org/8", "Drupal/A", "drupal/a"),
    ],
)
def test_spellings_of_one_name(ecosystem: str, first: str, second: str) -> None:
    assert package_key(ecosystem, first) == package_key(ecosystem, second)


def test_names_whose_case_counts_stay_apart() -> None:
    assert package_key("npm", "JSONStream") != package_key("npm", "jsonstream")
    assert package_key("Maven", "a:B") != package_key("Maven", "a:b")


@given(st.text(max_size=30), st.sampled_from(["Debian", "Ubuntu", "SUSE", "Red Hat", "openSUSE", "openEuler"]))
def test_any_text_names_a_release_or_none(text: str, ecosystem: str) -> None:
    release = release_of(ecosystem, text)
    assert same_release(ecosystem, text, release) in {True, None}
