# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Processes that end when the one that started them is gone, however it went.

The starter holds the writing end of a pipe of which its children read the other end as standard input. Nothing is ever
written; when the starter is gone, the system closes its end, and the children see the end of their input.
"""

import os
import signal
import threading
from collections.abc import Mapping

MARK = "PADDOCK_HUB_SUPERVISED"
"""Set in the environment of children, whose standard input is the pipe."""


def end_with_starter(environment: Mapping[str, str]) -> None:
    """Have this process get SIGTERM when its starter is gone. Does nothing in a process that somebody else started."""
    if environment.get(MARK):
        threading.Thread(target=_wait, name="lifeline", daemon=True).start()


def _wait() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
