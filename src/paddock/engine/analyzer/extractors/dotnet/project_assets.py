# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""obj/project.assets.json: what NuGet resolved for a .NET project, with hashes, edges and own requirements.

Format: NuGet's own, described at https://learn.microsoft.com/nuget/concepts/package-installation-process and in
https://github.com/NuGet/Home/wiki: `targets` per framework and runtime, `libraries`, `project.frameworks`.
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dotnet.nuget import add_package, asset_scope, project_beside, sha512
from paddock.engine.analyzer.extractors.dotnet.project import TEST_PACKAGE, describe_project, evaluate_beside, own_scope
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "dotnet/project_assets"


def extract(file: SourceFile) -> Extraction:
    """One project: that of the project file in the folder above `obj`, or the file itself."""
    document = require_mapping(read_json(file), "a project.assets.json")
    draft = Draft(file, NAME)
    evaluated = evaluate_beside(draft, _project(file, document))
    if evaluated is None:
        name = text_of(mapping(mapping(document.get("project")).get("restore")).get("projectName"))
        project = draft.project(origin=Origin.LOCKED, name=name)
    else:
        project = describe_project(draft, evaluated, Origin.LOCKED)
    refs = _add_libraries(draft, file, document)
    for packages in mapping(document.get("targets")).values():
        _depend(draft, mapping(packages), refs)
    _use(project, document, refs, test=own_scope(evaluated) is Scope.TEST)
    return draft.finish()


def _project(file: SourceFile, document: dict[str, Any]) -> SourceFile | None:
    path = text_of(mapping(mapping(document.get("project")).get("restore")).get("projectPath"))
    name = posixpath.basename(path.replace("\\", "/"))
    folder = ".." if posixpath.basename(file.directory) == "obj" else "."
    return (file.neighbour(f"{folder}/{name}") if name else None) or project_beside(file, folder)


def _add_libraries(draft: Draft, file: SourceFile, document: dict[str, Any]) -> dict[str, str]:
    """Refs by `name/version` in lower case."""
    refs: dict[str, str] = {}
    for key, value in mapping(document.get("libraries")).items():
        library = mapping(value)
        name, slash, version = key.partition("/")
        if not slash or not name or not version:
            draft.issue(f"the library {key!r} has no version and was left out")
        elif text_of(library.get("type")).lower() == "project":
            path = text_of(library.get("msbuildProject")) or text_of(library.get("path"))
            folder = ".." if posixpath.basename(file.directory) == "obj" else "."
            other = file.neighbour(posixpath.join(folder, path.replace("\\", "/"))) if path else None
            if other is not None:
                refs[key.lower()] = draft.refer(other.path)
        else:
            ref = add_package(draft, name, version, hashes=sha512(text_of(library.get("sha512"))))
            if ref:
                refs[key.lower()] = ref
    return refs


def _depend(draft: Draft, packages: dict[str, Any], refs: dict[str, str]) -> None:
    """Edges of one target: there, each name stands for one version."""
    by_name = {key.partition("/")[0].lower(): refs[key.lower()] for key in packages if key.lower() in refs}
    for key, value in packages.items():
        source = refs.get(key.lower())
        for name in mapping(mapping(value).get("dependencies")):
            if source and name.lower() in by_name:
                draft.depend(source, by_name[name.lower()])


def _use(project: ProjectDraft, document: dict[str, Any], refs: dict[str, str], *, test: bool) -> None:
    direct: dict[str, tuple[Scope, str]] = {}
    for framework in mapping(mapping(document.get("project")).get("frameworks")).values():
        for name, value in mapping(mapping(framework).get("dependencies")).items():
            entry = mapping(value)
            scope = asset_scope(
                private=text_of(entry.get("suppressParent")),
                include=text_of(entry.get("include")),
                exclude=text_of(entry.get("exclude")),
            )
            direct[name.lower()] = (scope, text_of(entry.get("version")) or text_of(value))
    test = test or TEST_PACKAGE in direct
    told = bool(mapping(mapping(document.get("project")).get("frameworks")))
    for key, ref in refs.items():
        name = key.partition("/")[0]
        if ref == project.id:
            continue
        if name in direct:
            scope, requirement = direct[name]
            delivered = scope in (Scope.RUNTIME, Scope.UNKNOWN)
            project.use(ref, Scope.TEST if test and delivered else scope, direct=True, requirement=requirement)
        elif ref.startswith("pkg:"):
            project.use(ref, direct=False if told else None)
        else:
            project.use(ref)


EXTRACTOR = Extractor(
    name=NAME,
    title="obj/project.assets.json with the project file",
    claims=Claims(names=("project.assets.json",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Licences: they stand in the packages' own manifests.",
        "Which target framework needs which package: the frameworks of a project are one list here.",
        "Whether the file is up to date: it is made by restoring, not by hand.",
    ),
    extract=extract,
)
