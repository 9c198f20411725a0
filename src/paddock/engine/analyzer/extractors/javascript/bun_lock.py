# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""bun.lock: workspaces with their needs, packages with digests and edges. bun.lockb, its binary forerunner, is refused.

Format: https://bun.com/docs/pm/lockfile and, as a type, https://bun.com/reference/bun/BunLockFile. A package is keyed
by the chain of packages below which it is installed ("a/b" is the b that only a sees), so what a name stands for is
found like in nested `node_modules`.
"""

from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_jsonc, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import (
    declared,
    is_installed,
    link_project,
    manifest_beside,
    note_project,
    readable,
)
from paddock.engine.analyzer.extractors.javascript.registry import (
    REGISTRY,
    Unresolved,
    integrity_hashes,
    listed,
    package_url,
    source_of,
    split_name,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "javascript/bun_lock"
MAX_CHAIN = 512
"""The longest key that is looked into; bun's stay far below, and looking upwards costs a key's length each time."""


def extract(file: SourceFile) -> Extraction:
    """One project a workspace; the rest of the packages are components."""
    draft = Draft(file, NAME)
    if is_installed(file.path):
        return draft.finish()
    if file.name.endswith(".lockb"):
        if file.neighbour("bun.lock") is not None:
            return draft.finish()
        raise Unreadable(
            "bun.lockb is a binary format that only bun itself reads; write the text form with "
            "`bun install --save-text-lockfile --frozen-lockfile --lockfile-only`"
        )
    return _Reader(file, draft, require_mapping(read_jsonc(file), "bun.lock")).read()


class _Reader:
    """One lock file being read."""

    def __init__(self, file: SourceFile, draft: Draft, document: dict[str, Any]) -> None:
        self._file = file
        self._draft = draft
        self._workspaces = {folder: mapping(value) for folder, value in mapping(document.get("workspaces")).items()}
        self._workspaces.setdefault("", {})
        self._packages = {key: sequence(value) for key, value in mapping(document.get("packages")).items()}
        self._patched = frozenset(mapping(document.get("patchedDependencies")))
        self._refs: dict[str, str] = {}
        self._projects: dict[str, ProjectDraft] = {}
        self._unresolved = Unresolved()

    def read(self) -> Extraction:
        """Projects, components, then who needs whom."""
        for folder, entry in self._workspaces.items():
            self._projects[folder] = self._note_project(folder, entry)
        odd = [key for key, value in self._packages.items() if len(key) > MAX_CHAIN or not self._note(key, value)]
        if odd:
            self._draft.issue(f"{len(odd)} entries cannot be understood and were left out: {listed(sorted(odd))}")
        for key, value in self._packages.items():
            if key in self._refs:
                self._note_edges(key, _details(value))
        for folder, project in self._projects.items():
            self._note_needs(self._workspaces[folder], project, [project.name] if folder and project.name else [])
        self._use_all()
        self._unresolved.report(self._draft)
        return self._draft.finish()

    def _note_project(self, folder: str, entry: dict[str, Any]) -> ProjectDraft:
        manifest = readable(manifest_beside(self._file, folder))
        if manifest is not None and not is_installed(manifest.path):
            return note_project(self._draft, manifest, Origin.LOCKED)
        name, version = text_of(entry.get("name")), text_of(entry.get("version"))
        return self._draft.project(
            f"{self._file.path}#{folder}" if folder else None,
            origin=Origin.LOCKED,
            name=name,
            version=version,
            purl=package_url(name, version),
        )

    def _note(self, key: str, value: list[Any]) -> bool:
        name, specifier = split_name(text_of(value[0]) if value else "")
        project = self._local_project(specifier)
        if project is not None:
            self._refs[key] = project
            return True
        source = source_of(specifier) if ":" in specifier else REGISTRY
        version = "" if ":" in specifier else specifier
        purl = package_url(name, version, source)
        if purl is None:
            return False
        texts = [text for text in map(text_of, value[1:]) if text]
        hashes = integrity_hashes(texts[-1]) if texts else ()
        archive = texts[0] if texts and texts[0].startswith(("https:", "http:")) else ""
        self._refs[key] = self._draft.add(
            purl,
            hashes=hashes,
            vcs_url=source.vcs_url,
            download_url=source.download_url or archive,
            modified=True if f"{name}@{specifier}" in self._patched else None,
        )
        return True

    def _local_project(self, specifier: str) -> str | None:
        protocol, _, folder = specifier.partition(":")
        if protocol == "root":
            return self._projects[""].id
        if protocol not in {"workspace", "file", "link"}:
            return None
        if folder in self._projects:
            return self._projects[folder].id
        manifest = readable(manifest_beside(self._file, folder))
        if manifest is None or is_installed(manifest.path):
            return None
        return link_project(self._draft, manifest)

    def _note_edges(self, key: str, details: dict[str, Any]) -> None:
        ref = self._refs[key]
        optional = set(mapping(details.get("optionalDependencies")))
        chain = _chain(key)
        for table in ("dependencies", "optionalDependencies", "peerDependencies"):
            for name in mapping(details.get(table)):
                target = self._resolve(chain, name)
                if target is not None:
                    self._draft.depend(ref, target)
                elif table == "dependencies" and name not in optional:
                    self._unresolved.add(key, name)

    def _note_needs(self, entry: dict[str, Any], project: ProjectDraft, chain: list[str]) -> None:
        # a member's own versions are keyed below its name
        peers = mapping(entry.get("peerDependencies"))
        for name, requirement in declared(entry).items():
            target = self._resolve(chain, name)
            if target is None:
                if requirement.scope is not Scope.OPTIONAL and name not in peers:
                    self._unresolved.add(project.name, name)
            elif target != project.id:
                project.use(target, requirement.scope, direct=True, requirement=requirement.text)
                if requirement.scope is not Scope.DEV:
                    self._draft.depend(project.id, target)

    def _use_all(self) -> None:
        """With one workspace everything is the root's; else what a project reaches is its own, the rest the root's."""
        root = self._projects[""]
        used: set[str] = {project.id for project in self._projects.values()}
        single = len(self._projects) == 1
        if not single:
            for project in self._projects.values():
                self._draft.follow(project)
                used.update(project.refs())
        for ref in self._refs.values():
            if ref not in used:
                root.use(ref, direct=False if single else None)

    def _resolve(self, chain: list[str], name: str) -> str | None:
        for depth in range(len(chain), -1, -1):
            ref = self._refs.get("/".join((*chain[:depth], name)))
            if ref is not None:
                return ref
        return None


def _details(value: list[Any]) -> dict[str, Any]:
    return next((item for item in value[1:] if isinstance(item, dict)), {})


def _chain(key: str) -> list[str]:
    """The packages of a key: `@scope/a/b` is [`@scope/a`, `b`]."""
    chain: list[str] = []
    scope = ""
    for part in key.split("/"):
        if part.startswith("@") and not scope:
            scope = f"{part}/"
        else:
            chain.append(scope + part)
            scope = ""
    return chain


EXTRACTOR = Extractor(
    name=NAME,
    title="bun.lock (text); bun.lockb (binary) is reported as not readable",
    claims=Claims(names=("bun.lock", "bun.lockb")),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=("Anything in the binary bun.lockb.", "Licences of packages.", "Versions of git dependencies."),
    extract=extract,
)
