# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Patterns that name components: package URLs with wildcards and, beside them, a version range."""

import fnmatch
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar
from urllib.parse import unquote

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.model.purl import InvalidPurl, PackageURL, parse_purl
from paddock.engine.policy.version_range import VersionRange, parse_range
from paddock.engine.versions import ecosystem_of

Item = TypeVar("Item")


class InvalidPattern(EngineError):
    """The text cannot name components."""


class PurlPattern(msgspec.Struct, frozen=True):
    """Which components are meant.

    package: "npm/@scope/name" decoded, where `*` stands for anything, slashes included. version: an exact version, a
    shell pattern, or "" for all. versions: a range that also has to hold.
    """

    package: str
    version: str = ""
    versions: VersionRange = VersionRange()

    def __str__(self) -> str:
        """As people write it."""
        return f"pkg:{self.package}" + (f"@{self.version}" if self.version else "")

    @property
    def is_exact(self) -> bool:
        """Whether the package part has no wildcard."""
        return "*" not in self.package and "?" not in self.package and "[" not in self.package

    def matches(self, purl: PackageURL) -> bool | None:
        """Whether a component is meant; None when that hangs on a version that cannot be compared."""
        if not (self.package == package_key(purl) if self.is_exact else _glob(self.package).match(package_key(purl))):
            return False
        if self.version and not fnmatch.fnmatchcase(purl.version or "", self.version):
            return False
        if not self.versions.alternatives:
            return True
        place = ecosystem_of(purl)
        return self.versions.contains(purl.version or "", place.ecosystem if place else "")


def parse_pattern(text: str, versions: str = "") -> PurlPattern:
    """Read a pattern such as `pkg:npm/@scope/*`, `pkg:pypi/name@1.2.*`, `*`.

    Raises InvalidPattern or InvalidRange. Package names without wildcard are normalised as their type demands.
    """
    allowed = parse_range(versions) if versions else VersionRange()
    if text.strip() == "*":
        return PurlPattern("*", "", allowed)
    written, version = _split(text.strip())
    package = unquote(written)
    if "/" not in package:
        raise InvalidPattern(f"{text!r} names no components; write it like 'pkg:npm/@scope/*' or 'pkg:pypi/name@1.2.3'")
    kind, _, rest = package.partition("/")
    pattern = PurlPattern(f"{kind.lower()}/{rest}", unquote(version), allowed)
    if not pattern.is_exact:
        return pattern
    try:
        purl = parse_purl(f"pkg:{written.replace('/@', '/%40')}")
    except InvalidPurl as error:
        raise InvalidPattern(f"{text!r} names no components: {error}") from error
    return PurlPattern(package_key(purl), pattern.version, allowed)


def _split(text: str) -> tuple[str, str]:
    """Package and version of `pkg:…`, ("", "") for anything else; the `@` of an npm scope is no separator."""
    rest = text.removeprefix("pkg:").strip("/")
    if not text.startswith("pkg:") or "?" in rest or "#" in rest:
        return "", ""
    place = rest.rfind("@")
    return (rest[:place], rest[place + 1 :]) if place > 0 and rest[place - 1] != "/" else (rest, "")


@lru_cache(maxsize=65_536)
def package_key(purl: PackageURL) -> str:
    """Type, namespace and name without percent-encoding: what patterns are compared with."""
    return "/".join(part for part in (purl.type, purl.namespace, purl.name) if part)


class PatternIndex(Generic[Item]):
    """Finds what applies to a component without trying every pattern; order of definition is kept."""

    def __init__(self, items: Iterable[tuple[PurlPattern | None, Item]]) -> None:
        self._exact: dict[str, list[tuple[int, PurlPattern, Item]]] = {}
        self._others: list[tuple[int, PurlPattern | None, Item]] = []
        for number, (pattern, item) in enumerate(items):
            if pattern is not None and pattern.is_exact:
                self._exact.setdefault(pattern.package, []).append((number, pattern, item))
            else:
                self._others.append((number, pattern, item))

    def find(self, purl: PackageURL | None) -> list[tuple[Item, bool | None]]:
        """Items whose pattern matches (True) or may match (None), in order. No purl meets only "no pattern"."""
        if purl is None:
            return [(item, True) for _, pattern, item in self._others if pattern is None]
        found = [
            (number, item, True if pattern is None else pattern.matches(purl))
            for number, pattern, item in (*self._exact.get(package_key(purl), ()), *self._others)
        ]
        return [(item, answer) for _, item, answer in sorted(found, key=lambda row: row[0]) if answer is not False]


@lru_cache(maxsize=4_096)
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))
