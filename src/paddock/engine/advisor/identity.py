# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Under which keys packages stand in the database, and the order of their versions there."""

import re
from collections.abc import Callable
from functools import lru_cache

from paddock.engine.versions.ecosystems import package_key
from paddock.engine.versions.order import SEMVER, Order, UnknownEcosystem, order_of


def key_of_package(ecosystem: str, name: str) -> tuple[str, str]:
    """The key of a package ("PyPI:jinja2"), and what the ecosystem says after its colon: the release ("12"), "" for
    none.
    """
    base, _, release = ecosystem.partition(":")
    return f"{base.lower()}:{package_key(base, name)}", release


GIT = "git"
"""The ecosystem of what is known by its repository and tag only, as C and C++ libraries mostly are."""
_SCHEME = re.compile(r"(?:git\+)?(?:[a-z+]+://)?(?:[^@/]+@)?", re.IGNORECASE)
_REVISION = re.compile(r"[@#?].*\Z", re.DOTALL)
_BEFORE_NUMBER = re.compile(r"\A[^0-9]+")


def key_of_repository(url: str) -> str:
    """The key of a source repository ("git:github.com/libssh2/libssh2"); "" where the address is none."""
    plain = _REVISION.sub("", _SCHEME.sub("", url.strip(), count=1)).replace(":", "/", 1).rstrip("/")
    plain = plain.removesuffix(".git").rstrip("/").lower()
    return f"{GIT}:{plain}" if plain.count("/") >= 2 or plain.startswith("git.") else ""


def version_of_tag(tag: str, key: str) -> str:
    """The version that a tag of a repository stands for: "libssh2-1.11.1", "v1.11.1" and "1.11.1" are one."""
    name = key.rpartition("/")[2]
    lowered = tag.lower().removeprefix(name)
    return _BEFORE_NUMBER.sub("", lowered) or lowered


def key_of_bound(ecosystem: str, kind: str) -> Callable[[str], bytes | None]:
    """The sort keys of versions that end ranges of advisories; of texts without a digit, which are no versions, none.

    kind: of the range; SEMVER is an order of its own where the ecosystem's is not known.
    """
    order = _order(ecosystem) or (SEMVER if kind == "SEMVER" else None)
    if order is None:
        return lambda _version: None
    return lambda version: order.key(version) if any(char.isdigit() for char in version) else None


def key_of_version(ecosystem: str, version: str) -> bytes | None:
    """The sort key of a component's version; None where it is no version (a branch, a commit, a range) or where the
    ecosystem's order is not known.
    """
    order = _order(ecosystem)
    return order.key(version) if order is not None and order.admits(version) else None


def is_prerelease(ecosystem: str, version: str) -> bool:
    """Whether a version comes before a release, where the ecosystem knows such. Go's pseudo-versions, which look like
    it, are what Go takes where nothing was released.
    """
    order = _order(ecosystem)
    known = order.is_prerelease if order is not None and ecosystem != "Go" else None
    return known is not None and known(version)


@lru_cache(maxsize=1_024)
def _order(ecosystem: str) -> Order | None:
    try:
        return order_of(ecosystem)
    except UnknownEcosystem:
        return None
