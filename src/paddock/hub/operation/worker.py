# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A worker process: takes tasks from the queue until it is told to stop, and finishes what it has begun."""

import asyncio
import gc
import signal
from collections.abc import Sequence
from typing import Any, cast

from procrastinate.contrib.django import app

from paddock.hub.core.queue import HEARTBEAT, SILENCE, Queue

PROMPT = (Queue.INTAKE, Queue.EVENTS)
"""What somebody waits for. Long work has places of its own, so that it never takes theirs."""


def work(tasks: int, *, queues: Sequence[Queue] = tuple(Queue)) -> None:
    """Run up to `tasks` prompt tasks at once, and one of the long ones, in threads, until SIGINT or SIGTERM.

    Ends with an error when the database is gone: whoever started it starts it again.
    """
    # Documents are hundreds of thousands of small objects that hold no cycles: looking through them all, over and over,
    # took a sixth of a worker's time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    asyncio.run(_work(tasks, queues))


async def _work(tasks: int, queues: Sequence[Queue]) -> None:
    connector = cast("Any", app.connector).get_worker_connector()
    prompt = [queue for queue in queues if queue in PROMPT]
    long = [queue for queue in queues if queue not in PROMPT]
    with app.replace_connector(connector) as running:
        async with running.open_async():
            loops = [
                asyncio.create_task(_loop(running, names, count))
                for names, count in ((prompt, tasks), (long, 1))
                if names
            ]

            def stop() -> None:
                for loop in loops:
                    loop.cancel()

            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, stop)
            done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
            stop()
            await asyncio.gather(*loops, return_exceptions=True)
            for loop in done:
                if not loop.cancelled():
                    loop.result()


async def _loop(running: Any, queues: Sequence[Queue], tasks: int) -> None:
    await running.run_worker_async(
        queues=[str(queue) for queue in queues], concurrency=tasks, listen_notify=True, fetch_job_polling_interval=2.0,
        update_heartbeat_interval=HEARTBEAT, stalled_worker_timeout=SILENCE, delete_jobs="successful",
        install_signal_handlers=False,
    )  # fmt: skip
