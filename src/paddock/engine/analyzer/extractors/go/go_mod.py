# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""go.mod: the modules a main module is built from, with checksums from go.sum.

Format: https://go.dev/ref/mod#go-mod-file. Since Go 1.17 the file lists every module that the build needs, with the
exact version that minimal version selection takes; before, it lists the direct ones, and go.sum or vendor/modules.txt
tell the rest.
"""

import posixpath

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.go.mod_file import ModFile, Replacement, Requirement, go_release, parse_mod_file
from paddock.engine.analyzer.extractors.go.module import add_module, add_standard_library, module_purl, replaced
from paddock.engine.analyzer.extractors.go.sum_file import SumFile, read_sum_file
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl

NAME = "go/go_mod"

_FULL_LIST_SINCE = (1, 17)


class Workspace(msgspec.Struct, frozen=True):
    """What a go.work says about its members.

    members: module path to the path of its go.mod. replaces: they take precedence over the members' own; the folders
    of local ones are relative to `directory`, the folder of the go.work.
    """

    members: dict[str, str] = {}
    replaces: dict[tuple[str, str], Replacement] = {}
    directory: str = ""


def extract(file: SourceFile) -> Extraction:
    """One project, its modules and the standard library of the stated Go release."""
    draft = Draft(file, NAME)
    read_main_module(draft, file, parse_mod_file(file.text()), Workspace())
    return draft.finish()


def read_main_module(draft: Draft, file: SourceFile, mod: ModFile, workspace: Workspace) -> None:
    """Note the project that a go.mod defines and what it needs; covers the go.sum beside it."""
    for text, line in mod.problems:
        draft.issue(f"{text!r} is no statement of a go.mod", path=file.path, line=line)
    sums = _checksums(draft, file)
    vendored = file.neighbour("vendor/modules.txt") is not None
    complete = go_release(mod) >= _FULL_LIST_SINCE
    locked = complete or vendored or bool(sums.entries)
    project = draft.project(file.path, origin=Origin.LOCKED if locked else Origin.DECLARED, name=mod.module)
    project.files.add(file.path)
    try:
        project.purl = module_purl(mod.module)
    except InvalidPurl:
        project.purl = None
    modules = _Modules(draft, file, mod, workspace, sums)
    tools = _tool_modules(mod)
    for requirement in mod.requires:
        ref = modules.resolve(requirement)
        if ref and ref != project.id:
            only_tool = requirement.indirect and requirement.path in tools
            scope = Scope.DEV if only_tool else Scope.UNKNOWN
            project.use(ref, scope, direct=not requirement.indirect, requirement=requirement.version)
    _use_standard_library(draft, project, mod, file.path)
    if not complete and not vendored:
        _use_the_rest(draft, project, modules, sums)


def _checksums(draft: Draft, file: SourceFile) -> SumFile:
    beside = file.neighbour("go.sum")
    if beside is None:
        return SumFile({}, ())
    draft.cover(beside.path)
    try:
        sums = read_sum_file(beside)
    except Unreadable as error:
        draft.issue(error.reason, path=beside.path, line=error.line)
        return SumFile({}, ())
    for line in sums.malformed[:1]:
        draft.issue(f"{len(sums.malformed)} lines are no checksums", path=beside.path, line=line)
    return sums


def _use_standard_library(draft: Draft, project: ProjectDraft, mod: ModFile, path: str) -> None:
    for text, line in (mod.toolchain, mod.go):
        ref = add_standard_library(draft, text, line=line, path=path)
        if ref:
            project.use(ref, Scope.RUNTIME, direct=True, requirement=f"go {mod.go[0]}".strip())
            return


def _use_the_rest(draft: Draft, project: ProjectDraft, modules: "_Modules", sums: SumFile) -> None:
    """Transitive modules of a go.mod from before Go 1.17, as far as go.sum shows them."""
    listed = {requirement.path for requirement in modules.mod.requires}
    rest = [entry for entry in sums.newest() if entry.path not in listed]
    for entry in rest:
        ref = modules.resolve(Requirement(entry.path, entry.version, True, entry.line), from_sum=True)
        if ref and ref != project.id:
            project.use(ref, direct=False)
    if rest:
        draft.issue(
            f"the go.mod is from before Go 1.17 and does not list transitive modules; {len(rest)} were taken from"
            " go.sum, which may name more than the build needs: `go mod tidy -go=1.17` makes the list exact",
            path=project.id,
        )
    elif modules.mod.requires and not sums.entries:
        draft.issue(
            "the go.mod is from before Go 1.17 and no go.sum lies beside it: transitive modules are not known;"
            " `go mod tidy -go=1.17` lists them",
            path=project.id,
        )


def _tool_modules(mod: ModFile) -> frozenset[str]:
    """Paths of required modules that provide a package named by a `tool` statement."""
    paths = {requirement.path for requirement in mod.requires}
    found = set()
    for tool in mod.tools:
        path = tool
        while path and path not in paths:
            path = posixpath.dirname(path)
            if path == "/":
                break
        found.add(path)
    return frozenset(found)


class _Modules:
    """Turns requirements into refs: of components, or of projects that lie in the tree."""

    def __init__(self, draft: Draft, file: SourceFile, mod: ModFile, workspace: Workspace, sums: SumFile) -> None:
        self.mod = mod
        self._draft = draft
        self._file = file
        self._workspace = workspace
        self._sums = sums

    def resolve(self, requirement: Requirement, *, from_sum: bool = False) -> str | None:
        """The ref of what is built in for a requirement; None, with an issue, when that cannot be told."""
        path, version = requirement.path, requirement.version
        where = posixpath.join(self._file.directory, "go.sum") if from_sum else self._file.path
        if path in self._workspace.members:
            return self._workspace.members[path]
        replacement, folder = self._replacement(path, version)
        if replacement is not None:
            return self._stand_in(requirement, replacement, folder, where)
        if (path, version) in self.mod.excludes:
            if not from_sum:
                message = f"{path} {version} is required and excluded: Go takes a later version, which is not known"
                self._draft.issue(message, path=where, line=requirement.line)
            return add_module(self._draft, path, "", line=requirement.line, path=where) if not from_sum else None
        properties = self._sums.properties(path, version)
        return add_module(self._draft, path, version, line=requirement.line, path=where, properties=properties)

    def _replacement(self, path: str, version: str) -> tuple[Replacement | None, str]:
        """What replaces a module, and the folder that local targets are relative to (from this go.mod)."""
        back = posixpath.relpath(f"/{self._workspace.directory}", f"/{self._file.directory}")
        for replaces, folder in ((self._workspace.replaces, back), (self.mod.replaces, ".")):
            found = replaces.get((path, version)) or replaces.get((path, ""))
            if found is not None:
                return found, folder
        return None, "."

    def _stand_in(self, requirement: Requirement, replacement: Replacement, folder: str, where: str) -> str | None:
        path, version, line = requirement.path, requirement.version, requirement.line
        if not replacement.is_folder:
            target, target_version = replacement.target, replacement.target_version
            properties = (*replaced(path, version), *self._sums.properties(target, target_version))
            return add_module(
                self._draft, target, target_version, line=line, path=where, properties=tuple(sorted(properties))
            )
        local = self._file.neighbour(posixpath.join(folder, replacement.target, "go.mod"))
        if local is not None:
            return self._draft.refer(local.path)
        self._draft.issue(
            f"{path} is replaced by the folder {replacement.target}, which is not in the tree: what it contains"
            " cannot be told",
            path=where,
            line=line,
        )
        return add_module(self._draft, path, version, line=line, path=where, modified=True)


EXTRACTOR = Extractor(
    name=NAME,
    title="go.mod with go.sum",
    claims=Claims(names=("go.mod",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "Scopes: a go.mod does not tell what only tests need; what only `tool` statements need is development.",
        "Which module needs which: that stands in the modules' own go.mod files.",
        "The Go release of the build; the standard library is noted at the lowest release that the file allows.",
        "SHA-256 of the modules' archives: go.sum has digests over file lists, kept as the property go:h1.",
    ),
    extract=extract,
)
