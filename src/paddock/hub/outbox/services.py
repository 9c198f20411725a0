# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writing events and delivering them."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from paddock.hub.core.queue import Queue, defer
from paddock.hub.outbox.models import Delivery, Event
from paddock.hub.outbox.types import EventData, EventEncoder, fields_of, restored

Handler = Callable[[Any, datetime], None]
"""Called with the event and the moment of delivery; more than once for the same event only when it failed before."""
KEPT = timedelta(days=90)
"""How long events are kept, for whoever looks into what happened."""
Wiring = Mapping[type[EventData], tuple[Handler, ...]]


def wiring() -> Wiring:
    """The table of the hub's reactions; the settings name it, because it stands above every room."""
    table: Wiring = import_string(settings.OUTBOX_WIRING)
    return table


def publish(*, event: EventData, now: datetime) -> None:
    """Write the event in the caller's transaction; it is delivered by a worker once that has committed.

    An event that nobody reacts to is written all the same, and costs no task.
    """
    payload = json.loads(json.dumps(fields_of(event), cls=EventEncoder))
    row = Event.objects.create(at=now, type=type(event).__name__, payload=payload)
    if wiring().get(type(event)):
        defer("outbox.deliver", queue=Queue.EVENTS, event_id=row.pk)


def deliver(*, event_id: int, now: datetime) -> None:
    """Run every handler that has not dealt with the event yet, each in a transaction of its own.

    What one handler raises does not keep the others from running; the last fault is raised at the end, so that the task
    is tried again. Two workers delivering the same event at once: the second waits, then finds the work done.
    """
    event = Event.objects.get(pk=event_id)
    kinds = {kind.__name__: (kind, handlers) for kind, handlers in wiring().items()}
    if event.type not in kinds:
        return
    kind, handlers = kinds[event.type]
    data = restored(kind, event.payload)
    failed: Exception | None = None
    for handler in handlers:
        try:
            _deliver_once(event, data, handler, now)
        except Exception as error:  # noqa: BLE001 # a handler's fault must not stop the others; it is raised below
            failed = error
    if failed is not None:
        raise failed


def forget(*, now: datetime) -> int:
    """Remove events that are older than KEPT, delivered or given up long ago; how many rows.

    The record of what was done is another thing and stays.
    """
    return Event.objects.filter(at__lt=now - KEPT).delete()[0]


def _deliver_once(event: Event, data: EventData, handler: Handler, now: datetime) -> None:
    name = f"{handler.__module__}.{handler.__name__}"
    with transaction.atomic():
        _, first = Delivery.objects.get_or_create(event=event, handler=name, defaults={"at": now})
        if first:
            handler(data, now)
