# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The verdict: compliant, not compliant or undecided, and every reason for it."""

from datetime import date
from enum import StrEnum

import msgspec

from paddock.engine.model.issue import Issue, Severity


class Outcome(StrEnum):
    """Three values; nothing unknown passes silently."""

    COMPLIANT = "compliant"
    NOT_COMPLIANT = "not compliant"
    UNDECIDED = "undecided"


EXIT_CODES: dict[Outcome, int] = {Outcome.COMPLIANT: 0, Outcome.NOT_COMPLIANT: 1, Outcome.UNDECIDED: 2}


class ReasonKind(StrEnum):
    """VIOLATION: a rule is broken. QUESTION: a rule could not be decided, because a fact is missing."""

    VIOLATION = "violation"
    QUESTION = "question"


class AppliedWaiver(msgspec.Struct, frozen=True, kw_only=True):
    """The approved exception that lifts a reason: why, by whom, until when (None: no end stated)."""

    reason: str
    comment: str = ""
    approved_by: str = ""
    until: date | None = None


class Reason(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One rule applied to one component (or project, or the scan itself).

    cause: the key people see the reasons grouped by ("GPL-3.0-only in a distributed product"); equal for equal causes.
    message: what; why: the rule's rationale; how_to_fix: the next step; waivable_by: role that may waive, "" = nobody.
    ref: component ref or project id, "" for the scan as a whole. projects: ids of the projects concerned, sorted, the
    first 30; further_projects: how many more there are (the inventory's usages tell which).
    paths: shortest dependency paths from a project to the component, each a tuple of refs, at most three.
    vulnerability: the one that the reason is about, by the name that the advisor's findings have; "" for none.
    waiver: set when the reason no longer counts against the verdict.
    """

    kind: ReasonKind
    rule: str
    severity: Severity
    cause: str
    message: str
    why: str = ""
    how_to_fix: str = ""
    waivable_by: str = ""
    ref: str = ""
    projects: tuple[str, ...] = ()
    further_projects: int = 0
    scope: str = ""
    license: str = ""
    license_source: str = ""
    vulnerability: str = ""
    paths: tuple[tuple[str, ...], ...] = ()
    waiver: AppliedWaiver | None = None


class LicenseChoice(msgspec.Struct, frozen=True, kw_only=True):
    """An alternative (A OR B) that was decided: by whom ("policy" or the file that says so)."""

    ref: str
    given: str
    chosen: str
    decided_by: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The evaluator's slot of a result.

    reasons: sorted by weight (errors first, violations before questions), then cause, then ref; waived ones included.
    categories: licence category of every licence id that occurs, by the policy, as sorted pairs.
    issues: problems with the policy and the configuration themselves (an expired waiver, an exclude without effect).
    """

    outcome: Outcome
    sentence: str
    reasons: tuple[Reason, ...] = ()
    choices: tuple[LicenseChoice, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def open_reasons(self) -> tuple[Reason, ...]:
        """The reasons that count: those that no waiver lifts."""
        return tuple(reason for reason in self.reasons if reason.waiver is None)
