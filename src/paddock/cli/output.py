# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes documents to a file, in one step, or to standard output."""

import os
import stat
import sys
import tempfile
from pathlib import Path

from paddock.engine.model.errors import EngineError


class NotWritable(EngineError):
    """The output file cannot be written; the message says why."""


def check_writable(target: Path | None) -> None:
    """Raise NotWritable for what can be known beforehand, so that nobody waits for a scan that cannot be kept."""
    if target is None or target.is_file():
        return
    folder = Path(os.path.realpath(target)).parent
    if target.is_dir():
        raise NotWritable(f"{target} cannot be written: it is a folder")
    if not folder.is_dir():
        raise NotWritable(f"{target} cannot be written: there is no folder {folder}")


def write_bytes(data: bytes, target: Path | None) -> None:
    """Write to the file (replaced in one step, so that a reader never sees half of it) or to standard output.

    A link stays a link, an existing file keeps its permissions, a device or pipe is written to. Raises NotWritable; the
    old file is then as it was.
    """
    if target is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        mode = _mode_of(target)
        if mode is None:
            target.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(target)), data, mode)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotWritable(f"{target} cannot be written: {error.strerror or error}") from error


def _mode_of(target: Path) -> int | None:
    """The permissions that the file is to have; None when it is no regular file and cannot be replaced."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    return stat.S_IMODE(found) if stat.S_ISREG(found) else None


def _replace(target: Path, data: bytes, mode: int) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
