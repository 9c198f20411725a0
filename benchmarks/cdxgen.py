# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How the peer is run: so that it installs nothing and fetches nothing, as Paddock does not."""

import shutil
import sys
from pathlib import Path

CDXGEN_OPTIONS = ["--no-install-deps", "--spec-version", "1.6"]


def surroundings(folder: Path) -> dict[str, str]:
    """The environment: no licences from registries, and on the path a new folder with nothing but Node.js in it."""
    node = shutil.which("node")
    if node is None:
        sys.exit("cdxgen needs Node.js, and none is on the path")
    folder.mkdir()
    (folder / "node").symlink_to(node)
    return {"FETCH_LICENSE": "false", "PATH": str(folder), "JAVA_HOME": ""}
