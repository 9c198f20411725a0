# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A .NET project as a project of the inventory: what its file says about itself and which other projects it uses."""

from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractors.dotnet.msbuild import Project, evaluate
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import InvalidPurl, make_purl

TEST_PACKAGE = "microsoft.net.test.sdk"
"""The package, in lower case, that makes a project a test project."""


def own_scope(project: Project | None) -> Scope:
    """TEST for test projects, whose needs are not delivered; else RUNTIME. UNKNOWN without a project file."""
    if project is None:
        return Scope.UNKNOWN
    test = project.is_true("IsTestProject") or TEST_PACKAGE in project.references
    return Scope.TEST if test else Scope.RUNTIME


def evaluate_beside(draft: Draft, file: SourceFile | None) -> Project | None:
    """The evaluated project file that a lock file belongs to, noted as covered; None, with an issue, if damaged."""
    if file is None:
        return None
    try:
        project = evaluate(file)
    except Unreadable as error:
        draft.issue(error.reason, path=file.path, line=error.line)
        return None
    draft.cover(file.path)
    return project


def describe_project(draft: Draft, project: Project, origin: Origin) -> ProjectDraft:
    """Note the project, the files that define it and the projects it references."""
    name = project.value("PackageId") or project.value("AssemblyName") or project.value("MSBuildProjectName")
    version = project.value("Version") or project.value("VersionPrefix")
    purl = None
    if project.value("PackageId"):
        try:
            purl = make_purl("nuget", project.value("PackageId"), version)
        except InvalidPurl:
            purl = None
    stated = project.value("PackageLicenseExpression")
    found = draft.project(
        project.file.path,
        origin=origin,
        name=name,
        version=version,
        purl=purl,
        licenses=(stated,) if stated else (),
    )
    found.files.update(project.files)
    draft.cover(*(path for path in project.files if path.endswith("Directory.Packages.props")))
    for reason, path, line in project.problems:
        draft.issue(reason, path=path, line=line)
    scope = own_scope(project)
    for relative in dict.fromkeys(project.projects):
        other = project.file.neighbour(relative)
        if other is None:
            draft.issue(f"the referenced project {relative} is not in the tree", Severity.HINT, path=project.file.path)
        elif other.path != found.id:
            found.use(draft.refer(other.path), scope, direct=True)
    return found
