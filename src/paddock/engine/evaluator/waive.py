# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Applies waivers to reasons, and says which waivers are out of date, not allowed or without effect."""

import fnmatch
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import PackageURL
from paddock.engine.model.verdict import AppliedWaiver, Reason
from paddock.engine.policy.configuration import Waiver
from paddock.engine.policy.globs import compile_glob
from paddock.engine.policy.licensing import issue_at
from paddock.engine.policy.pattern import PatternIndex
from paddock.engine.policy.regex import matches_whole


class Waivers:
    """The waivers of a configuration on one day. A waiver holds through its last day.

    One for every rule (`*`) does not cover files that were not understood: what nobody has seen nobody has approved.
    """

    def __init__(self, waivers: Iterable[Waiver], today: date, purls: Mapping[str, PackageURL]) -> None:
        self._waivers = [(number, waiver) for number, waiver in enumerate(waivers)]
        self._today = today
        self._purls = purls
        self._lifted: dict[int, int] = {}
        self._issues: dict[Issue, None] = {}
        self._by_rule: dict[str, PatternIndex[tuple[int, Waiver]]] = {}

    def apply(self, reason: Reason) -> list[Reason]:
        """The reason, lifted where a waiver says so; in two parts when a waiver covers only some of its projects."""
        for (number, waiver), answer in self._candidates(reason.rule).find(self._purls.get(reason.ref)):
            if not self._matches(waiver, reason, answer):
                continue
            projects = tuple(name for name in reason.projects if _is_in(waiver, name))
            if (reason.projects and not projects) or not self._allowed(number, waiver, reason):
                continue
            lifted = msgspec.structs.replace(reason, waiver=_applied(waiver))
            if projects == reason.projects:
                return [lifted]
            rest = tuple(name for name in reason.projects if name not in projects)
            return [
                _for_projects(lifted, projects),
                *self.apply(_for_projects(reason, rest)),
            ]
        return [reason]

    def waiver_of_issue(self, rule: str, waivable_by: str, issue: Issue) -> AppliedWaiver | None:
        """The waiver for a file that was not understood; its message and path are what is matched."""
        for (number, waiver), _ in self._candidates(rule).find(None):
            about_packages = waiver.license != "*" or not waiver.rule.strip("*")
            if about_packages or not _is_in(waiver, issue.path) or not _says(waiver, issue.message):
                continue
            if self._allowed(number, waiver, waivable_by):
                return _applied(waiver)
        return None

    def issues(self) -> list[Issue]:
        """What is wrong with the waivers themselves, after all reasons were offered."""
        found = list(self._issues)
        for number, waiver in self._waivers:
            if number not in self._lifted:
                text = "the waiver has no effect, because nothing matches it: correct or delete it"
                found.append(issue_at(waiver.place, text, Severity.HINT))
        return found

    def _candidates(self, rule: str) -> PatternIndex[tuple[int, Waiver]]:
        if rule not in self._by_rule:
            named = [pair for pair in self._waivers if fnmatch.fnmatchcase(rule, pair[1].rule)]
            self._by_rule[rule] = PatternIndex((pair[1].pattern, pair) for pair in named)
        return self._by_rule[rule]

    def _matches(self, waiver: Waiver, reason: Reason, answer: bool | None) -> bool:
        if not fnmatch.fnmatchcase(reason.license, waiver.license) or not _says(waiver, reason.message):
            return False
        if answer is None:
            text = f"the waiver is not used for {reason.ref}: its version cannot be compared with the range"
            self._issues[issue_at(waiver.place, text)] = None
        return answer is True

    def _allowed(self, number: int, waiver: Waiver, subject: Reason | str) -> bool:
        waivable_by = subject if isinstance(subject, str) else subject.waivable_by
        self._lifted[number] = self._lifted.get(number, 0) + 1
        if waiver.until is not None and waiver.until < self._today:
            text = f"the waiver expired on {waiver.until.isoformat()}; what it lifted counts again: renew or delete it"
            self._issues[issue_at(waiver.place, text)] = None
            return False
        if not waivable_by:
            name = "" if isinstance(subject, str) else f" {subject.rule!r}"
            self._issues[issue_at(waiver.place, f"nobody may waive the rule{name}; the waiver is not used")] = None
            return False
        return True


def _is_in(waiver: Waiver, project: str) -> bool:
    return waiver.project == "**" or compile_glob(waiver.project).match(project) is not None


def _says(waiver: Waiver, message: str) -> bool:
    return not waiver.message or matches_whole(waiver.message, message)


def _applied(waiver: Waiver) -> AppliedWaiver:
    return AppliedWaiver(
        reason=waiver.reason, comment=waiver.comment, approved_by=waiver.approved_by, until=waiver.until
    )


def _for_projects(reason: Reason, projects: tuple[str, ...]) -> Reason:
    paths = tuple(path for path in reason.paths if path[0] in projects)
    return msgspec.structs.replace(reason, projects=projects, paths=paths)
