# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a registry offers for a component: files to fetch, and what is known about them beforehand."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

import msgspec

from paddock.engine.clients.http import Session
from paddock.engine.model.component import Component, Hash
from paddock.engine.model.errors import EngineError


class Kind(StrEnum):
    """What a file is, which says how it is unpacked and where its own root lies."""

    SDIST = "source distribution"
    WHEEL = "wheel"
    NPM = "npm package"
    SOURCES_JAR = "sources jar"
    JAR = "jar"
    GO_MODULE = "Go module"
    CRATE = "crate"
    GEM = "gem"
    COMPOSER = "Composer archive"
    NUPKG = "NuGet package"
    DEBIAN_UPSTREAM = "Debian upstream tarball"
    DEBIAN_PACKAGING = "Debian packaging tarball"


LOCK_FILE = "lock file"
REGISTRY = "registry"


class Artifact(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a registry.

    name: its file name. digests: of each algorithm that is named one value must fit; algorithms as in `Hash`, and those
    of `downloader.digest`. digest_urls: pairs of algorithm and address under which the registry keeps the digest (hex,
    maybe followed by a name), asked when none is known. stated_by: who named the digests: LOCK_FILE, REGISTRY or "".
    copies: files on this machine in which the ecosystem's own client may have kept it; they are looked at first.
    optional: the offer holds without this file.
    """

    url: str
    name: str
    kind: Kind
    digests: tuple[Hash, ...] = ()
    digest_urls: tuple[tuple[str, str], ...] = ()
    stated_by: str = ""
    copies: tuple[str, ...] = ()
    optional: bool = False


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One way to get a component's source: all `parts` together.

    remark: what to tell when this way is taken. declared: licences that the registry's own metadata declares, verbatim.
    or_else: whether the next offer is also tried when this one fails for another reason than not being there.
    makeshift: a better one could not be asked for this time, so that next time the question is open again.
    """

    parts: tuple[Artifact, ...]
    remark: str = ""
    declared: tuple[str, ...] = ()
    or_else: bool = False
    makeshift: bool = False


class CouldNotLocate(EngineError):
    """No registry can be asked for a component, or none has it; the message says why and what to set."""


class NothingPublished(CouldNotLocate):
    """There is no published source, and nobody expects one."""


class StatedContentMissing(CouldNotLocate):
    """A registry has the component, but no file with a digest that the lock file states."""


class Registry(Protocol):
    """One ecosystem's registries, as this machine is set up."""

    @property
    def identity(self) -> str:
        """What is asked, in order, without secrets: the same component from elsewhere may be something else."""

    @property
    def session(self) -> Session:
        """With which what is offered is downloaded."""

    def locate(self, component: Component) -> Iterator[Offer]:
        """The ways to get a component's source, best first; asked for the next one when a file is not there.

        May ask the registry. Raises CouldNotLocate, HttpError for what the network does, and Stopped.
        """
