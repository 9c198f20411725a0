# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""package.json of a first-party project without a lock file: what it declares, its own name, version and licence.

Format: npm's documentation, configuring-npm/package-json, workspaces also as in
https://pnpm.io/pnpm-workspace_yaml. A lock file's extractor covers this file and tells more.
"""

import posixpath

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import (
    Manifest,
    installed_purl,
    is_installed,
    link_project,
    manifest_beside,
    members,
    note_project,
    read_manifest,
    readable,
)
from paddock.engine.analyzer.extractors.javascript.registry import (
    REGISTRY,
    exact_version,
    listed,
    package_url,
    source_of,
    unaliased,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin

NAME = "javascript/package_json"

_LOCAL = ("file:", "link:", "portal:", "workspace:")


def extract(file: SourceFile) -> Extraction:
    """The project and, where it is a workspace root, its members; a file that is no project's gives nothing."""
    draft = Draft(file, NAME)
    if is_installed(file.path):
        return draft.finish()
    manifest = read_manifest(file)
    if "unity" in manifest.document:
        draft.issue("a Unity package: its dependencies come from Unity's registry and are not read")
        return draft.finish()
    return _Reader(file, draft, manifest).read()


class _Reader:
    """One manifest being read, with its members where it is a workspace's root."""

    def __init__(self, file: SourceFile, draft: Draft, manifest: Manifest) -> None:
        self._file = file
        self._draft = draft
        self._everyone = [manifest, *members(file, _patterns(file, manifest))]
        self._known = {found.name: found.path for found in self._everyone if found.name}
        self._loose: list[str] = []
        self._lost: list[str] = []

    def read(self) -> Extraction:
        """Projects and what they declare; two issues sum up what is not pinned and what is not found."""
        for manifest in self._everyone:
            if manifest.name or manifest.requirements:
                project = note_project(self._draft, manifest, Origin.DECLARED)
                for name, requirement in manifest.requirements.items():
                    ref = self._ref(manifest, name, requirement.text)
                    if ref is None:
                        self._lost.append(f"{name}@{requirement.text}")
                    elif ref != project.id:
                        project.use(ref, requirement.scope, direct=True, requirement=requirement.text)
        if self._loose:
            self._draft.issue(
                f"{len(self._loose)} dependencies have no pinned version: {listed(self._loose)}; "
                "commit the package manager's lock file (package-lock.json, yarn.lock, pnpm-lock.yaml) to pin them"
            )
        if self._lost:
            self._draft.issue(f"{len(self._lost)} dependencies name nothing that is found: {listed(self._lost)}")
        return self._draft.finish()

    def _ref(self, manifest: Manifest, name: str, text: str) -> str | None:
        if name in self._known and self._known[name] != manifest.path:
            return self._known[name]
        if text.startswith(_LOCAL):
            return self._folder(manifest, text)
        package, asked = unaliased(name, text)
        source = source_of(asked)
        version = exact_version(asked)
        purl = package_url(package, version, source)
        if purl is not None and not version and source == REGISTRY:
            installed = installed_purl(self._file, posixpath.dirname(manifest.path), name)
            purl, version = (installed, installed.version or "") if installed else (purl, "")
        if purl is None:
            return None
        if not version and not _pins_commit(source.vcs_url):
            self._loose.append(f"{name}@{text}")
        return self._draft.add(purl, path=manifest.path, vcs_url=source.vcs_url, download_url=source.download_url)

    def _folder(self, manifest: Manifest, text: str) -> str | None:
        protocol, _, path = text.partition(":")
        if protocol == "workspace":
            return None
        beside = posixpath.relpath(posixpath.dirname(manifest.path) or ".", self._file.directory or ".")
        found = readable(manifest_beside(self._file, posixpath.join(beside, path)))
        return None if found is None or is_installed(found.path) else link_project(self._draft, found)


def _patterns(file: SourceFile, manifest: Manifest) -> tuple[str, ...]:
    """The workspace patterns of the manifest, or of the pnpm-workspace.yaml beside it."""
    other = file.neighbour("pnpm-workspace.yaml")
    if manifest.workspaces or other is None:
        return manifest.workspaces
    try:
        return tuple(filter(None, map(text_of, sequence(mapping(read_yaml(other)).get("packages")))))
    except Unreadable:
        return ()


def _pins_commit(vcs_url: str) -> bool:
    revision = vcs_url.rpartition("@")[2]
    return len(revision) >= 7 and all(character in "0123456789abcdef" for character in revision)


EXTRACTOR = Extractor(
    name=NAME,
    title="package.json (without a lock file)",
    claims=Claims(names=("package.json",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT}),
    cannot_tell=(
        "Versions that are not pinned exactly, and what direct dependencies bring in: that takes a lock file.",
    ),
    extract=extract,
)
