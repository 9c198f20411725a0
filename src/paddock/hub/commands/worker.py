# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub worker`: one worker."""

import click

from paddock.hub.config.environment import environment
from paddock.hub.operation.worker import work


@click.command("worker")
@click.option("--tasks", type=click.IntRange(1, 64), help="How many tasks run at once.")
def command(tasks: int | None) -> None:
    """Work on what waits: uploads, scans, events. Run as many, on as many machines, as you like."""
    work(tasks or environment().worker_tasks)
