# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Go modules: zips from module proxies, or from the module cache of this machine.

https://go.dev/ref/mod#goproxy-protocol. What is not to go through a proxy is not fetched from version control: only Go
itself does that, and what it has fetched lies in its cache.
"""

import os
import re
from collections.abc import Iterator

from paddock.engine.clients.address import join_url
from paddock.engine.clients.artifact import LOCK_FILE, Artifact, CouldNotLocate, Kind, NothingPublished, Offer
from paddock.engine.clients.configuration.go import DIRECT, OFF, SETTINGS, GoSettings, Proxy, read_go
from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings
from paddock.engine.model.component import Component, Hash

DIRHASH_PROPERTY = "go:h1"
_TOOLCHAIN = frozenset({"stdlib", "toolchain", "go"})


class GoRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self.settings: GoSettings = read_go(surroundings)
        public = public_registry("golang")
        self._proxies = self.settings.proxies or ((Proxy(public, on_any_error=False),) if public else ())
        self.session = http.session(self.settings.access)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join((*(proxy.url for proxy in self._proxies), *(f"!{one}" for one in self.settings.no_proxy)))

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        purl = component.purl
        if not purl.namespace and purl.name in _TOOLCHAIN:
            raise NothingPublished("it comes with the toolchain and is no module")
        module = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
        version = component.version if component.version.startswith("v") else f"v{component.version}"
        place = f"{escaped(module)}/@v/{escaped(version)}.zip"
        stated = tuple(
            Hash("h1", text.removeprefix("h1:")) for name, text in component.properties if name == DIRHASH_PROPERTY
        )
        copy = os.path.join(self.settings.module_cache, "cache", "download", *place.split("/"))
        part = Artifact(
            url="",
            name=f"{module}@{version}.zip",
            kind=Kind.GO_MODULE,
            digests=stated,
            stated_by=LOCK_FILE if stated else "",
            copies=(copy,),
        )
        if os.path.isfile(copy):
            yield Offer(parts=(part,), or_else=True)
        yield from self._from_proxies(module, place, part)

    def _from_proxies(self, module: str, place: str, part: Artifact) -> Iterator[Offer]:
        advice = "`go mod download` brings it into the module cache, where it is looked for"
        if self.settings.is_private(module):
            raise CouldNotLocate(f"it is not to go through a proxy (GOPRIVATE, GONOPROXY); {advice}")
        for proxy in self._proxies:
            if proxy.url == OFF:
                raise CouldNotLocate("GOPROXY is off: nothing may be fetched")
            if proxy.url == DIRECT:
                why = "no proxy has it" if proxy != self._proxies[0] else "GOPROXY names no proxy"
                raise CouldNotLocate(f"{why}, and it is not fetched from version control; {advice}")
            changed = Artifact(
                url=join_url(proxy.url, place),
                name=part.name,
                kind=part.kind,
                digests=part.digests,
                stated_by=part.stated_by,
            )
            yield Offer(parts=(changed,), or_else=proxy.on_any_error)
        if not self._proxies:
            raise CouldNotLocate(f"no proxy is configured for Go modules; set {SETTINGS}")


def escaped(text: str) -> str:
    """A module path or version with `!x` for each capital letter `X`, for file systems that know no difference."""
    return re.sub(r"[A-Z]", lambda match: f"!{match[0].lower()}", text)
