# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""*.csproj, *.fsproj, *.vbproj without a lock file: package references, with central package management.

Formats: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files and
https://learn.microsoft.com/nuget/consume-packages/central-package-management; see `msbuild.py` for how they are read.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dotnet.msbuild import Project, Reference, evaluate
from paddock.engine.analyzer.extractors.dotnet.nuget import PROJECT_SUFFIXES, add_package, asset_scope, pinned_version
from paddock.engine.analyzer.extractors.dotnet.project import describe_project, own_scope
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity

NAME = "dotnet/project_file"


def extract(file: SourceFile) -> Extraction:
    """One project with its direct packages and the projects it references."""
    draft = Draft(file, NAME)
    evaluated = evaluate(file)
    project = describe_project(draft, evaluated, Origin.DECLARED)
    unpinned = 0
    total = 0
    for references in evaluated.references.values():
        for reference in references:
            total += 1
            unpinned += not _use(draft, project, evaluated, reference)
    for name, version in evaluated.sdks.items():
        ref = add_package(draft, name, pinned_version(version))
        if ref:
            project.use(ref, Scope.BUILD, direct=True, requirement=version)
    if unpinned:
        draft.issue(f"{unpinned} packages have no exact version; a packages.lock.json pins them")
    if total:
        draft.issue(
            "packages that other packages bring in are not known; set RestorePackagesWithLockFile to true, restore and"
            " keep the packages.lock.json",
        )
    return draft.finish()


def _use(draft: Draft, project: ProjectDraft, evaluated: Project, reference: Reference) -> bool:
    """Note one reference; whether its version is pinned in every variant."""
    pinned = True
    # Names are the same in any case; the central file's spelling makes one component of all its users' spellings.
    central = evaluated.versions.get(reference.name.lower())
    name = central[0].name if central else reference.name
    for requirement in requirements(evaluated, reference):
        if requirement is None:
            message = f"the version of {reference.name} is computed and cannot be told"
            draft.issue(message, Severity.WARNING, path=reference.path, line=reference.line)
        version = pinned_version(requirement or "")
        pinned = pinned and bool(version)
        ref = add_package(draft, name, version, path=reference.path, line=reference.line)
        if ref:
            project.use(ref, scope_of(evaluated, reference), direct=True, requirement=requirement or "")
    return pinned


def requirements(evaluated: Project, reference: Reference) -> list[str | None]:
    """The version requirements of a reference: its own, or the central ones; None for one that cannot be told."""
    metadata = reference.metadata
    for key in ("versionoverride", "version"):
        if key in metadata and metadata[key] != "":
            return [metadata[key]]
    central = evaluated.versions.get(reference.name.lower(), [])
    if evaluated.value("ManagePackageVersionsCentrally").lower() == "false":
        central = []
    found = list(dict.fromkeys(entry.metadata.get("version", "") for entry in central))
    return found or [""]


def scope_of(evaluated: Project, reference: Reference) -> Scope:
    """The scope of a direct reference: by its assets; in test projects nothing is delivered."""
    if reference.everywhere:
        return Scope.DEV  # global references are kept from others and out of compilation
    scope = asset_scope(
        private=reference.metadata.get("privateassets") or "",
        include=reference.metadata.get("includeassets") or "",
        exclude=reference.metadata.get("excludeassets") or "",
    )
    own = own_scope(evaluated)
    return own if own is Scope.TEST and scope in (Scope.RUNTIME, Scope.UNKNOWN) else scope


EXTRACTOR = Extractor(
    name=NAME,
    title="*.csproj, *.fsproj, *.vbproj with Directory.Build.props and Directory.Packages.props",
    claims=Claims(suffixes=PROJECT_SUFFIXES),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LICENSES, Fact.LINES}),
    cannot_tell=(
        "Packages that other packages bring in: packages.lock.json or obj/project.assets.json have them.",
        "Conditions on the configuration or the target framework: items under them count.",
        "Values that MSBuild functions compute, and properties that only the SDK or the command line sets.",
        "Whether a package that is only kept from consumers (PrivateAssets) is delivered.",
    ),
    extract=extract,
)
