# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From package URLs to the ecosystems and package names of advisories (OSV), and back to what makes names the same.

Distributions publish advisories for source packages or for binary ones; a package URL names the binary package and may
name its source (`upstream`, `source`). Both are offered, each with its version.
"""

import re
from collections.abc import Callable

import msgspec

from paddock.engine.model.purl import PackageURL
from paddock.engine.versions.releases import release_in_version, release_of

__all__ = ["Coordinates", "Named", "ecosystem_of", "package_key"]


class Named(msgspec.Struct, frozen=True):
    """A package as advisories call it, with the version to compare; version None where the purl has none."""

    name: str
    version: str | None


class Coordinates(msgspec.Struct, frozen=True):
    """Where advisories for a component are found.

    ecosystem: as OSV names it, without what follows the colon. release: of the distribution ("12", "22.04"), "" where
    there is none or the purl does not say. packages: the names to look under, the purl's own first.
    """

    ecosystem: str
    release: str
    packages: tuple[Named, ...]


_TYPES = {
    "bioconductor": "Bioconductor",
    "bitnami": "Bitnami",
    "cargo": "crates.io",
    "composer": "Packagist",
    "conan": "ConanCenter",
    "cran": "CRAN",
    "dhi": "Docker Hardened Images",
    "gem": "RubyGems",
    "generic": "OSS-Fuzz",
    "github": "GitHub Actions",
    "githubactions": "GitHub Actions",
    "golang": "Go",
    "gradle": "Maven",
    "hackage": "Hackage",
    "hex": "Hex",
    "julia": "Julia",
    "maven": "Maven",
    "npm": "npm",
    "nuget": "NuGet",
    "opam": "opam",
    "pub": "Pub",
    "pypi": "PyPI",
    "swift": "SwiftURL",
    "vscode": "VSCode",
    "vscode-extension": "VSCode",
}
"""Type of the package URL to the ecosystem."""

_DISTRIBUTIONS = {
    ("apk", "alpaquita"): "Alpaquita",
    ("apk", "alpine"): "Alpine",
    ("apk", "bellsoft-hardened-containers"): "BellSoft Hardened Containers",
    ("apk", "chainguard"): "Chainguard",
    ("apk", "cleanstart"): "CleanStart",
    ("apk", "minimos"): "MinimOS",
    ("apk", "wolfi"): "Wolfi",
    ("deb", "debian"): "Debian",
    ("deb", "echo"): "Echo",
    ("deb", "ubuntu"): "Ubuntu",
    ("rpm", "almalinux"): "AlmaLinux",
    ("rpm", "azure-linux"): "Azure Linux",
    ("rpm", "azurelinux"): "Azure Linux",
    ("rpm", "centos"): "Red Hat",
    ("rpm", "mageia"): "Mageia",
    ("rpm", "mariner"): "Azure Linux",
    ("rpm", "openeuler"): "openEuler",
    ("rpm", "opensuse"): "openSUSE",
    ("rpm", "photon"): "Photon OS",
    ("rpm", "redhat"): "Red Hat",
    ("rpm", "rhel"): "Red Hat",
    ("rpm", "rocky"): "Rocky Linux",
    ("rpm", "rocky-linux"): "Rocky Linux",
    ("rpm", "rockylinux"): "Rocky Linux",
    ("rpm", "sled"): "SUSE",
    ("rpm", "sles"): "SUSE",
    ("rpm", "suse"): "SUSE",
}
"""Type and namespace of the package URL to the ecosystem. CentOS has Red Hat's packages under their versions."""

DISTRIBUTIONS = frozenset(_DISTRIBUTIONS.values()) | {"openSUSE"}
"""Ecosystems in which what follows the colon is a release."""

_KERNEL = {"linux", "linux-kernel", "linux_kernel", "kernel"}


def ecosystem_of(purl: PackageURL) -> Coordinates | None:
    """Where advisories for the component are found; None where no ecosystem of OSV is about packages of its type."""
    if purl.type in {"apk", "deb", "rpm"}:
        return _of_distribution(purl)
    ecosystem = _TYPES.get(purl.type)
    if ecosystem is None:
        return None
    if purl.type == "generic" and purl.name.lower() in _KERNEL:
        return Coordinates("Linux", "", (Named("Kernel", purl.version),))
    name = purl.name
    if purl.namespace:
        name = f"{purl.namespace}{':' if ecosystem == 'Maven' else '/'}{purl.name}"
    if ecosystem == "Go" and name in {"std", "go"}:
        name = "stdlib"
    return Coordinates(ecosystem, "", (Named(name, purl.version),))


def package_key(ecosystem: str, name: str) -> str:
    """The name in the form in which two spellings of one package are equal, by the rules of the ecosystem."""
    fold = _FOLDS.get(ecosystem.partition(":")[0])
    return fold(name) if fold else name


def _of_distribution(purl: PackageURL) -> Coordinates | None:
    namespace = (purl.namespace or "").lower().partition("/")[0]
    stated = purl.qualifiers.get("distro") or purl.qualifiers.get("distro_name") or ""
    if not namespace:
        namespace = re.split("[-_ :0-9]", stated.lower(), maxsplit=1)[0]
    ecosystem = _DISTRIBUTIONS.get((purl.type, namespace))
    if ecosystem is None and namespace.startswith("opensuse"):
        ecosystem = "openSUSE"
    if ecosystem is None:
        return None
    version = purl.version
    if version is not None and purl.qualifiers.get("epoch", "0") != "0" and ":" not in version:
        version = f"{purl.qualifiers['epoch']}:{version}"
    release = release_of(ecosystem, stated) or release_of(ecosystem, purl.qualifiers.get("distro_name", ""))
    release = release or release_in_version(ecosystem, version or "")
    packages = [Named(purl.name, version)]
    source = _source(purl, version)
    if source is not None and source.name != purl.name:
        packages.append(source)
    return Coordinates(ecosystem, release, tuple(packages))


def _source(purl: PackageURL, version: str | None) -> Named | None:
    """The source package: `upstream=name`, `upstream=name@version`, `upstream=name-1.2-3.src.rpm` or `source=name`."""
    stated = purl.qualifiers.get("upstream") or purl.qualifiers.get("source")
    if not stated:
        return None
    if purl.type == "rpm":
        name, dash, rest = re.sub(r"\.(no)?src\.rpm\Z", "", stated).rpartition("-")
        name, second, _ = name.rpartition("-")
        if not (dash and second and rest):
            return Named(stated, version)
        return Named(name, version)
    name, at, own = stated.partition("@")
    return Named(name, own if at and version is not None else version)


def _pypi(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def _swift(name: str) -> str:
    return name.lower().removeprefix("https://").removesuffix(".git").rstrip("/")


_FOLDS: dict[str, Callable[[str], str]] = {
    "Bitnami": str.lower,
    "ConanCenter": str.lower,
    "GitHub Actions": str.lower,
    "Go": str.lower,
    "Hex": str.lower,
    "NuGet": str.lower,
    "Packagist": str.lower,
    "PyPI": _pypi,
    "Pub": str.lower,
    "SwiftURL": _swift,
    "VSCode": str.lower,
}
"""How an ecosystem makes names the same. Go keeps letter case, but package URLs are written in lower case."""
