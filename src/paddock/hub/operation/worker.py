# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A worker process: takes tasks from the queue until it is told to stop, and finishes what it has begun."""

from typing import Any, cast

from procrastinate.contrib.django import app

HEARTBEAT = 10.0
"""Seconds between two signs of life in the database."""


def work(tasks: int) -> None:
    """Run up to that many tasks at once, in threads, until SIGINT or SIGTERM."""
    connector = cast("Any", app.connector).get_worker_connector()
    with app.replace_connector(connector) as running:
        running.run_worker(
            concurrency=tasks, listen_notify=True, fetch_job_polling_interval=2.0, update_heartbeat_interval=HEARTBEAT,
            delete_jobs="successful",
        )  # fmt: skip
