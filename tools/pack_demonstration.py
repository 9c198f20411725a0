# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts the data of the hub's demonstration into the wheel, as one archive; called by hatchling when it builds one.

One archive, not files: whoever scans an environment in which Paddock is installed must not find the bills of materials
of a company that does not exist. An editable installation reads `examples` itself.
"""

import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("company", "web-shop")
"""Of `examples`; they keep their places beside each other."""
PLACE = "paddock/hub/operation/demo/demonstration.zip"
MOMENT = (2020, 2, 2, 0, 0, 0)
"""The same in every build, so that the same sources give the same wheel."""


class PackDemonstration(BuildHookInterface[Any]):
    """hatchling's interface."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the archive and name its place in the wheel."""
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory(prefix="paddock-wheel-")
        archive = Path(self.folder.name) / "demonstration.zip"
        pack(Path(self.root) / "examples", archive)
        build_data["force_include"][str(archive)] = PLACE

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Remove what was written."""
        if version != "editable":
            self.folder.cleanup()


def pack(examples: Path, archive: Path) -> None:
    """The folders of `examples` in one archive."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in FOLDERS:
            for file in sorted(path for path in (examples / name).rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(file.relative_to(examples).as_posix(), MOMENT)
                packed.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
