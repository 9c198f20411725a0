# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs a command as a process of its own and says what it cost: wall and CPU seconds, peak memory."""

import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """One run: seconds, and megabytes at the peak (the largest single process)."""

    wall: float
    cpu: float
    peak_mb: float
    exit_code: int


def run_once(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
    timeout: float | None = None,
) -> Cost:
    """Run to the end, or for `timeout` seconds at most (then the exit code is negative); output is thrown away."""
    started = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=_surroundings() | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        clock = threading.Timer(timeout, os.killpg, (process.pid, signal.SIGKILL)) if timeout else None
        if clock:
            clock.start()
        _, status, usage = os.wait4(process.pid, 0)
        if clock:
            clock.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def _surroundings() -> dict[str, str]:
    """The environment, with compiled modules kept as an installed program has them, whatever this shell says."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": os.path.join(tempfile.gettempdir(), "paddock-benchmark-modules"), **surroundings}


def measure(command: Sequence[str | Path], *, runs: int = 5, cwd: Path | None = None) -> Cost:
    """The median of several runs after one that does not count."""
    run_once(command, cwd=cwd)
    costs = [run_once(command, cwd=cwd) for _ in range(runs)]
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        max(cost.peak_mb for cost in costs),
        costs[-1].exit_code,
    )
