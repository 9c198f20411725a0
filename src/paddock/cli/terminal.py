# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The terminal: consoles, and a progress line that leaves nothing behind."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.theme import Theme

MAX_WIDTH = 100
"""Longer lines are hard to read, however wide the terminal is."""

THEME = Theme(
    {
        "bad": "bold red",
        "open": "bold yellow",
        "good": "bold green",
        "note": "cyan",
        "quiet": "dim",
        "title": "bold",
    }
)

_REDRAW_SECONDS = 0.08
_PATIENCE_SECONDS = 0.3
"""Work that is done sooner shows no progress: a line that flashes by only disturbs."""


class Terminal(Console):
    """A console that tells the caller when the reader of its output is gone, instead of exiting by itself."""

    def on_broken_pipe(self) -> None:
        """Pass the error on; `main` decides what it means."""
        raise BrokenPipeError


def make_console(*, stderr: bool = False) -> Console:
    """A console that honours NO_COLOR, takes all text literally and is 100 columns wide at most."""
    console = Terminal(stderr=stderr, theme=THEME, highlight=False, emoji=False, markup=False)
    console.width = min(console.width, MAX_WIDTH)
    return console


@contextmanager
def progress_bar(*, quiet: bool, unit: str = "files") -> Iterator[Callable[[str, int, int], None]]:
    """Gives `advance(stage, done, total)`; total 0 means unknown. Silent when quiet or not on a terminal.

    One line for the stage at work, and only for work that takes long enough to be waited for; it is gone afterwards.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn(f"{{task.completed:,.0f}} {unit}".rstrip()),
        TimeElapsedColumn(),
        console=make_console(stderr=True),
        transient=True,
        auto_refresh=False,
    )
    drawn = time.monotonic() + _PATIENCE_SECONDS
    stage_shown = ""

    def advance(stage: str, done: int, total: int) -> None:
        nonlocal drawn, stage_shown
        now = time.monotonic()
        if now - drawn < _REDRAW_SECONDS:
            return  # drawing is slower than reading a small file
        drawn = now
        if stage != stage_shown:
            for task in bar.tasks:
                bar.remove_task(task.id)
            bar.add_task(stage, total=total or None)
            bar.start()
            stage_shown = stage
        bar.update(bar.task_ids[0], completed=done)
        bar.refresh()

    try:
        yield advance
    finally:
        bar.stop()
