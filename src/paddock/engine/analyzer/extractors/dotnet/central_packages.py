# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Directory.Packages.props that no project in the tree uses: the versions it sets for projects elsewhere.

Format: https://learn.microsoft.com/nuget/consume-packages/central-package-management. Where a project file below it is
in the tree, that project's extractor reads this file.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dotnet.msbuild import evaluate_alone
from paddock.engine.analyzer.extractors.dotnet.nuget import add_package, pinned_version
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "dotnet/central_packages"


def extract(file: SourceFile) -> Extraction:
    """One project with every package that has a central version or a global reference."""
    draft = Draft(file, NAME)
    evaluated = evaluate_alone(file)
    project = draft.project(origin=Origin.DECLARED)
    unpinned = 0
    for items in (evaluated.references, evaluated.versions):
        for references in items.values():
            for reference in references:
                requirement = reference.metadata.get("version") or ""
                version = pinned_version(requirement)
                ref = add_package(draft, reference.name, version, path=reference.path, line=reference.line)
                if ref:
                    unpinned += not version
                    scope = Scope.DEV if reference.everywhere else Scope.UNKNOWN
                    project.use(ref, scope, requirement=requirement)
    for reason, path, line in evaluated.problems:
        draft.issue(reason, path=path, line=line)
    if unpinned:
        draft.issue(f"{unpinned} packages have no exact version; a packages.lock.json pins them")
    if evaluated.references or evaluated.versions:
        draft.issue("no project in the tree uses these versions; which of the packages are needed cannot be told")
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="Directory.Packages.props without projects",
    claims=Claims(names=("Directory.Packages.props",)),
    tells=frozenset({Fact.VERSIONS, Fact.LINES}),
    cannot_tell=("Which of the packages any project uses, for what, and what they bring in.",),
    extract=extract,
)
