# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scans the published source of one package: a plain function of its tree, so that it can run in a process of its
own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from paddock.engine.downloader.tree import SourceFile, decode
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue
from paddock.engine.model.licensing import FileFindings, FoundLicense, LicenseText
from paddock.engine.scanner.detect import DETECTORS, Detector
from paddock.engine.scanner.scan import MAX_TEXT_BYTES
from paddock.engine.scanner.search import scan_files
from paddock.engine.scanner.weigh import FileRole, classify, is_legal_text

FORMAT = "3"
"""Raise it when what `scan_artifact` finds changes by other means than detectors and their data."""
MAX_TEXTS = 40
MAX_EXAMPLES = 5
MAX_COPYRIGHTS = 200
_MAX_ISSUES = 20
_TEXT_ROLES = frozenset({FileRole.LEGAL, FileRole.SOURCE, FileRole.VENDORED})


class FileTree(Protocol):
    """A tree that can list its files."""

    def files(self) -> Iterable[SourceFile]:
        """Every file, in order of path."""


class ArtifactFindings(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What was found in one published source; paths relative to the package's own root. Kept in the cache, so every
    field has a default or is never taken away.

    files: those with findings. texts: licence and notice files, those at the top first. declared: what the package's
    own metadata in it declares, verbatim.
    """

    files: tuple[FileFindings, ...] = ()
    texts: tuple[LicenseText, ...] = ()
    declared: tuple[str, ...] = ()
    copyrights: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    files_scanned: int = 0


def scanner_identity(detectors: Sequence[Detector] = DETECTORS, data: Iterable[tuple[str, str]] = ()) -> str:
    """What findings depend on beside the artefact: the detectors, the data they use, the limits."""
    names = [getattr(detector, "identity", None) or _name(detector) for detector in detectors]
    return ";".join([FORMAT, *names, *(f"{name}={version}" for name, version in data)])


def _name(detector: Detector) -> str:
    return f"{detector.__module__}.{getattr(detector, '__qualname__', detector)}"


def scan_artifact(tree: FileTree, detectors: Sequence[Detector] = DETECTORS) -> ArtifactFindings:
    """The licences, copyrights and licence texts in a package's tree. Never raises for what files contain."""
    files = list(tree.files())
    found, issues = scan_files(files, detectors, lambda _path: None)
    return ArtifactFindings(
        files=tuple(found),
        texts=tuple(_texts(files)),
        copyrights=_copyrights(found),
        issues=tuple(issues[:_MAX_ISSUES]),
        files_scanned=len(files),
    )


def _texts(files: Iterable[SourceFile]) -> Iterable[LicenseText]:
    """The licence and notice files, those of the package before those of its parts; unreadable ones are left out."""
    legal = [file for file in files if is_legal_text(file.path) or classify(file.path) is FileRole.LEGAL]
    legal = [file for file in legal if classify(file.path) in _TEXT_ROLES]
    legal.sort(key=lambda file: (classify(file.path) is not FileRole.LEGAL, file.path.count("/"), file.path))
    for file in legal[:MAX_TEXTS]:
        try:
            data = file.read(MAX_TEXT_BYTES)
        except Unreadable:
            continue
        if b"\0" not in data[:1024]:
            yield LicenseText(path=file.path, text=decode(data, strict=False))


def _copyrights(found: Iterable[FileFindings]) -> tuple[str, ...]:
    """The statements, each once, those in key files first; tests and samples are left out."""
    by_rank: dict[int, dict[str, None]] = defaultdict(dict)
    ranks = {FileRole.LEGAL: 0, FileRole.README: 1, FileRole.MANIFEST: 1, FileRole.SOURCE: 2, FileRole.VENDORED: 3}
    for file in found:
        rank = ranks.get(classify(file.path))
        if rank is not None:
            by_rank[rank].update((one.statement, None) for one in file.findings.copyrights)
    statements = dict.fromkeys(statement for rank in sorted(by_rank) for statement in by_rank[rank])
    return tuple(statements)[:MAX_COPYRIGHTS]


def summarise(files: Iterable[FileFindings]) -> tuple[FoundLicense, ...]:
    """How many files of which role carry which licence, with examples; sorted."""
    paths: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in files:
        for expression in dict.fromkeys(match.license_expression_spdx for match in file.findings.licenses):
            paths[classify(file.path).value, expression].append(file.path)
    return tuple(
        FoundLicense(
            role=role,
            license_expression_spdx=expression,
            files=len(where),
            examples=tuple(sorted(where)[:MAX_EXAMPLES]),
        )
        for (role, expression), where in sorted(paths.items())
    )
