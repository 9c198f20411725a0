# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The result: one frozen value that grows by one slot a stage, with the versions of everything that took part."""

from datetime import datetime

import msgspec

from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue
from paddock.engine.model.licensing import ScanFindings
from paddock.engine.model.tool import Tool as Tool
from paddock.engine.model.verdict import Verdict
from paddock.engine.model.vulnerability import VulnerabilityFindings


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at.

    kind: "tree" or "document". name: for people. revision: the checked-out commit, where the tree is one's.
    document_format: "CycloneDX 1.6 JSON" for a document.
    """

    kind: str
    name: str
    revision: str = ""
    document_format: str = ""


class PolicyIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """Which policy decided: its name and the SHA-256 (hex) over its content."""

    name: str
    sha256: str


class Exclusion(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the tree that the configuration leaves out, why, and how many files and folders that were."""

    pattern: str
    reason: str
    comment: str = ""
    files: int = 0


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What is known after the stages that ran; a slot is None until its stage has run.

    created: when, with time zone. data: versions of the data used, as sorted pairs ("spdx-license-list", "3.28").
    """

    tool: Tool
    created: datetime
    subject: Subject
    inventory: Inventory
    exclusions: tuple[Exclusion, ...] = ()
    scan: ScanFindings | None = None
    advice: VulnerabilityFindings | None = None
    verdict: Verdict | None = None
    policy: PolicyIdentity | None = None
    data: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()

    def all_issues(self) -> tuple[Issue, ...]:
        """The issues of every stage, sorted, each once."""
        issues = set(self.issues) | set(self.inventory.issues)
        if self.scan is not None:
            issues |= set(self.scan.issues)
        if self.advice is not None:
            issues |= set(self.advice.issues)
        if self.verdict is not None:
            issues |= set(self.verdict.issues)
        return tuple(sorted(issues, key=lambda issue: (issue.severity, issue.path, issue.line or 0, issue.message)))
