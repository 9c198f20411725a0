# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Crates: from registries with a sparse index, the public one among them, or from what cargo keeps on this machine.

https://doc.rust-lang.org/cargo/reference/registry-index.html.
"""

import glob
import os
import re
from collections.abc import Iterator
from functools import lru_cache

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import LOCK_FILE, REGISTRY, Artifact, CouldNotLocate, Kind, Offer
from paddock.engine.clients.configuration.cargo import PUBLIC, SETTINGS, CargoSettings, Index, read_cargo
from paddock.engine.clients.configuration.public import download_address, public_index
from paddock.engine.clients.documents import json_value, text
from paddock.engine.clients.failure import HttpError, NotThere
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings, web_address
from paddock.engine.model.component import Component, Hash

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_VERSION = re.compile(r"[A-Za-z0-9.+-]+")
_PROBE = "/a/1/download"
_MARKERS = ("{crate}", "{version}", "{prefix}", "{lowerprefix}", "{sha256-checksum}")


class CargoRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: CargoSettings = read_cargo(surroundings)
        probe = download_address("cargo")
        is_asked = not self._settings.public_replaced
        usable = probe.endswith(_PROBE) and is_asked
        self._public = f"{probe.removesuffix(_PROBE)}/{{crate}}/{{version}}/download" if usable else ""
        index = public_index("cargo") if is_asked else ""
        self._public_index = Index(PUBLIC, index, sparse=True) if index else None
        self.session = http.session(self._settings.access)
        self._template = lru_cache(maxsize=None)(self._read_template)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join((*(index.url for index in self._settings.indexes), self._public))

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        name, version = component.purl.name, component.version
        if not _NAME.fullmatch(name) or not _VERSION.fullmatch(version):
            raise CouldNotLocate("its name or version is none that a registry can have")
        pattern = os.path.join(glob.escape(self._settings.home), "registry", "cache", "*", f"{name}-{version}.crate")
        copies = tuple(sorted(glob.glob(pattern)))
        if copies:
            yield self._offer(component, "", component.hashes, copies)
        git_only = []
        for index in self._settings.indexes:
            if not index.sparse:
                git_only.append(index.name)
                continue
            yield from self._in_index(component, index)
        yield from self._in_public(component)
        if git_only:
            raise CouldNotLocate(
                f"the index of registry {', '.join(git_only)} is a git repository; give its sparse index, or let cargo "
                "fetch the crate, whose cache is looked into"
            )
        if not self._public and not self._public_index and not self._settings.indexes:
            raise CouldNotLocate(f"no registry is configured for crates; set {SETTINGS}")

    def _in_index(self, component: Component, index: Index) -> Iterator[Offer]:
        name, version = component.purl.name, component.version
        hashes = component.hashes or self._checksum(index, name, version)
        template = self._template(index)
        if template and hashes is not None:
            url = _filled(template, name, version, next((one.value for one in hashes), ""))
            yield self._offer(component, url, hashes, ())

    def _in_public(self, component: Component) -> Iterator[Offer]:
        """From the public registry, by its index as cargo does; by the address on its site where that is silent."""
        trouble: HttpError | None = None
        if self._public_index is not None:
            try:
                yield from self._in_index(component, self._public_index)
                return
            except HttpError as error:
                trouble = error
        if self._public:
            address = _filled(self._public, component.purl.name, component.version, "")
            yield self._offer(component, address, component.hashes, ())
        if trouble is not None:
            raise trouble

    def _offer(self, component: Component, url: str, hashes: tuple[Hash, ...], copies: tuple[str, ...]) -> Offer:
        part = Artifact(
            url=url,
            name=f"{component.purl.name}-{component.version}.crate",
            kind=Kind.CRATE,
            digests=hashes,
            stated_by=LOCK_FILE if component.hashes else REGISTRY if hashes else "",
            copies=copies,
        )
        return Offer(parts=(part,), or_else=bool(copies) or bool(component.hashes))

    def _read_template(self, index: Index) -> str:
        found = web_address(text(json_value(self.session.document(join_url(index.url, "config.json"))), "dl"))
        if found and not any(marker in found for marker in _MARKERS):
            return f"{found}/{{crate}}/{{version}}/download"
        return found

    def _checksum(self, index: Index, name: str, version: str) -> tuple[Hash, ...] | None:
        """The SHA-256 that the index states; None: it does not know the crate in this version."""
        try:
            lines = self.session.document(join_url(index.url, _prefix(name.lower()), name.lower())).splitlines()
        except NotThere:
            return None
        for line in lines:
            entry = json_value(line)
            if text(entry, "vers") == version:
                digest = text(entry, "cksum").lower()
                return (Hash("sha256", digest),) if re.fullmatch(r"[0-9a-f]{64}", digest) else ()
        return None


def _prefix(name: str) -> str:
    """The folder of a crate's file in an index."""
    return {1: "1", 2: "2", 3: f"3/{name[:1]}"}.get(len(name)) or f"{name[:2]}/{name[2:4]}"


def _filled(template: str, name: str, version: str, checksum: str) -> str:
    values = {
        "{crate}": name,
        "{version}": version,
        "{prefix}": _prefix(name),
        "{lowerprefix}": _prefix(name.lower()),
        "{sha256-checksum}": checksum,
    }
    for marker, value in values.items():
        template = template.replace(marker, value)
    return template
