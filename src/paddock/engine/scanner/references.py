# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pointers ("see LICENSE"): the file in which the licence is said to stand is looked up in the tree."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from paddock.engine.model.licensing import FileFindings, LicenseFindings, LicenseMatch

MATCHER = "reference"
_UNKNOWN = ("unknown-license-reference", "free-unknown")


def follow(found: Sequence[FileFindings]) -> list[FileFindings]:
    """The findings with each pointer replaced by what the file pointed to says, at the lines of the pointer.

    The file is looked for beside the pointing one, then in each folder above. What leads nowhere stays as it is.
    """
    by_path = {file.path: file.findings for file in found if file.findings.licenses}
    by_lower = {path.lower(): path for path in sorted(by_path, reverse=True)}
    return [_followed(file, by_path, by_lower) for file in found]


def _followed(file: FileFindings, by_path: Mapping[str, LicenseFindings], by_lower: Mapping[str, str]) -> FileFindings:
    if not any(_is_pointer(match) for match in file.findings.licenses):
        return file
    licenses: dict[LicenseMatch, None] = {}
    for match in file.findings.licenses:
        target = _target(file.path, match, by_lower) if _is_pointer(match) else None
        if target is None:
            licenses[match] = None
        else:
            licenses.update((_as_said_here(match, other, target), None) for other in by_path[target].licenses)
    findings = msgspec.structs.replace(file.findings, licenses=tuple(licenses))
    return FileFindings(path=file.path, findings=findings)


def _is_pointer(match: LicenseMatch) -> bool:
    return bool(match.referenced_files) and match.license_expression in _UNKNOWN


def _target(path: str, match: LicenseMatch, by_lower: Mapping[str, str]) -> str | None:
    """The file that is meant, if it has findings of its own."""
    for folder in _folders_upwards(path):
        for name in match.referenced_files:
            wanted = posixpath.normpath(posixpath.join(folder, name.lower()))
            found = by_lower.get(wanted)
            if found is not None and found != path:
                return found
    return None


def _folders_upwards(path: str) -> Iterator[str]:
    folder = posixpath.dirname(path.lower())
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _as_said_here(pointer: LicenseMatch, other: LicenseMatch, target: str) -> LicenseMatch:
    return msgspec.structs.replace(
        other,
        start_line=pointer.start_line,
        end_line=pointer.end_line,
        score=min(pointer.score, other.score),
        rule=f"{pointer.rule} -> {target}",
        matcher=MATCHER,
    )
