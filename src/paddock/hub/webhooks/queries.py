# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading subscriptions and what was sent to them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound
from paddock.hub.webhooks.models import Attempt, Message, Subscription

MANAGE = Permission.MANAGE_PRODUCTS
"""Who may have a unit's events sent away: whoever answers for its products."""


def subscriptions_for(actor: Actor) -> QuerySet[Subscription]:
    """The subscriptions that the actor manages."""
    return Subscription.objects.filter(actor.within(MANAGE)).select_related("unit")


def subscription_by_id(actor: Actor, subscription_id: UUID) -> Subscription:
    """One of them. Raises NotFound."""
    found = subscriptions_for(actor).filter(pk=subscription_id).first()
    if found is None:
        raise NotFound(_("There is no such webhook, or none that you may see."))
    return found


def messages_of(subscription: Subscription) -> QuerySet[Message]:
    """What was sent or waits to be sent."""
    return Message.objects.filter(subscription=subscription)


def log_size(subscription: Subscription) -> tuple[int, int]:
    """How many messages and how many attempts the log has. One query."""
    sizes = messages_of(subscription).aggregate(sent=Count("pk", distinct=True), tries=Count("tries"))
    return sizes["sent"], sizes["tries"]


def message_by_id(subscription: Subscription, message_id: UUID) -> Message:
    """One message of the subscription. Raises NotFound."""
    found = messages_of(subscription).filter(pk=message_id).first()
    if found is None:
        raise NotFound(_("There is no such message."))
    return found


def attempts_of(message: Message) -> QuerySet[Attempt]:
    """Every try to deliver a message."""
    return Attempt.objects.filter(message=message)


def listening_below(topic: str, unit_path: str, *, but: Iterable[str]) -> QuerySet[Subscription]:
    """The subscriptions of the units below the one with this path, but for those units and what lies below them."""
    below = Subscription.objects.filter(unit__path__startswith=unit_path, topics__contains=[topic], disabled_at=None)
    for path in but:
        below = below.exclude(unit__path__startswith=path)
    return below.exclude(unit__path=unit_path)


def listening(topic: str, unit_path: str) -> QuerySet[Subscription]:
    """The subscriptions to be told of something that happened in the unit with this path."""
    steps = ["", *(unit_path[:end] for end in range(9, len(unit_path) + 1, 9))]
    return Subscription.objects.filter(unit__path__in=steps, topics__contains=[topic], disabled_at=None)
