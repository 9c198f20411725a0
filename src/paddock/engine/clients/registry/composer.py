# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""PHP packages: the distribution archives that a lock file or a Composer repository names.

https://getcomposer.org/doc/05-repositories.md#composer, with metadata of version 2 (`metadata-url`), minified or not.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import LOCK_FILE, REGISTRY, Artifact, CouldNotLocate, Kind, Offer
from paddock.engine.clients.configuration.composer import SETTINGS, ComposerSettings, read_composer
from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.documents import items, json_value, table, text
from paddock.engine.clients.failure import NotThere
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings, web_address
from paddock.engine.model.component import Component, Hash

_UNSET = "__unset"


class ComposerRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: ComposerSettings = read_composer(surroundings)
        public = "" if self._settings.without_public else public_registry("composer")
        self._addresses = (*self._settings.repositories, *([public] if public else []))
        self.session = http.session(self._settings.access)
        self._template = lru_cache(maxsize=None)(self._read_template)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join(self._addresses)

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        if stated := web_address(component.download_url):
            yield _offer(component, stated, component.hashes, LOCK_FILE if component.hashes else "")
        if not self._addresses:
            raise CouldNotLocate(f"no repository is configured for Composer packages; set {SETTINGS}")
        for address in self._addresses:
            entry = self._entry(component, address)
            dist = table(entry, "dist")
            if url := web_address(text(dist, "url")):
                digest = text(dist, "shasum").lower()
                told = (Hash("sha1", digest),) if re.fullmatch(r"[0-9a-f]{40}", digest) else ()
                told_by = LOCK_FILE if component.hashes else REGISTRY if told else ""
                yield _offer(component, url, component.hashes or told, told_by, entry)

    def _entry(self, component: Component, address: str) -> dict[str, Any]:
        """What a repository says about a version; empty where it does not know it."""
        template = self._template(address)
        if not template:
            return {}
        is_branch = component.version.startswith("dev-") or component.version.endswith("-dev")
        name = component.name.lower()
        try:
            document = json_value(
                self.session.document(template.replace("%package%", f"{name}~dev" if is_branch else name))
            )
        except NotThere:
            return {}
        versions = items(table(document, "packages"), name)
        expanded = _expanded(versions) if text(document, "minified") else versions
        wanted = _plain(component.version)
        return next((one for one in expanded if isinstance(one, dict) and _plain(text(one, "version")) == wanted), {})

    def _read_template(self, address: str) -> str:
        root = join_url(address, "packages.json")
        try:
            found = text(json_value(self.session.document(root)), "metadata-url")
            return web_address(urljoin(root, found)) if "%package%" in found else ""
        except (NotThere, ValueError):
            return ""


def _offer(
    component: Component, url: str, hashes: tuple[Hash, ...], told_by: str, entry: dict[str, Any] | None = None
) -> Offer:
    name = f"{component.name.replace('/', '-')}-{component.version}.zip"
    part = Artifact(url=url, name=name, kind=Kind.COMPOSER, digests=hashes, stated_by=told_by)
    declared = tuple(one for one in items(entry, "license") if isinstance(one, str))
    return Offer(parts=(part,), declared=declared, or_else=True)


def _expanded(versions: list[Any]) -> list[dict[str, Any]]:
    """Minified metadata written out: each entry has what differs from the one before it."""
    found: list[dict[str, Any]] = []
    current: dict[str, Any] = {}
    for entry in versions:
        if isinstance(entry, dict):
            current = {key: value for key, value in {**current, **entry}.items() if value != _UNSET}
            found.append(current)
    return found


def _plain(version: str) -> str:
    return version.lower().removeprefix("v")
