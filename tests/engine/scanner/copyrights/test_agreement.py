# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Statements and holders as ScanCode reports them, file by file."""

import json
import tarfile
from pathlib import Path

import pytest

from paddock.engine.scanner.copyrights.find import find_copyrights, without_repetitions
from paddock.engine.scanner.detect import detect_licenses
from paddock.engine.scanner.tags import find_tags


@pytest.mark.parametrize("name", ["S", "R"])
def test_files_have_the_statements_and_holders_that_scancode_reports(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    with tarfile.open(shared_data / "detection" / f"agreement-{name}.tar.xz") as packed:
        packed.extractall(tmp_path, filter="data")
    rows = json.loads((tmp_path / name / "scancode-copyright.json").read_text())["files"]
    differing = []
    for row in (row for row in rows if row["type"] == "file"):
        path = tmp_path / name / "files" / row["path"].partition("/")[2]
        found = detect_licenses(path.read_bytes(), row["path"], (find_tags, find_copyrights)).copyrights
        same_statements = {one.statement for one in found} == {one["copyright"] for one in row["copyrights"]}
        same_holders = {who for one in found for who in one.holders} == {one["holder"] for one in row["holders"]}
        if not (same_statements and same_holders):
            differing.append(row["path"])
        assert without_repetitions(found) == found
    assert len(rows) > 900
    assert len(differing) <= len(rows) / 200, differing
