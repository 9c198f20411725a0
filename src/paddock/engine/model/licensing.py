# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is known about licences: per file what was found, per component four answers that are kept apart."""

import msgspec

from paddock.engine.model.issue import Issue


class LicenseMatch(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, order=True):
    """A licence found in a file.

    license_expression: in the keys of the rule data; license_expression_spdx: in SPDX ids. score: 0 to 100.
    rule: what recognised it ("spdx-license-identifier", "reuse-toml", a rule's name). matcher: the method.
    Lines count from 1, both inclusive.
    """

    start_line: int
    end_line: int
    license_expression_spdx: str
    license_expression: str = ""
    score: float = 100.0
    rule: str = ""
    matcher: str = ""


class CopyrightStatement(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A copyright notice as it stands in a file, with the holders it names."""

    start_line: int
    end_line: int
    statement: str
    holders: tuple[str, ...] = ()


class LicenseFindings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything found in one file, in order of lines."""

    licenses: tuple[LicenseMatch, ...] = ()
    copyrights: tuple[CopyrightStatement, ...] = ()


class FileFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one file; `path` relative to the scanned root."""

    path: str
    findings: LicenseFindings


class ComponentLicense(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The licence of a component or project (`ref`), by where each answer comes from. SPDX expressions; "" = no answer.

    ref: a component's purl text or a project's id; "" for the files of a tree that belong to neither.
    declared: what the package's metadata says, mapped to SPDX. unmapped: declared texts that no table knows.
    detected: what was found in the component's own files. concluded: what a curation or the
    author of an SBOM concluded.
    effective: what the policy is applied to: concluded, else declared and detected together, else "".
    basis: which of them `effective` rests on ("concluded", "declared", "detected", "declared AND detected", "").
    copyrights: the statements in its own files, each holder once.
    """

    ref: str
    declared: str = ""
    unmapped: tuple[str, ...] = ()
    detected: str = ""
    concluded: str = ""
    effective: str = ""
    basis: str = ""
    copyrights: tuple[str, ...] = ()


class LicenseText(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """The text of a licence or notice file as it lies in the tree; `path` relative to the root."""

    path: str
    text: str


class ScanFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The scanner's slot of a result: per file and per component, both sorted; what was not looked at is an issue.

    texts: the licence and notice files that components carry (`Component.license_files`), for the notice document.
    """

    files: tuple[FileFindings, ...] = ()
    components: tuple[ComponentLicense, ...] = ()
    issues: tuple[Issue, ...] = ()
    texts: tuple[LicenseText, ...] = ()
    files_scanned: int = 0
