# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Project.toml: what a Julia project asks for. Without Manifest.toml: names, no versions.

Format: https://pkgdocs.julialang.org/v1/toml-files/#Project.toml
"""

import posixpath
import re

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_toml, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import PackageURL, make_purl

NAME = "julia/project_toml"

_NAME = re.compile(r"[^\W\d]\w*")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", re.ASCII)
_EXACT = re.compile(r"=\s*(\d+\.\d+\.\d+[^\s,]*)")
_FOLDERS = {"test": Scope.TEST, "docs": Scope.DEV, "doc": Scope.DEV, "benchmark": Scope.DEV, "benchmarks": Scope.DEV}


class Wish(msgspec.Struct, frozen=True):
    """A package that a project asks for: name, UUID, scope, and the entry of `compat`."""

    name: str
    uuid: str
    scope: Scope
    requirement: str


class JuliaProject(msgspec.Struct, frozen=True):
    """A Project.toml."""

    name: str
    uuid: str
    version: str
    license: str
    wishes: tuple[Wish, ...]


def extract(file: SourceFile) -> Extraction:
    """The standard library is asked for like any package; the file does not tell them apart."""
    found = read_project(file)
    draft = Draft(file, NAME)
    if not found.wishes and not found.uuid:
        return draft.finish()
    project = draft.project(
        origin=Origin.DECLARED,
        name=found.name,
        version=found.version,
        purl=julia_purl(found.name, found.version, found.uuid),
        licenses=(found.license,) if found.license else (),
    )
    unpinned = 0
    for wish in found.wishes:
        exact = _EXACT.fullmatch(wish.requirement)
        purl = julia_purl(wish.name, exact.group(1) if exact else "", wish.uuid)
        if purl is None:
            draft.issue(f"{wish.name!r} with UUID {wish.uuid!r} is no Julia package and was left out")
            continue
        project.use(draft.add(purl), wish.scope, direct=True, requirement=wish.requirement)
        unpinned += not exact
    if unpinned:
        draft.issue(
            f"{unpinned} of {len(found.wishes)} requirements do not pin a version, so neither the versions used nor "
            "what they bring in can be told; commit the Manifest.toml that `Pkg.resolve()` writes"
        )
    return draft.finish()


def read_project(file: SourceFile) -> JuliaProject:
    """Dependencies, weak ones (needed by extensions) and those of targets. Raises Unreadable when it is not TOML."""
    document = read_toml(file)
    compat = {name: text_of(value) for name, value in mapping(document.get("compat")).items()}
    base = folder_scope(file.path)
    extras = {name: text_of(uuid) for name, uuid in mapping(document.get("extras")).items()}
    weak = {name: text_of(uuid) for name, uuid in mapping(document.get("weakdeps")).items()}
    deps = {name: text_of(uuid) for name, uuid in mapping(document.get("deps")).items()}
    scopes = dict.fromkeys(deps, base)
    for name in weak:
        scopes.setdefault(name, Scope.OPTIONAL)
    for target, names in mapping(document.get("targets")).items():
        for name in sequence(names):
            scopes.setdefault(text_of(name), Scope.TEST if target == "test" else Scope.BUILD)
    uuids = {**extras, **weak, **deps}
    return JuliaProject(
        name=text_of(document.get("name")),
        uuid=text_of(document.get("uuid")),
        version=text_of(document.get("version")),
        license=text_of(document.get("license")),
        wishes=tuple(
            Wish(name, uuids.get(name, ""), scope, compat.get(name, "")) for name, scope in scopes.items() if name
        ),
    )


def folder_scope(path: str) -> Scope:
    """By custom, the environments in `test/` and `docs/` are for tests and development."""
    return _FOLDERS.get(posixpath.basename(posixpath.dirname(path)), Scope.RUNTIME)


def julia_purl(name: str, version: str, uuid: str) -> PackageURL | None:
    """The purl, which its type definition wants with the UUID; None for what no Julia package is called."""
    if not _NAME.fullmatch(name) or not version.isprintable() or not _UUID.fullmatch(uuid):
        return None
    try:
        return make_purl("julia", name, version, qualifiers={"uuid": uuid.lower()})
    except EngineError:
        return None


EXTRACTOR = Extractor(
    name=NAME,
    title="Julia Project.toml",
    claims=Claims(names=("Project.toml", "JuliaProject.toml")),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT, Fact.LICENSES}),
    cannot_tell=(
        "Versions, unless `compat` pins one with `=`; what the requirements bring in.",
        "Which of the packages are part of Julia's standard library.",
    ),
    extract=extract,
)
