# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looks into the files of a large tree by several processes, which share the pages of the licence index."""

import os
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from paddock.engine.downloader.tree import SourceFile
from paddock.engine.scanner.detect import Detector
from paddock.engine.scanner.look import LookAll, Looked, look_one_by_one

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

MIN_FILES = 200
"""Fewer are done before a second process has started."""
MIN_BYTES = 4 * 1024 * 1024
_CHUNK_FILES = 64


def cores() -> int:
    """How many processes may run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def look_in_processes(
    files: Sequence[SourceFile],
    detectors: Sequence[Detector],
    *,
    look_all: LookAll = look_one_by_one,
    processes: int | None = None,
) -> Iterator[Looked]:
    """See LookAll: by several processes where that pays, each with `look_all` for its share.

    A process that dies (memory runs out) does not end the scan: what is left is done here.
    """
    count = cores() if processes is None else processes
    if count < 2 or len(files) < MIN_FILES or sum(file.size for file in files) < MIN_BYTES:
        yield from look_all(files, detectors)
        return
    # Loaded only when there is enough to do, because most commands never need it.
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # noqa: PLC0415 # see above

    chunks = [files[start : start + _CHUNK_FILES] for start in range(0, len(files), _CHUNK_FILES)]
    done = 0
    try:
        with ProcessPoolExecutor(max_workers=count, mp_context=_context()) as pool:
            work = partial(_look, detectors=detectors, look_all=look_all)
            for answers in pool.map(work, chunks):
                yield from answers
                done += len(answers)
    except BrokenProcessPool:
        yield from look_all(files[done:], detectors)


def _look(files: Sequence[SourceFile], detectors: Sequence[Detector], look_all: LookAll) -> list[Looked]:
    return list(look_all(files, detectors))


def _context() -> "BaseContext":
    """Fork where it is safe, because a forked process has everything loaded already; else a fresh interpreter."""
    import multiprocessing  # noqa: PLC0415 # see look_in_processes

    is_alone = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_alone else "spawn")
