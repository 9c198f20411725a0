# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Composer packages as components, and who requires whom.

Fields: https://getcomposer.org/doc/04-schema.md. composer.lock and installed.json hold whole package descriptions.
"""

import posixpath
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from paddock.engine.analyzer.documents import mapping, read_json, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.vcs import vcs_url
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

MAX_PROVIDERS = 20
"""Of the packages that provide one name, this many are followed; no known lock file comes near."""

_PLATFORM = re.compile(r"php(?:-\w+)?|hhvm|ext-.+|lib-.+|composer(?:-plugin-api|-runtime-api)?", re.IGNORECASE)
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_EXACT = re.compile(
    r"={0,2}\s*(v?\d+(?:\.\d+){1,3}(?:-?(?:alpha|beta|rc|a|b|p|patch|pl)\.?\d*)?)(?:@\w+)?", re.IGNORECASE
)


class Manifest(msgspec.Struct, kw_only=True):
    """A composer.json: the package it describes and what it asks for, as name (lower case) to constraint.

    supplied: names (lower case) of packages that it provides or replaces itself, so that nobody installs them.
    """

    path: str
    name: str = ""
    version: str = ""
    licenses: tuple[str, ...] = ()
    runtime: dict[str, str] = {}
    dev: dict[str, str] = {}
    supplied: frozenset[str] = frozenset()


def read_manifest(file: SourceFile) -> Manifest:
    """Read a composer.json. Raises Unreadable when it is no JSON object."""
    document = read_json(file)
    if not isinstance(document, dict):
        raise Unreadable("a composer.json must be a JSON object")
    return Manifest(
        path=file.path,
        name=text_of(document.get("name")),
        version=text_of(document.get("version")),
        licenses=licenses_of(document),
        runtime=_constraints(document.get("require")),
        dev=_constraints(document.get("require-dev")),
        supplied=names_of((*mapping(document.get("provide")), *mapping(document.get("replace")))),
    )


def package_purl(name: str, version: str = "") -> PackageURL:
    """The purl of `vendor/name`. Raises InvalidPurl for what is no such name."""
    vendor, slash, own = name.partition("/")
    if not slash or not vendor.strip() or "/" in own:
        raise InvalidPurl(f"{name!r} is not of the form vendor/name")
    return make_purl("composer", own, version, namespace=vendor)


def licenses_of(package: dict[str, Any]) -> tuple[str, ...]:
    """The licence as stated; a list is a choice, says the schema, and becomes one text joined by OR."""
    value = package.get("license")
    texts = [text for text in map(text_of, value) if text] if isinstance(value, list) else [text_of(value)]
    if len(texts) > 1:
        texts = [" OR ".join(f"({text})" if re.search(r"\s", text) and text[0] != "(" else text for text in texts)]
    return tuple(text for text in texts if text)


def pinned_version(constraint: str) -> str:
    """The version when a constraint allows exactly one, else an empty string."""
    match = _EXACT.fullmatch(constraint.strip())
    return match.group(1) if match else ""


def requirements_of(package: dict[str, Any]) -> list[str]:
    """Names (lower case) of the packages that a package requires, without PHP, extensions and Composer itself."""
    return list(_constraints(package.get("require")))


def describe_project(draft: Draft, manifest: Manifest | None, origin: Origin) -> ProjectDraft:
    """The project that a lock file or vendor folder belongs to: the composer.json's, or the file's own."""
    if manifest is None:
        return draft.project(origin=origin)
    try:
        purl = package_purl(manifest.name, manifest.version)
    except InvalidPurl:
        purl = None
    project = draft.project(
        manifest.path,
        origin=origin,
        name=manifest.name,
        version=manifest.version,
        purl=purl,
        licenses=manifest.licenses,
    )
    project.files.add(manifest.path)
    return project


class PackageSet:
    """The packages of one lock file or vendor folder, by the names under which they can be required."""

    def __init__(self, draft: Draft, file: SourceFile) -> None:
        self._draft = draft
        self._file = file
        self._refs: dict[str, list[str]] = {}
        self._packages: list[tuple[str, str, dict[str, Any]]] = []

    def add(self, value: object) -> str | None:
        """Note a package; returns its ref (of a project, for one that lies in the tree), or None with an issue."""
        package = mapping(value)
        name, version = text_of(package.get("name")), text_of(package.get("version"))
        local = self._local_manifest(package)
        if local is not None:
            ref = local
        else:
            try:
                purl = package_purl(name, version)
            except InvalidPurl:
                self._draft.issue(f"a package named {name!r} was left out: names are of the form vendor/name")
                return None
            ref = _add_component(self._draft, purl, package)
        self._packages.append((ref, name, package))
        for alias in (name, *mapping(package.get("provide")), *mapping(package.get("replace"))):
            targets = self._refs.setdefault(text_of(alias).lower(), [])
            if alias == name:
                targets.insert(0, ref)
            else:
                targets.append(ref)
        return ref

    def depend(self, supplied: frozenset[str]) -> None:
        """Note who requires whom, once all packages are known. supplied: names that the project itself provides."""
        missing: dict[str, list[str]] = {}
        for ref, name, package in self._packages:
            for required in requirements_of(package):
                targets = self.targets(required)
                for target in targets:
                    self._draft.depend(ref, target)
                if not targets and required not in supplied:
                    missing.setdefault(required, []).append(name)
        for required, names in missing.items():
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            self._draft.issue(f"{names[0]}{more} requires {required}, which no package here is or provides")

    def targets(self, name: str) -> list[str]:
        """What satisfies a requirement: the package of that name, else those that provide or replace it."""
        refs = self._refs.get(name.lower(), [])
        own = [ref for ref in refs[:1] if _named(ref, name)]
        return own or list(dict.fromkeys(refs[:MAX_PROVIDERS]))

    def use_direct(self, project: ProjectDraft, manifest: Manifest) -> None:
        """Mark what the manifest asks for."""
        for scope, constraints in ((Scope.RUNTIME, manifest.runtime), (Scope.DEV, manifest.dev)):
            for name, constraint in constraints.items():
                for ref in self.targets(name):
                    if ref != project.id:
                        project.use(ref, scope, direct=True, requirement=constraint)

    def _local_manifest(self, package: dict[str, Any]) -> str | None:
        """The path of the composer.json of a package from a `path` repository inside the tree."""
        dist = mapping(package.get("dist"))
        if text_of(dist.get("type")) != "path":
            return None
        found = self._file.neighbour(posixpath.join(text_of(dist.get("url")), "composer.json"))
        return self._draft.refer(found.path) if found is not None else None


def _named(ref: str, name: str) -> bool:
    return ref.startswith(f"pkg:composer/{name.lower()}@") or not ref.startswith("pkg:")


def _add_component(draft: Draft, purl: PackageURL, package: dict[str, Any]) -> str:
    source, dist = mapping(package.get("source")), mapping(package.get("dist"))
    digest = text_of(dist.get("shasum"))
    return draft.add(
        purl,
        hashes=(Hash("sha1", digest.lower()),) if _SHA1.fullmatch(digest) else (),
        licenses=licenses_of(package),
        authors=_authors(package.get("authors")),
        description=text_of(package.get("description")),
        homepage=text_of(package.get("homepage")),
        download_url=text_of(dist.get("url")),
        vcs_url=_repository(source) or _repository(dist),
        properties=_reference(source, dist),
    )


def _repository(source: dict[str, Any]) -> str:
    kind = text_of(source.get("type")) or "git"
    if kind not in ("git", "svn", "hg", "fossil"):
        return ""
    return vcs_url(text_of(source.get("url")), text_of(source.get("reference")), tool=kind)


def _reference(source: dict[str, Any], dist: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The revision as a property, where no repository is named that it could be joined to."""
    reference = text_of(source.get("reference")) or text_of(dist.get("reference"))
    told = _repository(source) or _repository(dist)
    return (("composer:reference", reference),) if reference and not told else ()


def _authors(value: object) -> tuple[str, ...]:
    names = (text_of(mapping(author).get("name")) for author in sequence(value))
    return tuple(dict.fromkeys(name for name in names if name))


def _constraints(value: object) -> dict[str, str]:
    pairs = ((text_of(name).lower(), text_of(constraint)) for name, constraint in mapping(value).items())
    return {name: constraint for name, constraint in pairs if name and not _PLATFORM.fullmatch(name)}


def names_of(values: Iterable[object]) -> frozenset[str]:
    """Package names in lower case, empty ones left out."""
    return frozenset(text_of(value).lower() for value in values) - {""}
