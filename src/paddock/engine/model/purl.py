# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package URLs, the identity of packages and components.

The grammar and the rules of each type are those of https://github.com/package-url/purl-spec, kept by
`packageurl-python`; this module wraps its value so that it is written as text in JSON and keeps its canonical form.
"""

import re
from collections.abc import Mapping
from functools import lru_cache, total_ordering
from types import MappingProxyType

import packageurl

from paddock.engine.model.errors import EngineError

__all__ = ["InvalidPurl", "PackageURL", "make_purl", "package_of", "parse_purl"]


_NEUTRAL = "generic"
_CASE_KEPT = frozenset({"npm"})
"""Types whose names the specification keeps as they are, while the library still writes them in lower case."""
_CASE_KEPT_TEXT = re.compile(rf"pkg:/*({'|'.join(sorted(_CASE_KEPT))})/", re.IGNORECASE)


_PLAIN = re.compile(
    r"pkg:(apk|cargo|composer|conda|deb|gem|generic|github|golang|hex|maven|npm|nuget|pypi|rpm)/"
    r"((?:(?:%40)?[a-z0-9][a-z0-9.-]*/)*)([a-z0-9][a-z0-9.-]*)@([A-Za-z0-9][A-Za-z0-9._~-]*)"
)
"""Package URLs that are canonical as they stand, whatever the type's rules: most of those in large documents. Reading
them without the library's normalisation costs a tenth; a property-based test keeps both ways equal."""


class InvalidPurl(EngineError):
    """The text is not a package URL, or its parts cannot form one."""


@total_ordering
class PackageURL:
    """A normalised package URL: immutable, compared and ordered by its canonical text. Made by the functions below."""

    __slots__ = ("_parts", "_text")

    def __init__(self, parts: packageurl.PackageURL, text: str) -> None:
        self._parts = parts
        self._text = text

    @property
    def type(self) -> str:
        """The ecosystem: "npm", "pypi", "maven", …."""
        return self._parts.type

    @property
    def namespace(self) -> str | None:
        """Scope, group, organisation or distribution."""
        return self._parts.namespace

    @property
    def name(self) -> str:
        """The name within the namespace."""
        return self._parts.name

    @property
    def version(self) -> str | None:
        """The version, or None: a package, not a component."""
        return self._parts.version

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """Further parts of the identity, read-only (architecture, classifier, repository, …)."""
        qualifiers = self._parts.qualifiers
        return MappingProxyType(qualifiers if isinstance(qualifiers, dict) else {})

    @property
    def subpath(self) -> str | None:
        """A path inside the package."""
        return self._parts.subpath

    def to_string(self) -> str:
        """The canonical text."""
        return self._text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"PackageURL({self._text!r})"

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackageURL) and self._text == other._text

    def __lt__(self, other: "PackageURL") -> bool:
        return self._text < other._text


def make_purl(
    type: str,
    name: str,
    version: str | None = None,
    *,
    namespace: str | None = None,
    qualifiers: Mapping[str, str] | None = None,
    subpath: str | None = None,
) -> PackageURL:
    """Build a normalised package URL.

    Empty strings count as absent. Raises InvalidPurl where the purl specification forbids the parts
    (an empty name, a type with foreign characters).
    """
    case_kept = type.lower() in _CASE_KEPT
    try:
        parts = packageurl.PackageURL(
            _NEUTRAL if case_kept else type,
            namespace or None,
            name,
            version or None,
            dict(qualifiers or {}) or None,
            subpath or None,
        )
        return _wrap(parts, type.lower() if case_kept else parts.type)
    except (ValueError, TypeError) as error:
        raise InvalidPurl(f"cannot form a package URL of type {type!r} and name {name!r}: {error}") from error


@lru_cache(maxsize=65_536)
def parse_purl(text: str) -> PackageURL:
    """Read a package URL. Raises InvalidPurl, naming the text, when it is none."""
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        kind, namespace, name, version = plain.groups()
        fields: tuple[object, ...] = (kind, namespace[:-1].replace("%40", "@") or None, name, version, {}, None)
        return PackageURL(tuple.__new__(packageurl.PackageURL, fields), text)
    found = _CASE_KEPT_TEXT.match(text)
    try:
        if found:
            return _wrap(packageurl.PackageURL.from_string(f"pkg:{_NEUTRAL}/{text[found.end() :]}"), found[1].lower())
        parts = packageurl.PackageURL.from_string(text)
        return _wrap(parts, parts.type)
    except ValueError as error:
        raise InvalidPurl(f"{text!r} is not a package URL: {error}") from error


def _wrap(parts: packageurl.PackageURL, type: str) -> PackageURL:
    text = parts.to_string()
    if type == parts.type:
        return PackageURL(parts, text)
    return PackageURL(parts._replace(type=type), f"pkg:{type}/{text.removeprefix(f'pkg:{_NEUTRAL}/')}")


def package_of(purl: PackageURL) -> PackageURL:
    """The package a component belongs to: the purl without version, qualifiers and subpath."""
    return make_purl(purl.type, purl.name, namespace=purl.namespace)
