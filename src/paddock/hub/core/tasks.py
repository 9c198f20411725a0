# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking after the queue itself."""

from procrastinate.contrib.django import app

from paddock.hub.core.queue import Queue, give_back_stalled


@app.periodic(cron="* * * * * */5")
@app.task(name="core.give_back_stalled", queue=Queue.EVENTS, queueing_lock="core.give_back_stalled")
async def give_back(timestamp: int) -> None:
    """What workers that are gone had begun is begun anew; timestamp: of the schedule, not needed."""
    del timestamp
    await give_back_stalled()
