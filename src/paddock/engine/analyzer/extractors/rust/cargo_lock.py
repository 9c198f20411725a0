# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Cargo.lock, versions 1 to 4: every crate of a workspace with checksum and edges; the members' Cargo.toml give scopes.

Format: https://doc.rust-lang.org/cargo/reference/resolver.html and cargo's own writer: a dependency is written as
`name`, `name version` or `name version (source)`, as short as is unambiguous.
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.workspace import matching_manifests
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import make_purl

NAME = "rust/cargo_lock"

_TABLES = {"dependencies": Scope.RUNTIME, "build-dependencies": Scope.BUILD, "dev-dependencies": Scope.DEV}


def extract(file: SourceFile) -> Extraction:
    """Crates with a source are components; crates without one are the workspace's own members, that is, projects."""
    packages = [mapping(package) for package in sequence(read_toml(file).get("package"))]
    draft = Draft(file, NAME)
    manifests = _member_manifests(file)
    refs: dict[tuple[str, str, str], str] = {}
    for package in packages:
        name, version, source = (text_of(package.get(key)) for key in ("name", "version", "source"))
        if not name:
            draft.issue("a [[package]] without a name was left out")
        elif source:
            refs[name, version, source] = _add_crate(draft, package, name, version, source)
        else:
            refs[name, version, ""] = _add_member(draft, file, manifests.get(name), name, version)
    by_name = _index(refs)
    for package in packages:
        key = (text_of(package.get("name")), text_of(package.get("version")), text_of(package.get("source")))
        for dependency in sequence(package.get("dependencies")):
            target = by_name.get(_normalised(text_of(dependency)))
            if target is None:
                draft.issue(f"{key[0]} depends on {dependency!r}, which the lock file does not contain")
            elif key in refs:
                draft.depend(refs[key], target)
    _use_by_members(draft, packages, refs, by_name, manifests)
    return draft.finish()


def _add_crate(draft: Draft, package: dict[str, Any], name: str, version: str, source: str) -> str:
    checksum = text_of(package.get("checksum"))
    hashes = (Hash("sha256", checksum.lower()),) if checksum else ()
    if source.startswith("git+"):
        url, _, revision = source.partition("#")
        vcs_url = f"{url.split('?')[0]}@{revision}" if revision else url
        purl = make_purl("cargo", name, version, qualifiers={"vcs_url": vcs_url})
        return draft.add(purl, hashes=hashes, vcs_url=vcs_url)
    return draft.add(make_purl("cargo", name, version), hashes=hashes)


def _add_member(draft: Draft, file: SourceFile, manifest: SourceFile | None, name: str, version: str) -> str:
    # A member whose Cargo.toml is not in the tree still is a project of this lock file.
    path = manifest.path if manifest else posixpath.join(file.directory, f"Cargo.lock#{name}")
    licenses: tuple[str, ...] = ()
    if manifest:
        stated = text_of(mapping(read_toml(manifest).get("package")).get("license"))
        licenses = (stated,) if stated else ()
        draft.cover(manifest.path)
    draft.project(
        path,
        origin=Origin.LOCKED,
        name=name,
        version=version,
        purl=make_purl("cargo", name, version),
        licenses=licenses,
    )
    return path


def _index(refs: dict[tuple[str, str, str], str]) -> dict[tuple[str, ...], str]:
    """Every spelling under which a dependency may name a crate; ambiguous short ones are never written by cargo."""
    spellings: dict[tuple[str, ...], str] = {}
    for (name, version, source), ref in refs.items():
        for spelling in ((name,), (name, version), (name, version, source.partition("#")[0])):
            spellings.setdefault(spelling, ref)
    return spellings


def _normalised(dependency: str) -> tuple[str, ...]:
    name, _, rest = dependency.partition(" ")
    version, _, source = rest.partition(" ")
    return tuple(part for part in (name, version, source.strip("()").partition("#")[0]) if part)


def _use_by_members(
    draft: Draft,
    packages: list[dict[str, Any]],
    refs: dict[tuple[str, str, str], str],
    by_name: dict[tuple[str, ...], str],
    manifests: dict[str, SourceFile],
) -> None:
    members = [package for package in packages if text_of(package.get("name")) and not package.get("source")]
    for package in members:
        name, version = text_of(package.get("name")), text_of(package.get("version"))
        project = draft.project(refs[name, version, ""], origin=Origin.LOCKED)
        scopes = _declared_scopes(manifests[name]) if name in manifests else {}
        for dependency in sequence(package.get("dependencies")):
            spelling = _normalised(text_of(dependency))
            if spelling in by_name:
                scope, requirement = scopes.get(spelling[0], (Scope.UNKNOWN, ""))
                project.use(by_name[spelling], scope, direct=True, requirement=requirement)
        draft.follow(project)
    if not members and packages:
        project = draft.project(origin=Origin.LOCKED)
        for ref in refs.values():
            project.use(ref)


def _declared_scopes(manifest: SourceFile) -> dict[str, tuple[Scope, str]]:
    """For each crate a Cargo.toml names: the weightiest table it stands in, and the requirement."""
    document = read_toml(manifest)
    tables = [document, *(mapping(table) for table in mapping(document.get("target")).values())]
    found: dict[str, tuple[Scope, str]] = {}
    for table in tables:
        for key, scope in reversed(_TABLES.items()):
            for alias, value in mapping(table.get(key)).items():
                detail = mapping(value)
                name = text_of(detail.get("package")) or alias
                requirement = text_of(value) or text_of(detail.get("version"))
                optional = scope is Scope.RUNTIME and detail.get("optional") is True
                found[name] = (Scope.OPTIONAL if optional else scope, requirement)
    return found


def _member_manifests(file: SourceFile) -> dict[str, SourceFile]:
    """The Cargo.toml of each workspace member that lies in the tree, by crate name."""
    root = file.neighbour("Cargo.toml")
    if root is None:
        return {}
    found: dict[str, SourceFile] = {}
    candidates = [root]
    for pattern in sequence(mapping(read_toml(root).get("workspace")).get("members")):
        candidates.extend(matching_manifests(file, text_of(pattern), "Cargo.toml"))
    for candidate in candidates:
        try:
            name = text_of(mapping(read_toml(candidate).get("package")).get("name"))
        except Unreadable:
            continue  # the manifest's own extractor reports it
        if name:
            found.setdefault(name, candidate)
    return found


EXTRACTOR = Extractor(
    name=NAME,
    title="Cargo.lock (versions 1 to 4)",
    claims=Claims(names=("Cargo.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Which features are switched on: optional crates and crates for other platforms are in the lock file too.",
        "Scopes of members whose Cargo.toml is not in the tree.",
        "Licences of crates; they stand in the crates' own manifests.",
    ),
    extract=extract,
)
