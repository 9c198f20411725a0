# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Debian packages: the source package that a binary package was built from, out of the archives that apt uses.

https://www.debian.org/doc/debian-policy/ch-controlfields.html#debian-source-control-files-dsc. The .dsc names the
tarballs and their SHA-256; its signature is not checked.
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import REGISTRY, Artifact, CouldNotLocate, Kind, Offer
from paddock.engine.clients.configuration.apt import SETTINGS, AptArchive, AptSettings, read_apt
from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.failure import NotThere
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings
from paddock.engine.model.component import Component, Hash

_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")
_VERSION = re.compile(r"[A-Za-z0-9.+~-]+")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._~-]*")
_ENTRY = re.compile(r" ([0-9a-f]{64}) +(\d+) +(\S+)")
_TARBALL = re.compile(r".*\.tar\.(?:gz|bz2|xz|lzma)")
_USUAL_COMPONENTS = ("main", "contrib", "non-free", "non-free-firmware", "universe", "restricted", "multiverse")
_POOLS = ("pool", "pool/updates")
"""Where components lie: in an archive of its own, or, of security updates, one folder deeper."""


class DebianRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: AptSettings = read_apt(surroundings)
        public = public_registry("deb")
        stated = self._settings.archives
        self._archives = stated or ((AptArchive(public, ("main",)),) if public else ())
        self.session = http.session(self._settings.access)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join(f"{archive.url} {','.join(archive.components)}" for archive in self._archives)

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        name, version = source_of(component)
        plain = version.partition(":")[2] or version
        if not _NAME.fullmatch(name) or not _VERSION.fullmatch(plain):
            raise CouldNotLocate("its source package has a name or version that none can have")
        if not self._archives:
            raise CouldNotLocate(f"no archive is configured for Debian packages; set {SETTINGS}")
        folder = name[:4] if name.startswith("lib") and len(name) > 3 else name[:1]
        for archive in self._archives:
            components = [part for part in archive.components if part in _USUAL_COMPONENTS] or ["main"]
            for pool in _POOLS:
                for part in components:
                    place = join_url(archive.url, pool, part, folder, quote(name))
                    try:
                        dsc = self.session.document(f"{place}/{quote(f'{name}_{plain}.dsc', safe='+~')}")
                    except NotThere:
                        continue
                    yield Offer(parts=tuple(read_dsc(dsc, place)))
                    return
        raise CouldNotLocate(f"no configured archive has the source package {name} {version}")


def source_of(component: Component) -> tuple[str, str]:
    """Name and version of the source package: the purl's `upstream` qualifier, else the binary package's own."""
    name, _, version = component.purl.qualifiers.get("upstream", "").partition("@")
    # A binary package built again without change of the source has "+b1" behind its version.
    return name or component.purl.name, version or re.sub(r"\+b\d+$", "", component.version)


def read_dsc(dsc: bytes, place: str) -> Iterator[Artifact]:
    """The tarballs that a .dsc names, with their digests; patches in one piece (.diff.gz) are left out.

    Raises CouldNotLocate for a document that names none.
    """
    lines = dsc.decode("utf-8", "replace").splitlines()
    start = next((at for at, line in enumerate(lines) if line.lower().startswith("checksums-sha256:")), len(lines))
    found = False
    for line in lines[start + 1 :]:
        entry = _ENTRY.fullmatch(line.rstrip())
        if entry is None:
            break
        name = entry[3]
        if not _FILE.fullmatch(name) or not _TARBALL.fullmatch(name):
            continue
        found = True
        yield Artifact(
            url=posixpath.join(place, quote(name, safe="+~")),
            name=name,
            kind=Kind.DEBIAN_PACKAGING if ".debian.tar." in name else Kind.DEBIAN_UPSTREAM,
            digests=(Hash("sha256", entry[1]),),
            stated_by=REGISTRY,
        )
    if not found:
        raise CouldNotLocate("its .dsc names no tarball")
