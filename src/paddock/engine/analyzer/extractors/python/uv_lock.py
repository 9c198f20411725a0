# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""uv.lock: every package of a workspace with hashes and edges; members, extras and groups stand in the file itself.

Format: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile (the schema is described by uv's source only).
"""

import posixpath
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.declaration import Declaration
from paddock.engine.analyzer.extractors.python.groups import scope_of_extra, scope_of_group
from paddock.engine.analyzer.extractors.python.owner import declare_project, read_manifest
from paddock.engine.analyzer.extractors.python.requirement import (
    digests,
    normalised,
    pypi_purl,
    without_credentials,
)
from paddock.engine.analyzer.extractors.python.resolution import Dependency, Graph, Locked
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/uv_lock"

_FOLDERS = ("editable", "virtual", "directory")


def extract(file: SourceFile) -> Extraction:
    """Packages whose source is a folder are the workspace's own members, that is, projects."""
    document = read_toml(file)
    draft = Draft(file, NAME)
    graph = Graph()
    members: list[tuple[Locked, dict[str, Any]]] = []
    for package in sequence(document.get("package")):
        detail = mapping(package)
        name, version = text_of(detail.get("name")), text_of(detail.get("version"))
        source = mapping(detail.get("source"))
        folder = next((text_of(source.get(kind)) for kind in _FOLDERS if text_of(source.get(kind))), "")
        ref = _add_member(draft, file, name, version, folder) if folder else _add(draft, detail, source)
        if ref is None:
            draft.issue(f"a [[package]] called {name!r} in version {version!r} was left out")
            continue
        graph.add(Locked(ref, name, version, _dependencies(detail)))
        if folder:
            members.append((graph.packages[-1], detail))
    root = mapping(document.get("manifest"))
    asked = [*_asked(root, members)]
    graph.connect(draft, asked)
    for member, detail in members:
        _use_by_member(draft, graph, member, detail)
    _use_by_root(draft, file, graph, root, bool(members))
    return draft.finish()


def _add(draft: Draft, detail: dict[str, Any], source: dict[str, Any]) -> str | None:
    vcs_url = without_credentials(text_of(source.get("git")))
    if vcs_url:
        address, _, commit = vcs_url.partition("#")
        vcs_url = f"git+{address.split('?')[0]}{f'@{commit}' if commit else ''}"
    url = without_credentials(text_of(source.get("url")))
    purl = pypi_purl(text_of(detail.get("name")), text_of(detail.get("version")), vcs_url=vcs_url, download_url=url)
    if purl is None:
        return None
    files = [mapping(detail.get("sdist")), *(mapping(wheel) for wheel in sequence(detail.get("wheels")))]
    return draft.add(
        purl,
        hashes=digests([text_of(entry.get("hash")) for entry in files]),
        vcs_url=vcs_url,
        download_url=url,
    )


def _add_member(draft: Draft, file: SourceFile, name: str, version: str, folder: str) -> str | None:
    """The project of a member; where its pyproject.toml is not in the tree or unreadable, one of this lock file."""
    purl = pypi_purl(name, version)
    if purl is None:
        return None
    manifest = file.neighbour(posixpath.join(folder, "pyproject.toml"))
    declaration: Declaration | None = read_manifest(draft, manifest) if manifest else None
    if manifest is None or declaration is None:
        path = manifest.path if manifest else f"{file.path}#{normalised(name)}"
        draft.project(path, origin=Origin.LOCKED, name=name, version=version, purl=purl)
        return path
    declaration.name, declaration.version = name, declaration.version or version
    declare_project(draft, manifest, declaration)
    return manifest.path


def _entries(values: object, when: str = "") -> list[Dependency]:
    found = []
    for value in sequence(values):
        table = mapping(value)
        name = text_of(table.get("name"))
        extras = tuple(text_of(extra) for extra in sequence(table.get("extra")) or sequence(table.get("extras")))
        if name:
            found.append(Dependency(name, extras, text_of(table.get("version")), when))
    return found


def _dependencies(detail: dict[str, Any]) -> list[Dependency]:
    """What always and what by extras is needed; groups are nobody else's business than the member's own."""
    found = _entries(detail.get("dependencies"))
    for extra, values in mapping(detail.get("optional-dependencies")).items():
        found.extend(_entries(values, extra))
    return found


def _groups(detail: dict[str, Any]) -> list[tuple[Scope, list[Dependency]]]:
    """A member's direct needs by scope."""
    return [
        (Scope.RUNTIME, _entries(detail.get("dependencies"))),
        *(
            (scope_of_extra(extra), _entries(values))
            for extra, values in mapping(detail.get("optional-dependencies")).items()
        ),
        *(
            (scope_of_group(group), _entries(values))
            for group, values in mapping(detail.get("dev-dependencies")).items()
        ),
    ]


def _asked(root: dict[str, Any], members: list[tuple[Locked, dict[str, Any]]]) -> list[tuple[str, tuple[str, ...]]]:
    """The extras that members and the root ask for; a member's own extras are all locked, so that each counts."""
    asked: list[tuple[str, tuple[str, ...]]] = []
    for member, detail in members:
        asked.append((member.name, tuple(mapping(detail.get("optional-dependencies")))))
        asked.extend((need.name, need.extras) for _, needs in _groups(detail) for need in needs)
    asked.extend((need.name, need.extras) for _, needs in _root_groups(root) for need in needs)
    return asked


def _use_by_member(draft: Draft, graph: Graph, member: Locked, detail: dict[str, Any]) -> None:
    project = draft.project(member.ref, origin=Origin.LOCKED)
    metadata = mapping(detail.get("metadata"))
    requirements = {
        normalised(text_of(mapping(entry).get("name"))): text_of(mapping(entry).get("specifier"))
        for entries in (metadata.get("requires-dist"), *mapping(metadata.get("requires-dev")).values())
        for entry in sequence(entries)
    }
    for scope, needs in _groups(detail):
        for need in needs:
            for target in graph.find(need.name, need.version):
                if target.ref != project.id:
                    requirement = requirements.get(normalised(need.name), "")
                    project.use(target.ref, scope, direct=True, requirement=requirement)
    draft.follow(project)


def _root_groups(root: dict[str, Any]) -> list[tuple[Scope, list[Dependency]]]:
    """The needs of a workspace root that is no package itself, or of a script."""
    groups = mapping(root.get("dependency-groups"))
    return [
        (Scope.RUNTIME, _entries(root.get("requirements"))),
        *((scope_of_group(group), _entries(values)) for group, values in groups.items()),
    ]


def _use_by_root(draft: Draft, file: SourceFile, graph: Graph, root: dict[str, Any], has_members: bool) -> None:
    groups = [(scope, needs) for scope, needs in _root_groups(root) if needs]
    if has_members and not groups:
        return
    manifest = file.neighbour("pyproject.toml")
    declaration = read_manifest(draft, manifest) if manifest else None
    project = (
        declare_project(draft, manifest, declaration)
        if manifest and declaration
        else draft.project(origin=Origin.LOCKED)
    )
    for scope, needs in groups:
        for need in needs:
            for target in graph.find(need.name, need.version):
                project.use(target.ref, scope, direct=True)
    if groups:
        draft.follow(project)
    else:
        graph.use_all(project, declared=False)


EXTRACTOR = Extractor(
    name=NAME,
    title="uv.lock",
    claims=Claims(names=("uv.lock",), patterns=("*.py.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Which markers hold: packages for other platforms and Python versions are in the lock file too.",
        "Build requirements, which uv does not lock. Licences of packages.",
    ),
    extract=extract,
)
