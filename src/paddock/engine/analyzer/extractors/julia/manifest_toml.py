# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Manifest.toml of Julia, formats 1 and 2: the packages of an environment; Project.toml says what is direct.

Format: https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml
"""

from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.julia.project_toml import (
    JuliaProject,
    folder_scope,
    julia_purl,
    read_project,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity

NAME = "julia/manifest_toml"


def extract(file: SourceFile) -> Extraction:
    """Entries with a path are projects of the tree; entries without a version are Julia's own standard library."""
    document = read_toml(file)
    draft = Draft(file, NAME)
    manifest, declared = _project_file(file)
    if manifest is not None:
        draft.cover(manifest.path)
    project = draft.project(
        manifest.path if manifest else None,
        origin=Origin.LOCKED,
        name=declared.name if declared else "",
        version=declared.version if declared else "",
        purl=julia_purl(declared.name, declared.version, declared.uuid) if declared else None,
        licenses=(declared.license,) if declared and declared.license else (),
    )
    entries = _entries(document)
    refs: dict[str, str] = {}
    names: dict[str, str] = {}
    standard = 0
    for name, detail in entries:
        uuid = text_of(detail.get("uuid")).lower()
        ref = _add(draft, file, name, detail)
        standard += ref == ""
        if ref:
            refs[uuid] = ref
            names.setdefault(name, uuid)
        elif ref is None:
            draft.issue(f"{name!r} with UUID {uuid!r} is no Julia package and was left out")
    for _, detail in entries:
        _connect(draft, refs, names, detail)
    wishes = {wish.uuid.lower(): wish for wish in declared.wishes} if declared else {}
    for uuid, ref in refs.items():
        if ref == project.id:
            continue
        wish = wishes.get(uuid)
        scope = wish.scope if wish else folder_scope(file.path) if declared else Scope.UNKNOWN
        # Only what is asked for as optional is loaded as such; the rest of the environment is there to be used.
        project.use(
            ref, scope, direct=(wish is not None) if declared else None, requirement=wish.requirement if wish else ""
        )
    if standard:
        version = text_of(document.get("julia_version"))
        draft.issue(f"{standard} packages of the standard library come with Julia {version}".rstrip(), Severity.HINT)
    return draft.finish()


def _project_file(file: SourceFile) -> tuple[SourceFile | None, JuliaProject | None]:
    """The Project.toml beside; (None, None) where there is none that can be read."""
    for name in ("JuliaProject.toml", "Project.toml"):
        found = file.neighbour(name)
        if found is not None:
            try:
                return found, read_project(found)
            except Unreadable:
                return None, None
    return None, None


def _entries(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Format 2 keeps the packages below `deps`, format 1 at the top; several packages may have one name."""
    table = mapping(document.get("deps")) if "manifest_format" in document else document
    return [(name, mapping(entry)) for name, entries in table.items() for entry in sequence(entries)]


def _add(draft: Draft, file: SourceFile, name: str, detail: dict[str, Any]) -> str | None:
    """The ref; "" for the standard library; None for what is no package."""
    version, uuid, path = (text_of(detail.get(key)) for key in ("version", "uuid", "path"))
    if not version and not path and not text_of(detail.get("git-tree-sha1")):
        return "" if julia_purl(name, "", uuid) else None
    if path:
        purl = julia_purl(name, version, uuid)
        if purl is None:
            return None
        manifest = file.neighbour(f"{path}/Project.toml")
        member = manifest.path if manifest else f"{file.path}#{name}"
        draft.project(member, origin=Origin.LOCKED, name=name, version=version, purl=purl)
        return member
    purl = julia_purl(name, version, uuid)
    if purl is None:
        return None
    url, revision = text_of(detail.get("repo-url")), text_of(detail.get("repo-rev"))
    tree = text_of(detail.get("git-tree-sha1"))
    return draft.add(
        purl,
        vcs_url=f"git+{url}@{revision}".rstrip("@") if url else "",
        properties=(("julia:git-tree-sha1", tree),) if tree else (),
    )


def _connect(draft: Draft, refs: dict[str, str], names: dict[str, str], detail: dict[str, Any]) -> None:
    """`deps` lists names, or names with UUIDs where a name is ambiguous; the standard library is not among the refs."""
    source = refs.get(text_of(detail.get("uuid")).lower())
    deps = detail.get("deps")
    targets = (
        [text_of(uuid).lower() for uuid in deps.values()]
        if isinstance(deps, dict)
        else [names.get(text_of(name), "") for name in sequence(deps)]
    )
    for uuid in targets:
        if source and uuid in refs:
            draft.depend(source, refs[uuid])


EXTRACTOR = Extractor(
    name=NAME,
    title="Julia Manifest.toml (formats 1 and 2)",
    claims=Claims(
        names=("Manifest.toml", "JuliaManifest.toml"), patterns=("Manifest-v*.toml", "JuliaManifest-v*.toml")
    ),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES}),
    cannot_tell=(
        "The standard library, which comes with Julia and has no version of its own; edges through it.",
        "Digests: git-tree-sha1 names a tree of sources, neither a file nor a commit; it is kept as a property.",
        "Direct or transitive when Project.toml is not in the tree. Licences of packages.",
    ),
    extract=extract,
)
