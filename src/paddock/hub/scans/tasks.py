# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Background work of this room."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paddock.hub.core.clock import now
from paddock.hub.core.queue import Queue
from paddock.hub.scans import services


@app.task(name="scans.take_in", queue=Queue.INTAKE, retry=RetryStrategy(max_attempts=2, wait=5))
def take_in(*, intake_id: str) -> None:
    """Read what was handed in."""
    services.take_in(intake_id=UUID(intake_id), now=now())


@app.task(name="scans.evaluate", queue=Queue.BATCH, retry=RetryStrategy(max_attempts=2, wait=30))
def evaluate(*, release_id: str) -> None:
    """Decide anew about a release."""
    services.evaluate_release(release_id=UUID(release_id), now=now())
