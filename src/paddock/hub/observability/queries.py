# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What there is to know about the hub's work: queues, intakes, tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from paddock.hub.scans.queries import intake_counts

_DEPTH = """
    SELECT queue_name, status::text, count(*)
    FROM procrastinate_jobs WHERE status IN ('todo', 'doing') GROUP BY queue_name, status
"""
_OLDEST = """
    SELECT queue_name, extract(epoch FROM %s - min(coalesce(job.scheduled_at, deferred.at)))
    FROM procrastinate_jobs job
    JOIN LATERAL (
        SELECT min(at) AS at FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred'
    ) deferred ON true
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
    GROUP BY queue_name
"""


@dataclass(frozen=True)
class Readiness:
    """Whether requests can be served. oldest_waiting: seconds that the oldest task waits; it takes no server out of
    service, because other servers would not be faster."""

    database: bool
    migrations: bool
    oldest_waiting: float = 0.0

    @property
    def ready(self) -> bool:
        """Whether to send requests here."""
        return self.database and self.migrations


class _Applied:
    """Remembers that every migration was applied: that does not change while this program runs."""

    known = False


def readiness(now: datetime) -> Readiness:
    """Look. Three queries at most, and the table of migrations until they have been found applied."""
    try:
        if not _Applied.known:
            executor = MigrationExecutor(connection)
            _Applied.known = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not _Applied.known:
            return Readiness(database=True, migrations=False)
        return Readiness(True, True, max((seconds for _, seconds in oldest_waiting(now)), default=0.0))
    except OperationalError:
        return Readiness(database=False, migrations=False)


def queue_depths() -> Iterator[tuple[str, str, int]]:
    """(queue, "todo" or "doing", how many tasks)."""
    with connection.cursor() as cursor:
        cursor.execute(_DEPTH)
        yield from ((str(queue), str(status), int(count)) for queue, status, count in cursor.fetchall())


def oldest_waiting(now: datetime) -> Iterator[tuple[str, float]]:
    """(queue, seconds that its oldest task which could run is waiting)."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [now, now])
        yield from ((str(queue), max(0.0, float(seconds))) for queue, seconds in cursor.fetchall() if seconds)


def intakes_by_state() -> dict[str, int]:
    """How many things handed in are in each state."""
    return intake_counts()
