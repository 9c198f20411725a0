# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Several processes as one: started together, restarted when they fall, ended together."""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PATIENCE = 30.0
"""Seconds that a process gets to finish what it has begun before it is killed."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a process that fell is started again: doubled with each fall, back to the shortest after a quiet
minute."""


@dataclass
class Child:
    """One process: what it is called in messages, its command, and how it fared. once: it may end, when it ends
    well."""

    name: str
    command: Sequence[str]
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_again: float = 0.0
    pause: float = SHORTEST_PAUSE


@dataclass
class Supervisor:
    """Keeps children running until it is told to stop by SIGINT or SIGTERM.

    say: shows one line to the person. environment: of the children.
    """

    children: list[Child]
    say: Callable[[str], None]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    stopping: bool = False

    def run(
        self, *, once_started: Callable[[], None] = lambda: None, look_after: Callable[[], None] = lambda: None
    ) -> int:
        """Start, watch, end; 0 after an orderly end.

        once_started: called when every child has been started. look_after: called before each look at the children, for
        what they all need.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for child in self.children:
            self._start(child)
        once_started()
        try:
            while not self.stopping:
                look_after()
                self._watch()
                time.sleep(0.2)
        finally:
            self._end()
        return 0

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _start(self, child: Child) -> None:
        child.started = time.monotonic()
        # A session of its own: Ctrl-C reaches this process alone, which then ends the children in order.
        child.process = subprocess.Popen(child.command, env=dict(self.environment), start_new_session=True)  # noqa: S603 # our own commands

    def _watch(self) -> None:
        for child in self.children:
            moment = time.monotonic()
            if child.process is None:
                if moment >= child.start_again:
                    self._start(child)
                continue
            code = child.process.poll()
            if code is None:
                continue
            if child.once and code == 0:
                child.process, child.start_again = None, math.inf
                continue
            child.pause = SHORTEST_PAUSE if moment - child.started > 60 else min(child.pause * 2, LONGEST_PAUSE)
            self.say(f"The {child.name} ended with code {code}; it is started again in {child.pause:.0f} s.")
            child.process, child.start_again = None, moment + child.pause

    def _end(self) -> None:
        running = [
            (child.name, child.process)
            for child in reversed(self.children)
            if child.process is not None and child.process.poll() is None
        ]
        for _, process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for name, process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"The {name} did not end in {PATIENCE:.0f} s and is killed; its work is taken up again.")
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def hub_command(*arguments: str) -> list[str]:
    """A command of this same installation."""
    return [sys.executable, "-m", "paddock", "hub", *arguments]
