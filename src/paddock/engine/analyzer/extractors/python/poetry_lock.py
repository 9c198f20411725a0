# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""poetry.lock of Poetry 1.x and 2.x: packages with hashes, groups and edges; pyproject.toml says what is direct.

Format: https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock (the lock file itself is described by
Poetry's source only); lock-version 1.0 to 2.1.
"""

import posixpath
import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.groups import scope_of_group, weightiest
from paddock.engine.analyzer.extractors.python.owner import find_owner, finish_owner
from paddock.engine.analyzer.extractors.python.requirement import (
    digests,
    normalised,
    parse_requirement,
    pinned_version,
    pypi_purl,
    without_credentials,
)
from paddock.engine.analyzer.extractors.python.resolution import Dependency, Graph, Locked
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin, Scope

NAME = "python/poetry_lock"

_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")


def extract(file: SourceFile) -> Extraction:
    """Packages from a folder of the tree are projects; everything else is a component."""
    document = read_toml(file)
    draft = Draft(file, NAME)
    owner = find_owner(draft, file)
    graph = Graph()
    shared_files = mapping(mapping(document.get("metadata")).get("files"))
    for package in sequence(document.get("package")):
        detail = mapping(package)
        name, version = text_of(detail.get("name")), text_of(detail.get("version"))
        ref = _add(draft, file, detail, _hashes(detail, shared_files.get(name)))
        if ref is None:
            draft.issue(f"a [[package]] called {name!r} in version {version!r} was left out")
        else:
            graph.add(Locked(ref, name, version, _dependencies(name, detail), _scope(detail)))
    finish_owner(draft, file, owner, graph)
    return draft.finish()


def _add(draft: Draft, file: SourceFile, detail: dict[str, Any], hashes: tuple[Hash, ...]) -> str | None:
    name, version = text_of(detail.get("name")), text_of(detail.get("version"))
    source = mapping(detail.get("source"))
    kind, url = text_of(source.get("type")), without_credentials(text_of(source.get("url")))
    if kind == "directory":
        return _add_member(draft, file, name, version, url)
    vcs_url = download_url = ""
    if kind == "git":
        revision = text_of(source.get("resolved_reference")) or text_of(source.get("reference"))
        vcs_url = f"git+{url}@{revision}".rstrip("@")
    elif kind == "url":
        download_url = url
    purl = pypi_purl(name, version, vcs_url=vcs_url, download_url=download_url)
    if purl is None:
        return None
    description = text_of(detail.get("description"))
    return draft.add(purl, hashes=hashes, vcs_url=vcs_url, download_url=download_url, description=description)


def _add_member(draft: Draft, file: SourceFile, name: str, version: str, folder: str) -> str | None:
    """A path dependency is a project of the tree; where its folder is not in the tree, one of this lock file."""
    purl = pypi_purl(name, version)
    if purl is None:
        return None
    manifest = file.neighbour(posixpath.join(folder, "pyproject.toml"))
    path = manifest.path if manifest else f"{file.path}#{normalised(name)}"
    draft.project(path, origin=Origin.LOCKED, name=name, version=version, purl=purl)
    return path


def _hashes(detail: dict[str, Any], shared: object) -> tuple[Hash, ...]:
    """From lock-version 2 on the files stand with the package, before in the metadata table."""
    files = sequence(detail.get("files")) or sequence(shared)
    return digests([text_of(mapping(entry).get("hash")) for entry in files])


def _scope(detail: dict[str, Any]) -> Scope:
    """Groups since lock-version 2.1, `category` in 1.x; between them the file does not tell."""
    groups = [text_of(group) for group in sequence(detail.get("groups"))]
    category = text_of(detail.get("category"))
    scope = weightiest([scope_of_group(group) for group in groups or ([category] if category else [])])
    return Scope.OPTIONAL if scope is Scope.RUNTIME and detail.get("optional") is True else scope


def _dependencies(name: str, detail: dict[str, Any]) -> list[Dependency]:
    brought_by, selves = _extras(name, mapping(detail.get("extras")))
    found = list(selves)
    for target, value in mapping(detail.get("dependencies")).items():
        for one in value if isinstance(value, list) else [value]:
            table = mapping(one)
            extras = tuple(text_of(extra) for extra in sequence(table.get("extras")))
            version = pinned_version(text_of(table.get("version")) or text_of(one))
            if table.get("optional") is True:
                whens = _EXTRA.findall(text_of(table.get("markers"))) or brought_by.get(normalised(target), [])
                found.extend(Dependency(target, extras, version, when) for when in whens)
            else:
                found.append(Dependency(target, extras, version))
    return found


def _extras(name: str, table: dict[str, Any]) -> tuple[dict[str, list[str]], list[Dependency]]:
    """Which extras bring each name; and the extras that only stand for others of the same package (`all`)."""
    brought_by: dict[str, list[str]] = {}
    selves: list[Dependency] = []
    for extra, texts in table.items():
        for text in sequence(texts):
            requirement = parse_requirement(text) if isinstance(text, str) else None
            if requirement is None:
                continue
            if requirement.key == normalised(name):
                selves.append(Dependency(name, requirement.extras, "", extra))
            else:
                brought_by.setdefault(requirement.key, []).append(extra)
    return brought_by, selves


EXTRACTOR = Extractor(
    name=NAME,
    title="poetry.lock (lock-version 1.0 to 2.1)",
    claims=Claims(names=("poetry.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES}),
    cannot_tell=(
        "Which markers hold: packages for other platforms and Python versions are in the lock file too.",
        "Direct or transitive when pyproject.toml is not in the tree.",
        "Build requirements, which Poetry does not lock.",
        "Licences of packages.",
    ),
    extract=extract,
)
