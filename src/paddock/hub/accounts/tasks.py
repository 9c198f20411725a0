# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Background work of this room."""

from importlib import import_module

from django.conf import settings
from procrastinate.contrib.django import app

from paddock.hub.core.queue import Queue


@app.periodic(cron="5 3 * * *")
@app.task(name="accounts.forget_sessions", queue=Queue.BATCH, queueing_lock="accounts.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Remove sessions that have expired, once a day; timestamp: of the schedule, not needed."""
    del timestamp
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
