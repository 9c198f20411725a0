# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""west.yml: the repositories that a west manifest (Zephyr) puts together, each at its revision.

Format: https://docs.zephyrproject.org/latest/develop/west/manifest.html
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.cpp.repository import git_source
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl

NAME = "cpp/west"

MAX_IMPORTS = 200
"""Manifests that one manifest may import from its own folder; the rest is an issue."""


def extract(file: SourceFile) -> Extraction:
    """Each project of the manifest as a component; manifests that it imports from the same tree are read with it."""
    draft = Draft(file, NAME)
    project = draft.project(origin=Origin.LOCKED)
    manifest = _manifest(file)
    inactive = _disabled_groups(manifest)
    floating: list[str] = []
    for part in [file, *_imported(draft, file, manifest)]:
        if part is not file:
            try:
                manifest = _manifest(part)
            except Unreadable as error:
                draft.issue(error.reason, path=part.path, line=error.line)
                continue
            draft.cover(part.path)
        floating.extend(_add_projects(draft, project, part, manifest, inactive))
    if floating:
        draft.issue(
            f"{len(floating)} project{'s' if len(floating) > 1 else ''} without a fixed revision "
            f"({', '.join(floating[:5])}): name a tag or a commit as `revision`"
        )
    return draft.finish()


def _manifest(file: SourceFile) -> dict[str, Any]:
    document = require_mapping(read_yaml(file), "the file")
    return require_mapping(document.get("manifest"), "`manifest`")


def _add_projects(
    draft: Draft, project: ProjectDraft, file: SourceFile, manifest: dict[str, Any], inactive: set[str]
) -> list[str]:
    """Note a manifest's projects; the names of those whose revision may move."""
    remotes = {
        text_of(remote.get("name")): text_of(remote.get("url-base"))
        for remote in map(mapping, sequence(manifest.get("remotes")))
    }
    defaults = mapping(manifest.get("defaults"))
    floating = []
    for entry in map(mapping, sequence(manifest.get("projects"))):
        name = text_of(entry.get("name"))
        revision = text_of(entry.get("revision")) or text_of(defaults.get("revision")) or "master"
        url = _url(entry, remotes, text_of(defaults.get("remote")))
        if not url:
            draft.issue(f"project {name!r}: no url, and its remote is not among `remotes`", path=file.path)
        try:
            source = git_source(url, revision, name)
        except InvalidPurl as error:
            draft.issue(f"a project was left out: {error}", path=file.path)
            continue
        if not source.purl.version:
            floating.append(name)
        path = text_of(entry.get("path")) or name
        ref = draft.add(source.purl, path=file.path, vcs_url=source.vcs_url, properties=(("west:path", path),))
        groups = {text_of(group) for group in sequence(entry.get("groups"))}
        scope = Scope.OPTIONAL if groups and groups <= inactive else Scope.UNKNOWN
        project.use(ref, scope, direct=True, requirement=revision)
        if entry.get("import") not in (None, False):
            draft.issue(
                f"project {name!r} brings in projects of its own manifest, which is not part of this one; "
                "`west manifest --resolve` writes a manifest that has them all",
                path=file.path,
            )
    return floating


def _url(entry: dict[str, Any], remotes: dict[str, str], default: str) -> str:
    if text_of(entry.get("url")):
        return text_of(entry.get("url"))
    base = remotes.get(text_of(entry.get("remote")) or default, "")
    path = text_of(entry.get("repo-path")) or text_of(entry.get("name"))
    return f"{base.rstrip('/')}/{path}" if base else ""


def _disabled_groups(manifest: dict[str, Any]) -> set[str]:
    """Groups that `group-filter` switches off ("-name") and does not switch on again later."""
    disabled: set[str] = set()
    for item in map(text_of, sequence(manifest.get("group-filter"))):
        (disabled.add if item.startswith("-") else disabled.discard)(item[1:])
    return disabled


def _imported(draft: Draft, file: SourceFile, manifest: dict[str, Any]) -> list[SourceFile]:
    """Manifests of the same tree that `self: import:` names: files, or all of a folder."""
    value = mapping(manifest.get("self")).get("import")
    found: list[SourceFile] = []
    for item in value if isinstance(value, list) else [value]:
        name = text_of(item.get("file")) if isinstance(item, dict) else text_of(item)
        if not name:
            continue
        inside = [posixpath.join(name, child) for child in file.siblings(name) if child.endswith((".yml", ".yaml"))]
        parts = [part for path in (inside or [name]) if (part := file.neighbour(path)) is not None]
        if not parts:
            draft.issue(f"imports {name!r}, which is not in the tree")
        found.extend(parts)
    if len(found) > MAX_IMPORTS:
        draft.issue(f"imports {len(found)} manifests; only the first {MAX_IMPORTS} were read")
    return found[:MAX_IMPORTS]


EXTRACTOR = Extractor(
    name=NAME,
    title="west manifest (west.yml)",
    claims=Claims(names=("west.yml",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT}),
    cannot_tell=(
        "Projects that imported manifests of other repositories bring in.",
        "Whether a revision is a tag or a branch: a name with a digit and without 'branch' counts as tag.",
        "Git submodules of the projects, and licences.",
    ),
    extract=extract,
)
