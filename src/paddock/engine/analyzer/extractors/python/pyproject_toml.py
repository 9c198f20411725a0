# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pyproject.toml without a lock file: requirements, pinned or not, with their scopes.

Format: https://packaging.python.org/en/latest/specifications/pyproject-toml/
"""

from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.declaration import (
    MANIFESTS,
    Declaration,
    open_project,
    report,
    use_declared,
)
from paddock.engine.analyzer.extractors.python.groups import scope_of_extra
from paddock.engine.analyzer.extractors.python.pyproject import is_project, read_declaration
from paddock.engine.analyzer.extractors.python.requirement_files import read_referred
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/pyproject_toml"


def extract(file: SourceFile) -> Extraction:
    """A file with only the configuration of tools tells nothing and gives no project."""
    document = read_toml(file)
    draft = Draft(file, NAME)
    if not is_project(document):
        return draft.finish()
    declaration = read_declaration(document)
    _follow_dynamic(declaration, file, document)
    project = open_project(draft, file, declaration, Origin.DECLARED)
    use_declared(draft, file, project, declaration)
    report(draft, declaration)
    return draft.finish()


def _follow_dynamic(declaration: Declaration, file: SourceFile, document: dict[str, Any]) -> None:
    """`dynamic` fields: setuptools reads requirements from the files that `tool.setuptools.dynamic` names.

    https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
    """
    dynamic = {text_of(field) for field in sequence(mapping(document.get("project")).get("dynamic"))}
    sources = mapping(mapping(mapping(document.get("tool")).get("setuptools")).get("dynamic"))
    optional = mapping(sources.get("optional-dependencies"))
    tables = {
        "dependencies": [(Scope.RUNTIME, mapping(sources.get("dependencies")))],
        "optional-dependencies": [(scope_of_extra(extra), mapping(value)) for extra, value in optional.items()],
    }
    for field, found in tables.items():
        if field not in dynamic:
            continue
        named = [(scope, _file_names(table)) for scope, table in found if _file_names(table)]
        for scope, names in named:
            needs, problems = read_referred(file, names, scope, field)
            declaration.needs.extend(needs)
            declaration.problems.extend(problems)
        if not named and not any(file.neighbour(name) for name in MANIFESTS[1:]):
            declaration.problems.append((f"{field} are computed when the project is built and cannot be told", None))


def _file_names(table: dict[str, Any]) -> list[str]:
    value = table.get("file")
    return [text_of(name) for name in (value if isinstance(value, list) else [value]) if text_of(name)]


EXTRACTOR = Extractor(
    name=NAME,
    title="pyproject.toml (PEP 621, PEP 735, Poetry, PDM, uv)",
    claims=Claims(names=("pyproject.toml",)),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT, Fact.LICENSES}),
    cannot_tell=(
        "Versions, unless a requirement pins one; what the requirements bring in.",
        "Dynamic fields that a build back end computes.",
        "Which extras and groups somebody installs: all of them are listed.",
    ),
    extract=extract,
)
