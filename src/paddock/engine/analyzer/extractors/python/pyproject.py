# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pyproject.toml as a declaration: PEP 621 metadata, dependency groups, and the tables of Poetry, PDM and uv.

https://packaging.python.org/en/latest/specifications/pyproject-toml/
https://packaging.python.org/en/latest/specifications/dependency-groups/
https://python-poetry.org/docs/pyproject/ and https://python-poetry.org/docs/dependency-specification/
"""

import re
from typing import Any

from paddock.engine.analyzer.documents import mapping, sequence, text_of
from paddock.engine.analyzer.extractors.python.declaration import Declaration, Need, first_line, license_classifiers
from paddock.engine.analyzer.extractors.python.groups import scope_of_extra, scope_of_group
from paddock.engine.analyzer.extractors.python.requirement import Requirement, normalised, without_credentials
from paddock.engine.model.inventory import Scope

_EXACT = re.compile(r"={0,3}\s*(\d[^\s,|*<>=~^!]*)")


def read_declaration(document: dict[str, Any], *, build: bool = True) -> Declaration:
    """What the tables say together. build: also `build-system.requires` (lock files never lock those)."""
    declaration = Declaration()
    project, tool = mapping(document.get("project")), mapping(document.get("tool"))
    poetry = mapping(tool.get("poetry"))
    _identity(declaration, project, poetry)
    for text in sequence(project.get("dependencies")):
        declaration.require(text, Scope.RUNTIME, "project.dependencies")
    for extra, texts in mapping(project.get("optional-dependencies")).items():
        for text in sequence(texts):
            declaration.require(text, scope_of_extra(extra), f"optional-dependencies.{extra}")
    _groups(declaration, mapping(document.get("dependency-groups")))
    for group, texts in mapping(mapping(tool.get("pdm")).get("dev-dependencies")).items():
        for text in sequence(texts):
            # PDM writes local packages as `-e file:///${PROJECT_ROOT}/…#egg=name`.
            if not (isinstance(text, str) and text.startswith("-e ")):
                declaration.require(text, scope_of_group(group), f"tool.pdm.dev-dependencies.{group}")
    for text in sequence(mapping(tool.get("uv")).get("dev-dependencies")):
        declaration.require(text, Scope.DEV, "tool.uv.dev-dependencies")
    _poetry(declaration, poetry)
    if build:
        for text in sequence(mapping(document.get("build-system")).get("requires")):
            declaration.require(text, Scope.BUILD, "build-system.requires")
    # setuptools reads dynamic fields from files and attributes; the extractor of pyproject.toml follows the files.
    return declaration


def is_project(document: dict[str, Any]) -> bool:
    """Whether the file defines a project, not only the configuration of tools."""
    tool = mapping(document.get("tool"))
    return any(key in document for key in ("project", "build-system", "dependency-groups")) or "poetry" in tool


def _identity(declaration: Declaration, project: dict[str, Any], poetry: dict[str, Any]) -> None:
    declaration.name = text_of(project.get("name")) or text_of(poetry.get("name"))
    declaration.version = text_of(project.get("version")) or text_of(poetry.get("version"))
    stated = project.get("license")
    table = mapping(stated)
    license_text = first_line(text_of(stated) or text_of(table.get("text")) or text_of(poetry.get("license")))
    classifiers = sequence(project.get("classifiers")) or sequence(poetry.get("classifiers"))
    # A licence expression replaces the classifiers; they may only repeat it less exactly.
    expressed = isinstance(stated, str) and stated.strip()
    declaration.licenses = tuple(
        dict.fromkeys(text for text in (license_text, *(() if expressed else license_classifiers(classifiers))) if text)
    )


def _groups(declaration: Declaration, groups: dict[str, Any]) -> None:
    """PEP 735 groups. An included group is not followed: its requirements stand in the file under their own group."""
    names = {normalised(name) for name in groups}
    for group, entries in groups.items():
        for entry in sequence(entries):
            if isinstance(entry, dict):
                included = text_of(entry.get("include-group"))
                if normalised(included) not in names:
                    declaration.problems.append(
                        (f"dependency group {group} includes {included!r}, which is not there", None)
                    )
            else:
                declaration.require(entry, scope_of_group(group), f"dependency-groups.{group}")


def _poetry(declaration: Declaration, poetry: dict[str, Any]) -> None:
    for name, value in mapping(poetry.get("dependencies")).items():
        if name != "python":
            _poetry_need(declaration, name, value, Scope.RUNTIME)
    for name, value in mapping(poetry.get("dev-dependencies")).items():
        _poetry_need(declaration, name, value, Scope.DEV)
    for group, table in mapping(poetry.get("group")).items():
        for name, value in mapping(mapping(table).get("dependencies")).items():
            _poetry_need(declaration, name, value, scope_of_group(group))


def _poetry_need(declaration: Declaration, name: str, value: object, scope: Scope) -> None:
    """One of Poetry's spellings: a version text, a table, or a list of tables for different platforms."""
    for one in value if isinstance(value, list) else [value]:
        detail = mapping(one)
        version = text_of(detail.get("version")) or text_of(one)
        url = _poetry_url(detail)
        extras = tuple(text_of(extra) for extra in sequence(detail.get("extras")) if text_of(extra))
        exact = _EXACT.fullmatch(version)
        requirement = Requirement(
            name, extras, f"=={exact.group(1)}" if exact else "", url, text_of(detail.get("markers"))
        )
        optional = scope is Scope.RUNTIME and detail.get("optional") is True
        declaration.needs.append(
            Need(
                requirement,
                Scope.OPTIONAL if optional else scope,
                version or (f"@ {url}" if url else ""),
                text_of(detail.get("path")),
            )
        )


def _poetry_url(detail: dict[str, Any]) -> str:
    git = text_of(detail.get("git"))
    if not git:
        return without_credentials(text_of(detail.get("url")))
    revision = text_of(detail.get("rev")) or text_of(detail.get("tag")) or text_of(detail.get("branch"))
    return f"git+{without_credentials(git)}{f'@{revision}' if revision else ''}"
