# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Operations on webhooks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status

from paddock.hub.accounts.queries import unit_by_id
from paddock.hub.api.entity_tags import alone_with, check_unchanged
from paddock.hub.api.paging import Page, Paging, Slice, page_of
from paddock.hub.api.problems import REFUSALS
from paddock.hub.api.texts import Address
from paddock.hub.core.clock import now
from paddock.hub.core.request import HubRequest
from paddock.hub.webhooks import services
from paddock.hub.webhooks.models import Attempt, Message, Subscription
from paddock.hub.webhooks.queries import (
    attempts_of,
    message_by_id,
    messages_of,
    subscription_by_id,
    subscriptions_for,
)
from paddock.hub.webhooks.types import DeliveryState, Topic

router = Router(tags=["webhooks"])
Topics = Annotated[list[Topic], Field(min_length=1, max_length=20, description="What to be told of.")]


class WebhookOut(Schema):
    """An address that is told of what happens in a unit and below it."""

    id: UUID
    unit_id: UUID
    url: str
    topics: list[Topic]
    created_by: str
    created_at: datetime
    failures: int = Field(description="Failed attempts in a row.")
    disabled_at: datetime | None = None
    disabled_reason: str


class NewWebhookOut(Schema):
    """A webhook that was just made; nobody ever sees the secret again."""

    webhook: WebhookOut
    secret: str


class SecretOut(Schema):
    """A new secret; nobody ever sees it again."""

    secret: str


class WebhookIn(Schema):
    """A new webhook."""

    unit_id: UUID
    url: Address
    topics: Topics


class WebhookChange(Schema):
    """What shall be different; what is not named stays as it is."""

    url: Address | None = None
    topics: Topics | None = None
    enabled: bool | None = None


class MessageOut(Schema):
    """One thing told to one webhook."""

    id: UUID
    topic: Topic
    state: DeliveryState
    attempts: int
    body: str
    created_at: datetime


class AttemptOut(Schema):
    """One try to deliver a message."""

    id: UUID
    status: int | None = None
    error: str
    milliseconds: int
    created_at: datetime


@router.get("/webhooks", response={200: Page[WebhookOut], **REFUSALS})
def list_webhooks(request: HubRequest, paging: Query[Paging]) -> Slice[Subscription]:
    """The webhooks of the units whose products you manage, the newest first."""
    return page_of(subscriptions_for(request.actor), paging, ("-id",))


@router.post("/webhooks", response={201: NewWebhookOut, **REFUSALS})
def make_webhook(request: HubRequest, body: WebhookIn) -> Status[NewWebhookOut]:
    """Have the events of a unit sent to an address."""
    unit = unit_by_id(request.actor, body.unit_id)
    made, secret = services.create_subscription(
        actor=request.actor, unit=unit, url=body.url, topics=body.topics, now=now()
    )
    return Status(201, NewWebhookOut(webhook=WebhookOut.from_orm(made), secret=secret))


@router.get("/webhooks/{webhook_id}", response={200: WebhookOut, **REFUSALS})
def get_webhook(request: HubRequest, webhook_id: UUID) -> Subscription:
    """One webhook."""
    return subscription_by_id(request.actor, webhook_id)


@router.patch("/webhooks/{webhook_id}", response={200: WebhookOut, **REFUSALS})
def change_webhook(request: HubRequest, webhook_id: UUID, body: WebhookChange) -> Subscription:
    """Change a webhook, or switch it on or off. With If-Match: only when nobody changed it since you read it."""
    with alone_with(webhook_id):
        found = subscription_by_id(request.actor, webhook_id)
        check_unchanged(request, WebhookOut.from_orm(found))
        changes = body.model_dump(exclude_unset=True)
        return services.change_subscription(actor=request.actor, subscription=found, now=now(), **changes)


@router.delete("/webhooks/{webhook_id}", response={204: None, **REFUSALS})
def delete_webhook(request: HubRequest, webhook_id: UUID) -> HttpResponse:
    """Remove a webhook with its log."""
    found = subscription_by_id(request.actor, webhook_id)
    services.delete_subscription(actor=request.actor, subscription=found, now=now())
    return HttpResponse(status=204)


@router.post("/webhooks/{webhook_id}/secret", response={201: SecretOut, **REFUSALS})
def renew_webhook_secret(request: HubRequest, webhook_id: UUID) -> Status[SecretOut]:
    """Sign with a new secret from now on."""
    found = subscription_by_id(request.actor, webhook_id)
    return Status(201, SecretOut(secret=services.renew_secret(actor=request.actor, subscription=found, now=now())))


@router.post("/webhooks/{webhook_id}/test", response={202: MessageOut, **REFUSALS})
def test_webhook(request: HubRequest, webhook_id: UUID) -> Status[Message]:
    """Send a test message."""
    found = subscription_by_id(request.actor, webhook_id)
    return Status(202, services.send_test(actor=request.actor, subscription=found, now=now()))


@router.get("/webhooks/{webhook_id}/messages", response={200: Page[MessageOut], **REFUSALS})
def list_messages(request: HubRequest, webhook_id: UUID, paging: Query[Paging]) -> Slice[Message]:
    """What was sent to a webhook, the newest first."""
    return page_of(messages_of(subscription_by_id(request.actor, webhook_id)), paging, ("-id",))


@router.get("/webhooks/{webhook_id}/messages/{message_id}/attempts", response={200: Page[AttemptOut], **REFUSALS})
def list_attempts(request: HubRequest, webhook_id: UUID, message_id: UUID, paging: Query[Paging]) -> Slice[Attempt]:
    """Every try to deliver a message, the newest first."""
    message = message_by_id(subscription_by_id(request.actor, webhook_id), message_id)
    return page_of(attempts_of(message), paging, ("-id",))


@router.post("/webhooks/{webhook_id}/messages/{message_id}/replay", response={202: MessageOut, **REFUSALS})
def replay_message(request: HubRequest, webhook_id: UUID, message_id: UUID) -> Status[Message]:
    """Send a message again, word for word."""
    message = message_by_id(subscription_by_id(request.actor, webhook_id), message_id)
    return Status(202, services.replay(actor=request.actor, message=message, now=now()))
