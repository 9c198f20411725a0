# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The terminal: consoles, and a progress line that leaves nothing behind."""

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
PACKAGE_STAGES = frozenset({"Fetching and scanning packages", "Looking into the cache"})
"""Stages that count packages; all others count files."""
_ENOUGH_TO_ESTIMATE = 3
_ENOUGH_SECONDS = 1.0


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
def drawn_progress(unit: str) -> Iterator[Callable[[str, int, int], None]]:
    """See `progress.progress_bar`."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
        console=make_console(stderr=True),
        transient=True,
        auto_refresh=False,
    )
    drawn = time.monotonic() + _PATIENCE_SECONDS
    stage_shown = ""
    started, first = drawn, 0

    def advance(stage: str, done: int, total: int) -> None:
        nonlocal drawn, stage_shown, started, first
        now = time.monotonic()
        if now - drawn < _REDRAW_SECONDS:
            return  # drawing is slower than reading a small file
        drawn = now
        if stage != stage_shown:
            for task in bar.tasks:
                bar.remove_task(task.id)
            bar.add_task(stage, total=total or None, count="", left="")
            bar.start()
            stage_shown, started, first = stage, now, done
        text = f"{done:,} of {total:,}" if stage in PACKAGE_STAGES else f"{done:,} {unit}".rstrip()
        left = time_left(now - started, done - first, total - done)
        bar.update(bar.task_ids[0], completed=done, count=text, left=left)
        bar.refresh()

    try:
        yield advance
    finally:
        bar.stop()


def time_left(passed: float, done: int, left: int) -> str:
    """How long the rest of a stage will take, if it goes on as so far; "" while that cannot be said.

    passed: seconds in which `done` of the things were finished; `left` of them are not.
    """
    if left <= 0 or done < _ENOUGH_TO_ESTIMATE or passed < _ENOUGH_SECONDS:
        return ""
    seconds = passed / done * left
    if seconds < 10:
        return "a few seconds left"
    if seconds < 90:
        return f"about {round(seconds / 10) * 10} s left"
    return f"about {round(seconds / 60)} min left"
