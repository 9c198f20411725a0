# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""packages.config: the flat list of packages, transitive ones included, of an older .NET project.

Format: https://learn.microsoft.com/nuget/reference/packages-config.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import read_xml
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.dotnet.nuget import add_package, project_beside
from paddock.engine.analyzer.extractors.dotnet.project import describe_project, evaluate_beside, own_scope
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "dotnet/packages_config"


def extract(file: SourceFile) -> Extraction:
    """One project: that of the project file beside the list, or the list itself."""
    root = read_xml(file)
    if root.tag != "packages":
        raise Unreadable(f"the root element is <{root.tag}>, not <packages>")
    draft = Draft(file, NAME)
    evaluated = evaluate_beside(draft, project_beside(file))
    if evaluated is None:
        project = draft.project(origin=Origin.LOCKED)
    else:
        project = describe_project(draft, evaluated, Origin.LOCKED)
    scope = own_scope(evaluated) if evaluated else Scope.RUNTIME
    for element in root.iterchildren("package"):
        name, version = (element.get("id") or "").strip(), (element.get("version") or "").strip()
        line = element.sourceline if isinstance(element.sourceline, int) else None
        if not name or not version:
            draft.issue(f"a package without {'version' if name else 'id'} was left out: {name}".rstrip(": "), line=line)
            continue
        ref = add_package(draft, name, version, line=line)
        if ref:
            development = (element.get("developmentDependency") or "").lower() == "true"
            requirement = (element.get("allowedVersions") or "").strip()
            project.use(ref, Scope.DEV if development else scope, requirement=requirement)
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="packages.config",
    claims=Claims(names=("packages.config",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.LINES}),
    cannot_tell=("What is direct and who needs whom: the list is flat.", "Hashes."),
    extract=extract,
)
