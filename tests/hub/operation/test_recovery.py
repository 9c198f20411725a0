# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A whole hub, of which the worker and the database are killed at the worst moment."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[3]
COMPONENTS = 20_000
RESUMED = 60.0
"""Seconds after which work must have been taken up again."""


@dataclass
class RunningHub:
    """`paddock hub up` in a folder of its own."""

    process: "subprocess.Popen[bytes]"
    environment: dict[str, str]
    folder: Path

    @property
    def url(self) -> str:
        lines = (self.folder / "postgresql" / "postmaster.pid").read_text().splitlines()
        return f"postgresql://postgres@/paddock?host={lines[4]}&port={lines[3]}"

    def ask(self, question: str, *given: str) -> list[tuple[Any, ...]]:
        """Rows, or none while the database is away."""
        try:
            with psycopg.connect(self.url, connect_timeout=2) as connection:
                return connection.execute(question.encode(), given).fetchall()
        except (psycopg.Error, OSError, IndexError):
            return []

    def until(self, question: str, expected: list[tuple[Any, ...]], *given: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        found: list[tuple[Any, ...]] = []
        while time.monotonic() < end:
            found = self.ask(question, *given)
            if found == expected:
                return
            time.sleep(0.05)
        said = (self.folder / "output").read_text()[-4000:]
        pytest.fail(f"{question}: {found}, not {expected}, after {seconds} s; the hub said:\n{said}")

    def hand_in(self, release: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tests.hub.operation.handing_in", release, str(COMPONENTS)],
            cwd=ROOT, env={**self.environment, "DATABASE_URL": self.url}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def worker(self) -> psutil.Process:
        children = psutil.Process(self.process.pid).children()
        return next(one for one in children if "--queue=intake" in one.cmdline())


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    hidden = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PADDOCK_HUB_SECRET_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {
        "PADDOCK_HUB_FOLDER": str(tmp_path), "PADDOCK_HUB_LISTEN": f"127.0.0.1:{port}",
        "PADDOCK_HUB_WEB_PROCESSES": "1", "PADDOCK_HUB_BASE_URL": f"http://127.0.0.1:{port}",
        "PADDOCK_HUB_WORKER_TASKS": "1",
    }  # fmt: skip
    with (tmp_path / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "paddock", "hub", "up"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    running = RunningHub(process, environment, tmp_path)
    try:
        # A worker has said that it lives.
        running.until("SELECT count(*) > 0 FROM procrastinate_workers", [(True,)], seconds=120)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


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
    first = hub.hand_in("1.0")
    hub.until(STATE, [("running",)], first, seconds=30)
    hub.worker().kill()
    assert hub.ask(STATE, first) == [("running",)]
    taken_up = "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = 'scans.take_in'"
    hub.until(taken_up, [("doing", 1)], seconds=RESUMED)
    hub.until(STATE, [("done",)], first, seconds=60)
    stored_once(hub, "1.0")

    second = hub.hand_in("2.0")
    hub.until(STATE, [("running",)], second, seconds=30)
    os.kill(int((hub.folder / "postgresql" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    # Read again from the beginning, a minute at most after it was taken up.
    hub.until(STATE, [("done",)], second, seconds=RESUMED + 60)
    stored_once(hub, "1.0")
    stored_once(hub, "2.0")
    hub.until("SELECT count(*) FROM components_inventory", [(2,)], seconds=5)
