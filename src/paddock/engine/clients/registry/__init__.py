# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where each ecosystem's registries keep the published source of a component. One module per ecosystem.

A new one is a class as `artifact.Registry` has it and a line in REGISTRIES.
"""

from collections.abc import Callable
from functools import lru_cache

from paddock.engine.clients.artifact import Registry
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.registry.cargo import CargoRegistry
from paddock.engine.clients.registry.composer import ComposerRegistry
from paddock.engine.clients.registry.deb import DebianRegistry
from paddock.engine.clients.registry.gem import GemRegistry
from paddock.engine.clients.registry.golang import GoRegistry
from paddock.engine.clients.registry.maven import MavenRegistry
from paddock.engine.clients.registry.npm import NpmRegistry
from paddock.engine.clients.registry.nuget import NugetRegistry
from paddock.engine.clients.registry.pypi import PythonRegistry
from paddock.engine.clients.surroundings import Surroundings

REGISTRIES: dict[str, Callable[[Surroundings, HttpClient], Registry]] = {
    "cargo": CargoRegistry,
    "composer": ComposerRegistry,
    "deb": DebianRegistry,
    "gem": GemRegistry,
    "golang": GoRegistry,
    "maven": MavenRegistry,
    "npm": NpmRegistry,
    "nuget": NugetRegistry,
    "pypi": PythonRegistry,
}
"""By purl type."""


class Registries:
    """The registries of this machine, opened when the first component of their kind is asked for."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._surroundings = surroundings
        self._http = http
        self._opened = lru_cache(maxsize=None)(self._open)

    def of(self, type: str) -> Registry | None:
        """The registries for a purl type; None where none are known how to be asked."""
        return self._opened(type)

    def _open(self, type: str) -> Registry | None:
        make = REGISTRIES.get(type)
        return make(self._surroundings, self._http) if make else None
