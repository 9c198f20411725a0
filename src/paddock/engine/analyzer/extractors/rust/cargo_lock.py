# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Cargo.lock, versions 1 to 4: every crate of a workspace with checksum and edges; the members' Cargo.toml give scopes.

Format: https://doc.rust-lang.org/cargo/reference/resolver.html and cargo's own writer: a dependency is written as
`name`, `name version` or `name version (source)`, as short as is unambiguous. Version 1 keeps the checksums in a table
[metadata]; the oldest files have the workspace's own package in a table [root].
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.rust.crate import add_crate, crate_purl
from paddock.engine.analyzer.extractors.rust.manifest import Manifest, workspace_manifests
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin, Scope

NAME = "rust/cargo_lock"

Key = tuple[str, str, str]
"""Name, version and source of a package; the source is empty for members of the workspace."""


def extract(file: SourceFile) -> Extraction:
    """Crates with a source are components; crates without one are the workspace's own members, that is, projects."""
    document = read_toml(file)
    packages = [mapping(package) for package in sequence(document.get("package"))]
    if isinstance(document.get("root"), dict):
        packages.append(document["root"])
    checksums = mapping(document.get("metadata"))
    draft = Draft(file, NAME)
    manifests = workspace_manifests(file)
    refs: dict[Key, str] = {}
    for package in packages:
        key = _key(package)
        if not key[0]:
            draft.issue("a [[package]] without a name was left out")
            continue
        if key[2]:
            checksum = text_of(package.get("checksum")) or text_of(checksums.get("checksum {} {} ({})".format(*key)))
            ref = _add_crate(draft, key, checksum)
        else:
            ref = _add_member(draft, file, manifests.get(key[0]), key)
        if ref:
            refs[key] = ref
    by_name = _index(refs)
    for package in packages:
        _depend(draft, package, refs, by_name, manifests)
    _use_by_members(draft, packages, refs, by_name, manifests)
    return draft.finish()


def _key(package: dict[str, Any]) -> Key:
    return text_of(package.get("name")), text_of(package.get("version")), text_of(package.get("source"))


def _add_crate(draft: Draft, key: Key, checksum: str) -> str | None:
    name, version, source = key
    known = checksum and checksum != "<none>"
    hashes = (Hash("sha256", checksum.lower()),) if known else ()
    if source.startswith("git+"):
        url, _, revision = source.partition("#")
        vcs_url = f"{url.split('?')[0]}@{revision}" if revision else url
        return add_crate(draft, name, version, vcs=vcs_url, hashes=hashes)
    return add_crate(draft, name, version, hashes=hashes)


def _add_member(draft: Draft, file: SourceFile, manifest: Manifest | None, key: Key) -> str:
    # A member whose Cargo.toml is not in the tree still is a project of this lock file.
    path = manifest.file.path if manifest else posixpath.join(file.directory, f"Cargo.lock#{key[0]}")
    project = draft.project(
        path,
        origin=Origin.LOCKED,
        name=key[0],
        version=key[1],
        purl=crate_purl(key[0], key[1]),
        licenses=manifest.licenses if manifest else (),
    )
    if manifest:
        project.files.add(path)
        draft.cover(path)
    return path


def _index(refs: dict[Key, str]) -> dict[tuple[str, ...], str]:
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


def _depend(
    draft: Draft,
    package: dict[str, Any],
    refs: dict[Key, str],
    by_name: dict[tuple[str, ...], str],
    manifests: dict[str, Manifest],
) -> None:
    key = _key(package)
    member = manifests.get(key[0]) if not key[2] else None
    for dependency in sequence(package.get("dependencies")):
        spelling = _normalised(text_of(dependency))
        target = by_name.get(spelling)
        if target is None:
            draft.issue(f"{key[0]} depends on {str(dependency)[:200]!r}, which the lock file does not contain")
            continue
        declared = member.dependencies.get(spelling[0]) if member else None
        if key in refs and not (declared and declared.scope is Scope.DEV):
            # Who depends on a member does not need what only the member's own development needs.
            draft.depend(refs[key], target)


def _use_by_members(
    draft: Draft,
    packages: list[dict[str, Any]],
    refs: dict[Key, str],
    by_name: dict[tuple[str, ...], str],
    manifests: dict[str, Manifest],
) -> None:
    members = [package for package in packages if _key(package) in refs and not _key(package)[2]]
    for package in members:
        project = draft.project(refs[_key(package)], origin=Origin.LOCKED)
        manifest = manifests.get(_key(package)[0])
        for dependency in sequence(package.get("dependencies")):
            spelling = _normalised(text_of(dependency))
            target = by_name.get(spelling)
            if target and target != project.id:
                declared = manifest.dependencies.get(spelling[0]) if manifest else None
                scope = declared.scope if declared else Scope.UNKNOWN
                project.use(target, scope, direct=True, requirement=declared.requirement if declared else "")
        draft.follow(project)
    if not members and packages:
        project = draft.project(origin=Origin.LOCKED)
        for ref in refs.values():
            project.use(ref)


EXTRACTOR = Extractor(
    name=NAME,
    title="Cargo.lock (versions 1 to 4) with the members' Cargo.toml",
    claims=Claims(names=("Cargo.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Which features are switched on: optional crates and crates for other platforms are in the lock file too.",
        "Scopes of members whose Cargo.toml is not in the tree.",
        "Licences of crates; they stand in the crates' own manifests.",
    ),
    extract=extract,
)
