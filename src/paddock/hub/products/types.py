# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The closed lists of this room, and which state may follow which."""

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def the_product(name: str) -> str:
    """A product as a message names it, in the reader's language."""
    return gettext("the product %(name)s") % {"name": name}


class Distribution(TextChoices):
    """How a product reaches people; the values are those of policies (`engine.policy.types.Distribution`)."""

    INTERNAL = "internal", _("Used inside the company")
    HOSTED = "hosted", _("Offered over a network")
    APP = "app", _("Delivered as an app or program")
    EMBEDDED = "embedded", _("Delivered in a device or vehicle")


class Criticality(TextChoices):
    """How much depends on a product."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class ReleaseState(TextChoices):
    """Where a release is in its life."""

    DEVELOPMENT = "development", _("In development")
    RELEASED = "released", _("Released")
    SUPPORTED = "supported", _("In support only")
    ENDED = "ended", _("Out of support")


TRANSITIONS: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.DEVELOPMENT: frozenset({ReleaseState.RELEASED, ReleaseState.ENDED}),
    ReleaseState.RELEASED: frozenset({ReleaseState.SUPPORTED, ReleaseState.ENDED, ReleaseState.DEVELOPMENT}),
    ReleaseState.SUPPORTED: frozenset({ReleaseState.ENDED, ReleaseState.RELEASED}),
    ReleaseState.ENDED: frozenset({ReleaseState.SUPPORTED}),
}


class Outcome(TextChoices):
    """What is known about a release; the first three are the engine's verdicts."""

    COMPLIANT = "compliant", _("Compliant")
    NOT_COMPLIANT = "not compliant", _("Not compliant")
    UNDECIDED = "undecided", _("Undecided")
    UNKNOWN = "unknown", _("Nothing known yet")
