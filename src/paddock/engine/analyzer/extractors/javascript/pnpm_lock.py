# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pnpm-lock.yaml, versions 5 to 9: importers are projects; packages with digests, scopes and edges.

Format: https://github.com/pnpm/spec/tree/master/lockfile. How a package is keyed changed with the versions:
5 `/name/1.0.0_peer@2.0.0`, 6 `/name@1.0.0(peer@2.0.0)`, 9 `name@1.0.0` under `packages` and
`name@1.0.0(peer@2.0.0)` under `snapshots`. Several sets of peers of one version are one component.
"""

import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, parse_yaml, require_mapping, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import (
    is_installed,
    link_project,
    manifest_beside,
    note_project,
    readable,
)
from paddock.engine.analyzer.extractors.javascript.pnpm_key import Key, parse_key
from paddock.engine.analyzer.extractors.javascript.registry import (
    REGISTRY,
    Source,
    Unresolved,
    integrity_hashes,
    listed,
    package_url,
    source_of,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "javascript/pnpm_lock"

_TABLES = {
    "dependencies": Scope.RUNTIME,
    "optionalDependencies": Scope.OPTIONAL,
    "devDependencies": Scope.DEV,
}
_DOCUMENT = re.compile(r"^---[ \t]*$", re.MULTILINE)


def extract(file: SourceFile) -> Extraction:
    """One project an importer; what several importers share is told apart by following the edges."""
    draft = Draft(file, NAME)
    if is_installed(file.path):
        return draft.finish()
    # pnpm 11 may put a document for its own tools before the project's
    parts = [part for part in _DOCUMENT.split(file.text()) if part.strip()]
    documents = [require_mapping(parse_yaml(part), "the lock file") for part in parts]
    if not documents:
        return draft.finish()
    return _Reader(file, draft, documents[-1]).read()


class _Reader:
    """One lock file being read."""

    def __init__(self, file: SourceFile, draft: Draft, document: dict[str, Any]) -> None:
        self._file = file
        self._draft = draft
        self._document = document
        self._packages = mapping(document.get("packages"))
        self._snapshots = mapping(document.get("snapshots")) or self._packages
        self._importers = mapping(document.get("importers")) or {".": document}
        self._patched = {text_of(name) for name in mapping(document.get("patchedDependencies"))}
        self._refs: dict[str, str] = {}
        self._projects: dict[str, ProjectDraft] = {}
        self._project_ids: set[str] = set()
        self._unresolved = Unresolved()

    def read(self) -> Extraction:
        """Projects, components, then who needs whom."""
        for folder in self._importers:
            self._note_project(text_of(folder))
        odd = [text_of(key) for key, entry in self._packages.items() if not self._note_component(key, mapping(entry))]
        if odd:
            self._draft.issue(f"{len(odd)} entries are no packages and were left out: {listed(odd)}")
        self._note_snapshots()
        for key, entry in self._snapshots.items():
            self._note_edges(key, mapping(entry))
        for folder, entry in self._importers.items():
            self._note_needs(text_of(folder), mapping(entry))
        self._use_all()
        self._unresolved.report(self._draft)
        return self._draft.finish()

    def _note_project(self, folder: str) -> None:
        manifest = readable(manifest_beside(self._file, folder))
        if manifest is not None:
            project = note_project(self._draft, manifest, Origin.LOCKED)
        else:
            own = None if folder in {"", "."} else f"{self._file.path}#{folder}"
            project = self._draft.project(own, origin=Origin.LOCKED)
        self._projects[folder] = project
        self._project_ids.add(project.id)

    def _note_component(self, key: object, entry: dict[str, Any]) -> bool:
        if not isinstance(key, str):
            return False
        parsed = parse_key(key)
        name = text_of(entry.get("name")) or parsed.name
        version = text_of(entry.get("version")) or parsed.version
        resolution = mapping(entry.get("resolution"))
        local = self._local_project(parsed, resolution)
        if local is not None:
            self._refs[key] = local
            return True
        source = _source(parsed, resolution)
        purl = package_url(name, version, source) if name and (version or source != REGISTRY) else None
        if purl is None:
            return False
        self._refs[key] = self._draft.add(
            purl,
            hashes=integrity_hashes(text_of(resolution.get("integrity"))),
            vcs_url=source.vcs_url,
            download_url="" if source.vcs_url else text_of(resolution.get("tarball")),
            modified=True if self._is_patched(key, name, version) else None,
        )
        return True

    def _is_patched(self, key: str, name: str, version: str) -> bool:
        return bool(self._patched & {name, f"{name}@{version}"}) or "patch_hash=" in key

    def _local_project(self, parsed: Key, resolution: dict[str, Any]) -> str | None:
        if text_of(resolution.get("type")) != "directory" and not parsed.address.startswith("file:"):
            return None
        folder = text_of(resolution.get("directory")) or parsed.address.removeprefix("file:")
        manifest = readable(manifest_beside(self._file, folder))
        if manifest is None or is_installed(manifest.path):
            return None
        return link_project(self._draft, manifest)

    def _note_snapshots(self) -> None:
        """A snapshot is its package with one choice of peers."""
        if self._snapshots is self._packages:
            return
        for key in self._snapshots:
            if isinstance(key, str) and key not in self._refs:
                plain = key.partition("(")[0]
                if plain in self._refs:
                    self._refs[key] = self._refs[plain]

    def _note_edges(self, key: object, entry: dict[str, Any]) -> None:
        ref = self._refs.get(key) if isinstance(key, str) else None
        if ref is None:
            return
        for table in ("dependencies", "optionalDependencies"):
            for name, value in mapping(entry.get(table)).items():
                target = self._resolve(text_of(name), text_of(value), "")
                if target is not None:
                    self._draft.depend(ref, target)
                elif table == "dependencies":
                    self._unresolved.add(str(key), f"{text_of(name)}@{text_of(value)}")

    def _note_needs(self, folder: str, entry: dict[str, Any]) -> None:
        project = self._projects[folder]
        specifiers = mapping(entry.get("specifiers"))
        for table, scope in _TABLES.items():
            for name, value in mapping(entry.get(table)).items():
                # since version 6 the specifier stands beside the version
                detail = mapping(value)
                version = text_of(detail.get("version")) if detail else text_of(value)
                requirement = text_of(detail.get("specifier")) if detail else text_of(specifiers.get(name))
                target = self._resolve(text_of(name), version, folder)
                if target is None:
                    if not version.startswith("link:"):
                        self._unresolved.add(project.name or folder, f"{text_of(name)}@{version}")
                elif target != project.id:
                    project.use(target, scope, direct=True, requirement=requirement)
                    if scope is not Scope.DEV:
                        self._draft.depend(project.id, target)

    def _resolve(self, name: str, value: str, folder: str) -> str | None:
        if value.startswith("link:"):
            return self._linked(folder, value.removeprefix("link:"))
        # an alias or an address is a whole key, a version completes one
        for key in (f"{name}@{value}", f"/{name}@{value}", f"/{name}/{value}", value):
            if key in self._refs:
                return self._refs[key]
        return None

    def _linked(self, folder: str, path: str) -> str | None:
        found = manifest_beside(self._file, f"{folder or '.'}/{path}")
        if found is None or is_installed(found.path):
            return None
        if found.path in self._project_ids:
            return found.path
        manifest = readable(found)
        return None if manifest is None else link_project(self._draft, manifest)

    def _use_all(self) -> None:
        """Flags of an entry (`dev`, `optional`; up to version 8) hold for the file: exact where it has one importer."""
        for project in self._projects.values():
            if len(self._projects) > 1:
                self._draft.follow(project)
        used = {ref for project in self._projects.values() for ref in project.refs()} if len(self._projects) > 1 else ()
        root = self._projects.get(".") or next(iter(self._projects.values()), None)
        if root is None:
            return
        for key, entry in self._packages.items():
            ref = self._refs.get(key) if isinstance(key, str) else None
            if ref is not None and ref not in used and ref != root.id:
                root.use(ref, _flagged_scope(mapping(entry)), direct=False if len(self._projects) == 1 else None)


def _flagged_scope(entry: dict[str, Any]) -> Scope:
    if entry.get("dev") is True:
        return Scope.DEV
    if "dev" in entry:
        return Scope.OPTIONAL if entry.get("optional") is True else Scope.RUNTIME
    return Scope.UNKNOWN


def _source(parsed: Key, resolution: dict[str, Any]) -> Source:
    commit, repository = text_of(resolution.get("commit")), text_of(resolution.get("repo"))
    if repository:
        return source_of(f"{repository}#{commit}" if commit else repository)
    tarball = text_of(resolution.get("tarball"))
    if parsed.version:
        return REGISTRY
    return source_of(tarball) if tarball.startswith("http") else source_of(parsed.address)


EXTRACTOR = Extractor(
    name=NAME,
    title="pnpm-lock.yaml (versions 5 to 9)",
    claims=Claims(names=("pnpm-lock.yaml",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "In version 9 whether a transitive package is only needed by an optional one.",
        "Licences of packages.",
    ),
    extract=extract,
)
