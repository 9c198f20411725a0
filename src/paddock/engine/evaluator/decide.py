# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Applies the rules of a policy to facts, each distinct combination of facts once."""

from collections.abc import Iterable, Mapping

import msgspec

from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.policy.conditions import (
    LICENSE_FACTS,
    VULNERABILITY_FACTS,
    Condition,
    Decision,
    compile_condition,
)
from paddock.engine.policy.types import BUILT_IN, NO_LICENSE, UNMAPPED_LICENSE, Policy, Rule, Subject

_ABSENT = object()
_WEIGHT = {
    (ReasonKind.VIOLATION, Severity.ERROR): 6,
    (ReasonKind.QUESTION, Severity.ERROR): 5,
    (ReasonKind.VIOLATION, Severity.WARNING): 4,
    (ReasonKind.QUESTION, Severity.WARNING): 3,
    (ReasonKind.VIOLATION, Severity.HINT): 2,
    (ReasonKind.QUESTION, Severity.HINT): 1,
}


class Outcome(msgspec.Struct, frozen=True):
    """A rule that applies or may apply. kind: as stated by the rule, or QUESTION where facts are missing."""

    rule: Rule
    kind: ReasonKind
    missing: tuple[str, ...] = ()
    problem: str = ""

    @property
    def weight(self) -> int:
        """How bad, for comparing alternatives; larger is worse."""
        return _WEIGHT[self.kind, self.rule.severity]


class _CompiledRule:
    """A rule with its condition and the answers given so far, by the values of the facts it mentions."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.condition: Condition = compile_condition(rule.when)
        self.needs_license = bool(self.condition.facts & LICENSE_FACTS)
        self.needs_vulnerability = bool(self.condition.facts & VULNERABILITY_FACTS)
        self._facts = tuple(sorted(self.condition.facts - {"unknown"}))
        self._asks_unknown = "unknown" in self.condition.facts
        self._known: dict[tuple[object, ...], Decision] = {}

    def decide(self, facts: Mapping[str, object]) -> Decision:
        key: tuple[object, ...] = tuple(
            [tuple(value) if isinstance(value := facts.get(name, _ABSENT), list) else value for name in self._facts]
        )
        if self._asks_unknown:
            key = (*key, frozenset(facts))
        decision = self._known.get(key)
        if decision is None:
            decision = self._known[key] = self.condition.decide(facts)
        return decision


class RuleBook:
    """The rules of one policy, compiled. Built-in rules are there even where the policy does not state them."""

    def __init__(self, policy: Policy) -> None:
        stated = {rule.id: rule for rule in policy.rules}
        self._no_license = _CompiledRule(stated.get(NO_LICENSE.id, NO_LICENSE))
        self._unmapped = _CompiledRule(stated.get(UNMAPPED_LICENSE.id, UNMAPPED_LICENSE))
        compiled = [_CompiledRule(rule) for rule in policy.rules if rule.id not in BUILT_IN]
        self._by_subject = {subject: [rule for rule in compiled if subject in rule.rule.about] for subject in Subject}
        everything = (*compiled, self._no_license, self._unmapped)
        self.by_id: dict[str, Rule] = {rule.rule.id: rule.rule for rule in everything}
        self.facts: frozenset[str] = frozenset().union(*(rule.condition.facts for rule in everything))

    def for_license(self, subject: Subject, facts: Mapping[str, object]) -> tuple[Outcome, ...]:
        """What rules about licences say to one licence; `facts` include those of the licence."""
        return _outcomes((rule for rule in self._by_subject[subject] if rule.needs_license), facts)

    def without_license(self, subject: Subject, facts: Mapping[str, object]) -> tuple[Outcome, ...]:
        """What rules say that look neither at licences nor at vulnerabilities."""
        rules = self._by_subject[subject]
        return _outcomes((rule for rule in rules if not (rule.needs_license or rule.needs_vulnerability)), facts)

    def for_vulnerability(self, facts: Mapping[str, object]) -> tuple[Outcome, ...]:
        """What rules about vulnerabilities say to one of a component; `facts` include those of the vulnerability."""
        return _outcomes((rule for rule in self._by_subject[Subject.COMPONENTS] if rule.needs_vulnerability), facts)

    def no_license(self, facts: Mapping[str, object]) -> tuple[Outcome, ...]:
        """What is to be said where no licence is known."""
        return _outcomes((self._no_license,), facts)

    def unmapped(self, facts: Mapping[str, object]) -> tuple[Outcome, ...]:
        """What is to be said of a statement that stands for no known licence."""
        return _outcomes((self._unmapped,), facts)


def _outcomes(rules: Iterable[_CompiledRule], facts: Mapping[str, object]) -> tuple[Outcome, ...]:
    found: list[Outcome] = []
    for rule in rules:
        decision = rule.decide(facts)
        # Whether a hint applies is not worth a question: either way it changes nothing.
        if decision.value is False or (decision.value is None and rule.rule.severity is Severity.HINT):
            continue
        kind = rule.rule.kind if decision.value else ReasonKind.QUESTION
        found.append(Outcome(rule.rule, kind, decision.missing, decision.problem))
    return tuple(found)
