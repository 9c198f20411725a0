# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences and copyrights in one file, by every detector there is."""

from collections.abc import Callable, Sequence

from paddock.engine.model.licensing import CopyrightStatement, LicenseFindings, LicenseMatch
from paddock.engine.scanner.copyrights.find import find_copyrights, without_repetitions
from paddock.engine.scanner.tags import find_tags

Detector = Callable[[bytes, str], LicenseFindings]
"""(content, path) -> findings; pure, linear in the content, never raises."""

DETECTORS: tuple[Detector, ...] = (find_tags, find_copyrights)


def detect_licenses(data: bytes, path: str, detectors: Sequence[Detector] = DETECTORS) -> LicenseFindings:
    """Everything the detectors find in a file's content, in order of lines, each finding once.

    `path` is relative to the scanned root; some detectors weigh a LICENSE file differently from a source file.
    """
    if len(detectors) == 1:
        return detectors[0](data, path)
    licenses: set[LicenseMatch] = set()
    copyrights: set[CopyrightStatement] = set()
    for detector in detectors:
        found = detector(data, path)
        licenses.update(found.licenses)
        copyrights.update(found.copyrights)
    return LicenseFindings(licenses=tuple(sorted(licenses)), copyrights=without_repetitions(copyrights))
