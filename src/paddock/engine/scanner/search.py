# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Searches the files of a tree for licences and copyrights, REUSE information and pointers to other files included."""

import posixpath
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import FileFindings
from paddock.engine.scanner.detect import SOURCE, Detector
from paddock.engine.scanner.look import LookAll, look_one_by_one
from paddock.engine.scanner.references import follow
from paddock.engine.scanner.reuse import TOML_NAME, ReuseInformation, combine

Progress = Callable[[str], None]


def scan_files(
    files: Sequence[SourceFile],
    detectors: Sequence[Detector],
    progress: Progress,
    look_all: LookAll = look_one_by_one,
    *,
    every_file: bool = False,
) -> tuple[list[FileFindings], list[Issue]]:
    """Findings of every file that has any, in order of path, REUSE information included, and what was passed over.

    every_file: also of those that REUSE keeps as texts, and of sidecars by themselves.
    """
    paths = {file.path for file in files}
    reuse = ReuseInformation(files)
    searched = [file for file in files if every_file or not _holds_no_findings(file, paths)]
    sources = [
        file.neighbour(f"{file.name}.license") or file if f"{file.path}.license" in paths and not every_file else file
        for file in searched
    ]
    found: list[FileFindings] = []
    issues = list(reuse.issues)
    passed_over: Counter[str] = Counter()
    for file, looked in zip(searched, look_all(sources, detectors), strict=True):
        progress(file.path)
        passed_over[looked.not_looked_at] += 1
        if looked.problem:
            issues.append(Issue(Severity.WARNING, SOURCE, looked.problem, file.path))
        findings = combine(looked.findings, reuse.annotations(file.path)) if reuse else looked.findings
        if findings.licenses or findings.copyrights or findings.clues:
            found.append(FileFindings(path=file.path, findings=findings))
    issues.extend(_not_looked_at(passed_over))
    return follow(found), issues


def _not_looked_at(counts: Mapping[str, int]) -> list[Issue]:
    """One hint for each kind of file in which no text was looked for."""
    return [
        Issue(Severity.HINT, SOURCE, f"{kind} were not searched for licences: {count:,} file{'s' * (count != 1)}")
        for kind, count in sorted(counts.items())
        if kind
    ]


def _holds_no_findings(file: SourceFile, paths: set[str]) -> bool:
    """Licence texts and REUSE.toml, kept by REUSE's rules, and sidecars, which speak of the file beside them."""
    if posixpath.basename(file.directory) == "LICENSES" or file.name == TOML_NAME:
        return True
    return file.path.endswith(".license") and file.path.removesuffix(".license") in paths
