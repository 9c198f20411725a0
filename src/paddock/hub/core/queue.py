# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Background work, asked for in the same transaction as the change that makes it necessary."""

from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status


class Queue(StrEnum):
    """INTAKE: somebody waits for it. EVENTS: reactions. BATCH: long work that may wait; uploads never wait behind
    it."""

    INTAKE = "intake"
    EVENTS = "events"
    BATCH = "batch"


PRIORITY = {Queue.INTAKE: 100, Queue.EVENTS: 50, Queue.BATCH: 0}


def defer(task: str, *, queue: Queue, lock: str | None = None, **arguments: Any) -> int:
    """Ask for the task of this name; its number. It starts after the transaction has committed, or never.

    lock: tasks with the same lock run one after the other, in order. arguments: plain JSON values.
    """
    deferrer = app.configure_task(task, queue=queue, lock=lock, priority=PRIORITY[queue], allow_unknown=False)
    return deferrer.defer(**arguments)


HEARTBEAT, SILENCE = 10.0, 30.0
"""Seconds between two signs of life of a worker, and after how many without one it counts as gone."""
MOST_ATTEMPTS = 5
"""How often a task is begun that takes its worker down with it each time (memory, a fault in a library)."""


async def give_back_stalled() -> int:
    """Put the tasks that vanished workers had begun back into the queue; how many. Tasks are written to bear that.

    One that was begun MOST_ATTEMPTS times is given up.
    """
    jobs = app.job_manager
    count = 0
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        try:
            if job.attempts + 1 >= MOST_ATTEMPTS:
                await jobs.finish_job(job, Status.FAILED, delete_job=False)
            else:
                await jobs.retry_job(job)
        except ConnectorException:  # another worker saw to it at this moment
            continue
        count += 1
    return count


UNFINISHED = (Status.TODO.value, Status.DOING.value)
"""Procrastinate's own names for tasks that wait and tasks that are being worked on."""


def unfinished_arguments(task: str) -> list[dict[str, Any]]:
    """What the tasks of this name that wait or are being worked on were asked to do."""
    found = ProcrastinateJob.objects.filter(task_name=task, status__in=UNFINISHED)
    return list(found.values_list("args", flat=True))


def unfinished_jobs() -> QuerySet[ProcrastinateJob]:
    """The numbers of the tasks that wait or are being worked on, for use within another query."""
    return ProcrastinateJob.objects.filter(status__in=UNFINISHED).values_list("id")
