# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pubspec.yaml: what a Dart package declares, and the purls of what it asks for.

Format: https://dart.dev/tools/pub/pubspec and https://dart.dev/tools/pub/dependencies
"""

import posixpath
import re
from typing import Any

import msgspec

from paddock.engine.analyzer.documents import mapping, read_yaml, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.workspace import matching_manifests
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

_EXACT = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$")


class Requirement(msgspec.Struct, frozen=True):
    """One declared dependency. text: the version constraint. vcs_url and path: where it comes from instead of a server.

    sdk: the SDK that brings it ("flutter"), else "".
    """

    scope: Scope
    text: str = ""
    vcs_url: str = ""
    path: str = ""
    sdk: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one pubspec.yaml. workspace: folders or patterns of its members."""

    file: SourceFile
    name: str = ""
    version: str = ""
    requirements: dict[str, Requirement] = {}
    workspace: tuple[str, ...] = ()


def read_manifest(file: SourceFile) -> Manifest:
    """Read a pubspec.yaml. Raises Unreadable when it is no mapping."""
    document = require_mapping(read_yaml(file), "pubspec.yaml")
    requirements: dict[str, Requirement] = {}
    for table, scope in (("dev_dependencies", Scope.DEV), ("dependencies", Scope.RUNTIME)):
        for name, value in mapping(document.get(table)).items():
            if text_of(name):
                requirements[text_of(name)] = _requirement(scope, value)
    return Manifest(
        file=file,
        name=text_of(document.get("name")),
        version=text_of(document.get("version")),
        requirements=requirements,
        workspace=tuple(filter(None, map(text_of, sequence(document.get("workspace"))))),
    )


def _requirement(scope: Scope, value: Any) -> Requirement:
    detail = mapping(value)
    git = detail.get("git")
    url = text_of(git) or text_of(mapping(git).get("url"))
    return Requirement(
        scope,
        text=text_of(value) or text_of(detail.get("version")),
        vcs_url=git_url(url, text_of(mapping(git).get("ref"))) if url else "",
        path=text_of(detail.get("path")),
        sdk=text_of(detail.get("sdk")),
    )


def git_url(url: str, revision: str) -> str:
    """`git+<url>@<revision>`; addresses in git's short form (`git@host:path`) are written out."""
    if "://" not in url and re.match(r"[\w.-]+@[\w.-]+:", url):
        url = "ssh://" + url.replace(":", "/", 1)
    return f"git+{url}@{revision}" if revision else f"git+{url}"


def exact_version(text: str) -> str:
    """The version that a constraint pins, else ""."""
    return text if _EXACT.match(text) else ""


def package_url(name: str, version: str = "", vcs_url: str = "") -> PackageURL | None:
    """The purl of a package; None where the name cannot be one."""
    try:
        return make_purl("pub", name, version, qualifiers={"vcs_url": vcs_url} if vcs_url else None)
    except InvalidPurl:
        return None


def manifest_beside(file: SourceFile, folder: str = "") -> Manifest | None:
    """The pubspec.yaml in a folder relative to the file's own; None where there is none that can be read."""
    if "\0" in folder or len(folder) > 4_096:
        return None
    found = file.neighbour(posixpath.join(folder, "pubspec.yaml"))
    return None if found is None else readable(found)


def readable(file: SourceFile) -> Manifest | None:
    """The manifest, or None where it cannot be read: its own extractor reports that."""
    try:
        return read_manifest(file)
    except Unreadable:
        return None


def members(file: SourceFile, manifest: Manifest) -> list[Manifest]:
    """The members of a workspace root that lie in the tree."""
    found = {
        candidate.path: candidate
        for pattern in manifest.workspace
        if "\0" not in pattern
        for candidate in matching_manifests(file, pattern, "pubspec.yaml")
    }
    return [member for member in map(readable, found.values()) if member is not None]


def note_project(draft: Draft, manifest: Manifest, origin: Origin) -> ProjectDraft:
    """The project of a first-party pubspec.yaml."""
    purl = package_url(manifest.name, manifest.version) if manifest.name else None
    project = draft.project(manifest.file.path, origin=origin, name=manifest.name, version=manifest.version, purl=purl)
    project.files.add(manifest.file.path)
    return project
