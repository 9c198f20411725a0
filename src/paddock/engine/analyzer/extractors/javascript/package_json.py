# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""package.json of a first-party project without a lock file: what it declares, its own name, version and licence.

Format: https://docs.npmjs.com/cli/configuring-npm/package-json, workspaces also as in
https://pnpm.io/pnpm-workspace_yaml. A lock file's extractor covers this file and tells more.
"""

import posixpath

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.javascript.manifest import (
    Manifest,
    Requirement,
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

_LOCAL = ("file:", "link:", "portal:")


def extract(file: SourceFile) -> Extraction:
    """The project and, where it is a workspace root, its members; a file that is no project's gives nothing."""
    draft = Draft(file, NAME)
    if is_installed(file.path):
        return draft.finish()
    manifest = read_manifest(file)
    if "unity" in manifest.document:
        draft.issue("a Unity package: its dependencies come from Unity's registry and are not read")
        return draft.finish()
    everyone = [manifest, *members(file, _patterns(file, manifest))]
    known = {found.name: found.path for found in everyone if found.name}
    loose: list[str] = []
    unknown: list[str] = []
    for found in everyone:
        if found.name or found.requirements:
            project = note_project(draft, found, Origin.DECLARED)
            for name, requirement in found.requirements.items():
                _need(file, draft, project, found, known, (name, requirement), loose, unknown)
    if loose:
        draft.issue(
            f"{len(loose)} dependencies have no pinned version: {listed(loose)}; "
            "commit the package manager's lock file (package-lock.json, yarn.lock, pnpm-lock.yaml) to pin them"
        )
    if unknown:
        draft.issue(f"{len(unknown)} dependencies point to folders or members that are not found: {listed(unknown)}")
    return draft.finish()


def _patterns(file: SourceFile, manifest: Manifest) -> tuple[str, ...]:
    """The workspace patterns of the manifest, or of the pnpm-workspace.yaml beside it."""
    other = file.neighbour("pnpm-workspace.yaml")
    if manifest.workspaces or other is None:
        return manifest.workspaces
    try:
        return tuple(filter(None, map(text_of, sequence(mapping(read_yaml(other)).get("packages")))))
    except Unreadable:
        return ()


def _need(
    file: SourceFile,
    draft: Draft,
    project: ProjectDraft,
    manifest: Manifest,
    known: dict[str, str],
    wanted: tuple[str, Requirement],
    loose: list[str],
    unknown: list[str],
) -> None:
    name, requirement = wanted
    text = requirement.text
    if text.startswith("workspace:") or text.startswith(_LOCAL):
        target = known.get(name) or _folder(file, draft, manifest, text)
        if target is None:
            unknown.append(f"{name}@{text}")
        elif target != project.id:
            project.use(target, requirement.scope, direct=True, requirement=text)
        return
    if name in known and known[name] != project.id:
        project.use(known[name], requirement.scope, direct=True, requirement=text)
        return
    package, asked = unaliased(name, text)
    source = source_of(asked)
    version = exact_version(asked)
    purl = package_url(package, version, source)
    if purl is not None and not version and source is REGISTRY:
        installed = installed_purl(file, posixpath.dirname(manifest.path), name)
        purl, version = (installed, installed.version or "") if installed else (purl, "")
    if purl is None:
        unknown.append(f"{name}@{text}")
        return
    if not version and not _pins_commit(source.vcs_url):
        loose.append(f"{name}@{text}")
    ref = draft.add(purl, path=manifest.path, vcs_url=source.vcs_url, download_url=source.download_url)
    project.use(ref, requirement.scope, direct=True, requirement=text)


def _pins_commit(vcs_url: str) -> bool:
    revision = vcs_url.rpartition("@")[2]
    return len(revision) >= 7 and all(character in "0123456789abcdef" for character in revision)


def _folder(file: SourceFile, draft: Draft, manifest: Manifest, text: str) -> str | None:
    protocol, _, path = text.partition(":")
    if protocol == "workspace" or manifest.path != file.path:
        return None
    found = readable(manifest_beside(file, path))
    return None if found is None or is_installed(found.path) else link_project(draft, found)


EXTRACTOR = Extractor(
    name=NAME,
    title="package.json (without a lock file)",
    claims=Claims(names=("package.json",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT}),
    cannot_tell=(
        "Versions that are not pinned exactly, and everything that direct dependencies bring in: that takes a lock file.",
    ),
    extract=extract,
)
