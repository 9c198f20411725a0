# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""package.json as the lock files' companion: who the project is, what it declares, which members it has.

Format: npm's documentation, configuring-npm/package-json
"""

import posixpath
from collections.abc import Iterable
from typing import Any

import msgspec

from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractors.javascript.registry import package_url
from paddock.engine.analyzer.workspace import matching_manifests
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import PackageURL

_MAX_NAME = 214
"""The longest name that npm allows."""


class Requirement(msgspec.Struct, frozen=True):
    """One declared dependency: what for, and the text of the requirement."""

    scope: Scope
    text: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one package.json. workspaces: the patterns of its members, in order."""

    path: str
    name: str = ""
    version: str = ""
    licenses: tuple[str, ...] = ()
    requirements: dict[str, Requirement] = {}
    workspaces: tuple[str, ...] = ()
    document: dict[str, Any] = {}


def read_manifest(file: SourceFile) -> Manifest:
    """Read a package.json. Raises Unreadable when it is not a JSON object."""
    document = require_mapping(read_json(file), "package.json")
    workspaces = document.get("workspaces")
    patterns = workspaces if isinstance(workspaces, list) else sequence(mapping(workspaces).get("packages"))
    return Manifest(
        path=file.path,
        name=text_of(document.get("name")),
        version=text_of(document.get("version")),
        licenses=declared_licenses(document),
        requirements=declared(document),
        workspaces=tuple(pattern for pattern in map(text_of, patterns) if pattern),
        document=document,
    )


def declared(document: dict[str, Any]) -> dict[str, Requirement]:
    """The dependencies of a package.json (or of a lock file's copy of it) by name.

    Where a name stands in several tables npm's order holds: optional over runtime over dev over peer. A peer dependency
    is runtime: it has to be there when the package runs.
    """
    found: dict[str, Requirement] = {}
    peers = mapping(document.get("peerDependenciesMeta"))
    for name, value in mapping(document.get("peerDependencies")).items():
        optional = mapping(peers.get(name)).get("optional") is True
        found[name] = Requirement(Scope.OPTIONAL if optional else Scope.RUNTIME, text_of(value))
    for table, scope in (
        ("devDependencies", Scope.DEV),
        ("dependencies", Scope.RUNTIME),
        ("optionalDependencies", Scope.OPTIONAL),
    ):
        for name, value in mapping(document.get(table)).items():
            found[name] = Requirement(scope, text_of(value))
    return {name: requirement for name, requirement in found.items() if isinstance(name, str) and name}


def declared_licenses(document: dict[str, Any]) -> tuple[str, ...]:
    """The licences a package.json or lock entry states, verbatim: today's `license`, the older objects and lists."""
    found: list[str] = []
    for value in (document.get("license"), document.get("licenses")):
        for item in value if isinstance(value, list) else [value]:
            stated = text_of(item) or text_of(mapping(item).get("type")) or text_of(mapping(item).get("name"))
            if stated:
                found.append(stated)
    return tuple(dict.fromkeys(found))


def manifest_beside(file: SourceFile, folder: str = "") -> SourceFile | None:
    """The package.json in a folder relative to the file's own, or None."""
    if "\0" in folder or len(folder) > 4096:
        return None
    return file.neighbour(posixpath.join(folder, "package.json"))


def own_manifest(file: SourceFile) -> Manifest | None:
    """The package.json beside a lock file; None where there is none that can be read (its own extractor says so)."""
    return readable(manifest_beside(file))


def readable(found: SourceFile | None) -> Manifest | None:
    """The manifest when it is there and can be read."""
    if found is None:
        return None
    try:
        return read_manifest(found)
    except Unreadable:
        return None


def members(file: SourceFile, patterns: Iterable[str]) -> list[Manifest]:
    """The readable manifests that workspace patterns (relative to the file's folder) stand for; `!pattern` excludes."""
    chosen: dict[str, SourceFile] = {}
    for pattern in patterns:
        if "\0" in pattern:
            continue
        for found in matching_manifests(file, pattern.lstrip("!"), "package.json"):
            if pattern.startswith("!"):
                chosen.pop(found.path, None)
            elif not is_installed(found.path):
                chosen[found.path] = found
    return [manifest for manifest in map(readable, chosen.values()) if manifest is not None]


def note_project(draft: Draft, manifest: Manifest, origin: Origin) -> ProjectDraft:
    """The project of a first-party package.json; lock files also cover the manifest with it."""
    project = draft.project(
        manifest.path,
        origin=origin,
        name=manifest.name,
        version=manifest.version,
        purl=package_url(manifest.name, manifest.version),
        licenses=manifest.licenses,
    )
    project.files.add(manifest.path)
    draft.cover(manifest.path)
    return project


def link_project(draft: Draft, manifest: Manifest) -> str:
    """The id of a first-party folder that is used by path and is no member: its own files tell what it needs."""
    return draft.project(
        manifest.path,
        origin=Origin.DECLARED,
        name=manifest.name,
        version=manifest.version,
        purl=package_url(manifest.name, manifest.version),
        licenses=manifest.licenses,
    ).id


def installed_purl(file: SourceFile, folder: str, name: str) -> PackageURL | None:
    """The package that code in a folder (path from the root) gets for a name, where it is installed in the tree."""
    if "\0" in name or len(name) > _MAX_NAME:
        return None
    place = folder
    while True:
        above, _, last = place.rpartition("/")
        if last != "node_modules":
            path = posixpath.normpath(posixpath.join(place, "node_modules", name, "package.json"))
            size = file.tree.size(path) if not path.startswith("../") else None
            if size is not None:
                found = readable(SourceFile(file.tree, path, size))
                return package_url(found.name, found.version) if found and found.name and found.version else None
        if not place:
            return None
        place = above


def is_installed(path: str) -> bool:
    """Whether a path lies in an installed package, whose manifests and lock files are nobody's first-party project."""
    return path.startswith("node_modules/") or "/node_modules/" in path
