# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where advisories about a component stand in the database."""

from functools import lru_cache
from typing import NamedTuple

from paddock.engine.advisor.identity import GIT, key_of_package, key_of_repository, key_of_version, version_of_tag
from paddock.engine.model.component import Component
from paddock.engine.model.purl import PackageURL
from paddock.engine.versions.ecosystems import ecosystem_of
from paddock.engine.versions.releases import same_release

BINARY_PACKAGES = frozenset({"AlmaLinux", "Red Hat", "SUSE", "openSUSE"})
"""Distributions whose advisories name the packages that are installed. Those of all others name source packages."""


_HOSTS = {"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}
"""Types of package URLs that name a repository, and where it lies."""


class Place(NamedTuple):
    """A package in the database and the version to compare there.

    ecosystem: as OSV names it, without release. release: of the distribution, "" where there is none or the component
    does not tell. version: "" where the component has none.
    """

    key: str
    ecosystem: str
    release: str
    version: str

    @property
    def sort_key(self) -> bytes | None:
        """The key of the version; None where there is none or where it is no version."""
        return key_of_version(self.ecosystem, self.version) if self.version else None


def places_of(component: Component) -> tuple[Place, ...]:
    """The places for a component; empty where no ecosystem with advisories is about packages of its type.

    Of a distribution it is the source package, where the component names it, and the package itself elsewhere: a source
    package of the same name as an installed one of other origin is something else. What no package manager brought is
    looked up by its repository as well.
    """
    return (*_in_ecosystem(component.purl), *_in_repository(component))


def _in_ecosystem(purl: PackageURL) -> tuple[Place, ...]:
    found = ecosystem_of(purl)
    if found is None:
        return ()
    packages = found.packages
    if len(packages) > 1:
        packages = packages[:1] if found.ecosystem in BINARY_PACKAGES else packages[1:]
    return tuple(
        Place(
            key_of_package(found.ecosystem, package.name)[0],
            found.ecosystem,
            found.release,
            package.version or "",
        )
        for package in packages
    )


def _in_repository(component: Component) -> tuple[Place, ...]:
    purl = component.purl
    if purl.type in _HOSTS and purl.namespace:
        key = key_of_repository(f"{_HOSTS[purl.type]}/{purl.namespace}/{purl.name}")
    elif purl.type == "generic" and component.vcs_url:
        key = key_of_repository(component.vcs_url)
    else:
        return ()
    version = purl.version or component.vcs_url.partition("@")[2]
    return (Place(key, GIT, "", version_of_tag(version, key) if version else ""),) if key else ()


@lru_cache(maxsize=65_536)
def is_about(ecosystem: str, release: str, stated: str) -> bool | None:
    """Whether what an advisory says about release `stated` is about a component's `release`; None: could not tell."""
    return same_release(ecosystem, stated, release)
