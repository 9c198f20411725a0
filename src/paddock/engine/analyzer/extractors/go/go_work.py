# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""go.work: several main modules side by side, each of which sees the others instead of their published versions.

Format: https://go.dev/ref/mod#go-work-file.
"""

import posixpath

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.go.go_mod import Workspace, read_main_module
from paddock.engine.analyzer.extractors.go.mod_file import ModFile, parse_mod_file
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

NAME = "go/go_work"


def extract(file: SourceFile) -> Extraction:
    """One project a member, in place of what the members' go.mod files say on their own."""
    draft = Draft(file, NAME)
    work = parse_mod_file(file.text())
    for text, line in work.problems:
        draft.issue(f"{text!r} is no statement of a go.work", line=line)
    manifests: dict[str, tuple[SourceFile, ModFile]] = {}
    for folder in work.uses:
        member = file.neighbour(posixpath.join(folder, "go.mod"))
        if member is None:
            draft.issue(f"the member {folder} has no go.mod in the tree")
            continue
        try:
            manifests[member.path] = (member, parse_mod_file(member.text()))
        except Unreadable as error:
            draft.issue(f"the member {folder} cannot be read: {error.reason}", path=member.path, line=error.line)
    members = {mod.module: path for path, (_, mod) in manifests.items() if mod.module}
    workspace = Workspace(members, work.replaces, file.directory)
    for path, (member, mod) in manifests.items():
        read_main_module(draft, member, mod, workspace)
        draft.cover(path)
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="go.work with the members' go.mod and go.sum",
    claims=Claims(names=("go.work",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "Versions that only the workspace as a whole selects: each member is shown as its own go.mod has it.",
        "Scopes: a go.mod does not tell what only tests need.",
    ),
    extract=extract,
)
