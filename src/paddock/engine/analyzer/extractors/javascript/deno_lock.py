# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""deno.lock, versions 1 to 5: packages from npm and JSR, and modules imported by address.

Format: https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files and the reference
implementation, https://docs.rs/deno_lockfile. Up to version 3 npm and jsr stand in a section of their own (2: `npm`,
3: `packages`), since version 4 at the top; version 1 is a plain map of addresses to digests.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import (
    declared,
    is_installed,
    manifest_beside,
    note_project,
    readable,
)
from paddock.engine.analyzer.extractors.javascript.registry import (
    Unresolved,
    integrity_hashes,
    listed,
    package_url,
    split_name,
    unaliased,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

NAME = "javascript/deno_lock"

_SHA256 = re.compile(r"[0-9a-fA-F]{64}$")
_TAIL = re.compile(r"[^/]*@(v?\d[^/]*)$")
_CONFIGURATIONS = ("deno.json", "deno.jsonc")


def extract(file: SourceFile) -> Extraction:
    """One project for the folder, one for each workspace member that the file names."""
    draft = Draft(file, NAME)
    if is_installed(file.path):
        return draft.finish()
    return _Reader(file, draft, require_mapping(read_json(file), "deno.lock")).read()


class _Reader:
    """One lock file being read."""

    def __init__(self, file: SourceFile, draft: Draft, document: dict[str, Any]) -> None:
        self._file = file
        self._draft = draft
        self._workspace = mapping(document.get("workspace"))
        npm = mapping(document.get("npm"))
        old = "packages" in npm and "specifiers" in npm  # version 2
        packages = mapping(document.get("packages"))  # version 3
        self._npm = mapping(npm.get("packages")) if old else npm or mapping(packages.get("npm"))
        self._jsr = mapping(document.get("jsr")) or mapping(packages.get("jsr"))
        specifiers = {f"npm:{name}": value for name, value in mapping(npm.get("specifiers")).items()} if old else None
        self._specifiers = specifiers or mapping(document.get("specifiers")) or mapping(packages.get("specifiers"))
        # version 1 is nothing but addresses
        self._remote = mapping(document.get("remote")) if "version" in document else document
        self._refs: dict[str, str] = {}
        self._unresolved = Unresolved()

    def read(self) -> Extraction:
        """Components, then projects and who needs whom."""
        odd = [key for key, entry in self._jsr.items() if not self._note_jsr(key, mapping(entry))]
        odd += [key for key, entry in self._npm.items() if not self._note_npm(key, mapping(entry))]
        if odd:
            self._draft.issue(f"{len(odd)} entries are no packages and were left out: {listed(odd)}")
        remote = self._note_remote()
        for key, entry in [*self._jsr.items(), *self._npm.items()]:
            self._note_edges(key, mapping(entry))
        projects = self._note_projects()
        self._use_all(projects, remote)
        self._unresolved.report(self._draft)
        return self._draft.finish()

    def _note_jsr(self, key: str, entry: dict[str, Any]) -> bool:
        name, version = split_name(key)
        purl = _jsr_url(name, version)
        if purl is None:
            return False
        digest = text_of(entry.get("integrity"))
        hashes = (Hash("sha256", digest.lower()),) if _SHA256.match(digest) else ()
        ref = self._draft.add(purl, hashes=hashes)
        for text in (f"jsr:{key}", f"jsr:{name}"):
            self._refs.setdefault(text, ref)
        return True

    def _note_npm(self, key: str, entry: dict[str, Any]) -> bool:
        # peers follow the version after "_": name@1.0.0_peer@2.0.0
        name, rest = split_name(key)
        version = rest.partition("_")[0]
        purl = package_url(name, version) if version else None
        if purl is None:
            return False
        tarball = text_of(entry.get("tarball"))
        hashes = integrity_hashes(text_of(entry.get("integrity")))
        ref = self._draft.add(purl, hashes=hashes, download_url=tarball)
        for text in (f"npm:{key}", f"npm:{name}@{version}", f"npm:{name}"):
            self._refs.setdefault(text, ref)
        return True

    def _note_remote(self) -> list[str]:
        """Modules imported by address: one component for all files below an address that names a version."""
        found: dict[str, str] = {}
        loose: set[str] = set()
        for address in self._remote:
            purl = _module_url(address)
            if purl is None:
                loose.add(address)
            elif purl.to_string() not in found:
                found[purl.to_string()] = self._draft.add(purl)
        if loose:
            self._draft.issue(
                f"{len(loose)} modules are imported from addresses without version: {listed(sorted(loose))}"
            )
        return list(found.values())

    def _note_edges(self, key: str, entry: dict[str, Any]) -> None:
        kind = "jsr" if key in self._jsr else "npm"
        source = self._refs.get(f"{kind}:{key}")
        if source is None:
            return
        for table in ("dependencies", "optionalDependencies"):
            dependencies = entry.get(table)
            texts = mapping(dependencies).values() if isinstance(dependencies, dict) else sequence(dependencies)
            for text in map(text_of, texts):
                target = self._resolve(text if text.startswith(("npm:", "jsr:")) else f"npm:{_target(text)}")
                if target is not None:
                    self._draft.depend(source, target)
                elif table == "dependencies":
                    self._unresolved.add(key, text)

    def _resolve(self, specifier: str) -> str | None:
        """What a specifier (`npm:chalk@5`) or a locked id (`npm:chalk@5.3.0`) stands for."""
        locked = text_of(self._specifiers.get(specifier))
        if locked:
            kind, _, rest = specifier.partition(":")
            # up to version 3 the whole id, later only the version
            text = locked if locked.startswith(("npm:", "jsr:")) else f"{kind}:{split_name(rest)[0]}@{locked}"
            for candidate in (text, f"{kind}:{locked}"):
                if candidate in self._refs:
                    return self._refs[candidate]
        return self._refs.get(specifier)

    def _note_projects(self) -> list[ProjectDraft]:
        projects = []
        members = {"": self._workspace, **mapping(self._workspace.get("members"))}
        for folder, value in members.items():
            entry = mapping(value)
            project, scopes = self._note_project(folder)
            wanted = [
                *sequence(entry.get("dependencies")),
                *sequence(mapping(entry.get("packageJson")).get("dependencies")),
            ]
            specifiers = list(map(text_of, wanted))
            if not self._workspace and not folder:
                specifiers = list(self._specifiers)  # before workspaces were written, these are what the code imports
            for specifier in specifiers:
                target = self._resolve(specifier)
                name, requirement = split_name(specifier.partition(":")[2])
                if target is None:
                    self._unresolved.add(project.name, specifier)
                elif self._workspace:
                    project.use(target, scopes.get(name, Scope.RUNTIME), direct=True, requirement=requirement)
                else:
                    project.use(target, scopes.get(name, Scope.UNKNOWN), requirement=requirement)
            projects.append(project)
        return projects

    def _note_project(self, folder: str) -> tuple[ProjectDraft, dict[str, Scope]]:
        manifest = readable(manifest_beside(self._file, folder))
        if manifest is not None and not is_installed(manifest.path):
            project = note_project(self._draft, manifest, Origin.LOCKED)
            wanted = declared(manifest.document)
            return project, {unaliased(name, found.text)[0]: found.scope for name, found in wanted.items()}
        for name in _CONFIGURATIONS:
            found = self._file.neighbour(f"{folder}/{name}".lstrip("/")) if "\0" not in folder else None
            if found is not None:
                return self._draft.project(found.path, origin=Origin.LOCKED), {}
        return self._draft.project(f"{self._file.path}#{folder}" if folder else None, origin=Origin.LOCKED), {}

    def _use_all(self, projects: list[ProjectDraft], remote: list[str]) -> None:
        root = projects[0]
        for project in projects:
            self._draft.follow(project)
        used = {ref for project in projects for ref in project.refs()}
        for ref in remote:
            root.use(ref)
        for ref in self._refs.values():
            if ref not in used:
                root.use(ref)


def _target(text: str) -> str:
    """`alias@npm:name@1.0.0`, as newer files write renamed packages, without the alias."""
    return split_name(text)[1].removeprefix("npm:") if "@npm:" in text else text


def _jsr_url(name: str, version: str) -> PackageURL | None:
    scope, _, rest = name.partition("/")
    if not scope.startswith("@") or not rest or "/" in rest or not version:
        return None
    try:
        return make_purl("jsr", rest, version, namespace=scope)
    except InvalidPurl:
        return None


def _module_url(address: str) -> PackageURL | None:
    """`https://host/x/name@1.2.3/mod.ts` as a generic package of that host; None where no part names a version."""
    if len(address) > 4_096 or not address.startswith(("https://", "http://")):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    folders = parts.path.split("/")
    for depth, part in enumerate(folders):
        if _TAIL.match(part):
            name, _, version = part.rpartition("@")
            namespace = "/".join(folder for folder in (parts.netloc, *folders[:depth]) if folder)
            base = f"{parts.scheme}://{parts.netloc}{'/'.join(folders[: depth + 1])}"
            try:
                return make_purl("generic", name, version, namespace=namespace, qualifiers={"download_url": base})
            except InvalidPurl:
                return None
    return None


EXTRACTOR = Extractor(
    name=NAME,
    title="deno.lock (versions 1 to 5)",
    claims=Claims(names=("deno.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Direct dependencies before version 3 and scopes, but where a package.json is beside it.",
        "The version of modules imported from addresses that name none.",
        "Licences of packages.",
    ),
    extract=extract,
)
