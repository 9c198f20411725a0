# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""packages.lock.json: every package of a .NET project per target framework, with hashes and edges.

Format: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies;
the project file beside it tells scopes and references to other projects.
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dotnet.msbuild import Project
from paddock.engine.analyzer.extractors.dotnet.nuget import add_package, project_beside, sha512
from paddock.engine.analyzer.extractors.dotnet.project import describe_project, evaluate_beside
from paddock.engine.analyzer.extractors.dotnet.project_file import scope_of
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "dotnet/packages_lock"


def extract(file: SourceFile) -> Extraction:
    """One project; other projects of the solution that it needs are projects, not components."""
    document = require_mapping(read_json(file), "a packages.lock.json")
    draft = Draft(file, NAME)
    evaluated = evaluate_beside(draft, _project(file))
    if evaluated is None:
        project = draft.project(origin=Origin.LOCKED)
    else:
        project = describe_project(draft, evaluated, Origin.LOCKED)
    known = _projects_by_name(evaluated)
    for framework, packages in mapping(document.get("dependencies")).items():
        if not isinstance(packages, dict):
            draft.issue(f"the list for {framework!r} is not understood")
            continue
        _add_framework(draft, project, packages, known, evaluated)
    return draft.finish()


def _project(file: SourceFile) -> SourceFile | None:
    """`packages.<name>.lock.json` names its project; with the plain name there is one project in the folder."""
    own = file.name.removeprefix("packages.").removesuffix("lock.json").rstrip(".")
    for suffix in ("csproj", "fsproj", "vbproj") if own else ():
        found = file.neighbour(f"{own}.{suffix}")
        if found is not None:
            return found
    return project_beside(file)


def _projects_by_name(evaluated: Project | None) -> dict[str, str]:
    """Referenced projects by lower-case name, which is how the lock file calls them."""
    found: dict[str, str] = {}
    for relative in evaluated.projects if evaluated else ():
        other = evaluated.file.neighbour(relative) if evaluated else None
        if other is not None:
            found[posixpath.splitext(other.name)[0].lower()] = other.path
    return found


def _add_framework(
    draft: Draft,
    project: ProjectDraft,
    packages: dict[str, Any],
    known: dict[str, str],
    evaluated: Project | None,
) -> None:
    refs: dict[str, str] = {}
    for name, value in packages.items():
        entry = mapping(value)
        kind = text_of(entry.get("type")).lower()
        if kind == "project":
            ref = known.get(name.lower())
        else:
            hashes = sha512(text_of(entry.get("contentHash")))
            ref = add_package(draft, name, text_of(entry.get("resolved")), hashes=hashes)
        if not ref or ref == project.id:
            continue
        refs[name.lower()] = ref
        if kind == "direct":
            scope = _scope(evaluated, name)
            project.use(ref, scope, direct=True, requirement=text_of(entry.get("requested")))
        elif kind == "project":
            project.use(ref)
        else:
            project.use(ref, direct=False)
    for name, value in packages.items():
        for target in mapping(mapping(value).get("dependencies")):
            if name.lower() in refs and target.lower() in refs:
                draft.depend(refs[name.lower()], refs[target.lower()])


def _scope(evaluated: Project | None, name: str) -> Scope:
    references = evaluated.references.get(name.lower(), []) if evaluated else []
    return scope_of(evaluated, references[0]) if evaluated and references else Scope.UNKNOWN


EXTRACTOR = Extractor(
    name=NAME,
    title="packages.lock.json with the project file beside it",
    claims=Claims(names=("packages.lock.json",), patterns=("packages.*.lock.json",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Scopes, where no project file lies beside it.",
        "Licences: they stand in the packages' own manifests.",
        "Which target framework needs which package: the frameworks of a project are one list here.",
    ),
    extract=extract,
)
