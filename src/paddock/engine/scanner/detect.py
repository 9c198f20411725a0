# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences and copyrights in one file, by every detector there is."""

from collections.abc import Callable, Sequence

from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import CopyrightStatement, LicenseFindings, LicenseMatch
from paddock.engine.scanner.copyrights.find import find_copyrights, without_repetitions
from paddock.engine.scanner.licenses.default_index import (
    NOWHERE,
    PLACE,
    MissingIndex,
    default_index,
    index_path,
    is_switched_off,
)
from paddock.engine.scanner.recognise import TextDetector
from paddock.engine.scanner.tags import find_copyright_tags, find_tags

SOURCE = "scanner"
Detector = Callable[[bytes, str], LicenseFindings]
"""(content, path) -> findings; pure, linear in the content, never raises. Can be sent to another process."""

DETECTORS: tuple[Detector, ...] = (find_tags, find_copyrights)
"""What needs no licence index."""


def with_texts(recognise: TextDetector) -> tuple[Detector, ...]:
    """The detectors with the recognition of licence texts, which reads licence tags as well."""
    others = (detector for detector in DETECTORS if detector is not find_tags)
    return (recognise, find_copyright_tags, *others)


def default_detectors() -> tuple[Detector, ...]:
    """All detectors, where this machine has a licence index; else those that need none."""
    try:
        return with_texts(TextDetector(str(index_path())))
    except (MissingIndex, Unreadable):
        return DETECTORS


def only_tags(detectors: Sequence[Detector]) -> tuple[Issue, ...]:
    """What a result says where detectors recognise no licence texts: why, and what to do. Nothing where they do."""
    if any(isinstance(detector, TextDetector) for detector in detectors):
        return ()
    reason = _why_no_index()
    message = "licence texts were not recognised, only tags"
    return (Issue(Severity.WARNING, SOURCE, f"{message}: {reason}" if reason else message),)


def _why_no_index() -> str:
    """The reason without the place of the index, so that results of different machines are the same."""
    if is_switched_off():
        return f"{PLACE} is {NOWHERE}"
    try:
        default_index()
    except MissingIndex:
        return (
            "this machine has no licence index; "
            "make it with paddock license-db build, or carry it over with paddock license-db import FILE"
        )
    except Unreadable:
        return "the licence index of this machine cannot be read; make it anew with paddock license-db build"
    return ""


def detect_licenses(data: bytes, path: str, detectors: Sequence[Detector] | None = None) -> LicenseFindings:
    """Everything that detectors find in a file's content, in order of lines, each finding once.

    path: relative to the scanned root; some detectors weigh a LICENSE file differently from a source file. detectors:
    by default all. On a machine without a licence index only tags are read; `default_index` tells whether there is one.
    """
    chosen = default_detectors() if detectors is None else detectors
    if len(chosen) == 1:
        return chosen[0](data, path)
    licenses: set[LicenseMatch] = set()
    copyrights: set[CopyrightStatement] = set()
    clues: set[LicenseMatch] = set()
    for detector in chosen:
        found = detector(data, path)
        licenses.update(found.licenses)
        copyrights.update(found.copyrights)
        clues.update(found.clues)
    return LicenseFindings(
        licenses=tuple(sorted(licenses)), copyrights=without_repetitions(copyrights), clues=tuple(sorted(clues))
    )
