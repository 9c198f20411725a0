# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Go programs (ELF, Mach-O, PE): the modules that were linked into them, as the Go linker noted them.

Format: see `build_info.py`.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.executables import is_executable
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.go.build_info import BuildInfo, Module, read_build_info
from paddock.engine.analyzer.extractors.go.module import add_module, add_standard_library, is_version, replaced
from paddock.engine.analyzer.extractors.go.sum_file import DIRHASH
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity

NAME = "go/go_binary"

_KEPT_SETTINGS = ("CGO_ENABLED", "GOARCH", "GOOS", "vcs", "vcs.modified", "vcs.revision", "vcs.time")


def extract(file: SourceFile) -> Extraction:
    """One project a program; its own module is a component too, for it is found installed, not as source.

    Other executables give nothing; one with a damaged section table gives a hint.
    """
    draft = Draft(file, NAME)
    with file.open() as stream:
        if not is_executable(stream.read(8)):
            return draft.finish()
        try:
            info = read_build_info(stream)
        except Unreadable as error:
            draft.issue(f"whether this is a Go program cannot be told: {error.reason}", Severity.HINT)
            return draft.finish()
    if info is not None:
        _describe(draft, file, info)
    return draft.finish()


def _describe(draft: Draft, file: SourceFile, info: BuildInfo) -> None:
    project = draft.project(origin=Origin.INSTALLED, name=file.name)
    if info.main is not None:
        _add_main(draft, project, info, info.main)
    library = add_standard_library(draft, info.go_version)
    if library:
        project.use(library, Scope.RUNTIME, direct=True)
    else:
        draft.issue(f"the Go release {info.go_version[:80]!r} is no published one; the standard library is left out")
    for module, replacement in info.modules:
        ref = _add_dependency(draft, module, replacement)
        if ref:
            project.use(ref, Scope.RUNTIME)
    if info.main is None and not info.modules:
        draft.issue("the program was built without module information: which modules it contains cannot be told")


def _add_main(draft: Draft, project: ProjectDraft, info: BuildInfo, main: Module) -> None:
    properties = tuple((f"go:{key}", info.settings[key]) for key in _KEPT_SETTINGS if key in info.settings)
    changed = True if info.settings.get("vcs.modified") == "true" else None
    version = main.version if is_version(main.version) else ""
    ref = add_module(draft, main.path, version, properties=tuple(sorted(properties)), modified=changed)
    if ref:
        project.use(ref, Scope.RUNTIME, direct=True)
    project.version = version.removeprefix("v") or info.settings.get("vcs.revision", "")


def _add_dependency(draft: Draft, module: Module, replacement: Module | None) -> str | None:
    if replacement is None:
        return add_module(draft, module.path, _known(module.version), properties=_checksum(module))
    if not is_version(replacement.version):
        return add_module(draft, module.path, _known(module.version), modified=True)
    properties = tuple(sorted((*replaced(module.path, module.version), *_checksum(replacement))))
    return add_module(draft, replacement.path, replacement.version, properties=properties)


def _known(version: str) -> str:
    """A version, or nothing for "(devel)": the module was built from a folder of a workspace."""
    return "" if version == "(devel)" else version


def _checksum(module: Module) -> tuple[tuple[str, str], ...]:
    return ((DIRHASH, module.checksum),) if module.checksum else ()


EXTRACTOR = Extractor(
    name=NAME,
    title="Go programs (ELF, Mach-O, PE) with build information",
    claims=Claims(suffixes=(".exe",), executables=True),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES}),
    cannot_tell=(
        "Modules of programs that are packed (UPX), built before Go 1.13, or built without module information.",
        "Direct or transitive, and edges: the program lists its modules side by side.",
        "The program's own version where it was built from a folder; the revision is kept as a property.",
    ),
    delivered=True,
    extract=extract,
)
