# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Cargo.toml: what a package says about itself and what it depends on, with what it inherits from its workspace.

Format: https://doc.rust-lang.org/cargo/reference/manifest.html and
https://doc.rust-lang.org/cargo/reference/workspaces.html.
"""

import posixpath
import re
from typing import Any

import msgspec

from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.workspace import matching_manifests
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import SCOPE_ORDER, Scope

MAX_MEMBERS = 5_000

_TABLES = {
    "dependencies": Scope.RUNTIME,
    "build-dependencies": Scope.BUILD,
    "build_dependencies": Scope.BUILD,
    "dev-dependencies": Scope.DEV,
    "dev_dependencies": Scope.DEV,
}
_EXACT = re.compile(r"=\s*(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)")


class CrateDependency(msgspec.Struct, frozen=True, kw_only=True):
    """One dependency. name: the crate's own name, also where it is renamed. path: from the manifest that states it."""

    name: str
    scope: Scope
    requirement: str = ""
    path: str = ""
    git: str = ""
    revision: str = ""

    @property
    def pinned(self) -> str:
        """The version where the requirement is exactly one ("=1.2.3"), else an empty string."""
        match = _EXACT.fullmatch(self.requirement.strip())
        return match.group(1) if match else ""


class Manifest(msgspec.Struct, kw_only=True):
    """A Cargo.toml with a [package]. dependencies: by crate name, the weightiest statement of each."""

    file: SourceFile
    name: str = ""
    version: str = ""
    licenses: tuple[str, ...] = ()
    dependencies: dict[str, CrateDependency] = {}


def read_manifest(file: SourceFile) -> Manifest:
    """Read a Cargo.toml, with the workspace's values where it inherits some. Raises Unreadable."""
    document = read_toml(file)
    package = mapping(document.get("package") or document.get("project"))
    root, folder = _workspace(file, document, package)
    inherited = mapping(root.get("package"))
    stated = _inherit(package.get("license"), inherited.get("license"))
    found = Manifest(
        file=file,
        name=text_of(package.get("name")),
        version=_inherit(package.get("version"), inherited.get("version")),
        licenses=(stated,) if stated else (),
    )
    for table in (document, *(mapping(target) for target in mapping(document.get("target")).values())):
        for key, scope in _TABLES.items():
            for alias, value in mapping(table.get(key)).items():
                shared = mapping(root.get("dependencies")).get(alias)
                _enter(found.dependencies, _dependency(alias, value, scope, shared, folder))
    return found


def _inherit(value: object, inherited: object) -> str:
    return text_of(inherited) if mapping(value).get("workspace") is True else text_of(value)


def _dependency(alias: str, value: object, scope: Scope, shared: object, folder: str) -> CrateDependency:
    detail = mapping(value)
    optional = scope is Scope.RUNTIME and detail.get("optional") is True
    base = "."
    if detail.get("workspace") is True:
        value, detail, base = shared, mapping(shared), folder
    path = text_of(detail.get("path"))
    return CrateDependency(
        name=text_of(detail.get("package")) or alias,
        scope=Scope.OPTIONAL if optional else scope,
        requirement=text_of(value) or text_of(detail.get("version")),
        path=posixpath.join(base, path) if path else "",
        git=text_of(detail.get("git")),
        revision=text_of(detail.get("rev")),
    )


def _enter(found: dict[str, CrateDependency], dependency: CrateDependency) -> None:
    known = found.get(dependency.name)
    if known is None or SCOPE_ORDER[dependency.scope] < SCOPE_ORDER[known.scope]:
        found[dependency.name] = dependency


def _workspace(file: SourceFile, document: dict[str, Any], package: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The [workspace] table that a manifest belongs to, and the folder it stands in, from the manifest's folder."""
    if "workspace" in document:
        return mapping(document["workspace"]), "."
    if b"workspace" not in file.read():
        return {}, "."  # it inherits nothing: no need to look for a root
    stated = text_of(package.get("workspace"))
    depth = len(file.directory.split("/")) if file.directory else 0
    for folder in (stated,) if stated else ("../" * level for level in range(1, depth + 1)):
        root = file.neighbour(posixpath.join(folder, "Cargo.toml"))
        if root is None:
            continue
        try:
            table = read_toml(root).get("workspace")
        except Unreadable:
            continue  # that file's own extraction says so
        if isinstance(table, dict):
            return table, folder
    return {}, "."


def workspace_manifests(file: SourceFile) -> dict[str, Manifest]:
    """The manifests of a lock file's packages, by crate name: the root's, its members', and what these name by path.

    Manifests that cannot be read are left out; they are reported when they are read themselves.
    """
    root = file.neighbour("Cargo.toml")
    if root is None:
        return {}
    waiting = [root]
    try:
        table = mapping(read_toml(root).get("workspace"))
    except Unreadable:
        table = {}
    for pattern in sequence(table.get("members")):
        waiting.extend(matching_manifests(file, text_of(pattern), "Cargo.toml"))
    found: dict[str, Manifest] = {}
    seen: set[str] = set()
    while waiting and len(seen) < MAX_MEMBERS:
        candidate = waiting.pop(0)
        if candidate.path in seen:
            continue
        seen.add(candidate.path)
        try:
            manifest = read_manifest(candidate)
        except Unreadable:
            continue
        if manifest.name:
            found.setdefault(manifest.name, manifest)
        for dependency in manifest.dependencies.values():
            other = candidate.neighbour(posixpath.join(dependency.path, "Cargo.toml")) if dependency.path else None
            if other is not None:
                waiting.append(other)
    return found
