# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A go.sum without the go.mod it belongs to: the modules whose content was needed, as far as it tells.

Format: https://go.dev/ref/mod#go-sum-files. Beside a go.mod this file is read by that file's extractor.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.go.module import add_module
from paddock.engine.analyzer.extractors.go.sum_file import read_sum_file
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin

NAME = "go/go_sum"


def extract(file: SourceFile) -> Extraction:
    """Of each module the highest version; nothing when a go.mod lies beside the file."""
    draft = Draft(file, NAME)
    if file.neighbour("go.mod") is not None:
        return draft.finish()
    sums = read_sum_file(file)
    project = draft.project(origin=Origin.LOCKED)
    for entry in sums.newest():
        ref = add_module(
            draft,
            entry.path,
            entry.version,
            line=entry.line,
            properties=sums.properties(entry.path, entry.version),
        )
        if ref:
            project.use(ref)
    for line in sums.malformed:
        draft.issue("not a 'module version h1:hash' line", line=line)
    if sums.entries:
        draft.issue("no go.mod lies beside this go.sum; it may name more modules than the build needs")
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="go.sum without go.mod",
    claims=Claims(names=("go.sum",)),
    tells=frozenset({Fact.VERSIONS, Fact.LINES}),
    cannot_tell=(
        "Which of the modules the build needs, and which of them are direct.",
        "SHA-256 of the modules' archives: go.sum has digests over file lists, kept as the property go:h1.",
    ),
    extract=extract,
)
