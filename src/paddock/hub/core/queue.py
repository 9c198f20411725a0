# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Background work, asked for in the same transaction as the change that makes it necessary."""

from enum import StrEnum
from typing import Any

from procrastinate.contrib.django import app


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
