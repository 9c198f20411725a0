# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The closed lists of this room."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a subscriber can be told of."""

    RELEASE_CREATED = "release.created", _("There is a new release")
    RELEASE_EVALUATED = "release.evaluated", _("There is a new verdict about a release")
    VERDICT_CHANGED = "release.verdict-changed", _("The verdict about a release is another than before")
    INTAKE_FAILED = "intake.failed", _("Something handed in could not be read")
    POLICY_CHANGED = "policy.changed", _("Other rules hold: a policy was released or retired")
    TEST = "test", _("Somebody pressed the test button")


class DeliveryState(TextChoices):
    """WAITING: to be sent, for the first time or again. GIVEN_UP: every attempt failed; it can be sent again by
    hand."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    GIVEN_UP = "given up", _("Given up")


ATTEMPTS = 8
"""How often one message is tried before it is given up."""
PAUSE = 4
"""Seconds before the second attempt; four times as long before each further one: the last is 4.5 hours later."""
FAILURES_IN_A_ROW = 20
"""After so many failed attempts without a success in between a subscription is switched off."""
KEPT = timedelta(days=90)
"""How long messages stay in the log of a subscription."""
