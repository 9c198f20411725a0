# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub worker`: one worker."""

import click

from paddock.hub.config.environment import environment
from paddock.hub.core.queue import Queue
from paddock.hub.operation.worker import work


@click.command("worker")
@click.option("--tasks", type=click.IntRange(1, 64), help="How many tasks run at once.")
@click.option(
    "--queue", "queues", multiple=True, type=click.Choice([str(queue) for queue in Queue]),
    help="Work on this kind of task only; may be repeated. Without it: on all.",
)  # fmt: skip
def command(tasks: int | None, queues: tuple[str, ...]) -> None:
    """Work on what waits: uploads, scans, events. Run as many, on as many machines, as you like."""
    work(tasks or environment().worker_tasks, queues=tuple(Queue(name) for name in queues) or tuple(Queue))
