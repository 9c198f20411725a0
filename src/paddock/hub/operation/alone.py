# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What must be so before a hub starts: nobody else has its address, and no other hub runs in its folder."""

import os
import socket
from pathlib import Path

import fasteners

LOCK, NOTE = "hub.lock", "hub.running"


class CannotStart(Exception):
    """Nothing was started; the message says why and what to do, for people."""


def require_free_address(listen: str) -> None:
    """Raise CannotStart unless the web server could listen there (HOST:PORT). Other forms, such as `unix:/path`, are
    left to the web server to try."""
    host, _, port = listen.rpartition(":")
    if not port.isdecimal() or host == "unix":
        return
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host.strip("[]"), int(port)))
            attempt.listen(1)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise CannotStart(
                f"The hub cannot listen on {listen}: {reason}. Perhaps a hub runs there already. End that one, or "
                "choose another address with PADDOCK_HUB_LISTEN and PADDOCK_HUB_BASE_URL. Nothing was started."
            ) from error


def require_own_folder(folder: Path, listen: str) -> fasteners.InterProcessLock:
    """Take the folder for the hub of this process, until the process ends in whatever way; made where it is missing.

    Raises CannotStart where another hub has it (it says where that one listens), OSError where it cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock, note = fasteners.InterProcessLock(folder / LOCK), folder / NOTE
    if not lock.acquire(blocking=False):
        there = note.read_text("utf-8") if note.exists() else "somewhere"
        raise CannotStart(
            f"A hub runs in {folder} already: {there}. End that one, or choose another folder with PADDOCK_HUB_FOLDER. "
            "Nothing was started."
        )
    note.write_text(f"at {listen}, process {os.getpid()}", "utf-8")
    return lock
