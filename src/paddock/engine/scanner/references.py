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

    The file is looked for beside the pointing one, then in each folder above. What leads nowhere stays as it is; a
    pointer to the very file that it stands in adds nothing to what else that says. Where a choice names a file for each
    of its licences ("either of the licenses found in A or B"), each is what its file says.
    """
    by_path = {file.path: file.findings for file in found if file.findings.licenses}
    by_lower = {path.lower(): path for path in sorted(by_path, reverse=True)}
    return [_followed(file, by_path, by_lower) for file in found]


def _followed(file: FileFindings, by_path: Mapping[str, LicenseFindings], by_lower: Mapping[str, str]) -> FileFindings:
    if not any(match.referenced_files for match in file.findings.licenses):
        return file
    licenses: dict[LicenseMatch, None] = {}
    for match in file.findings.licenses:
        if _is_pointer(match) and _points_to_itself(file, match, by_lower):
            continue
        if not _is_pointer(match) and len(match.referenced_files) > 1:
            licenses[_choice_of_files(file.path, match, by_path, by_lower) or match] = None
            continue
        target = _target(file.path, match, by_lower) if _is_pointer(match) else None
        if target is None:
            licenses[match] = None
        else:
            licenses.update((_as_said_here(match, other, target), None) for other in by_path[target].licenses)
    findings = msgspec.structs.replace(file.findings, licenses=tuple(licenses))
    return FileFindings(path=file.path, findings=findings)


def _is_pointer(match: LicenseMatch) -> bool:
    return bool(match.referenced_files) and match.license_expression in _UNKNOWN


def _points_to_itself(file: FileFindings, match: LicenseMatch, by_lower: Mapping[str, str]) -> bool:
    """Whether a pointer names the file that it stands in, and no other of that name is near, and more is said there."""
    name = posixpath.basename(file.path).lower()
    if name not in (one.lower() for one in match.referenced_files) or _target(file.path, match, by_lower):
        return False
    return any(not _is_pointer(other) for other in file.findings.licenses)


def _choice_of_files(
    path: str, match: LicenseMatch, by_path: Mapping[str, LicenseFindings], by_lower: Mapping[str, str]
) -> LicenseMatch | None:
    """The match with each of its licences as the file says that it names for it; None where that cannot be told: as
    many plain licences as files, joined by one operator, each file there and of one licence.
    """
    words = match.license_expression.split()
    operators = set(words[1::2])
    if len(words) != 2 * len(match.referenced_files) - 1 or not (operators == {"OR"} or operators == {"AND"}):
        return None
    keys, ids, targets = [], [], []
    for name in match.referenced_files:
        target = _target(path, msgspec.structs.replace(match, referenced_files=(name,)), by_lower)
        said = (
            {(one.license_expression, one.license_expression_spdx) for one in by_path[target].licenses}
            if target
            else ()
        )
        if target is None or len(said) != 1 or " " in next(iter(said))[0]:
            return None
        key, spdx = next(iter(said))
        keys.append(key)
        ids.append(spdx)
        targets.append(target)
    operator = f" {operators.pop()} "
    return msgspec.structs.replace(
        match,
        license_expression=operator.join(keys),
        license_expression_spdx=operator.join(ids),
        rule=f"{match.rule} -> {', '.join(targets)}",
        matcher=MATCHER,
    )


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
