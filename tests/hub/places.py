# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Folders for database servers of tests.

Not pytest's own: every session that starts on a machine takes the rights of other users from the folder that all
sessions of a user share. PostgreSQL, which root runs as another user, then cannot open its files any more, and falls in
the middle of somebody else's tests: "server closed the connection unexpectedly".
"""

import atexit
import shutil
import tempfile
from pathlib import Path

import fasteners


def place_for_server() -> Path:
    """A new folder, removed when this process ends; a server in it is stopped before that."""
    folder = Path(tempfile.mkdtemp(prefix="paddock-tests-"))
    folder.chmod(0o755)
    _remove_at_the_end(folder)
    return folder


def shared_place(session: Path) -> Path:
    """The folder that all processes of a test session share. session: a folder that they share already."""
    note = session / "place-for-server"
    with fasteners.InterProcessLock(session / "place-for-server.lock"):
        if not note.exists():
            note.write_text(str(place_for_server()))
        folder = Path(note.read_text())
    _remove_at_the_end(folder)
    return folder


def _remove_at_the_end(folder: Path) -> None:
    """What is registered first is done last, so that servers which are started later in this process are stopped."""
    atexit.register(_remove, folder)


def _remove(folder: Path) -> None:
    if not list(folder.glob("*/postmaster.pid")):
        shutil.rmtree(folder, ignore_errors=True)
