# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which order the versions of an ecosystem have, and the comparison by it.

Ecosystems are named as OSV does; what follows a colon (`Debian:12`) does not change the order, except where the first
name only stands for a vendor (`Root:Alpine:3.18`, `Echo:PyPI`, `TuxCare:npm`).
"""

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.versions.keys import Key
from paddock.engine.versions.orders import (
    alpine,
    android,
    archlinux,
    conan,
    debian,
    dotted,
    freebsd,
    gem,
    go,
    maven,
    nuget,
    opam,
    openssl,
    packagist,
    pep440,
    pub,
    rpm,
    semver,
)

KEYS_REVISION = 1
"""Goes up whenever a version gets another key than before: who stores keys makes them anew then."""


class UnknownEcosystem(EngineError):
    """No order is known for the versions of the ecosystem."""


_COMMIT = re.compile("(?=[0-9]*[a-f])[0-9a-f]{10,64}")


class Order(msgspec.Struct, frozen=True):
    """One order of versions.

    key: any text to its sort key. grammar: whether the ecosystem takes a text for a version. is_prerelease: whether a
    version is one, where the ecosystem has any.
    """

    name: str
    key: Key
    grammar: Callable[[str], bool]
    is_prerelease: Callable[[str], bool] | None = None

    def admits(self, version: str) -> bool:
        """Whether the text is a version; the hash of a commit never is, though many grammars have room for it."""
        return _COMMIT.fullmatch(version) is None and self.grammar(version)


SEMVER = Order("SemVer", semver.key, semver.admits, semver.is_prerelease)
_ALPINE = Order("Alpine", alpine.key, alpine.admits)
_DEBIAN = Order("Debian", debian.key, debian.admits)
_DOTTED = Order("dotted numbers", dotted.key, dotted.admits)
_MAVEN = Order("Maven", maven.key, maven.admits)
_PEP440 = Order("PEP 440", pep440.key, pep440.admits, pep440.is_prerelease)
_PUB = Order("SemVer with builds", pub.key, pub.admits, pub.is_prerelease)
_RPM = Order("RPM", rpm.key, rpm.admits)

ORDERS: dict[str, Order] = {
    "AlmaLinux": _RPM,
    "Alpaquita": _ALPINE,
    "Alpine": _ALPINE,
    "Android": Order("Android", android.key, android.admits),
    "Azure Linux": _RPM,
    "BellSoft Hardened Containers": _ALPINE,
    "Bioconductor": _DOTTED,
    "Bitnami": SEMVER,
    "CRAN": _DOTTED,
    "Chainguard": _ALPINE,
    "CleanStart": _ALPINE,
    "ConanCenter": Order("Conan", conan.key, conan.admits, conan.is_prerelease),
    "Debian": _DEBIAN,
    "Docker Hardened Images": SEMVER,
    "Echo": _DEBIAN,
    "FreeBSD": Order("FreeBSD", freebsd.key, freebsd.admits),
    "GHC": SEMVER,
    "GitHub Actions": SEMVER,
    "Go": Order("Go", go.key, go.admits, semver.is_prerelease),
    "Hackage": _DOTTED,
    "Hex": SEMVER,
    "Julia": _PUB,
    "Kubernetes": SEMVER,
    "Linux": SEMVER,
    "Mageia": _RPM,
    "Maven": _MAVEN,
    "MinimOS": _ALPINE,
    "NuGet": Order("NuGet", nuget.key, nuget.admits, nuget.is_prerelease),
    "Packagist": Order("Composer", packagist.key, packagist.admits),
    "Photon OS": _RPM,
    "Pub": _PUB,
    "PyPI": _PEP440,
    "Red Hat": _RPM,
    "Rocky Linux": _RPM,
    "RubyGems": Order("RubyGems", gem.key, gem.admits, gem.is_prerelease),
    "SUSE": _RPM,
    "SwiftURL": SEMVER,
    "Ubuntu": _DEBIAN,
    "VSCode": SEMVER,
    "Wolfi": _ALPINE,
    "crates.io": SEMVER,
    "npm": SEMVER,
    "opam": Order("opam", opam.key, opam.admits),
    "openEuler": _RPM,
    "openSUSE": _RPM,
}
"""Ecosystem, as OSV names it, to the order of its versions."""

OTHER_ORDERS: dict[str, Order] = {
    "Arch Linux": Order("pacman", archlinux.key, archlinux.admits),
    "OpenSSL": Order("OpenSSL", openssl.key, openssl.admits),
    "SemVer": SEMVER,
}
"""What is no ecosystem of OSV, and still has versions in ranges and bills of materials."""

_VENDORS = frozenset({"Echo", "Root", "TuxCare"})
_FOLDED = {name.lower(): order for name, order in {**ORDERS, **OTHER_ORDERS}.items()}


@lru_cache(maxsize=1_024)
def order_of(ecosystem: str) -> Order:
    """The order of an ecosystem's versions. Raises UnknownEcosystem, naming it."""
    name, _, suffix = ecosystem.partition(":")
    if name in _VENDORS and suffix.partition(":")[0].lower() in _FOLDED:
        name = suffix.partition(":")[0]
    order = _FOLDED.get(name.lower())
    if order is None:
        raise UnknownEcosystem(f"the versions of {ecosystem!r} have no order that is known here")
    return order


def sort_key(ecosystem: str, version: str) -> bytes:
    """The version as bytes whose order is the order of versions. Raises UnknownEcosystem.

    Every text has a key, so that any list can be sorted; whether a text is a version is told by `is_version`.
    """
    return order_of(ecosystem).key(version)


def compare(ecosystem: str, a: str, b: str) -> int:
    """-1 where a comes before b, 1 where it comes after, 0 where the order takes them for the same. See sort_key."""
    key = order_of(ecosystem).key
    first, second = key(a), key(b)
    return (first > second) - (first < second)


def is_version(ecosystem: str, version: str) -> bool:
    """Whether the text is a version of the ecosystem, so that a range can hold it.

    False for branches, commits, ranges, unresolved properties and the like: for them no range gives an answer. Raises
    UnknownEcosystem.
    """
    return order_of(ecosystem).admits(version)
