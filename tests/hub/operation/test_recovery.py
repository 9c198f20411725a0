# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A whole hub, of which the worker and the database are killed at the worst moment."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.hub.operation.handing_in import document
from tests.hub.operation.running import RunningHub, running_hub

COMPONENTS = 20_000
RESUMED = 60.0
"""Seconds after which work must have been taken up again."""


@pytest.fixture
def hub(home: Path) -> Iterator[RunningHub]:
    with running_hub(home, PADDOCK_HUB_WORKER_TASKS="1") as hub:
        hub.until_workers_live()
        yield hub


STATE = "SELECT state FROM scans_intake WHERE id = %s"


def stored_once(hub: RunningHub, release: str) -> None:
    """The release has one inventory with every component once, and one verdict."""
    hub.until(
        "SELECT count(*), count(DISTINCT component_id) FROM components_usage u JOIN products_release r"
        " ON r.inventory_id = u.inventory_id WHERE r.name = %s", [(COMPONENTS, COMPONENTS)], release, seconds=5,
    )  # fmt: skip
    hub.until(
        "SELECT count(*) FROM scans_evaluation e JOIN products_release r ON r.id = e.release_id WHERE r.name = %s",
        [(1,)], release, seconds=5,
    )  # fmt: skip


def test_nothing_is_lost_or_doubled_when_worker_or_database_are_killed_in_the_middle(hub: RunningHub) -> None:
    first = hub.hand_in("1.0", COMPONENTS)
    hub.until(STATE, [("running",)], first, seconds=30)
    hub.child("--queue=intake").kill()
    assert hub.ask(STATE, first) == [("running",)]
    taken_up = "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = 'scans.take_in'"
    hub.until(taken_up, [("doing", 1)], seconds=RESUMED)
    hub.until(STATE, [("done",)], first, seconds=60)
    stored_once(hub, "1.0")

    second = hub.hand_in("2.0", COMPONENTS)
    hub.until(STATE, [("running",)], second, seconds=30)
    os.kill(hub.postmaster().pid, signal.SIGKILL)
    # Read again from the beginning, a minute at most after it was taken up.
    hub.until(STATE, [("done",)], second, seconds=RESUMED + 60)
    stored_once(hub, "1.0")
    stored_once(hub, "2.0")
    hub.until("SELECT count(*) FROM components_inventory", [(2,)], seconds=5)


UPLOADS = 24


def upload(hub: RunningHub, token: str, number: int) -> list[int]:
    """Hand one in as a build does that tries again as it is told; how it was answered each time."""
    answers: list[int] = []
    end = time.monotonic() + RESUMED
    while time.monotonic() < end and 202 not in answers:
        answer = httpx.post(
            hub.environment["PADDOCK_HUB_BASE_URL"] + "/api/v1/intakes", timeout=RESUMED,
            headers={"Authorization": f"Bearer {token}"}, files={"file": ("bom.json", document(50, str(number)))},
            data={"product": "Radio", "release": str(number), "create": "true"},
        )  # fmt: skip
        answers.append(answer.status_code)
        time.sleep(int(answer.headers.get("Retry-After", "0")) / 10)
    return answers


def test_uploads_go_on_while_the_database_is_killed(hub: RunningHub) -> None:
    hub.until_ready()
    token = hub.give_token()
    answers: list[int] = []
    for number in range(UPLOADS):
        if number in (4, 12):
            os.kill(hub.postmaster().pid, signal.SIGKILL)
        answers += upload(hub, token, number)
    assert answers.count(202) == UPLOADS
    assert set(answers) <= {202, 503}
    assert 503 in answers
    counted = "SELECT state, count(*) FROM scans_intake GROUP BY state"
    hub.until(counted, [("done", UPLOADS)], seconds=RESUMED)
    hub.until("SELECT count(DISTINCT inventory_id) FROM products_release", [(UPLOADS,)], seconds=5)
    hub.until("SELECT count(*) FROM components_inventory", [(UPLOADS,)], seconds=5)
