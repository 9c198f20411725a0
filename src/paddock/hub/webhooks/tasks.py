# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Background work of this room."""

from uuid import UUID

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paddock.hub.core.clock import now
from paddock.hub.core.queue import Queue
from paddock.hub.webhooks import services
from paddock.hub.webhooks.types import ATTEMPTS, PAUSE

AGAIN = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=PAUSE, retry_exceptions={services.NotTaken})


@app.task(name="webhooks.deliver", queue=Queue.EVENTS, retry=AGAIN)
def deliver(*, message_id: str) -> None:
    """Try to deliver one message."""
    services.deliver(message_id=UUID(message_id), clock=now)


@app.periodic(cron="23 * * * *")
@app.task(name="webhooks.seal_anew", queue=Queue.EVENTS, queueing_lock="webhooks.seal_anew")
def seal_anew(timestamp: int) -> None:
    """Where the hub's key was exchanged, seal the secrets by the new one; timestamp: of the schedule, not needed."""
    del timestamp
    if settings.SECRET_KEY_FALLBACKS:
        services.seal_anew()


@app.periodic(cron="17 3 * * *")
@app.task(name="webhooks.forget", queue=Queue.BATCH, queueing_lock="webhooks.forget")
def forget(timestamp: int) -> None:
    """Remove old messages from the logs, once a day; timestamp: of the schedule, not needed."""
    del timestamp
    services.forget(now=now())
