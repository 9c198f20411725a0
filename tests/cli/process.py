# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The command as a process of its own, for what only a process shows: pipes, signals, encodings."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-m", "paddock")
_KEPT = ("PATH", "HOME", "SYSTEMROOT", "PADDOCK_LICENSE_DB", "PADDOCK_CACHE")


def environment(**changes: str) -> dict[str, str]:
    """A small environment that does not depend on who runs the tests, with the index and the cache of the tests."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    nowhere = os.path.join(os.sep, "nonexistent", "advisories.db")
    return {**kept, "LC_ALL": "C.UTF-8", "COLUMNS": "80", "PADDOCK_ADVISORIES": nowhere, **changes}


def run_process(*arguments: str | Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Run to the end; `changes` go into the environment."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment(**changes), check=False)
