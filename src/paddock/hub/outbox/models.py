# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of events and of their deliveries."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """Something that happened. type: the name of the frozen dataclass it was; payload: its fields as JSON."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    type = models.CharField(max_length=80)
    payload = models.JSONField()


class Delivery(models.Model):
    """One handler has dealt with one event; the row is written in the transaction of the handler's own work."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once")
        ]
