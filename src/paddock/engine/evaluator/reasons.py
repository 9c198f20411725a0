# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Gathers what rules say into reasons: one for each rule, component and licence, over all projects concerned."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

import msgspec

from paddock.engine.evaluator.decide import Outcome
from paddock.engine.model.inventory import SCOPE_ORDER, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.paths import PathFinder
from paddock.engine.model.verdict import Reason, ReasonKind

_HOW_TO_LEARN = {
    "linkage": "State its linkage under `components` in .paddock.yml.",
    "modified": "State under `components` in .paddock.yml whether it was changed.",
    "distribution": "State in .paddock.yml how the product is distributed.",
    "scope": "Put the manifest beside the lock file, or have the SBOM state scopes, so that they can be told.",
    "direct": "Put the manifest beside the lock file, so that direct dependencies can be told.",
    "project_license": "State the project's own licence in its manifest.",
    "category": "Put the licence into a category of the policy.",
    "categories": "Put the licence into a category of the policy.",
    "version": "Scan a lock file, installed packages or an SBOM, which tell exact versions, or pin the version.",
    "affected_versions": "Read the advisory, and record in a resolution in .paddock.yml what is true.",
    "kev": "Fetch the catalogue of known exploitation: paddock advisories sync.",
    "epss": "Fetch the EPSS scores: paddock advisories sync.",
    "severity": "Read the advisory, and record in a resolution in .paddock.yml what is true.",
    "cvss": "Read the advisory, and record in a resolution in .paddock.yml what is true.",
}
_IN_WORDS = {
    "scope": "its scope",
    "direct": "whether the project asks for it itself",
    "linkage": "how it is linked",
    "modified": "whether it was changed",
    "distribution": "how the product is distributed",
    "project_license": "the licence of the project",
    "category": "the category of its licence",
    "categories": "the categories of its licence",
    "version": "which version it is",
    "affected_versions": "which versions are affected",
    "severity": "how severe the vulnerability is",
    "cvss": "the score of the vulnerability",
    "kev": "whether the vulnerability is exploited",
    "epss": "how likely the vulnerability is exploited",
}
MAX_STATEMENT = 400
"""Longer licence statements are cut in reasons; `ComponentLicense.unmapped` keeps them as they stand."""
MAX_PROJECTS = 30
"""A reason lists no more projects than this; which others use the component the inventory tells."""
_SHOWN = 100
_SEVERITIES = list(Severity)
_KINDS = list(ReasonKind)
_Key = tuple[str, ReasonKind, str, str, str, str, str]


class _Collected:
    def __init__(self, outcome: Outcome, facts: Mapping[str, object], cause: str, source: str) -> None:
        self.outcome = outcome
        self.facts = facts
        self.cause = cause
        self.source = source
        self.scope = Scope.DEV
        self.projects: list[tuple[str, ...]] = []

    def all_projects(self) -> tuple[str, ...]:
        """The ids of the projects, sorted, each once."""
        if len(self.projects) == 1:
            return self.projects[0]
        return tuple(sorted(set(chain.from_iterable(self.projects))))


