# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""npm packages: tarballs from registries, or from the cache that npm keeps on this machine.

https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md. The cache's layout: https://github.com/npm/cacache.
"""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import LOCK_FILE, REGISTRY, Artifact, CouldNotLocate, Kind, Offer
from paddock.engine.clients.configuration.npm import SETTINGS, NpmSettings, read_npm
from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.documents import json_value, table, text
from paddock.engine.clients.failure import HttpError, NotThere
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings, web_address
from paddock.engine.model.component import Component, Hash

_ABBREVIATED = "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8"
_BYTES = {"sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
_MAX_BUCKET = 4 * 1024**2


class NpmRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: NpmSettings = read_npm(surroundings)
        self._public = public_registry("npm")
        self._scopes = dict(self._settings.scopes)
        self.session = http.session(self._settings.access)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join((self._settings.registry or self._public, *(f"{a}={b}" for a, b in self._settings.scopes)))

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        stated = web_address(component.download_url)
        if component.purl.qualifiers.get("download_url"):
            yield self._offer(component, component.purl.qualifiers["download_url"], component.hashes, LOCK_FILE)
            return
        registry = self._registry_of(component)
        if stated and component.hashes:
            yield self._offer(component, self._at_home(stated, registry), component.hashes, LOCK_FILE)
        elif registry and component.hashes:
            yield self._offer(component, self._usual_address(component, registry), component.hashes, LOCK_FILE)
        if not registry:
            raise CouldNotLocate(f"no registry is configured for npm packages; set {SETTINGS}")
        manifest = self._manifest(component, registry)
        dist = table(manifest, "dist")
        told = integrity_hashes(text(dist, "integrity")) or _sha1(text(dist, "shasum"))
        url = web_address(text(dist, "tarball")) or stated or self._usual_address(component, registry)
        told_by = LOCK_FILE if component.hashes else REGISTRY if told else ""
        yield self._offer(component, self._at_home(url, registry), component.hashes or told, told_by)

    def _registry_of(self, component: Component) -> str:
        scope = component.purl.namespace or ""
        return self._scopes.get(scope) or self._settings.registry or self._public

    def _manifest(self, component: Component, registry: str) -> Any:
        """What the registry says about the version; the whole document where it does not answer for one version."""
        name = quote(component.name, safe="@")
        try:
            return json_value(self.session.document(join_url(registry, name, quote(component.version, safe="+"))))
        except NotThere:
            document = json_value(self.session.document(join_url(registry, name), accept=_ABBREVIATED))
            return table(table(document, "versions"), component.version)
        except HttpError as error:
            if error.status in (400, 405):
                document = json_value(self.session.document(join_url(registry, name), accept=_ABBREVIATED))
                return table(table(document, "versions"), component.version)
            raise

    def _usual_address(self, component: Component, registry: str) -> str:
        return join_url(registry, component.name, "-", f"{component.purl.name}-{component.version}.tgz")

    def _at_home(self, url: str, registry: str) -> str:
        """An address as npm would ask for it: lock files name the public registry whatever stands in for it
        (`replace-registry-host`).
        """
        rule = self._settings.replace_host
        host = urlsplit(url).netloc.rpartition("@")[2]
        replaced = rule == "always" or host == (urlsplit(self._public).netloc if rule == "npmjs" else rule)
        if not replaced or not registry or rule == "never" or host == urlsplit(registry).netloc:
            return url
        return join_url(registry, urlsplit(url).path)

    def _offer(self, component: Component, url: str, digests: tuple[Hash, ...], told_by: str) -> Offer:
        part = Artifact(
            url=url,
            name=f"{component.purl.name}-{component.version}.tgz",
            kind=Kind.NPM,
            digests=digests,
            stated_by=told_by,
            copies=tuple(self._copies(url, digests)),
        )
        return Offer(parts=(part,))

    def _copies(self, url: str, digests: tuple[Hash, ...]) -> Iterator[str]:
        content = os.path.join(self._settings.cache, "_cacache", "content-v2")
        for one in (*digests, *self._indexed(url)):
            if one.algorithm in _BYTES and re.fullmatch(r"[0-9a-f]{40,128}", one.value):
                yield os.path.join(content, one.algorithm, one.value[:2], one.value[2:4], one.value[4:])

    def _indexed(self, url: str) -> tuple[Hash, ...]:
        """What the cache's index says that an address gave; its lines are a checksum, a tab and JSON."""
        key = f"make-fetch-happen:request-cache:{url}"
        bucket = hashlib.sha256(key.encode()).hexdigest()
        path = os.path.join(self._settings.cache, "_cacache", "index-v5", bucket[:2], bucket[2:4], bucket[4:])
        try:
            with open(path, "rb") as stream:
                lines = stream.read(_MAX_BUCKET).split(b"\n")
        except OSError:
            return ()
        for line in reversed(lines):
            entry = json_value(line.partition(b"\t")[2]) if line else None
            if isinstance(entry, dict) and entry.get("key") == key:
                return integrity_hashes(text(entry, "integrity"))
        return ()


def integrity_hashes(integrity: str) -> tuple[Hash, ...]:
    """The digests of a Subresource Integrity text (https://www.w3.org/TR/SRI/); what is none is left out."""
    found = []
    for part in integrity.split():
        algorithm, _, digest = part.partition("-")
        try:
            raw = base64.b64decode(digest.partition("?")[0], validate=True)
        except (binascii.Error, ValueError):
            continue
        if len(raw) == _BYTES.get(algorithm):
            found.append(Hash(algorithm, raw.hex()))
    return tuple(found)


def _sha1(value: str) -> tuple[Hash, ...]:
    return (Hash("sha1", value.lower()),) if re.fullmatch(r"[0-9a-fA-F]{40}", value) else ()
