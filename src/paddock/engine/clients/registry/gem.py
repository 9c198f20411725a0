# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ruby gems: from gem servers, or from the folders in which RubyGems keeps them.

Digests come from the compact index (`/info/NAME`; RubyGems' guides, compact index).
"""

import os
import re
from collections.abc import Iterator
from urllib.parse import quote

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import LOCK_FILE, REGISTRY, Artifact, CouldNotLocate, Kind, Offer
from paddock.engine.clients.configuration.gem import SETTINGS, GemSettings, read_gem
from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.failure import HttpError
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings, web_address
from paddock.engine.model.component import Component, Hash

_PART = re.compile(r"[A-Za-z0-9_.-]+")


class GemRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: GemSettings = read_gem(surroundings)
        self._addresses = self._settings.addresses(public_registry("gem"))
        self.session = http.session(self._settings.access)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join(self._addresses)

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        name, platform = component.purl.name, component.purl.qualifiers.get("platform", "")
        full = component.version + (f"-{platform}" if platform not in ("", "ruby") else "")
        if not _PART.fullmatch(name) or not _PART.fullmatch(full):
            raise CouldNotLocate("its name or version is none that a gem can have")
        file = f"{name}-{full}.gem"
        copies = tuple(path for folder in self._settings.caches if os.path.isfile(path := os.path.join(folder, file)))
        if copies:
            yield _offer(component, "", file, component.hashes, copies)
        addresses = list(self._addresses)
        if address := web_address(component.purl.qualifiers.get("repository_url", "")):
            addresses.insert(0, address)
        for address in addresses:
            hashes = component.hashes or self._checksum(address, name, full)
            yield _offer(component, join_url(address, "gems", quote(file)), file, hashes, ())
        if not addresses:
            raise CouldNotLocate(f"no source is configured for gems; set {SETTINGS}")

    def _checksum(self, address: str, name: str, full: str) -> tuple[Hash, ...]:
        try:
            document = self.session.document(join_url(address, "info", quote(name)))
        except HttpError:
            return ()  # not every gem server has a compact index
        for line in document.decode("utf-8", "replace").splitlines():
            digest = re.search(r"[|,]checksum:([0-9a-f]{64})", line)
            if line.partition(" ")[0] == full and digest:
                return (Hash("sha256", digest[1]),)
        return ()


def _offer(component: Component, url: str, file: str, hashes: tuple[Hash, ...], copies: tuple[str, ...]) -> Offer:
    part = Artifact(
        url=url,
        name=file,
        kind=Kind.GEM,
        digests=hashes,
        stated_by=LOCK_FILE if component.hashes else REGISTRY if hashes else "",
        copies=copies,
    )
    return Offer(parts=(part,), or_else=bool(copies))
