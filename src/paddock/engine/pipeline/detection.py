# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences and copyrights of files alone, without an inventory and a verdict: `paddock license detect`."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from paddock.engine.downloader.tree import DirectoryTree, SourceFile, decode
from paddock.engine.downloader.walk import walk
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue
from paddock.engine.model.licensing import CopyrightStatement, FileFindings, LicenseMatch
from paddock.engine.model.tool import Tool
from paddock.engine.pipeline.workers import look_in_processes
from paddock.engine.scanner.detect import default_detectors, only_tags
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES, read_text
from paddock.engine.scanner.recognise import TextDetector
from paddock.engine.scanner.search import scan_files

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

    look_all = partial(look_in_processes, processes=processes)
    found, problems = scan_files(files, detectors, count, look_all, every_file=True)
    by_path = {one.path: one for one in found}
    return Detection(
        files=tuple(_detected(file, by_path.get(file.path), with_text=with_text) for file in files),
        issues=(*issues, *problems, *only_tags(detectors)),
        data=tuple(("licence rules", one.version) for one in detectors if isinstance(one, TextDetector)),
    )


class _Given:
    """A tree that was given by its path: the paths of its files begin with the way to it from the current folder.

    link: the names of a file that was given by a link, and of the one that the link leads to, wherever that is.
    """

    def __init__(self, root: Path, way: str, link: tuple[str, str] = ("", "")) -> None:
        self._tree = DirectoryTree(root)
        self._way = "" if way == "." else f"{way}/"
        self._link = link

    def placed(self, path: str) -> str:
        """The path of a file in the tree, from the current folder."""
        return f"{self._way}{path}"

    def size(self, path: str) -> int | None:
        """See Tree.size."""
        return self._tree.size(self._inner(path))

    def open(self, path: str) -> BinaryIO:
        """See Tree.open."""
        return self._tree.open(self._inner(path))

    def names(self, directory: str) -> list[str]:
        """See Tree.names."""
        return self._tree.names(self._inner(f"{directory}/").rstrip("/"))

    def _inner(self, path: str) -> str:
        inner = path.removeprefix(self._way)
        return self._link[1] if inner == self._link[0] else inner


def _files_of(paths: Sequence[Path]) -> tuple[list[SourceFile], list[Issue]]:
    """The files that are meant, each once, in order of path."""
    if len(paths) == 1 and paths[0].is_dir():
        found = walk(paths[0])
        return found.files, found.issues
    files: dict[str, SourceFile] = {}
    issues: list[Issue] = []
    for path in paths:
        if path.is_dir():
            tree = _Given(path, _way_to(path) if len(paths) > 1 else ".")
            found = walk(path)
            issues.extend(msgspec.structs.replace(one, path=tree.placed(one.path)) for one in found.issues)
            listed = [(one.path, one.size, one.executable) for one in found.files]
        else:
            real = path.resolve()
            tree = _Given(real.parent, _way_to(path.parent) if len(paths) > 1 else ".", (path.name, real.name))
            listed = [(path.name, real.stat().st_size, False)]
        for name, size, executable in listed:
            files.setdefault(tree.placed(name), SourceFile(tree, tree.placed(name), size, executable))
    return [files[path] for path in sorted(files)], issues


def _way_to(folder: Path) -> str:
    return Path(os.path.relpath(folder)).as_posix()


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
    """The lines of each match, counted as they were when it was found."""
    try:
        data = file.head(MAX_TEXT_BYTES)
    except Unreadable:
        return ()
    text = decode(read_text(data, file.path).text, strict=False).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
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
