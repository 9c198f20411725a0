# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's background work."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paddock.hub.core.clock import now
from paddock.hub.core.queue import Queue
from paddock.hub.dry_runs import services


@app.task(name=services.TASK, queue=Queue.BATCH, retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def try_slice(*, dry_run_id: str) -> None:
    """Look at the next releases of a dry run."""
    services.try_slice(dry_run_id=UUID(dry_run_id), now=now())


@app.periodic(cron="* * * * *")
@app.task(name="dry_runs.fail_abandoned", queue=Queue.EVENTS, queueing_lock="dry_runs.fail_abandoned")
def fail_abandoned(timestamp: int) -> None:
    """Tell people of dry runs that could not be finished; timestamp: of the schedule, not needed."""
    del timestamp
    services.fail_abandoned(now=now())