class ReasonCollector:
    """Takes outcomes in any order of projects and merges them."""

    def __init__(self, finder: PathFinder) -> None:
        self._finder = finder
        self._found: dict[_Key, _Collected] = {}

    def add(
        self,
        ref: str,
        outcome: Outcome,
        facts: Mapping[str, object],
        *,
        projects: tuple[str, ...] = (),
        scope: Scope | None = None,
        license: str = "",
        source: str = "",
        vulnerability: str = "",
    ) -> None:
        """Note that a rule applies or may apply to a component (`ref`) in some projects (sorted), for one licence or
        one vulnerability.
        """
        rule = outcome.rule
        cause = fill(rule.cause, facts) if rule.cause else _default_cause(rule.id, license or vulnerability)
        if outcome.missing:
            cause = f"{cause.removesuffix('?')}? Not known: {_in_words(outcome.missing)}"
        elif outcome.problem:
            cause = f"{rule.id}: the condition failed"
        key = (rule.id, outcome.kind, cause, ref, license, vulnerability, outcome.problem)
        collected = self._found.get(key)
        if collected is None:
            collected = self._found[key] = _Collected(outcome, facts, cause, source)
            collected.scope = scope or Scope.DEV
        elif scope is not None and SCOPE_ORDER[scope] < SCOPE_ORDER[collected.scope]:
            collected.scope, collected.facts = scope, facts
        if projects:
            collected.projects.append(projects)

    def reasons(self) -> list[Reason]:
        """Everything noted, as reasons, unsorted, without waivers."""
        return [
            self._reason(ref, license, vulnerability, collected)
            for (_, _, _, ref, license, vulnerability, _), collected in self._found.items()
        ]

    def _reason(self, ref: str, license: str, vulnerability: str, collected: _Collected) -> Reason:
        outcome, facts = collected.outcome, collected.facts
        rule = outcome.rule
        projects = collected.all_projects()
        is_component = ref not in projects
        projects = () if projects == ("",) else projects
        if projects:
            facts = {**facts, "project": _some_of(projects)}
        return Reason(
            kind=outcome.kind,
            rule=rule.id,
            severity=rule.severity,
            cause=collected.cause,
            message=_message(outcome, facts),
            why=fill(rule.why, facts),
            how_to_fix=_how_to_fix(outcome, facts),
            waivable_by=rule.waivable_by,
            ref=ref,
            projects=projects,
            scope=collected.scope.value if is_component else "",
            license=license,
            license_source=collected.source,
            vulnerability=vulnerability,
            paths=self._finder.from_any(projects, ref) if is_component else (),
        )


def _default_cause(rule: str, subject: str) -> str:
    return f"{rule}: {subject}" if subject else rule


def _message(outcome: Outcome, facts: Mapping[str, object]) -> str:
    message = fill(outcome.rule.message, {**facts, "missing": _in_words(outcome.missing)})
    if outcome.problem:
        return f"The condition of rule {outcome.rule.id!r} failed ({outcome.problem}), so this is open: {message}"
    if outcome.missing:
        return f"Cannot be decided without knowing {_in_words(outcome.missing)}: {message}"
    return message


def _how_to_fix(outcome: Outcome, facts: Mapping[str, object]) -> str:
    if outcome.problem:
        return "Correct the condition in the policy."
    if not outcome.missing:
        return fill(outcome.rule.how_to_fix, facts)
    return " ".join(dict.fromkeys(_HOW_TO_LEARN[name] for name in outcome.missing if name in _HOW_TO_LEARN))


def fill(text: str, facts: Mapping[str, object]) -> str:
    """A text of a rule with the facts in braces replaced; one that is not known reads "unknown"."""
    return text.format_map(defaultdict(lambda: "unknown", facts)) if "{" in text or "}" in text else text


def with_few_projects(reason: Reason) -> Reason:
    """The reason with the first `MAX_PROJECTS` of its projects and the number of the others."""
    others = len(reason.projects) - MAX_PROJECTS
    if others <= 0:
        return reason
    return msgspec.structs.replace(reason, projects=reason.projects[:MAX_PROJECTS], further_projects=others)


def sort_reasons(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Errors first, violations before questions, then by cause and component."""
    return tuple(
        sorted(
            reasons,
            key=lambda reason: (
                _SEVERITIES.index(reason.severity),
                _KINDS.index(reason.kind),
                reason.cause,
                reason.ref,
                reason.license,
                reason.vulnerability,
                reason.rule,
                reason.message,
                reason.projects,
                msgspec.json.encode(reason.waiver),
            ),
        )
    )


def _some_of(projects: tuple[str, ...]) -> str:
    more = f" and {len(projects) - 3:,} more" if len(projects) > 3 else ""
    return ", ".join(projects[:3]) + more


def in_one_line(text: str) -> str:
    """A licence statement for a sentence: one line, cut where it is long."""
    line = " ".join(text[: 4 * MAX_STATEMENT].split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _in_words(names: tuple[str, ...]) -> str:
    words = [_IN_WORDS.get(name, name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
