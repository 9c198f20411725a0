# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How long a hub takes to start and to end on one machine, and how much memory it then holds.

    python -m benchmarks.hub_start [--runs 3] [--folder PLACE]

From the moment at which `./dev up` is typed (its own start is part of it) to the first "ready" of /readyz: once in an
empty folder, where the database is made and filled with tables, and then again in the same folder. The bar: again in
5 s. Memory is that of the whole tree a moment later, every page that processes share counted once (PSS); PostgreSQL
apart. Where other work keeps the machine busy, compare the processor time.
"""

import argparse
import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from benchmarks.hub_database import machine

ROOT = Path(__file__).resolve().parents[1]
BAR = 5.0
LONGEST = 300.0
"""Seconds after which a start counts as failed."""
SETTLED = 3.0
"""Seconds after which workers have been started, too, and memory is measured."""


@dataclass(frozen=True)
class Start:
    """Seconds until ready and until ended again, processor seconds of the tree until it had settled, megabytes."""

    ready: float
    ended: float
    processor: float
    hub_mb: float
    database_mb: float


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def start(folder: Path) -> Start:
    """Start a hub in the folder, wait until it is ready, measure, end it. Ends the program when it does not start."""
    address = f"127.0.0.1:{free_port()}"
    hidden = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {
        **hidden, "PADDOCK_HUB_FOLDER": str(folder), "PADDOCK_HUB_LISTEN": address,
        "PADDOCK_HUB_BASE_URL": f"http://{address}",
    }  # fmt: skip
    begun = time.monotonic()
    with subprocess.Popen([sys.executable, ROOT / "dev", "up"], env=environment, stderr=subprocess.DEVNULL) as process:
        ready = _until_ready(f"http://{address}/readyz", process) - begun
        time.sleep(SETTLED)
        hub, database = _tree(process.pid, folder)
        measured = (_processor([*hub, *database]), _megabytes(hub), _megabytes(database))
        told = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait()
    return Start(ready, time.monotonic() - told, *measured)


def _until_ready(address: str, process: "subprocess.Popen[bytes]") -> float:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(address, timeout=5).status_code == 200:
                return time.monotonic()
        time.sleep(0.02)
    process.kill()
    sys.exit("The hub did not start.")


def _tree(process_id: int, folder: Path) -> tuple[list[psutil.Process], list[psutil.Process]]:
    """The processes of the hub, and those of its database, which has left the tree."""
    hub = psutil.Process(process_id)
    server = psutil.Process(int((folder / "postgresql" / "postmaster.pid").read_text().split()[0]))
    return [hub, *hub.children(recursive=True)], [server, *server.children(recursive=True)]


def _megabytes(processes: Iterable[psutil.Process]) -> float:
    return sum(getattr(one.memory_full_info(), "pss", one.memory_info().rss) for one in processes) / 1_000_000


def _processor(processes: Iterable[psutil.Process]) -> float:
    """What living processes used, and those that they started and that have ended."""
    return sum(sum(one.cpu_times()[:4]) for one in processes)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paddock-bench-") as temporary:
        Path(temporary).chmod(0o755)  # the database may run as another user
        folder = options.folder or Path(temporary)
        print(f"Machine: {machine()}")
        print(f"start      ready s   ended s   processor s   hub MB   database MB   (bar: again in {BAR:.0f} s)")
        for name, starts in (("first", [start(folder)]), ("again", [start(folder) for _ in range(options.runs)])):
            values = [statistics.median(getattr(one, field) for one in starts) for field in Start.__dataclass_fields__]
            print("{:8} {:9.1f} {:9.1f} {:13.1f} {:8.0f} {:13.0f}".format(name, *values))
        print(f"Machine: {machine()}")


if __name__ == "__main__":
    main()
