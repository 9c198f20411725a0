# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether there is somebody to see how far the work is; what draws it is loaded only then."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from paddock.engine.model.on_demand import on_demand

if TYPE_CHECKING:
    from paddock.cli import terminal
else:
    terminal = on_demand("paddock.cli.terminal")


@contextmanager
def progress_bar(*, quiet: bool, unit: str = "files") -> Iterator[Callable[[str, int, int], None]]:
    """Gives `advance(stage, done, total)`; total 0 means unknown. Silent when quiet or not on a terminal.

    One line for the stage at work, and only for work that takes long enough to be waited for; it is gone afterwards.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    with terminal.drawn_progress(unit) as advance:
        yield advance
