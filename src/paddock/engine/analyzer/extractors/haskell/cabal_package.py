# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package descriptions (`*.cabal`), as far as lock files need them: what a package of one's own requires directly.

Format: https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html. Conditions are not evaluated: what
stands under one counts like the rest of its section.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.workspace import matching_folders
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import make_purl

NAME = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
"""Package names are words of letters and digits, joined by dashes."""

_SECTIONS = {
    "library": Scope.RUNTIME,
    "executable": Scope.RUNTIME,
    "foreign-library": Scope.RUNTIME,
    "common": Scope.RUNTIME,
    "test-suite": Scope.TEST,
    "benchmark": Scope.DEV,
    "custom-setup": Scope.BUILD,
    "flag": None,
    "source-repository": None,
}
_FIELD = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)[ \t]*:(.*)")
_NEED = re.compile(rf"({NAME})(?::(?:{NAME}|\{{[^}}]*\}}))?(.*)", re.DOTALL)
_TOOLS = ("build-tool-depends", "build-tools", "setup-depends")


class Package(NamedTuple):
    """A package of one's own: path of its description, its identity, and for each need scope and requirement."""

    path: str
    name: str
    version: str
    license: str
    needs: dict[str, tuple[Scope, str]]


def read_packages(file: SourceFile, folders: Iterable[str]) -> list[Package]:
    """The packages described in the folders (patterns relative to the file's folder), each once, sorted by path."""
    found: dict[str, Package] = {}
    for pattern in folders:
        for folder in matching_folders(file, pattern):
            for name in file.siblings(folder or "."):
                description = (
                    file.neighbour(f"{folder}/{name}" if folder else name) if name.endswith(".cabal") else None
                )
                if description is not None and description.path not in found:
                    try:
                        found[description.path] = _read(description.path, description.text(strict=False))
                    except Unreadable:
                        continue  # a lock file can be read without it; what is direct is then not told
    return [found[path] for path in sorted(found)]


def use_all(draft: Draft, packages: list[Package], locked: dict[str, tuple[str, Scope]]) -> ProjectDraft:
    """Say which project uses what is locked: the one package, or each of several its own needs and the file the rest.

    locked: for each package name the ref and the scope that the lock file itself tells. Returns the owner of the rest.
    """
    projects = [
        draft.project(
            package.path,
            origin=Origin.LOCKED,
            name=package.name,
            version=package.version,
            purl=make_purl("hackage", package.name, package.version) if re.fullmatch(NAME, package.name) else None,
            licenses=(package.license,) if package.license else (),
        )
        for package in packages
    ]
    owner = projects[0] if len(projects) == 1 else draft.project(origin=Origin.LOCKED)
    direct: set[str] = set()
    for package, project in zip(packages, projects, strict=True):
        for name, (scope, requirement) in package.needs.items():
            if name in locked:
                direct.add(name)
                project.use(locked[name][0], scope, direct=True, requirement=requirement)
    for name, (ref, scope) in locked.items():
        if owner not in projects or name not in direct:
            owner.use(ref, scope, direct=False if projects and name not in direct else None)
    return owner


def _read(path: str, text: str) -> Package:
    scope: Scope | None = Scope.RUNTIME
    top: dict[str, str] = {}
    needs: dict[str, tuple[Scope, str]] = {}
    values: list[tuple[str, Scope | None, list[str]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("--"):
            continue
        section = line.split()[0].lower()
        found = _FIELD.match(line)
        if not line[0].isspace() and section in _SECTIONS:
            scope = _SECTIONS[section]
            values.append(("", scope, []))
        elif found:
            values.append((found.group(1).lower(), scope, [found.group(2)]))
        elif values:
            values[-1][2].append(line)
    for field, section_scope, lines in values:
        value = "\n".join(lines)
        if field == "build-depends" and section_scope is not None:
            _note(needs, value, section_scope)
        elif field in _TOOLS:
            _note(needs, value, Scope.BUILD)
        elif field in ("name", "version", "license"):
            top.setdefault(field, value.strip())
    needs.pop(top.get("name", ""), None)
    return Package(path, top.get("name", ""), top.get("version", ""), top.get("license", ""), needs)


def _note(needs: dict[str, tuple[Scope, str]], value: str, scope: Scope) -> None:
    for part in value.split(","):
        found = _NEED.match(part.strip())
        # Sections come in order of weight often, not always; the first mention of a library outweighs tests.
        if found and (found.group(1) not in needs or scope is Scope.RUNTIME):
            needs[found.group(1)] = (scope, " ".join(found.group(2).split()))
