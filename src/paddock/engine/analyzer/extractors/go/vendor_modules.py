# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""vendor/modules.txt: the modules whose packages were copied into the tree, as `go mod vendor` notes them.

Format: https://go.dev/ref/mod#vendoring and the go command's own writer: `# module version [=> replacement]`, then
`## explicit; go 1.17` where the go.mod requires the module, then one line a package.
"""

import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.go.module import add_module, fits_path, is_version, replaced
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin

NAME = "go/vendor_modules"

_LICENSE_FILE = re.compile(r"(?:licen[cs]e|copying|notice|copyright|unlicense|patents)", re.IGNORECASE)
_LOCAL = re.compile(r"\.{1,2}/|/|[A-Za-z]:")


class _Entry:
    """A module under reading."""

    def __init__(self, words: list[str], line: int) -> None:
        self.words = words
        self.line = line
        self.explicit = False
        self.packages = 0


def extract(file: SourceFile) -> Extraction:
    """Modules with at least one copied package, for the go.mod beside the vendor folder (or, without one, by itself).

    Modules that are only listed have nothing copied; the go.mod names them.
    """
    draft = Draft(file, NAME)
    manifest = file.neighbour("../go.mod")
    workspace = file.neighbour("../go.work")
    project = draft.project(manifest.path if manifest and not workspace else None, origin=Origin.LOCKED)
    draft.own(file.directory)
    entries, strays = _read(file.text())
    if strays and not entries:
        raise Unreadable("not a vendor/modules.txt: no module stands before the first package", strays[0])
    for line in strays:
        draft.issue("a package without a module was left out", line=line)
    for entry in entries:
        _add(draft, file, project, entry, alone=manifest is None and workspace is None)
    return draft.finish()


def _read(text: str) -> tuple[list[_Entry], list[int]]:
    entries: list[_Entry] = []
    strays = []
    for number, content in enumerate(text.split("\n"), start=1):
        content = content.strip()
        if content.startswith("## "):
            if entries and "explicit" in re.split(r"[;\s]+", content):
                entries[-1].explicit = True
        elif content.startswith("# "):
            entries.append(_Entry(content.split()[1:], number))
        elif content and entries:
            entries[-1].packages += 1
        elif content:
            strays.append(number)
    return entries, strays


def _add(draft: Draft, file: SourceFile, project: ProjectDraft, entry: _Entry, *, alone: bool) -> None:
    facts: dict[str, Any] = {"license_files": _license_files(file, entry.words[0]) if entry.words else ()}
    match entry.words:
        case [module, version] if is_version(version) and fits_path(module, version):
            target = (module, version)
        case [module, version, "=>", other, other_version] if is_version(version):
            target = (other, other_version)
            facts["properties"] = replaced(module, version)
        case [module, version, "=>", folder] if is_version(version) and _LOCAL.match(folder):
            if not alone:
                return  # the go.mod says the same, and knows the folder
            target = (module, version)
            facts["modified"] = True
        case [_, "=>", *_]:
            return  # a replacement that nothing uses, or one of all versions: written again with the version
        case _:
            draft.issue(f"{' '.join(entry.words)[:80]!r} is no module and version", line=entry.line)
            return
    if not entry.packages:
        return
    ref = add_module(draft, *target, line=entry.line, **facts)
    if ref:
        project.use(ref, direct=None if entry.explicit else False)


def _license_files(file: SourceFile, module: str) -> tuple[str, ...]:
    """Paths of the licence files that `go mod vendor` copied from the root of a module."""
    named = (file.neighbour(f"{module}/{name}") for name in file.siblings(module) if _LICENSE_FILE.match(name))
    return tuple(found.path for found in named if found is not None)


EXTRACTOR = Extractor(
    name=NAME,
    title="vendor/modules.txt of Go modules",
    claims=Claims(patterns=("vendor/modules.txt",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "Whether a module that the go.mod requires is direct: the go.mod tells.",
        "Scopes, edges and hashes.",
        "Whether somebody changed the copied files.",
    ),
    delivered=True,
    extract=extract,
)
