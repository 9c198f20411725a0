# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Background work of this room."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paddock.hub.core.clock import now
from paddock.hub.core.queue import Queue
from paddock.hub.scans import services


@app.task(name="scans.take_in", queue=Queue.INTAKE, retry=RetryStrategy(max_attempts=3, wait=5))
def take_in(*, intake_id: str) -> None:
    """Read what was handed in."""
    services.take_in(intake_id=UUID(intake_id), now=now())


@app.task(name="scans.evaluate", queue=Queue.BATCH, retry=RetryStrategy(max_attempts=3, wait=30))
def evaluate(*, release_id: str) -> None:
    """Decide anew about a release."""
    services.evaluate_release(release_id=UUID(release_id), now=now())


@app.periodic(cron="* * * * *")
@app.task(name="scans.fail_abandoned", queue=Queue.EVENTS, queueing_lock="scans.fail_abandoned")
def fail_abandoned(timestamp: int) -> None:
    """Tell people of uploads that could not be finished; timestamp: of the schedule, not needed."""
    del timestamp
    services.fail_abandoned(now=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="scans.notice_advisories", queue=Queue.EVENTS, queueing_lock="scans.notice_advisories")
def notice_advisories(timestamp: int) -> None:
    """Decide anew when the database of advisories was brought up to date; timestamp: of the schedule, not needed."""
    del timestamp
    services.decide_for_new_advisories(now=now())
