# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A component: one version of one package, with the facts its sources state about it."""

from functools import cached_property
from itertools import chain

import msgspec

from paddock.engine.model.purl import PackageURL, package_of


class Hash(msgspec.Struct, frozen=True, order=True):
    """A digest of a distributed file: algorithm in lower case without dash ("sha512"), value in lower-case hex."""

    algorithm: str
    value: str


class Location(msgspec.Struct, frozen=True, order=True):
    """Where in the scanned tree a fact stands: path relative to the root, line from 1 (None: whole file)."""

    path: str
    line: int | None = None


class Component(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, dict=True):
    """A package in a version, as manifests, lock files, installed metadata or SBOMs describe it.

    purl: identity; without version when the source pins none.
    declared_licenses: what the package's own metadata says, verbatim (free text or expressions), in order.
    concluded_license: an SPDX expression somebody concluded (SBOMs, curations); empty when nobody did.
    hashes: digests of the distributed artefact. locations: where the component is named in the tree, sorted.
    download_url / vcs_url / homepage: as stated; vcs_url in the form `git+https://host/repo@revision`.
    properties: further facts as sorted pairs, e.g. ("cpe", "cpe:2.3:…").
    modified: True when the source says that the component was changed locally; None: not told.
    """

    purl: PackageURL
    declared_licenses: tuple[str, ...] = ()
    concluded_license: str = ""
    copyrights: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    supplier: str = ""
    description: str = ""
    homepage: str = ""
    download_url: str = ""
    vcs_url: str = ""
    hashes: tuple[Hash, ...] = ()
    locations: tuple[Location, ...] = ()
    license_files: tuple[str, ...] = ()
    modified: bool | None = None
    properties: tuple[tuple[str, str], ...] = ()

    @cached_property
    def ref(self) -> str:
        """The canonical purl text, the key under which usages and edges name this component."""
        return self.purl.to_string()

    @property
    def name(self) -> str:
        """The name people use: namespace and name as the ecosystem joins them (`@scope/pkg`, `group:artifact`)."""
        return display_name(self.purl)

    @property
    def version(self) -> str:
        """The version, or an empty string when none is pinned."""
        return self.purl.version or ""

    @property
    def package(self) -> PackageURL:
        """The package: the purl without version, qualifiers and subpath."""
        return package_of(self.purl)


_SEPARATORS = {"maven": ":", "cpan": "::", "clojars": ":"}


def display_name(purl: PackageURL) -> str:
    """Namespace and name in the ecosystem's own notation; distributions' namespaces (deb, rpm, apk) are left out."""
    if not purl.namespace or purl.type in {"deb", "rpm", "apk", "alpm"}:
        return purl.name
    return f"{purl.namespace}{_SEPARATORS.get(purl.type, '/')}{purl.name}"


def merge_components(first: Component, *others: Component) -> Component:
    """Descriptions of the same component as one: sets are united in order, single facts kept from the first that has
    them. All at once, so that a component named in a thousand files costs a thousand steps and not a million.
    """
    every = (first, *(other for other in others if other != first))
    if len(every) == 1:
        return first
    changes: dict[str, object] = {}
    for field in ("declared_licenses", "copyrights", "authors", "license_files"):
        changes[field] = tuple(dict.fromkeys(chain.from_iterable(getattr(found, field) for found in every)))
    for field in ("hashes", "locations", "properties"):
        changes[field] = tuple(
            sorted(set(chain.from_iterable(getattr(found, field) for found in every)), key=_sortable)
        )
    for field in ("concluded_license", "supplier", "description", "homepage", "download_url", "vcs_url"):
        changes[field] = next((text for found in every if (text := getattr(found, field))), "")
    changes["modified"] = next((found.modified for found in every if found.modified is not None), None)
    return msgspec.structs.replace(first, **changes)


def _sortable(value: msgspec.Struct | tuple[str, ...]) -> tuple[str, ...]:
    parts: tuple[object, ...] = msgspec.structs.astuple(value) if isinstance(value, msgspec.Struct) else value
    return tuple("" if part is None else f"{part:>9}" if isinstance(part, int) else str(part) for part in parts)
