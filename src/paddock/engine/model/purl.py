# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package URLs, the identity of packages and components.

The grammar and the rules of each type are those of https://github.com/package-url/purl-spec, kept by
`packageurl-python`; this module adds the few constructors the engine needs.
"""

from functools import lru_cache

from packageurl import PackageURL

from paddock.engine.model.errors import EngineError

__all__ = ["InvalidPurl", "PackageURL", "make_purl", "package_of", "parse_purl"]


class InvalidPurl(EngineError):
    """The text is not a package URL, or its parts cannot form one."""


def make_purl(
    type: str,
    name: str,
    version: str | None = None,
    *,
    namespace: str | None = None,
    qualifiers: dict[str, str] | None = None,
    subpath: str | None = None,
) -> PackageURL:
    """Build a normalised package URL.

    Empty strings count as absent. Raises InvalidPurl where the purl specification forbids the parts
    (an empty name, a type with foreign characters).
    """
    try:
        return PackageURL(type, namespace or None, name, version or None, qualifiers or None, subpath or None)
    except (ValueError, TypeError) as error:
        raise InvalidPurl(f"cannot form a package URL of type {type!r} and name {name!r}: {error}") from error


@lru_cache(maxsize=65_536)
def parse_purl(text: str) -> PackageURL:
    """Read a package URL. Raises InvalidPurl, naming the text, when it is none."""
    try:
        return PackageURL.from_string(text)
    except ValueError as error:
        raise InvalidPurl(f"{text!r} is not a package URL: {error}") from error


def package_of(purl: PackageURL) -> PackageURL:
    """The package a component belongs to: the purl without version, qualifiers and subpath."""
    return PackageURL(purl.type, purl.namespace, purl.name)
