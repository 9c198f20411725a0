# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of subscriptions, of messages, and of every attempt to deliver one."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from paddock.hub.core.models import Record
from paddock.hub.webhooks.types import DeliveryState, Topic


class Subscription(Record):
    """An address that is told of what happens in a unit and below it.

    sealed_secret: what messages are signed with, as `core.sealing` keeps it; the receiver has it too, so it cannot be
    hashed; it is shown once. failures: failed attempts in a row. disabled_at: since when nothing is sent;
    disabled_reason: why. last_attempt_at, last_error: repeated here so that lists need no second look; "" when it was
    taken.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    topics = ArrayField(models.CharField(max_length=40, choices=Topic))
    sealed_secret = models.TextField()
    created_by = models.CharField(max_length=200)
    failures = models.IntegerField(default=0)
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_reason = models.CharField(max_length=300, blank=True)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "url"], name="webhook_address_once_in_unit")
        ]


class Message(Record):
    """One thing to tell one subscriber; body: the exact text that is signed and sent."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="messages")
    topic = models.CharField(max_length=40, choices=Topic)
    body = models.TextField()
    state = models.CharField(max_length=20, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subscription", "-id"], name="message_of_subscription")
        ]


class Attempt(Record):
    """One try to deliver a message. status: of the answer, None where there was none; error: why not, for people."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    status = models.IntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    milliseconds = models.IntegerField()
