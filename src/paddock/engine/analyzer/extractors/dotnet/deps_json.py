# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""*.deps.json: what a built .NET program was delivered with, with hashes and edges.

Format: https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md (section on
`.deps.json`): `runtimeTarget`, `targets` with the assets and dependencies of each library, `libraries` with their kind.
"""

from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dotnet.nuget import add_package, sha512
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl, make_purl

NAME = "dotnet/deps_json"

_RUNTIME_PACK = "runtimepack."


def extract(file: SourceFile) -> Extraction:
    """The program is the project; other first-party libraries in it are projects too, packages are components."""
    document = require_mapping(read_json(file), "a .deps.json")
    draft = Draft(file, NAME)
    target = _target(document)
    libraries = mapping(document.get("libraries"))
    root = _root(libraries, target)
    project = draft.project(origin=Origin.INSTALLED, name=file.name.removesuffix(".deps.json"))
    if root:
        project.name, _, project.version = root.partition("/")
    refs = {root: project.id} if root else {}
    for key, value in libraries.items():
        if key != root:
            ref = _add(draft, file, key, mapping(value))
            if ref:
                refs[key] = ref
                project.use(ref, Scope.RUNTIME)
    _depend(draft, project, target, refs, root)
    return draft.finish()


def _target(document: dict[str, Any]) -> dict[str, Any]:
    """The target that the program runs with; the only one, where the file does not say."""
    targets = mapping(document.get("targets"))
    stated = document.get("runtimeTarget")
    name = text_of(mapping(stated).get("name")) or text_of(stated)
    if name in targets:
        return mapping(targets[name])
    return mapping(next(iter(targets.values()))) if len(targets) == 1 else {}


def _root(libraries: dict[str, Any], target: dict[str, Any]) -> str:
    """The program's own library: the only project that no other project needs; "" when that cannot be told."""
    projects = [key for key, value in libraries.items() if _kind(mapping(value)) == "project" and "/" in key]
    needed = {
        f"{name}/{text_of(version)}"
        for key in projects
        for name, version in mapping(mapping(target.get(key)).get("dependencies")).items()
    }
    roots = [key for key in projects if key not in needed]
    return roots[0] if len(roots) == 1 else ""


def _kind(library: dict[str, Any]) -> str:
    return text_of(library.get("type")).lower()


def _add(draft: Draft, file: SourceFile, key: str, library: dict[str, Any]) -> str | None:
    name, slash, version = key.partition("/")
    if not slash or not name or not version:
        draft.issue(f"the library {key!r} has no version and was left out")
        return None
    kind = _kind(library)
    if kind == "project":
        member = f"{file.path}#{name}"
        draft.project(member, origin=Origin.INSTALLED, name=name, version=version)
        return member
    if kind == "runtimepack":
        # The runtime itself, delivered with a self-contained program; the pack is a package of that name.
        return add_package(draft, name.removeprefix(_RUNTIME_PACK), version)
    if kind == "reference":
        draft.issue(f"{name} {version} is an assembly from a file: from which package it is cannot be told")
        try:
            return draft.add(make_purl("generic", name, version))
        except InvalidPurl:
            return None
    return add_package(draft, name, version, hashes=sha512(text_of(library.get("sha512"))))


def _depend(draft: Draft, project: ProjectDraft, target: dict[str, Any], refs: dict[str, str], root: str) -> None:
    for key, value in target.items():
        source = refs.get(key)
        for name, version in mapping(mapping(value).get("dependencies")).items():
            needed = refs.get(f"{name}/{text_of(version)}")
            if not source or not needed or needed == project.id:
                continue
            if key == root:
                project.use(needed, Scope.RUNTIME, direct=True)
            else:
                draft.depend(source, needed)
                if not needed.startswith("pkg:") or not root:
                    continue
                project.use(needed, Scope.RUNTIME, direct=False)


EXTRACTOR = Extractor(
    name=NAME,
    title="*.deps.json of built .NET programs",
    claims=Claims(patterns=("*.deps.json",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Which package an assembly comes from that was referenced as a file.",
        "The shared framework that a program finds on the machine.",
        "Licences: they stand in the packages' own manifests.",
    ),
    delivered=True,
    extract=extract,
)
