# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""package-lock.json and npm-shrinkwrap.json, versions 1 to 3: every installed place, with scope, digest and edges.

Format: npm's documentation, configuring-npm/package-lock-json. Version 1 is read as the same map of places
(`node_modules/a/node_modules/b`) that versions 2 and 3 carry; who needs whom follows from node's own rule: the
nearest `node_modules` upwards, https://nodejs.org/api/modules.html#loading-from-node_modules-folders.
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import (
    Manifest,
    declared,
    declared_licenses,
    is_installed,
    manifest_beside,
    note_project,
    own_manifest,
    readable,
)
from paddock.engine.analyzer.extractors.javascript.registry import (
    REGISTRY,
    Source,
    Unresolved,
    integrity_hashes,
    listed,
    package_url,
    source_of,
    split_name,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "javascript/package_lock"

_MARKS = ("dev", "optional", "devOptional")

SHRINKWRAP = "npm-shrinkwrap.json"
MAX_PLACE = 1_024
"""The longest place that is looked into; npm's stay far below, and looking upwards costs a place's length each time."""

_Places = dict[str, dict[str, Any]]


def extract(file: SourceFile) -> Extraction:
    """Places below `node_modules` are components; all others (the root, members, linked folders) are projects."""
    draft = Draft(file, NAME)
    if is_installed(file.path):
        return draft.finish()
    document = require_mapping(read_json(file), "the lock file")
    if file.name == SHRINKWRAP:
        # npm ignores package-lock.json where both exist
        draft.cover(posixpath.join(file.directory, "package-lock.json"))
    return _Reader(file, draft, document).read()


class _Reader:
    """One lock file being read."""

    def __init__(self, file: SourceFile, draft: Draft, document: dict[str, Any]) -> None:
        self._file = file
        self._draft = draft
        self._root = own_manifest(file)
        packages = mapping(document.get("packages"))
        # version 1 does not repeat what the project itself declares
        self._told = bool(packages) or self._root is not None
        self._places = self._sane(packages) if packages else _flattened(document, self._root)
        self._places.setdefault("", {"name": document.get("name"), "version": document.get("version")})
        self._refs: dict[str, str] = {}
        self._projects: dict[str, ProjectDraft] = {}
        self._unresolved = Unresolved()

    def read(self) -> Extraction:
        """Components and projects first, then who needs whom."""
        for place, entry in self._places.items():
            if not _is_package(place):
                self._note_project(place, entry)
            elif entry.get("link") is not True:
                self._note_component(place, entry)
        for place, entry in self._places.items():
            if entry.get("link") is True:
                target = posixpath.normpath(text_of(entry.get("resolved")) or ".")
                if target in self._refs:
                    self._refs[place] = self._refs[target]
        for place in self._refs:
            if _is_package(place) and self._places[place].get("link") is not True:
                self._note_edges(place)
        for place, project in self._projects.items():
            self._note_needs(place, project)
        self._use_all()
        self._unresolved.report(self._draft)
        return self._draft.finish()

    def _sane(self, packages: dict[str, Any]) -> _Places:
        odd = [place for place, entry in packages.items() if len(place) > MAX_PLACE or not isinstance(entry, dict)]
        if odd:
            self._draft.issue(f"{len(odd)} entries cannot be understood and were left out: {listed(odd)}")
        return {
            place: entry for place, entry in packages.items() if len(place) <= MAX_PLACE and isinstance(entry, dict)
        }

    def _note_project(self, place: str, entry: dict[str, Any]) -> None:
        manifest = self._root if not place else readable(manifest_beside(self._file, place))
        if manifest is not None and not is_installed(manifest.path):
            project = note_project(self._draft, manifest, Origin.LOCKED)
        else:
            name, version = text_of(entry.get("name")), text_of(entry.get("version"))
            project = self._draft.project(
                f"{self._file.path}#{place}" if place else None,
                origin=Origin.LOCKED,
                name=name,
                version=version,
                purl=package_url(name, version),
                licenses=declared_licenses(entry),
            )
        self._refs[place] = project.id
        self._projects[place] = project

    def _note_component(self, place: str, entry: dict[str, Any]) -> None:
        name = text_of(entry.get("name")) or _installed_name(place)
        version, resolved = text_of(entry.get("version")), text_of(entry.get("resolved"))
        if version.startswith("npm:"):
            name, version = split_name(version[4:])
        source = _source(name, version, resolved)
        if version == resolved or "/" in version or ":" in version:
            version = ""  # version 1 writes the address in the version's place
        purl = package_url(name, version, source)
        if purl is None:
            self._draft.issue(f"{place!r} is no place of an npm package and was left out")
            return
        self._refs[place] = self._draft.add(
            purl,
            hashes=integrity_hashes(text_of(entry.get("integrity"))),
            licenses=declared_licenses(entry),
            vcs_url=source.vcs_url,
            download_url=resolved if resolved.startswith(("https:", "http:")) and not source.vcs_url else "",
        )

    def _note_edges(self, place: str) -> None:
        entry = self._places[place]
        ref = self._refs[place]
        for name in mapping(entry.get("dependencies")):
            target = self._resolve(place, name)
            if target is None:
                self._unresolved.add(_installed_name(place), name)
            else:
                self._draft.depend(ref, target)
        for table in ("optionalDependencies", "peerDependencies"):
            for name in mapping(entry.get(table)):
                target = self._resolve(place, name)
                if target is not None:
                    self._draft.depend(ref, target)

    def _note_needs(self, place: str, project: ProjectDraft) -> None:
        for name, requirement in declared(self._places[place]).items():
            target = self._resolve(place, name)
            if target is None:
                if requirement.scope in {Scope.RUNTIME, Scope.DEV} and not _is_peer(self._places[place], name):
                    self._unresolved.add(project.name, name)
            elif target != project.id:
                project.use(target, requirement.scope, direct=True, requirement=requirement.text)
                if requirement.scope is not Scope.DEV:
                    self._draft.depend(project.id, target)

    def _use_all(self) -> None:
        """The flags of an entry hold for the lock file as a whole: exact for one project, too coarse for members."""
        root = self._projects[""]
        used: set[str] = set()
        if len(self._projects) > 1:
            for project in self._projects.values():
                self._draft.follow(project)
                used.update(project.refs())
        for place, ref in self._refs.items():
            if _is_package(place) and ref not in used and self._places[place].get("link") is not True:
                direct = False if self._told and len(self._projects) == 1 else None
                root.use(ref, _flagged_scope(self._places[place]), direct=direct)

    def _resolve(self, place: str, name: str) -> str | None:
        while True:
            candidate = f"{place}/node_modules/{name}" if place else f"node_modules/{name}"
            if candidate in self._refs:
                return self._refs[candidate]
            if not place:
                return None
            place = _parent(place)


def _parent(place: str) -> str:
    """The next folder upwards that may have a `node_modules`."""
    above, found, _ = place.rpartition("/node_modules/")
    if found:
        return above
    return "" if place.startswith("node_modules/") else place.rpartition("/")[0]


def _is_package(place: str) -> bool:
    return is_installed(place)


def _installed_name(place: str) -> str:
    return place.rpartition("node_modules/")[2]


def _is_peer(entry: dict[str, Any], name: str) -> bool:
    return name in mapping(entry.get("peerDependencies"))


def _flagged_scope(entry: dict[str, Any]) -> Scope:
    if entry.get("dev") is True:
        return Scope.DEV
    if entry.get("optional") is True or entry.get("devOptional") is True:
        return Scope.OPTIONAL
    return Scope.RUNTIME


def _source(name: str, version: str, resolved: str) -> Source:
    """Git and archives outside registries; a registry's archive is told by its path, which names the package."""
    for text in (version, resolved):
        source = source_of(text) if "/" in text or ":" in text else REGISTRY
        if source.vcs_url:
            return source
        if source.download_url:
            path = source.download_url.partition("?")[0]
            basename = name.rpartition("/")[2]
            registry = "/-/" in path or (text == resolved != version and basename in path and version in path)
            return REGISTRY if registry else source
    return REGISTRY


def _flattened(document: dict[str, Any], root: Manifest | None) -> _Places:
    """A version 1 lock file as places; the project's own needs come from its package.json."""
    places: _Places = {"": dict(root.document) if root else {}}
    stack: list[tuple[str, dict[str, Any], dict[str, bool]]] = [("", mapping(document.get("dependencies")), {})]
    while stack:
        prefix, dependencies, inherited = stack.pop()
        for name, value in dependencies.items():
            entry = mapping(value)
            place = f"{prefix}node_modules/{name}"
            if len(place) <= MAX_PLACE:
                # What lies inside a package is there for it alone, so what it is for holds for the inside as well.
                marks = {**inherited, **{mark: True for mark in _MARKS if entry.get(mark) is True}}
                places[place] = {**entry, **marks, "dependencies": mapping(entry.get("requires"))}
                stack.append((f"{place}/", mapping(entry.get("dependencies")), marks))
    return places


EXTRACTOR = Extractor(
    name=NAME,
    title="package-lock.json and npm-shrinkwrap.json (versions 1 to 3)",
    claims=Claims(names=("package-lock.json", SHRINKWRAP)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "Direct dependencies of a version 1 file without its package.json.",
        "Which optional packages fit the platform: all of them are in the lock file.",
        "Licences in version 1 files; later versions copy them from the registry, not always.",
    ),
    extract=extract,
)
