# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Applies people's corrections of findings: "what was detected there is something else", or nothing at all."""

from collections.abc import Sequence

import msgspec

from paddock.engine.model.licensing import FileFindings, LicenseMatch
from paddock.engine.policy.configuration import FindingCuration
from paddock.engine.policy.globs import compile_glob

_NONE = {"", "NONE"}


def correct(file: FileFindings, curations: Sequence[FindingCuration]) -> FileFindings:
    """The findings of a file after the curations about it; the first that fits a finding decides."""
    about = [curation for curation in curations if compile_glob(curation.path).match(file.path)]
    if not about:
        return file
    licenses = [kept for match in file.findings.licenses if (kept := _corrected(match, about)) is not None]
    findings = msgspec.structs.replace(file.findings, licenses=tuple(licenses))
    return FileFindings(path=file.path, findings=findings)


def _corrected(match: LicenseMatch, curations: Sequence[FindingCuration]) -> LicenseMatch | None:
    for curation in curations:
        fits = curation.detected_license in ("", match.license_expression_spdx, match.license_expression)
        if fits and (not curation.start_lines or match.start_line in curation.start_lines):
            if curation.concluded_license in _NONE:
                return None
            return msgspec.structs.replace(
                match, license_expression_spdx=curation.concluded_license, score=100.0, matcher="curation"
            )
    return match
