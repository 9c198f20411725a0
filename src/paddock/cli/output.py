# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where reports go: to a file, whole or not at all, or to standard output."""

import os
import sys
import tempfile
from pathlib import Path

from paddock.engine.model.errors import EngineError


class NotWritable(EngineError):
    """The output file cannot be written; the message says why."""


def write_bytes(data: bytes, target: Path | None) -> None:
    """Write to the file (replaced in one step, so that a reader never sees half of it) or to standard output."""
    if target is None or str(target) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent or Path(), prefix=f".{target.name}.")
    except OSError as error:
        raise NotWritable(f"{target} cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        os.unlink(temporary)
        raise NotWritable(f"{target} cannot be written: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
