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
from contextlib import suppress
from dataclasses import dataclass, field

from paddock.hub.operation.lifeline import MARK

PATIENCE = 30.0
"""Seconds that a process gets to finish what it has begun before it is killed."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a process that fell is started again: doubled with each fall, back to the shortest after a quiet
minute."""
REFUSED = 3
"""The exit code of a command that cannot do what it was told, however often it is told."""


@dataclass
class Child:
    """One process: what it is called in messages, its command, and how it fared. once: it has an end, and is started
    again only when something else than its own refusal ended it."""

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

    say: shows one line to the person. environment: of the children. When this process is killed, so that it cannot
    end them, they end by themselves (`lifeline`).
    """

    children: list[Child]
    say: Callable[[str], None]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    stopping: bool = False
    _lifeline: tuple[int, int] = field(init=False, repr=False)
    """The children's standard input, and the end that this process holds."""

    def run(self, *, look_after: Sequence[Callable[[], None]] = ()) -> int:
        """Start, watch, end; 0 after an orderly end. look_after: called one after the other before each look at the
        children."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        self._lifeline = os.pipe()
        try:
            for child in self.children:
                self._start(child)
            while not self.stopping:
                for look in look_after:
                    look()
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
        child.process = subprocess.Popen(  # noqa: S603 # our own commands
            child.command, env={**self.environment, MARK: "1"}, stdin=self._lifeline[0], start_new_session=True
        )

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
            kill_group(child.process.pid)
            child.process, child.start_again = None, math.inf
            if child.once and code in (0, REFUSED):
                continue
            child.pause = SHORTEST_PAUSE if moment - child.started > 60 else min(child.pause * 2, LONGEST_PAUSE)
            child.start_again = moment + child.pause
            self.say(f"The {child.name} ended with code {code}; it is started again in {child.pause:.0f} s.")

    def _end(self) -> None:
        running = [(child.name, child.process) for child in reversed(self.children) if child.process is not None]
        for _, process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for name, process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"The {name} did not end in {PATIENCE:.0f} s and is killed; its work is taken up again.")
            kill_group(process.pid)
            process.wait()


def kill_group(leader: int) -> None:
    """End what is left of a child and of the processes that it started: the next one needs its address."""
    with suppress(ProcessLookupError, PermissionError):  # macOS says the second of a process that nobody waited for
        os.killpg(leader, signal.SIGKILL)


def hub_command(*arguments: str) -> list[str]:
    """A command of this same installation."""
    return [sys.executable, "-m", "paddock", "hub", *arguments]
