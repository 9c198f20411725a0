# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The verdict in one plain sentence."""

from collections.abc import Sequence

from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import Outcome, Reason, ReasonKind
from paddock.engine.policy.types import ANALYSIS_INCOMPLETE, NO_LICENSE


def outcome_of(reasons: Sequence[Reason]) -> Outcome:
    """Broken rules of severity ERROR decide; then open questions that might turn out to be such."""
    open_errors = [reason for reason in reasons if reason.waiver is None and reason.severity is Severity.ERROR]
    if any(reason.kind is ReasonKind.VIOLATION for reason in open_errors):
        return Outcome.NOT_COMPLIANT
    return Outcome.UNDECIDED if open_errors else Outcome.COMPLIANT


def sentence_for(outcome: Outcome, reasons: Sequence[Reason], packages: int) -> str:
    """What the outcome is and what it rests on, with figures."""
    counting = [reason for reason in reasons if reason.waiver is None]
    errors = [reason for reason in counting if reason.severity is Severity.ERROR]
    if outcome is Outcome.NOT_COMPLIANT:
        broken = [reason for reason in errors if reason.kind is ReasonKind.VIOLATION]
        causes, refs = {reason.cause for reason in broken}, {reason.ref for reason in broken}
        return f"Not compliant: {_count(causes, 'cause')} in {_count(refs, 'package')}."
    if outcome is Outcome.UNDECIDED:
        return f"Undecided: {'; '.join(_questions(errors))}."
    parts = [_number(packages, "package")]
    waived = sum(reason.waiver is not None for reason in reasons)
    if waived:
        parts.append(f"{waived} waived")
    warnings = sum(reason.severity is Severity.WARNING and reason.kind is ReasonKind.VIOLATION for reason in counting)
    if warnings:
        parts.append(_number(warnings, "warning"))
    return f"Compliant: {', '.join(parts)}."


def _questions(errors: Sequence[Reason]) -> list[str]:
    unread = [reason for reason in errors if reason.rule == ANALYSIS_INCOMPLETE]
    unlicensed = {reason.ref for reason in errors if reason.rule == NO_LICENSE.id}
    others = [reason for reason in errors if reason.rule not in {ANALYSIS_INCOMPLETE, NO_LICENSE.id}]
    parts: list[str] = []
    if unread:
        parts.append(f"the analysis is incomplete ({', '.join(reason.cause for reason in unread[:3])})")
    if unlicensed:
        verb = "has" if len(unlicensed) == 1 else "have"
        parts.append(f"{_count(unlicensed, 'package')} {verb} no known licence")
    if others:
        causes, refs = {reason.cause for reason in others}, {reason.ref for reason in others}
        parts.append(f"{_count(causes, 'open question')} about {_count(refs, 'package')}")
    return parts


def _count(items: set[str], noun: str) -> str:
    return _number(len(items), noun)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
