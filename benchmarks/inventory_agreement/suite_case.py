# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One expectation of another tool about some files, our answer to the same question, and how the two compare.

A package is compared as (purl type, name with namespace, version). Qualifiers and subpath are left out, namespaces of
distributions too, and names are spelt as registries compare them. A version "" means that the file gives only a
requirement.
"""

import importlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from paddock.engine.analyzer.analyze import analyze, extract_safely
from paddock.engine.analyzer.assemble import assemble
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.downloader.walk import walk
from paddock.engine.model.inventory import Inventory, Project, Scope
from paddock.engine.model.purl import PackageURL, parse_purl
from paddock.engine.spdx.names import map_statements, statements_are_alternatives

Identity = tuple[str, str, str]

# Types of older purls, and what the specification calls them.
RENAMED = {"pubspec": "pub", "alpine": "apk", "rubygems": "gem", "python": "pypi"}
DISTRIBUTIONS = frozenset({"apk", "deb", "rpm"})
NOT_DELIVERED = frozenset({Scope.DEV, Scope.TEST, Scope.BUILD})


@dataclass(frozen=True, kw_only=True)
class Case:
    """One expectation.

    root: the folder that is looked at; files: paths below it, none for all of them. extractors: by path, for files
    whose name does not tell the format ("" for a format that none of ours reads). expected: the components of `project`
    (a folder relative to root; None: of everything), without those needed only for development where `delivered` is
    set; `count` instead where only their number is known. types: the purl types that the other tool looked for; none:
    all. described: packages that the files are about, which may be projects or components of ours. licenses: the SPDX
    expression that each of them declares. pinned: whether only exact versions are compared.
    """

    name: str
    group: str
    root: Path
    files: tuple[str, ...] = ()
    extractors: dict[str, str] = field(default_factory=dict)
    expected: frozenset[Identity] = frozenset()
    count: int | None = None
    described: frozenset[Identity] = frozenset()
    licenses: dict[Identity, str] = field(default_factory=dict)
    project: str | None = None
    delivered: bool = False
    pinned: bool = True
    types: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What differs in one case; licences as (same, silent, other) with a line for each that is not the same.

    wanted: how many packages were expected. build_only: which of the surplus ones are needed for building only.
    """

    wanted: int
    missing: frozenset[Identity]
    surplus: frozenset[Identity]
    build_only: frozenset[Identity]
    crashes: tuple[str, ...]
    licenses: tuple[int, int, int]
    license_lines: tuple[str, ...]


@lru_cache(maxsize=1)
def all_extractors() -> dict[str, Extractor]:
    """Every extractor of every group, by name."""
    folder = Path(importlib.import_module("paddock.engine.analyzer.extractors").__path__[0])
    found: dict[str, Extractor] = {}
    for group in sorted(path.name for path in folder.iterdir() if (path / "__init__.py").is_file()):
        module = importlib.import_module(f"paddock.engine.analyzer.extractors.{group}")
        found.update({extractor.name: extractor for extractor in module.EXTRACTORS})
    return found


def normalised(name: str, purl_type: str) -> str:
    """Names as registries compare them."""
    if purl_type == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    return name.lower() if purl_type in {"composer", "nuget", "github", "githubactions", "golang", "swift"} else name


def identity(purl: str | PackageURL) -> Identity:
    """Type, full name and version, normalised. Raises InvalidPurl."""
    parsed = parse_purl(purl) if isinstance(purl, str) else purl
    kind = RENAMED.get(parsed.type, parsed.type)
    name = parsed.name if kind in DISTRIBUTIONS or not parsed.namespace else f"{parsed.namespace}/{parsed.name}"
    version = parsed.version or ""
    return kind, normalised(name, kind), version.removeprefix("v") if kind == "golang" else version


def show(one: Identity) -> str:
    """An identity as text: "maven/group/name@1"."""
    return f"{one[0]}/{one[1]}@{one[2]}"


