# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Java packages: sources jars from Maven repositories, or the jars themselves; licences as the poms declare them.

Layout: https://maven.apache.org/repository/layout.html. What lies in the local repository is looked at first.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import LOCK_FILE, REGISTRY, Artifact, CouldNotLocate, Kind, NothingPublished, Offer
from paddock.engine.clients.configuration.maven import SETTINGS, MavenSettings, read_maven
from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.documents import children, text_at, xml_root
from paddock.engine.clients.failure import HttpError, NotThere
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings, read_text, web_address
from paddock.engine.model.component import Component

_MAX_PARENTS = 6
_PART = re.compile(r"[A-Za-z0-9_.+~-]+")


class _Coordinates(NamedTuple):
    group: str
    artifact: str
    version: str

    def path(self, end: str) -> str:
        """Where a file of it lies in a repository."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.artifact}-{self.version}{end}"


class MavenRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: MavenSettings = read_maven(surroundings)
        self._addresses = self._settings.addresses(public_registry("maven"))
        self.session = http.session(self._settings.access)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join(self._addresses)

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        purl = component.purl
        addresses = list(self._addresses)
        if address := web_address(purl.qualifiers.get("repository_url", "")):
            addresses.insert(0, address)
        if not addresses:
            raise CouldNotLocate(f"no repository is configured for Maven packages; set {SETTINGS}")
        where = _Coordinates(purl.namespace or "", purl.name, component.version)
        if not all(_PART.fullmatch(part) and part.strip(".") for part in where):
            raise CouldNotLocate("its group, name or version can be no part of a repository's path")
        if where.version.endswith("-SNAPSHOT"):
            raise CouldNotLocate("a snapshot is no published version, and may be something else tomorrow")
        declared, is_known = self._declared(where, addresses)
        packaging = purl.qualifiers.get("type", "jar")
        if packaging == "pom":
            raise NothingPublished("it is a pom only and has no files")
        classifier = purl.qualifiers.get("classifier", "")
        end = f"{f'-{classifier}' if classifier else ''}.{_extension(packaging)}"
        has_copy = os.path.isfile(self._copy(where, end))
        for address in addresses:
            part = self._artifact(address, where, "-sources.jar", Kind.SOURCES_JAR)
            yield Offer(parts=(part,), declared=declared, or_else=has_copy, makeshift=not is_known)
        for address in addresses:
            part = self._artifact(address, where, end, Kind.JAR, component)
            remark = "has no sources; the jar was looked into"
            yield Offer(parts=(part,), declared=declared, remark=remark, makeshift=not is_known)

    def _artifact(
        self, address: str, where: _Coordinates, end: str, kind: Kind, component: Component | None = None
    ) -> Artifact:
        url = join_url(address, where.path(end))
        stated = component.hashes if component else ()
        return Artifact(
            url=url,
            name=f"{where.artifact}-{where.version}{end}",
            kind=kind,
            digests=stated,
            digest_urls=() if stated else (("sha256", f"{url}.sha256"), ("sha1", f"{url}.sha1")),
            stated_by=LOCK_FILE if stated else REGISTRY,
            copies=(self._copy(where, end),),
        )

    def _copy(self, where: _Coordinates, end: str) -> str:
        return os.path.join(self._settings.local_repository, *where.path(end).split("/"))

    def _declared(self, where: _Coordinates, addresses: list[str]) -> tuple[tuple[str, ...], bool]:
        """The licences that the pom, or the nearest of its parents that names any, declares; and whether every pom on
        the way could be asked for.
        """
        seen: set[_Coordinates] = set()
        here: _Coordinates | None = where
        while here is not None and here not in seen and len(seen) < _MAX_PARENTS:
            seen.add(here)
            try:
                root = self._pom(here, addresses)
            except NotThere:
                break
            except HttpError:
                return (), False  # what keeps the pom away is told about the sources, which come from the same place
            licenses = [text_at(one, "name") or text_at(one, "url") for one in children(root, "licenses", "license")]
            if any(licenses):
                return tuple(one for one in licenses if one), True
            here = _parent(root)
        return (), True

    def _pom(self, where: _Coordinates, addresses: list[str]) -> etree._Element | None:
        local = read_text(self._copy(where, ".pom"))
        if local is not None:
            return xml_root(local.encode())
        pages = [join_url(one, where.path(".pom")) for one in addresses]
        return xml_root(_first_there(pages, self.session.document))


def _parent(root: etree._Element | None) -> _Coordinates | None:
    found = _Coordinates(*(text_at(root, "parent", name) for name in ("groupId", "artifactId", "version")))
    return found if all(_PART.fullmatch(part) and part.strip(".") for part in found) else None


def _extension(type: str) -> str:
    """The file name's end for a dependency type (https://maven.apache.org/ref/current/maven-core/artifact-handlers.html)."""
    known = {"ejb": "jar", "maven-plugin": "jar", "test-jar": "jar", "bundle": "jar", "java-source": "jar"}
    return known.get(type, type if re.fullmatch(r"[A-Za-z0-9.]{1,20}", type) else "jar")


def _first_there(addresses: Sequence[str], ask: Callable[[str], bytes]) -> bytes:
    """The answer of the first address that has one; NotThere of the last one when none does."""
    missing: NotThere | None = None
    for address in addresses:
        try:
            return ask(address)
        except NotThere as error:
            missing = error
    raise missing or NotThere("no address to ask")
