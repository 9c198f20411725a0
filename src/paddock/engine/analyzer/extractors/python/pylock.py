# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pylock.toml and pylock.*.toml: the lock file format that tools share.

Format: https://packaging.python.org/en/latest/specifications/pylock-toml/
"""

import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.declaration import Declaration, Need, project_path
from paddock.engine.analyzer.extractors.python.groups import scope_of_extra, scope_of_file, scope_of_group, weightiest
from paddock.engine.analyzer.extractors.python.owner import Owner, find_owner, finish_owner, read_manifest
from paddock.engine.analyzer.extractors.python.requirement import (
    digests,
    normalised,
    pypi_purl,
    without_credentials,
)
from paddock.engine.analyzer.extractors.python.resolution import Dependency, Graph, Locked
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/pylock"

_MEMBERSHIP = re.compile(r"""["']([^"']+)["']\s+in\s+(extras|dependency_groups)""")


def extract(file: SourceFile) -> Extraction:
    """Packages from a folder are projects of the tree; a marker on extras or groups gives the scope."""
    document = read_toml(file)
    draft = Draft(file, NAME)
    owner = _owner(draft, file)
    graph = Graph()
    own = normalised(owner.declaration.name) if owner.declaration else ""
    plain = scope_of_file(file.name)
    if plain is Scope.RUNTIME and owner.declaration is not None:
        # Tools export development groups without markers too; the manifest's own scopes tell better.
        plain = Scope.UNKNOWN
    for package in sequence(document.get("packages")):
        detail = mapping(package)
        name, version = text_of(detail.get("name")), text_of(detail.get("version"))
        folder = text_of(mapping(detail.get("directory")).get("path"))
        if folder and (normalised(name) == own or folder in {".", "./"}):
            continue  # the project itself
        ref = _add_member(draft, file, name, version, folder) if folder else _add(draft, detail)
        if ref is None:
            draft.issue(f"a [[packages]] called {name!r} in version {version!r} was left out")
            continue
        needs = [
            Dependency(text_of(mapping(entry).get("name")), (), text_of(mapping(entry).get("version")))
            for entry in sequence(detail.get("dependencies"))
        ]
        graph.add(Locked(ref, name, version, needs, scope_of_marker(text_of(detail.get("marker")), plain)))
    finish_owner(draft, file, owner, graph)
    return draft.finish()


def _owner(draft: Draft, file: SourceFile) -> Owner:
    """`pylock.toml` belongs to the manifest beside it; a named one (`pylock.dev.toml`) is a project of its own."""
    if file.name == "pylock.toml":
        return find_owner(draft, file)
    manifest = file.neighbour("pyproject.toml")
    declaration = read_manifest(draft, manifest) if manifest else None
    scope = scope_of_file(file.name)
    if declaration is not None and scope is Scope.RUNTIME:
        declaration = Declaration(name=declaration.name, needs=_of_runtime(declaration.needs))
    return Owner(draft.project(origin=Origin.LOCKED), declaration)


def _of_runtime(needs: list[Need]) -> list[Need]:
    return [need for need in needs if need.scope in {Scope.RUNTIME, Scope.OPTIONAL}]


def scope_of_marker(marker: str, plain: Scope) -> Scope:
    """The scope of a package: by the extras and groups its marker names, else `plain`.

    A marker with an alternative that names neither is met without them, so `plain` counts.
    """
    scopes: list[Scope] = []
    for alternative in re.split(r"\bor\b", marker):
        found = _MEMBERSHIP.findall(alternative)
        if not found:
            return plain
        scopes.extend(scope_of_extra(name) if kind == "extras" else scope_of_group(name) for name, kind in found)
    return weightiest(scopes)


def _add_member(draft: Draft, file: SourceFile, name: str, version: str, folder: str) -> str | None:
    purl = pypi_purl(name, version)
    if purl is None:
        return None
    path = project_path(file, folder) or f"{file.path}#{normalised(name)}"
    draft.project(path, origin=Origin.LOCKED, name=name, version=version, purl=purl)
    return path


def _add(draft: Draft, detail: dict[str, Any]) -> str | None:
    vcs, archive = mapping(detail.get("vcs")), mapping(detail.get("archive"))
    vcs_url = without_credentials(text_of(vcs.get("url")))
    if vcs_url:
        vcs_url = f"{text_of(vcs.get('type')) or 'git'}+{vcs_url}@{text_of(vcs.get('commit-id'))}".rstrip("@")
    url = without_credentials(text_of(archive.get("url")))
    purl = pypi_purl(text_of(detail.get("name")), text_of(detail.get("version")), vcs_url=vcs_url, download_url=url)
    if purl is None:
        return None
    files = [archive, mapping(detail.get("sdist")), *(mapping(wheel) for wheel in sequence(detail.get("wheels")))]
    hashes = tuple(found for entry in files for found in _hashes(entry))
    return draft.add(purl, hashes=hashes, vcs_url=vcs_url, download_url=url)


def _hashes(entry: dict[str, Any]) -> tuple[Hash, ...]:
    return digests([f"{name}:{text_of(value)}" for name, value in mapping(entry.get("hashes")).items()])


EXTRACTOR = Extractor(
    name=NAME,
    title="pylock.toml (PEP 751)",
    claims=Claims(names=("pylock.toml",), patterns=("pylock.*.toml",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Which markers hold: packages for other platforms and Python versions are in the lock file too.",
        "Edges, where the tool that wrote the file left out the optional `dependencies`.",
        "Direct or transitive when pyproject.toml is not in the tree. Licences of packages.",
    ),
    extract=extract,
)
