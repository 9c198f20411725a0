# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What programs of the demonstration's company talk with the hub by: tokens nobody can use, a webhook that is off."""

from paddock.hub.accounts.queries import actor_for
from paddock.hub.accounts.services import create_token
from paddock.hub.operation.demo.people import At, Cast
from paddock.hub.operation.demo.story import TokenPlan, WebhookPlan
from paddock.hub.webhooks.services import change_subscription, create_subscription


def make_token(plan: TokenPlan, cast: Cast, at: At) -> None:
    """Its secret is not kept."""
    now = at(plan.made)
    person = cast.people[plan.person]
    create_token(
        actor=actor_for(person, now), person=person, name=plan.name, unit=cast.units[plan.unit], permissions=plan.may,
        expires_at=at(plan.ends), now=now,
    )  # fmt: skip


def make_webhook(plan: WebhookPlan, cast: Cast, at: At) -> None:
    """Made and switched off, before anything could be sent: messages leave the hub after this transaction only."""
    person = cast.people[plan.by]
    made, _ = create_subscription(
        actor=actor_for(person, at(plan.made)), unit=cast.units[plan.unit], url=plan.url, topics=plan.topics,
        now=at(plan.made),
    )  # fmt: skip
    off = at(plan.switched_off)
    change_subscription(actor=actor_for(person, off), subscription=made, enabled=False, now=off)
