# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
""".NET packages: .nupkg files from sources with the version 3 protocol, or from NuGet's folder of packages.

https://learn.microsoft.com/nuget/api/service-index and https://learn.microsoft.com/nuget/api/package-base-address-resource.
"""

import os
import re
from collections.abc import Iterator
from functools import lru_cache

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import LOCK_FILE, Artifact, CouldNotLocate, Kind, Offer
from paddock.engine.clients.configuration.nuget import SETTINGS, NugetSettings, read_nuget
from paddock.engine.clients.configuration.public import download_address
from paddock.engine.clients.documents import items, json_value, text
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings, web_address
from paddock.engine.model.component import Component, Hash

_PART = re.compile(r"[A-Za-z0-9_.-]+")
_PROBE = "/a/1"
_RESOURCE = "PackageBaseAddress/3."


class NugetRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: NugetSettings = read_nuget(surroundings)
        probe = download_address("nuget")
        usable = probe.endswith(_PROBE) and not self._settings.sources
        self._public = probe.removesuffix(_PROBE) if usable else ""
        self.session = http.session(self._settings.access)
        self._base = lru_cache(maxsize=None)(self._read_base)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join((*self._settings.sources, self._public))

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        name, version = component.purl.name.lower(), plain_version(component.version)
        if not _PART.fullmatch(name) or not _PART.fullmatch(version):
            raise CouldNotLocate("its name or version is none that NuGet packages can have")
        file = f"{name}.{version}.nupkg"
        # Lock files state the digest of the content, bills of materials that of the signed file: either fits.
        hashes = tuple(Hash("nuget", one.value) for one in component.hashes if one.algorithm == "sha512")
        copy = os.path.join(self._settings.packages, name, version, file)
        if os.path.isfile(copy):
            yield _offer("", file, hashes, (copy,))
        for source in self._settings.sources:
            if base := self._base(source):
                yield _offer(join_url(base, name, version, file), file, hashes, ())
        if self._public:
            yield _offer(join_url(self._public, component.purl.name, version), file, hashes, ())
        elif not self._settings.sources:
            raise CouldNotLocate(f"no source is configured for NuGet packages; set {SETTINGS}")

    def _read_base(self, source: str) -> str:
        index = json_value(self.session.document(source))
        for resource in items(index, "resources"):
            if text(resource, "@type").startswith(_RESOURCE):
                return web_address(text(resource, "@id"))
        return ""


def _offer(url: str, file: str, hashes: tuple[Hash, ...], copies: tuple[str, ...]) -> Offer:
    told_by = LOCK_FILE if hashes else ""
    part = Artifact(url=url, name=file, kind=Kind.NUPKG, digests=hashes, stated_by=told_by, copies=copies)
    return Offer(parts=(part,), or_else=bool(copies))


def plain_version(version: str) -> str:
    """A version as addresses have it: three or four numbers without leading zeros, no fourth zero, no build metadata.

    https://learn.microsoft.com/nuget/concepts/package-versioning#normalized-version-numbers
    """
    core, dash, label = version.partition("+")[0].lower().partition("-")
    numbers = [part.lstrip("0") or "0" for part in core.split(".")]
    numbers += ["0"] * (3 - len(numbers))
    if len(numbers) == 4 and numbers[3] == "0":
        numbers.pop()
    return ".".join(numbers) + dash + label
