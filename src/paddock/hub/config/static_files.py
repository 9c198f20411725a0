# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Files that pages load: their addresses change with what is in them, so that browsers may keep them for good."""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("django-allauth",)
"""Distributions that bring files of their own."""
LENGTH = 12


def fingerprint(folder: Path, libraries: Sequence[str] = LIBRARIES) -> str:
    """Letters and digits that are others as soon as a file below any room's `static` is, or a library's version."""
    digest = hashlib.sha256("\n".join(version(name) for name in libraries).encode())
    for path in sorted(path for path in folder.glob("*/static/**/*") if path.is_file()):
        digest.update(f"\n{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:LENGTH]
