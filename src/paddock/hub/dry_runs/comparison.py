# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What two policies say about one result: pure, no database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Verdict
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.types import Distribution, Policy
from paddock.engine.reporter.causes import Cause, group_by_cause

MOST_CAUSES = 50


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcomes by both policies, the tried one's sentence, and the causes that came and went."""

    before: str
    after: str
    sentence: str
    came: tuple[dict[str, Any], ...]
    went: tuple[dict[str, Any], ...]

    @property
    def turns(self) -> bool:
        """Whether the verdict is another."""
        return self.before != self.after

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.turns or self.came or self.went)


def compare(result: Result, old: Policy, new: Policy, *, distribution: str, now: datetime) -> Comparison:
    """Both policies on the same facts at the same time, so that nothing but the policy makes a difference."""
    configuration = Configuration(distribution=Distribution(distribution))
    before, after = (
        evaluate(result.inventory, result.scan, policy, configuration, now, advice=result.advice)
        for policy in (old, new)
    )
    were, are = _by_key(before), _by_key(after)
    return Comparison(
        before=before.outcome.value,
        after=after.outcome.value,
        sentence=after.sentence,
        came=tuple(_plain(cause) for key, cause in are.items() if key not in were)[:MOST_CAUSES],
        went=tuple(_plain(cause) for key, cause in were.items() if key not in are)[:MOST_CAUSES],
    )


def _by_key(verdict: Verdict) -> dict[tuple[object, ...], Cause]:
    """Causes by what makes two of them the same for people: title, consequence, and the packages concerned."""
    causes = group_by_cause(verdict.open_reasons)
    return {(cause.title, cause.label, frozenset(reason.ref for reason in cause.reasons)): cause for cause in causes}


def _plain(cause: Cause) -> dict[str, Any]:
    return {
        "title": cause.title,
        "label": cause.label,
        "rule": cause.rule,
        "why": cause.why,
        "how_to_fix": cause.how_to_fix,
        "packages": len({reason.ref for reason in cause.reasons if reason.ref}),
    }
