# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How verdicts and states of releases look on pages."""

from paddock.hub.pages.status import Status
from paddock.hub.products.types import Criticality, Outcome, ReleaseState

TONES: dict[str, str] = {
    Outcome.COMPLIANT: "good",
    Outcome.NOT_COMPLIANT: "bad",
    Outcome.UNDECIDED: "warn",
    Outcome.UNKNOWN: "none",
}
"""Red must not ship, amber needs a decision, green is fine."""


def outcome_status(outcome: str | None) -> Status:
    """A verdict as icon and word; None is that of a product without a release."""
    known = Outcome(outcome) if outcome else Outcome.UNKNOWN
    return Status(TONES[known], known.label)


def state_word(state: str) -> str:
    """Where a release is in its life, in words."""
    return str(ReleaseState(state).label)


def criticality_word(value: str) -> str:
    """How much depends on a product, in words."""
    return str(Criticality(value).label)
