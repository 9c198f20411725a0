# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Fetches the archive with the licence rules through this machine's own pip: no address of ours, no code of it is run.

The data is that of ScanCode LicenseDB (Copyright nexB Inc. and others, CC-BY-4.0), as version 32.5.0 of the package
carries it. The archive is known by its SHA-256; its data files are read and nothing else.
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paddock.engine.model.errors import EngineError

DATA_VERSION = "32.5.0"
PACKAGE = f"scancode-toolkit-mini=={DATA_VERSION}"
ARCHIVE = f"scancode_toolkit_mini-{DATA_VERSION}-cp311-none-any.whl"
SHA256 = "7ae5e7b46b8cdbab78afb50380ffc1239d296e81e154314a8c3382e678c664cf"
_TIMEOUT_SECONDS = 900
_OPTIONS = (
    "--no-deps", "--only-binary", ":all:", "--disable-pip-version-check", "--no-input", "--quiet",
    "--python-version", "3.11", "--implementation", "cp", "--abi", "none", "--platform", "any",
)  # fmt: skip


class NotFetched(EngineError):
    """The rule data cannot be had from here; the message says why and what else can be done."""


@contextmanager
def fetched_archive() -> Iterator[Path]:
    """The archive, for as long as the block lasts. Raises NotFetched."""
    with tempfile.TemporaryDirectory(prefix="paddock-rules-") as folder:
        command = [sys.executable, "-m", "pip", "download", *_OPTIONS, "--dest", folder, PACKAGE]
        try:
            done = subprocess.run(  # noqa: S603 # a fixed command
                command, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _not_fetched(str(error)) from error
        path = Path(folder) / ARCHIVE
        if done.returncode != 0 or not path.is_file():
            raise _not_fetched((done.stderr.strip().splitlines() or ["pip found no such archive"])[-1])
        check_archive(path)
        yield path


def check_archive(path: Path) -> None:
    """Raises NotFetched when a file is not the archive that this version of Paddock knows."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != SHA256:
        raise NotFetched(f"{path.name} is not the archive that is expected: its SHA-256 is {found}, not {SHA256}")


def _not_fetched(reason: str) -> NotFetched:
    return NotFetched(
        f"The licence rules ({PACKAGE}) could not be fetched with pip: {reason}\n"
        "On a machine without network, copy an index from another one: paddock license-db export FILE there, "
        "paddock license-db import FILE here."
    )
