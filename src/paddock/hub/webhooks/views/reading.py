# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking at webhooks, and at what was sent to each."""

import json
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import respond
from paddock.hub.webhooks.models import Subscription
from paddock.hub.webhooks.queries import (
    MANAGE,
    attempts_of,
    message_by_id,
    messages_of,
    subscription_by_id,
    subscriptions_for,
)
from paddock.hub.webhooks.tables import MESSAGES, WEBHOOKS, delivery, moment, standing
from paddock.hub.webhooks.types import ATTEMPTS, FAILURES_IN_A_ROW, DeliveryState, Topic

SHOWN = 100
"""Attempts on the page of a message."""


@login_required
@require_safe
def webhooks(request: HubRequest) -> HttpResponseBase:
    """The webhooks that the person manages, in the unit looked at."""
    if not request.actor.may_somewhere(MANAGE):
        raise NotAllowed(_("Webhooks are managed by product owners and coordinators, each for their units."))
    rows = subscriptions_for(request.actor).filter(unit__path__startswith=request.unit_path)
    return respond(request, WEBHOOKS, rows, "webhooks/webhooks.html")


@login_required
@require_safe
def webhook(request: HubRequest, webhook_id: UUID) -> HttpResponseBase:
    """One webhook: how it stands, and the log of its messages."""
    found = subscription_by_id(request.actor, webhook_id)
    topics = [(topic, Topic(topic).label) for topic in found.topics]
    context = {**head_of(found, "messages"), "topics": topics}
    return respond(request, MESSAGES, messages_of(found), "webhooks/webhook.html", context)


@login_required
@require_safe
def activity(request: HubRequest, webhook_id: UUID) -> HttpResponse:
    """What was done to a webhook, by whom."""
    found = subscription_by_id(request.actor, webhook_id)
    return render(request, "webhooks/activity.html", head_of(found, "activity"))


@login_required
@require_safe
def message(request: HubRequest, webhook_id: UUID, message_id: UUID) -> HttpResponse:
    """One message: what it says, and every attempt to deliver it; for htmx only the part that changes."""
    subscription = subscription_by_id(request.actor, webhook_id)
    found = message_by_id(subscription, message_id)
    waiting = found.state == DeliveryState.WAITING
    context = {
        "webhook": subscription,
        "message": found,
        "delivery": delivery(found),
        "body": json.dumps(json.loads(found.body), indent=2, ensure_ascii=False),
        "attempts": [(moment(one.created_at), one) for one in attempts_of(found).order_by("-id")[:SHOWN]],
        "most": ATTEMPTS,
        "waiting": waiting,
        "soon": waiting and found.attempts == 0,
        "may_send": not waiting and (subscription.disabled_at is None or found.topic == Topic.TEST),
    }
    part = request.headers.get("HX-Target") == "message"
    return render(request, "webhooks/message_part.html" if part else "webhooks/message.html", context)


def head_of(subscription: Subscription, tab: str) -> dict[str, object]:
    """The context of `webhooks/head.html`. tab: which part of the page is shown."""
    return {
        "webhook": subscription, "standing": standing(subscription), "tab": tab, "limit": FAILURES_IN_A_ROW,
    }  # fmt: skip
