# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Obtains the published source of a component: finds out where it is, brings it into the cache, checks it."""

import os
import re
import shutil
import stat

import msgspec

from paddock.engine.clients.address import shown
from paddock.engine.clients.artifact import (
    Artifact,
    CouldNotLocate,
    NothingPublished,
    Offer,
    Registry,
    StatedContentMissing,
)
from paddock.engine.clients.failure import HttpError, NotThere
from paddock.engine.clients.http import Session
from paddock.engine.clients.partial import PartialFile
from paddock.engine.clients.registry import Registries
from paddock.engine.downloader.cache import Cache, key_of
from paddock.engine.downloader.digest import WrongDigest, check_digests, digest_of
from paddock.engine.model.component import Component, Hash
from paddock.engine.model.errors import EngineError, Unreadable
from paddock.engine.model.issue import Severity
from paddock.engine.model.licensing import SourceFileOrigin

FORMAT = "1"
_LOCATED = "located"
_DIGEST = re.compile(r"\b[0-9a-fA-F]{32,128}\b")
_MAX_DIGEST_BYTES = 16 * 1024
_MAX_COPY_BYTES = 512 * 1024**2


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was obtained: its name, and where it comes from."""

    name: str
    origin: SourceFileOrigin


class Obtained(msgspec.Struct, frozen=True, kw_only=True):
    """The published source of a component, as the cache remembers it; see `clients.artifact.Offer`."""

    parts: tuple[Part, ...]
    remark: str = ""
    declared: tuple[str, ...] = ()


class NotObtained(EngineError):
    """There is no source to look into; the message says why. `severity`: how much that matters."""

    def __init__(self, message: str, severity: Severity = Severity.WARNING) -> None:
        super().__init__(message)
        self.severity = severity


class Sources:
    """Obtains sources by way of a cache. Used by several threads at once."""

    def __init__(self, registries: Registries, cache: Cache) -> None:
        self._registries = registries
        self._cache = cache

    def remembered(self, component: Component) -> Obtained | None:
        """What was obtained before for the same component from the same registries; nothing is asked for it."""
        registry = self._registries.of(component.purl.type)
        data = self._cache.record(_LOCATED, _key(component, registry)) if registry else None
        try:
            return msgspec.json.decode(data, type=Obtained) if data is not None else None
        except msgspec.DecodeError:
            return None

    def obtain(self, component: Component) -> Obtained:
        """The source of a component, its files in the cache. Raises NotObtained, Stopped, CacheError."""
        registry = self._registries.of(component.purl.type)
        if registry is None:
            raise NotObtained(f"packages of type {component.purl.type} cannot be fetched")
        try:
            obtained, is_lasting = self._first_that_works(component, registry)
        except NothingPublished as error:
            raise NotObtained(str(error), Severity.HINT) from error
        except StatedContentMissing as error:
            raise NotObtained(str(error), Severity.ERROR) from error
        except (CouldNotLocate, HttpError) as error:
            raise NotObtained(str(error)) from error
        except WrongDigest as error:
            raise NotObtained(f"what was fetched is not used: {error.reason}", Severity.ERROR) from error
        except Unreadable as error:
            raise NotObtained(f"what was fetched is not used: {error.reason}") from error
        if is_lasting:
            self._cache.keep_record(_LOCATED, _key(component, registry), msgspec.json.encode(obtained))
        return obtained

    def files(self, obtained: Obtained) -> list[str] | None:
        """Where the files lie in the cache; None when one of them is there no longer."""
        found = [self._cache.artifact(part.origin.sha256) for part in obtained.parts]
        paths = [path for path in found if path is not None]
        return paths if len(paths) == len(found) else None

    def _first_that_works(self, component: Component, registry: Registry) -> tuple[Obtained, bool]:
        """The first offer that can be taken, and whether it is the best there is: no better one failed in passing."""
        trouble: HttpError | Unreadable | None = None
        try:
            for offer in registry.locate(component):
                try:
                    taken = self._take(offer, registry.session)
                    return taken, not offer.makeshift and (trouble is None or isinstance(trouble, NotThere))
                except NotThere as error:
                    trouble = error if trouble is None or isinstance(trouble, NotThere) else trouble
                except (HttpError, Unreadable) as error:
                    trouble = error if isinstance(error, WrongDigest) or trouble is None else trouble
                    if not offer.or_else:
                        raise
        except CouldNotLocate as error:
            if trouble is None or isinstance(trouble, NotThere):
                raise
            raise trouble from error
        raise trouble or NotThere("no configured registry has it")

    def _take(self, offer: Offer, session: Session) -> Obtained:
        parts = tuple(self._part(artifact, session) for artifact in offer.parts)
        return Obtained(parts=parts, remark=offer.remark, declared=offer.declared)

    def _part(self, artifact: Artifact, session: Session) -> Part:
        sha256 = next((one.value for one in artifact.digests if one.algorithm == "sha256"), "")
        alone = sum(one.algorithm == "sha256" for one in artifact.digests) == 1
        known = self._cache.artifact(sha256) if alone and re.fullmatch(r"[0-9a-f]{64}", sha256) else None
        if known is not None:
            return _part_of(artifact, known, sha256, artifact.stated_by)
        for copy in artifact.copies:
            if (part := self._copied(artifact, copy)) is not None:
                return part
        if not artifact.url:
            raise NotThere("the copy that the package client keeps on this machine cannot be used")
        return self._downloaded(artifact, session)

    def _copied(self, artifact: Artifact, copy: str) -> Part | None:
        """A file that the package client keeps on this machine; None where there is none, or another one is meant."""
        try:
            status = os.stat(copy)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_COPY_BYTES:
                return None
            with self._cache.receiving(key_of("copy", copy)) as path:
                shutil.copyfile(copy, path)
                checked = check_digests(path, artifact.digests or _digest_beside(artifact, copy))
                kept = self._keep(artifact, path, artifact.stated_by if checked else "")
        except (OSError, WrongDigest):
            return None
        return kept

    def _downloaded(self, artifact: Artifact, session: Session) -> Part:
        with self._cache.receiving(key_of("url", artifact.url)) as path:
            received = PartialFile(path, verified_later=bool(artifact.digests))
            for _ in range(2):
                try:
                    session.download(artifact.url, received)
                finally:
                    received.close()
                try:
                    digests = artifact.digests or _asked_digests(artifact, session)
                    checked = check_digests(path, digests)
                    break
                except Unreadable as error:
                    continued = received.was_continued
                    received.discard()
                    if not continued:
                        raise type(error)(f"{shown(artifact.url)}: {error.reason}") from error
                    # the file has changed between two attempts: what came first belongs to another one
            part = self._keep(artifact, path, artifact.stated_by if checked else "")
            received.discard()
            return part

    def _keep(self, artifact: Artifact, path: str, verified: str) -> Part:
        sha256 = digest_of(path, "sha256")
        return _part_of(artifact, self._cache.keep_artifact(path, sha256), sha256, verified)


def _part_of(artifact: Artifact, path: str, sha256: str, verified: str) -> Part:
    origin = SourceFileOrigin(
        url=shown(artifact.url) if artifact.url else "",
        kind=artifact.kind.value,
        sha256=sha256,
        size=os.path.getsize(path),
        verified=verified,
    )
    return Part(name=artifact.name, origin=origin)


def _digest_beside(artifact: Artifact, copy: str) -> tuple[Hash, ...]:
    """The digest that the package client keeps in a file beside its copy, as Maven does; none where there is none."""
    for algorithm, _ in artifact.digest_urls:
        try:
            with open(f"{copy}.{algorithm}", "rb") as stream:
                found = _DIGEST.search(stream.read(_MAX_DIGEST_BYTES).decode("ascii", "replace"))
        except OSError:
            continue
        if found:
            return (Hash(algorithm, found[0].lower()),)
    return ()


def _asked_digests(artifact: Artifact, session: Session) -> tuple[Hash, ...]:
    """The first digest that the registry keeps beside the file; none where it keeps none."""
    for algorithm, url in artifact.digest_urls:
        try:
            text = session.document(url, limit=_MAX_DIGEST_BYTES).decode("ascii", "replace")
        except HttpError:
            continue
        if found := _DIGEST.search(text):
            return (Hash(algorithm, found[0].lower()),)
    return ()


def _key(component: Component, registry: Registry) -> str:
    """What decides which files a component's source is."""
    hashes = ",".join(f"{one.algorithm}:{one.value}" for one in component.hashes)
    properties = ",".join(f"{name}={value}" for name, value in component.properties if name == "go:h1")
    return key_of(FORMAT, component.ref, hashes, properties, shown(component.download_url), registry.identity)
