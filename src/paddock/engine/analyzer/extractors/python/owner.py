# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The project that owns a lock file: its pyproject.toml lies beside it and says what is direct, and in which scope."""

import msgspec

from paddock.engine.analyzer.documents import mapping, read_toml, sequence
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractors.python.declaration import (
    MANIFESTS,
    Declaration,
    report,
    use_local,
)
from paddock.engine.analyzer.extractors.python.pyproject import is_project, read_declaration
from paddock.engine.analyzer.extractors.python.requirement import pypi_purl
from paddock.engine.analyzer.extractors.python.resolution import Graph
from paddock.engine.analyzer.extractors.python.setup_cfg import read_setup_cfg
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.issue import Severity


class Owner(msgspec.Struct):
    """The project of a lock file. declaration: what its manifest says; None when it has none that can be read."""

    project: ProjectDraft
    declaration: Declaration | None


def find_owner(draft: Draft, file: SourceFile) -> Owner:
    """The project whose manifest lies beside the lock file, which covers it; else one with the lock file's own path."""
    manifest = file.neighbour("pyproject.toml")
    declaration = read_manifest(draft, manifest) if manifest else None
    if manifest is None or declaration is None:
        return Owner(draft.project(origin=Origin.LOCKED), None)
    return Owner(declare_project(draft, manifest, declaration), declaration)


def read_manifest(draft: Draft, manifest: SourceFile) -> Declaration | None:
    """The declaration in a pyproject.toml; None when it cannot be read (its own extractor says so) or defines none."""
    try:
        document = read_toml(manifest)
    except Unreadable:
        return None
    if not is_project(document):
        return None
    declaration = read_declaration(document, build=False)
    requires = [
        text for text in sequence(mapping(document.get("build-system")).get("requires")) if isinstance(text, str)
    ]
    if requires:
        draft.issue(
            f"the build requires {', '.join(requires)[:200]}, which lock files do not pin; left out",
            Severity.HINT,
            path=manifest.path,
        )
    return declaration


def declare_project(draft: Draft, manifest: SourceFile, declaration: Declaration) -> ProjectDraft:
    """The draft of a locked project with what its manifests state; the lock file covers all of them."""
    licenses = declaration.licenses
    for name in MANIFESTS:
        found = manifest.neighbour(name)
        if found is not None:
            draft.cover(found.path)
            if name == "setup.cfg" and not licenses:
                licenses = _licenses(found)
    project = draft.project(
        manifest.path,
        origin=Origin.LOCKED,
        name=declaration.name,
        version=declaration.version,
        purl=pypi_purl(declaration.name, declaration.version),
        licenses=licenses,
    )
    project.files.add(manifest.path)
    return project


def _licenses(file: SourceFile) -> tuple[str, ...]:
    try:
        return read_setup_cfg(file).licenses
    except Unreadable:
        return ()


def finish_owner(draft: Draft, file: SourceFile, owner: Owner, graph: Graph) -> None:
    """Say what the owner needs: its own requirements as direct, everything else in the lock file as transitive."""
    declaration = owner.declaration
    if declaration is None:
        graph.connect(draft, None)
        graph.use_all(owner.project, declared=False)
        graph.use_by_folders(draft)
        return
    report(draft, declaration, owner.project.id)
    graph.connect(draft, [(need.requirement.name, need.requirement.extras) for need in declaration.needs])
    graph.use_declared(owner.project, declaration.needs)
    for need in declaration.needs:
        if need.path and not graph.find(need.requirement.name):
            use_local(draft, file, owner.project, need)
    graph.use_all(owner.project, declared=True)
    graph.use_by_folders(draft)
