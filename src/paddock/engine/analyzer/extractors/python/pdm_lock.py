# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pdm.lock: packages with hashes, groups and edges; pyproject.toml gives what is direct.

Format: https://pdm-project.org/en/latest/usage/lockfile/ (lock_version 3 to 4.5). A package that is locked with extras
has a second entry, whose dependencies are those that the extras bring.
"""

from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.groups import scope_of_extra, scope_of_group, weightiest
from paddock.engine.analyzer.extractors.python.owner import Owner, find_owner, finish_owner
from paddock.engine.analyzer.extractors.python.requirement import (
    digests,
    parse_requirement,
    pypi_purl,
    without_credentials,
)
from paddock.engine.analyzer.extractors.python.resolution import Dependency, Graph, Locked
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/pdm_lock"


def extract(file: SourceFile) -> Extraction:
    """Packages from a folder of the tree are projects; everything else is a component."""
    document = read_toml(file)
    draft = Draft(file, NAME)
    owner = find_owner(draft, file)
    graph = Graph()
    extras = _extra_names(file, owner)
    files = mapping(mapping(document.get("metadata")).get("files"))
    plain: dict[tuple[str, str], Locked] = {}
    for package in sequence(document.get("package")):
        detail = mapping(package)
        name, version = text_of(detail.get("name")), text_of(detail.get("version"))
        ref = _add(draft, file, detail, sequence(detail.get("files")) or sequence(files.get(f"{name} {version}")))
        if ref is None:
            draft.issue(f"a [[package]] called {name!r} in version {version!r} was left out")
            continue
        locked = plain.get((ref, version))
        if locked is None:
            locked = plain[ref, version] = Locked(ref, name, version)
            graph.add(locked)
        locked.scope = weightiest(
            [scope for scope in (locked.scope, _scope(detail, extras)) if scope is not Scope.UNKNOWN]
        )
        locked.needs.extend(_dependencies(detail))
    finish_owner(draft, file, owner, graph)
    return draft.finish()


def _add(draft: Draft, file: SourceFile, detail: dict[str, Any], files: list[Any]) -> str | None:
    name, version = text_of(detail.get("name")), text_of(detail.get("version"))
    git, path = text_of(detail.get("git")), text_of(detail.get("path"))
    if path and not path.endswith((".whl", ".tar.gz", ".zip")):
        purl = pypi_purl(name, version)
        if purl is None:
            return None
        manifest = file.neighbour(f"{path}/pyproject.toml")
        project = manifest.path if manifest else f"{file.path}#{name}"
        draft.project(project, origin=Origin.LOCKED, name=name, version=version, purl=purl)
        return project
    vcs_url = f"git+{without_credentials(git)}@{text_of(detail.get('revision'))}".rstrip("@") if git else ""
    url = without_credentials(text_of(detail.get("url")))
    purl = pypi_purl(name, version, vcs_url=vcs_url, download_url=url)
    if purl is None:
        return None
    hashes = digests([text_of(mapping(entry).get("hash")) for entry in files])
    return draft.add(purl, hashes=hashes, vcs_url=vcs_url, download_url=url, description=text_of(detail.get("summary")))


def _extra_names(file: SourceFile, owner: Owner) -> frozenset[str] | None:
    """The optional dependencies of the project: PDM's groups mix them with the development groups. None: not told."""
    if owner.declaration is None:
        return None
    manifest = file.neighbour("pyproject.toml")
    project = mapping(read_toml(manifest).get("project")) if manifest else {}
    return frozenset(mapping(project.get("optional-dependencies")))


def _scope(detail: dict[str, Any], extras: frozenset[str] | None) -> Scope:
    groups = [text_of(group) for group in sequence(detail.get("groups"))]
    return weightiest([_scope_of(group, extras) for group in groups])


def _scope_of(group: str, extras: frozenset[str] | None) -> Scope:
    if extras is None:
        # Without the manifest only a telling name says whether a group is an extra or for development.
        by_name = scope_of_extra(group)
        return Scope.RUNTIME if group == "default" else Scope.UNKNOWN if by_name is Scope.OPTIONAL else by_name
    return scope_of_extra(group) if group in extras else scope_of_group(group)


def _dependencies(detail: dict[str, Any]) -> list[Dependency]:
    whens = [text_of(extra) for extra in sequence(detail.get("extras"))] or [""]
    found: list[Dependency] = []
    for text in sequence(detail.get("dependencies")):
        requirement = parse_requirement(text) if isinstance(text, str) else None
        if requirement is not None:
            found.extend(Dependency(requirement.name, requirement.extras, requirement.pinned, when) for when in whens)
    return found


EXTRACTOR = Extractor(
    name=NAME,
    title="pdm.lock (lock_version 3 to 4.5)",
    claims=Claims(names=("pdm.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Which markers hold: packages for other platforms and Python versions are in the lock file too.",
        "Whether a group is an extra or for development, without pyproject.toml or a telling name.",
        "Build requirements, which PDM does not lock. Licences of packages.",
    ),
    extract=extract,
)
