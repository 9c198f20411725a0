# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences and copyrights of files alone, without an inventory and a verdict: `paddock license detect`."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec

from paddock.engine.downloader.tree import DirectoryTree, SourceFile, decode
from paddock.engine.downloader.walk import walk
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue
from paddock.engine.model.licensing import CopyrightStatement, FileFindings, LicenseMatch
from paddock.engine.model.result import Tool
from paddock.engine.pipeline.workers import look_in_processes
from paddock.engine.scanner.detect import default_detectors, only_tags
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES
from paddock.engine.scanner.recognise import TextDetector
from paddock.engine.scanner.scan import scan_files

STAGE = "Looking for licences"
Progress = Callable[[str, int, int], None]


class DetectedFile(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one file. texts: the lines of each licence match, where they were asked for."""

    path: str
    licenses: tuple[LicenseMatch, ...]
    copyrights: tuple[CopyrightStatement, ...]
    clues: tuple[LicenseMatch, ...] = ()
    texts: tuple[str, ...] = ()


class Detection(msgspec.Struct, frozen=True, kw_only=True):
    """All files that were looked at, in order of path, those without findings included."""

    files: tuple[DetectedFile, ...]
    issues: tuple[Issue, ...]
    data: tuple[tuple[str, str], ...]


def detect_in(
    paths: Sequence[Path], *, processes: int, with_text: bool = False, progress: Progress = lambda *_: None
) -> Detection:
    """The findings in files and folders. Paths are relative to the folder given; of several, to the current one."""
    files, issues = _files_of(paths)
    detectors = default_detectors()
    done = 0

    def count(_path: str) -> None:
        nonlocal done
        done += 1
        progress(STAGE, done, len(files))

    found, problems = scan_files(files, detectors, count, partial(look_in_processes, processes=processes))
    by_path = {one.path: one for one in found}
    return Detection(
        files=tuple(_detected(file, by_path.get(file.path), with_text=with_text) for file in files),
        issues=(*issues, *problems, *only_tags(detectors)),
        data=tuple(("licence rules", one.version) for one in detectors if isinstance(one, TextDetector)),
    )


def _files_of(paths: Sequence[Path]) -> tuple[list[SourceFile], list[Issue]]:
    files: list[SourceFile] = []
    issues: list[Issue] = []
    here = Path.cwd()
    for path in paths:
        if path.is_dir() and len(paths) == 1:
            found = walk(path, lambda _relative: None)
            files.extend(found.files)
            issues.extend(found.issues)
        elif path.is_dir():
            found = walk(path, lambda _relative: None)
            tree, prefix = DirectoryTree(here), os.path.relpath(path, here)
            files.extend(
                SourceFile(tree, os.path.normpath(os.path.join(prefix, one.path)), one.size) for one in found.files
            )
            issues.extend(found.issues)
        else:
            tree = DirectoryTree(path.parent)
            files.append(SourceFile(tree, path.name, path.stat().st_size))
    return files, issues


def _detected(file: SourceFile, found: FileFindings | None, *, with_text: bool) -> DetectedFile:
    if found is None:
        return DetectedFile(path=file.path, licenses=(), copyrights=())
    findings = found.findings
    texts = _matched_texts(file, findings.licenses) if with_text else ()
    return DetectedFile(
        path=file.path,
        licenses=findings.licenses,
        copyrights=findings.copyrights,
        clues=findings.clues,
        texts=texts,
    )


def _matched_texts(file: SourceFile, matches: Sequence[LicenseMatch]) -> tuple[str, ...]:
    try:
        lines = decode(file.head(MAX_TEXT_BYTES), strict=False).splitlines()
    except Unreadable:
        return ()
    return tuple("\n".join(lines[match.start_line - 1 : match.end_line]) for match in matches)


class _License(msgspec.Struct, omit_defaults=True):
    license_expression_spdx: str
    license_expression: str
    score: float
    start_line: int
    end_line: int
    rule: str
    matcher: str
    matched_text: str | None = None


class _File(msgspec.Struct, omit_defaults=True):
    path: str
    licenses: list[_License]
    copyrights: list[CopyrightStatement]
    clues: list[_License] = msgspec.field(default_factory=list)


class _Document(msgspec.Struct):
    tool: dict[str, str]
    files: list[_File]
    issues: tuple[Issue, ...]


def detection_json(detection: Detection, tool: Tool) -> bytes:
    """The findings as JSON: `tool` with the versions of the data, `files` (all that were looked at), `issues`."""
    named = {"name": tool.name, "version": tool.version, **{name.replace(" ", "_"): v for name, v in detection.data}}
    files = [
        _File(
            path=file.path,
            licenses=[
                _license(match, file.texts[position] if file.texts else None)
                for position, match in enumerate(file.licenses)
            ],
            copyrights=list(file.copyrights),
            clues=[_license(match, None) for match in file.clues],
        )
        for file in detection.files
    ]
    return msgspec.json.format(msgspec.json.encode(_Document(named, files, detection.issues)), indent=1) + b"\n"


def _license(match: LicenseMatch, text: str | None) -> _License:
    return _License(
        license_expression_spdx=match.license_expression_spdx,
        license_expression=match.license_expression,
        score=match.score,
        start_line=match.start_line,
        end_line=match.end_line,
        rule=match.rule,
        matcher=match.matcher,
        matched_text=text,
    )
