# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Hubs as real processes, each in a folder and at an address of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[3]
SLOW = 120.0
"""Seconds that anything may take on a busy machine before it counts as never happening."""


def free_port() -> int:
    """A port of this machine that nobody uses at the moment."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a hub that has nothing of this test run's own."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PADDOCK_HUB_") and name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return environment | {
        "PADDOCK_HUB_FOLDER": str(folder), "PADDOCK_HUB_LISTEN": f"127.0.0.1:{port}",
        "PADDOCK_HUB_BASE_URL": f"http://127.0.0.1:{port}", "PADDOCK_HUB_WEB_PROCESSES": "1", **more,
    }  # fmt: skip


def hub_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "paddock", "hub", *arguments]


def run_hub(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command of the hub that ends by itself."""
    return subprocess.run(
        hub_command(*arguments), cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=SLOW
    )


def wait_until(happened: Callable[[], bool], otherwise: Callable[[], str], seconds: float = SLOW) -> None:
    """Ask again and again; the test fails with the text when it does not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return
        time.sleep(0.05)
    pytest.fail(otherwise())


def postmaster(folder: Path) -> psutil.Process | None:
    """The database of a hub's folder, once it is ready; the file is there before, while the database is made."""
    file = folder / "postgresql" / "postmaster.pid"
    lines = file.read_text().splitlines() if file.exists() else []
    return psutil.Process(int(lines[0])) if len(lines) == 8 and lines[7].strip() == "ready" else None


def alive(process: psutil.Process) -> bool:
    """A zombie has ended: that its parent has not asked yet does not matter."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


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

    @property
    def said(self) -> str:
        return (self.folder / "output").read_text()[-4000:]

    def ask(self, question: str, *given: str) -> list[tuple[Any, ...]]:
        """Rows, or none while the database is away."""
        try:
            with psycopg.connect(self.url, connect_timeout=2) as connection:
                return connection.execute(question.encode(), given).fetchall()
        except (psycopg.Error, OSError, IndexError):
            return []

    def until(self, question: str, expected: list[tuple[Any, ...]], *given: str, seconds: float) -> None:
        wait_until(
            lambda: self.ask(question, *given) == expected,
            lambda: f"{question}: {self.ask(question, *given)}, not {expected}; the hub said:\n{self.said}",
            seconds,
        )

    def until_workers_live(self) -> None:
        """A worker has said that it lives."""
        self.until("SELECT count(*) > 0 FROM procrastinate_workers", [(True,)], seconds=SLOW)

    def ready(self) -> bool:
        try:
            return httpx.get(self.environment["PADDOCK_HUB_BASE_URL"] + "/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def until_ready(self) -> None:
        wait_until(self.ready, lambda: f"not ready; the hub said:\n{self.said}")

    def hand_in(self, release: str, components: int) -> str:
        return self._run("tests.hub.operation.handing_in", release, str(components))

    def give_token(self) -> str:
        """A token of the first administrator."""
        return self._run("tests.hub.operation.giving_tokens")

    def _run(self, *program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *program],
            cwd=ROOT, env={**self.environment, "DATABASE_URL": self.url}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def children(self, word: str) -> list[psutil.Process]:
        """The living processes that the supervisor started with this word in their command."""
        found = []
        for one in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):  # a zombie is one, too
                if word in one.cmdline():
                    found.append(one)
        return found

    def child(self, word: str) -> psutil.Process:
        return self.children(word)[0]

    def postmaster(self) -> psutil.Process:
        found = postmaster(self.folder)
        assert found is not None, self.said
        return found

    def tree(self) -> list[psutil.Process]:
        """Every process of the hub, those of its database too."""
        found = [psutil.Process(self.process.pid), self.postmaster()]
        return [*found, *(below for one in found for below in one.children(recursive=True))]

    def end(self, number: signal.Signals = signal.SIGTERM, seconds: float = SLOW) -> int:
        """Tell it to end; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)


@contextmanager
def running_hub(folder: Path, **more: str) -> Iterator[RunningHub]:
    """A hub that was told to start; ended afterwards, if it has not ended before."""
    environment = surroundings(folder, **more)
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(hub_command("up"), cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield RunningHub(process, environment, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
