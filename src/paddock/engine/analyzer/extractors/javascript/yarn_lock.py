# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""yarn.lock of yarn 1 and of berry (yarn 2 and later); direct dependencies and scopes from the projects' package.json.

Formats: https://classic.yarnpkg.com/lang/en/docs/yarn-lock/ and, for berry's descriptors and resolutions,
https://yarnpkg.com/advanced/lexicon and https://yarnpkg.com/protocols.
"""

import posixpath
import re
from collections import defaultdict
from urllib.parse import unquote

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import (
    Manifest,
    is_installed,
    link_project,
    manifest_beside,
    members,
    note_project,
    own_manifest,
    readable,
)
from paddock.engine.analyzer.extractors.javascript.registry import (
    REGISTRY,
    Source,
    Unresolved,
    integrity_hashes,
    package_url,
    source_of,
    split_name,
    tarball_name,
    unaliased,
)
from paddock.engine.analyzer.extractors.javascript.yarn_syntax import Entry, parse
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin, Scope

NAME = "javascript/yarn_lock"

_SHA1 = re.compile(r"[0-9a-f]{40}$")
_LOCAL = ("file:", "link:", "portal:", "workspace:")


def extract(file: SourceFile) -> Extraction:
    """Every block is a component, but for workspaces and for folders with a package.json in the tree: projects."""
    draft = Draft(file, NAME)
    if is_installed(file.path):
        return draft.finish()
    blocks, berry = parse(file.text())
    return _Reader(file, draft, [block for block in blocks if block.descriptors != ["__metadata"]], berry).read()


class _Reader:
    """One lock file being read."""

    def __init__(self, file: SourceFile, draft: Draft, blocks: list[Entry], berry: bool) -> None:
        self._file = file
        self._draft = draft
        self._blocks = blocks
        self._berry = berry
        self._refs: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._projects: dict[str, tuple[ProjectDraft, Manifest]] = {}
        self._member_ids: dict[str, str] = {}
        self._lockfile_needs: dict[str, dict[str, str]] = {}
        self._unresolved = Unresolved()

    def read(self) -> Extraction:
        """Projects from the manifests, components from the blocks, then who needs whom."""
        self._note_members()
        noted = [(block, self._note(block)) for block in self._blocks]
        for block, ref in noted:
            if ref is not None and ref not in self._projects:
                self._note_edges(block, ref)
        for project, manifest in self._projects.values():
            self._note_needs(project, manifest)
        self._use_all([ref for _, ref in noted if ref is not None])
        self._unresolved.report(self._draft)
        return self._draft.finish()

    def _note_members(self) -> None:
        root = own_manifest(self._file)
        if root is None:
            return
        for manifest in (root, *members(self._file, root.workspaces)):
            self._note_project(manifest)

    def _note_project(self, manifest: Manifest) -> str:
        project = note_project(self._draft, manifest, Origin.LOCKED)
        self._projects[manifest.path] = (project, manifest)
        if manifest.name:
            self._member_ids.setdefault(manifest.name, manifest.path)
        return manifest.path

    def _note(self, block: Entry) -> str | None:
        resolution = block.fields.get("resolution", "") if self._berry else ""
        name, specifier = split_name(resolution or block.descriptors[0] if block.descriptors else "")
        local = self._local_project(name, specifier, block) if specifier.startswith(_LOCAL) else None
        ref = local or (self._note_berry(block, name, specifier) if self._berry else self._note_classic(block))
        if ref is None:
            if not specifier.startswith("workspace:"):
                self._draft.issue("an entry without a package name was left out", line=block.line)
            return None
        for descriptor in block.descriptors:
            self._refs.setdefault(descriptor, ref)
            self._by_name[split_name(descriptor)[0]].add(ref)
        return ref

    def _local_project(self, name: str, specifier: str, block: Entry) -> str | None:
        """The id of the project that a local entry stands for; None where its package.json is not in the tree."""
        protocol, _, rest = specifier.partition(":")
        folder = re.split(r"#|::", rest, maxsplit=1)[0]
        manifest = readable(manifest_beside(self._file, folder))
        if manifest is not None and manifest.path in self._projects:
            return manifest.path
        if manifest is not None and not is_installed(manifest.path):
            return self._note_project(manifest) if protocol == "workspace" else link_project(self._draft, manifest)
        if protocol != "workspace":
            return None
        own = self._file.path if folder in {"", "."} else f"{self._file.path}#{folder}"
        project = self._draft.project(own, origin=Origin.LOCKED, name=name, purl=package_url(name))
        self._projects[own] = (project, Manifest(path=own, name=name))
        self._lockfile_needs[own] = block.tables.get("dependencies", {})
        return own

    def _note_berry(self, block: Entry, name: str, specifier: str) -> str | None:
        version = block.fields.get("version", "")
        modified = None
        if specifier.startswith("patch:"):
            # name@patch:name@npm%3A1.0.0#./file.patch::version=1.0.0&hash=…
            # yarn's own compatibility patches ("~builtin<…>", "optional!builtin<…>") are no local change
            inner, _, patch = specifier[6:].partition("#")
            modified = None if "builtin<" in patch else True
            name, specifier = split_name(unquote(inner))
        protocol = specifier.partition(":")[0]
        source = (
            REGISTRY if protocol in {"npm", "virtual", *(prefix[:-1] for prefix in _LOCAL)} else source_of(specifier)
        )
        purl = package_url(name, version, source)
        if purl is None:
            return None
        return self._draft.add(
            purl, line=block.line, vcs_url=source.vcs_url, download_url=source.download_url, modified=modified
        )

    def _note_classic(self, block: Entry) -> str | None:
        if not block.descriptors:
            return None
        resolved = block.fields.get("resolved", "")
        address, _, fragment = resolved.partition("#")
        name, _ = unaliased(*split_name(block.descriptors[0]))
        source = _classic_source(block.descriptors, resolved)
        if source == REGISTRY:
            name = tarball_name(resolved) or name
        hashes = integrity_hashes(block.fields.get("integrity", ""))
        if not hashes and _SHA1.match(fragment) and not source.vcs_url:
            hashes = (Hash("sha1", fragment),)
        purl = package_url(name, block.fields.get("version", ""), source)
        if purl is None:
            return None
        download_url = "" if source.vcs_url or not address.startswith("http") else address
        return self._draft.add(purl, line=block.line, hashes=hashes, vcs_url=source.vcs_url, download_url=download_url)

    def _note_edges(self, block: Entry, ref: str) -> None:
        optional = block.tables.get("optionalDependencies", {})
        for name, requirement in {**block.tables.get("dependencies", {}), **optional}.items():
            target = self._resolve(name, requirement)
            if target is not None:
                self._draft.depend(ref, target)
            elif name not in optional:
                self._unresolved.add(split_name(block.descriptors[0])[0], f"{name}@{requirement}")

    def _note_needs(self, project: ProjectDraft, manifest: Manifest) -> None:
        for name, requirement in manifest.requirements.items():
            target = self._resolve(name, requirement.text)
            if target is None:
                # peer dependencies of a project itself are not installed by yarn
                if requirement.scope is not Scope.OPTIONAL and name not in _peers(manifest):
                    self._unresolved.add(project.name, f"{name}@{requirement.text}")
            elif target != project.id:
                project.use(target, requirement.scope, direct=True, requirement=requirement.text)
                if requirement.scope is not Scope.DEV:
                    self._draft.depend(project.id, target)
        for name, text in self._lockfile_needs.get(project.id, {}).items():
            target = self._resolve(name, text)
            if target is not None and target != project.id:
                project.use(target, direct=True, requirement=text.removeprefix("npm:"))
        self._draft.follow(project)

    def _use_all(self, refs: list[str]) -> None:
        """What no project reaches still is in the lock file: it goes to the root."""
        used = {ref for project, _ in self._projects.values() for ref in project.refs()}
        left = [ref for ref in refs if ref not in used and ref not in self._projects]
        if not left:
            return
        beside = posixpath.join(self._file.directory, "package.json")
        known = self._projects.get(beside) or self._projects.get(self._file.path)
        root = known[0] if known else self._draft.project(origin=Origin.LOCKED)
        for ref in left:
            root.use(ref)

    def _resolve(self, name: str, requirement: str) -> str | None:
        for descriptor in (f"{name}@{requirement}", f"{name}@npm:{requirement}"):
            if descriptor in self._refs:
                return self._refs[descriptor]
        if name in self._member_ids and (not self._berry or requirement.startswith("workspace:")):
            return self._member_ids[name]
        # `resolutions` of the root's package.json replace the range; the name is then there once
        candidates = self._by_name.get(name, set())
        return next(iter(candidates)) if len(candidates) == 1 else None


def _peers(manifest: Manifest) -> dict[str, object]:
    return mapping(manifest.document.get("peerDependencies"))


def _classic_source(descriptors: list[str], resolved: str) -> Source:
    """Git and archives that a descriptor asks for by address; anything else comes from a registry."""
    for descriptor in descriptors:
        asked = source_of(split_name(descriptor)[1])
        if asked != REGISTRY:
            got = source_of(resolved)
            return asked if got == REGISTRY else got
    return REGISTRY


EXTRACTOR = Extractor(
    name=NAME,
    title="yarn.lock (yarn 1, and berry: yarn 2 and later)",
    claims=Claims(names=("yarn.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "Scopes and, for yarn 1, direct dependencies, where the projects' package.json are not in the tree.",
        "Digests in berry's files: its checksums are those of yarn's own cache archives, not of what was published.",
        "Licences of packages.",
    ),
    extract=extract,
)
