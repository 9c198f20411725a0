# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is known about licences: per file what was found, per component four answers that are kept apart."""

from enum import StrEnum

import msgspec

from paddock.engine.model.issue import Issue


class Statement(StrEnum):
    """How a file speaks of a licence, from the clearest to the faintest.

    DECLARATION: a tag made for it (SPDX, REUSE). TEXT: the licence itself. NOTICE: "this file is under …".
    TAG: a field of metadata or code ("license: MIT"). REFERENCE: a name or an address. INTRODUCTION: "licensed as
    follows". CLUE: what only smells of it. UNTOLD: the detector does not tell.
    """

    DECLARATION = "declaration"
    TEXT = "text"
    NOTICE = "notice"
    TAG = "tag"
    REFERENCE = "reference"
    INTRODUCTION = "introduction"
    CLUE = "clue"
    UNTOLD = ""


class LicenseMatch(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, order=True):
    """A licence found in a file.

    license_expression: in the keys of the rule data; license_expression_spdx: in SPDX ids. score: 0 to 100.
    statement: how the file speaks of it.
    rule: what recognised it ("spdx-license-identifier", "reuse-toml", a rule's name). matcher: the method.
    referenced_files: names of files in which the licence is said to be. Lines count from 1, both inclusive.
    """

    start_line: int
    end_line: int
    license_expression_spdx: str
    license_expression: str = ""
    score: float = 100.0
    rule: str = ""
    matcher: str = ""
    referenced_files: tuple[str, ...] = ()
    statement: Statement = Statement.UNTOLD


class CopyrightStatement(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A copyright notice as it stands in a file, with the holders it names."""

    start_line: int
    end_line: int
    statement: str
    holders: tuple[str, ...] = ()


class LicenseFindings(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Everything found in one file, in order of lines. clues: what smells of licences without naming one for sure."""

    licenses: tuple[LicenseMatch, ...] = ()
    copyrights: tuple[CopyrightStatement, ...] = ()
    clues: tuple[LicenseMatch, ...] = ()


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
    """The text of a licence or notice file; `path` relative to the root, or `<purl>!/<path>` in a published source."""

    path: str
    text: str


class FoundLicense(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A licence found in a package's published source: in how many files that play which part in it (`scanner.weigh`:
    "legal", "readme", "manifest", "source", "vendored", "test", "documentation"), and the first few of their paths,
    relative to the package's own root.
    """

    role: str
    license_expression_spdx: str
    files: int
    examples: tuple[str, ...] = ()


class SourceFileOrigin(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One published file that was fetched: where from (without credentials), what it is, its SHA-256 and size in bytes.

    verified: against whose digest it was checked ("lock file", "registry"); "" when nobody stated one.
    """

    url: str
    kind: str
    sha256: str
    size: int
    verified: str = ""


class PackageSource(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The published source of a component (`ref`) and what was found in it."""

    ref: str
    origins: tuple[SourceFileOrigin, ...]
    files_scanned: int
    found: tuple[FoundLicense, ...] = ()
    copyrights: tuple[str, ...] = ()


class ScanFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The scanner's slot of a result: per file and per component, both sorted; what was not looked at is an issue.

    texts: the licence and notice files that components carry (`Component.license_files`), for the notice document.
    packages: the published sources that were fetched and scanned, sorted by ref.
    """

    files: tuple[FileFindings, ...] = ()
    components: tuple[ComponentLicense, ...] = ()
    issues: tuple[Issue, ...] = ()
    texts: tuple[LicenseText, ...] = ()
    files_scanned: int = 0
    packages: tuple[PackageSource, ...] = ()