def inventory_of(case: Case) -> Inventory:
    """Our inventory of the case's files; neighbours are there to be read."""
    extractors = all_extractors()
    if not case.files:
        return analyze(walk(case.root).files, list(extractors.values()))
    tree = DirectoryTree(case.root)
    extractions: list[tuple[str, Extraction]] = []
    for path in case.files:
        file = SourceFile(tree, path, (case.root / path).stat().st_size)
        chosen = [case.extractors[path]] if path in case.extractors else claimants(path)
        extractions.extend((path, extract_safely(extractors[name], file)) for name in chosen if name)
    return assemble(extractions)


def claimants(path: str) -> list[str]:
    """The names of the extractors that claim a path."""
    return [name for name, extractor in all_extractors().items() if extractor.claims.match(path)]


def compare(case: Case) -> Outcome:
    """Run a case and say what differs."""
    inventory = inventory_of(case)
    components = wanted_components(case, inventory)
    projects = {one for project in inventory.projects for one in project_identities(project, case)}
    wanted = case.expected | case.described
    missing, surplus = wanted - components - projects, components - wanted
    # A count may take in the packages that the files themselves describe.
    if case.count in (len(components), len(components) + len(inventory.projects)):
        surplus = set()
    same, lines, silent = 0, [], 0
    declared = declared_licenses(inventory)
    for package, theirs in sorted(case.licenses.items()):
        mine = declared.get(package) or declared.get((*package[:2], ""), "")
        same += mine == theirs
        silent += not mine
        if mine != theirs:
            lines.append(f"{'/'.join(package[:2])}@{package[2]}: theirs {theirs}, ours {mine or '(nothing)'}")
    return Outcome(
        wanted=len(wanted),
        missing=frozenset(missing),
        surplus=frozenset(surplus),
        build_only=frozenset(surplus & build_only(inventory)),
        crashes=tuple(issue.message for issue in inventory.issues if issue.message.startswith("not understood (")),
        licenses=(same, silent, len(case.licenses) - same - silent),
        license_lines=tuple(lines),
    )


def wanted_components(case: Case, inventory: Inventory) -> set[Identity]:
    """Our components as far as the case asks for them."""
    refs = {component.ref: identity(component.purl) for component in inventory.components}
    if case.project is not None or case.delivered:
        projects = projects_in(inventory, case.project)
        used = {
            usage.ref
            for project in projects
            for usage in project.usages
            if not (case.delivered and usage.scope in NOT_DELIVERED)
        }
        refs = {ref: one for ref, one in refs.items() if ref in used}
    return {one for one in refs.values() if (one[2] or not case.pinned) and (not case.types or one[0] in case.types)}


def build_only(inventory: Inventory) -> set[Identity]:
    """Components that every project using them needs for building only."""
    scopes: dict[str, set[Scope]] = defaultdict(set)
    for project in inventory.projects:
        for usage in project.usages:
            scopes[usage.ref].add(usage.scope)
    return {identity(one.purl) for one in inventory.components if scopes[one.ref] == {Scope.BUILD}}


def projects_in(inventory: Inventory, folder: str | None) -> list[Project]:
    """The projects defined in a folder ("" for the root); None: all of them."""
    if folder is None:
        return list(inventory.projects)
    here = [one for one in inventory.projects if one.id.rpartition("/")[0] == folder]
    files = [(one, path) for one in inventory.projects for path in one.definition_files]
    return here or [one for one, path in files if path.rpartition("/")[0] == folder]


def project_identities(project: Project, case: Case) -> set[Identity]:
    """A first-party package as a component would be named; by its plain name where the format gives it no purl."""
    if project.purl:
        return {identity(project.purl)}
    kinds = {one[0] for one in case.expected | case.described}
    return {(kind, normalised(project.name, kind), project.version) for kind in kinds if project.name}


def declared_licenses(inventory: Inventory) -> dict[Identity, str]:
    """What our components and projects declare, as SPDX expressions."""
    found: dict[Identity, str] = {}
    rows = [(one.purl, one.declared_licenses) for one in inventory.projects if one.purl]
    rows += [(one.purl, one.declared_licenses) for one in inventory.components]
    for purl, statements in rows:
        key = identity(purl)
        mapped = map_statements(statements, either=statements_are_alternatives(key[0])).expression
        found[key] = mapped or found.get(key, "")
    return found
