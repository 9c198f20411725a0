# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences and copyrights in one file, by every detector there is."""

from collections.abc import Callable, Sequence

from paddock.engine.model.errors import Unreadable
from paddock.engine.model.licensing import CopyrightStatement, LicenseFindings, LicenseMatch
from paddock.engine.scanner.licenses.default_index import MissingIndex, index_path
from paddock.engine.scanner.recognise import TextDetector
from paddock.engine.scanner.tags import find_copyright_tags, find_tags

Detector = Callable[[bytes, str], LicenseFindings]
"""(content, path) -> findings; pure, linear in the content, never raises. Can be sent to another process."""

DETECTORS: tuple[Detector, ...] = (find_tags,)
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
        licenses=tuple(sorted(licenses)), copyrights=tuple(sorted(copyrights)), clues=tuple(sorted(clues))
    )
