# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Background work of this room."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paddock.hub.core.clock import now
from paddock.hub.core.queue import Queue
from paddock.hub.outbox import services


@app.task(name="outbox.deliver", queue=Queue.EVENTS, retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def deliver(*, event_id: int) -> None:
    """Deliver one event."""
    services.deliver(event_id=event_id, now=now())


@app.periodic(cron="11 3 * * *")
@app.task(name="outbox.forget", queue=Queue.BATCH, queueing_lock="outbox.forget")
def forget(timestamp: int) -> None:
    """Remove old events, once a day; timestamp: of the schedule, not needed."""
    del timestamp
    services.forget(now=now())
