# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The standard's own suite and advisories of others, where they are present (see tests/conftest.py)."""

import zipfile
from pathlib import Path

import pytest

from benchmarks.vex_conformance import NOT_JUDGED, cases, further_cases, judge
from paddock.engine.formats.vex import read_vex, validate_vex


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_the_suite_of_the_standard(version: str, shared_data: Path) -> None:
    folder = shared_data / "conformance"
    if not (folder / f"csaf-{version}.tar.xz").is_file():
        pytest.skip(f"the suite of CSAF {version} is not present in {folder}")
    scores = judge(cases(folder, version), version, every=False)
    assert len(scores) >= 30
    assert {test: score.wrong for test, score in scores.items() if score.wrong and test not in NOT_JUDGED} == {}


def test_the_documents_of_the_validator_library(shared_data: Path) -> None:
    folder = shared_data / "conformance"
    if not (folder / "csaf-validator-lib-tests.tar.xz").is_file():
        pytest.skip(f"the documents of the validator library are not present in {folder}")
    assert [score.wrong for score in judge(further_cases(folder), "2.0", every=False).values() if score.wrong] == []


def test_published_advisories_are_read(shared_data: Path) -> None:
    archive = shared_data / "conformance" / "cisa-csaf-sample.zip"
    if not archive.is_file():
        pytest.skip(f"the advisories are not present at {archive}")
    with zipfile.ZipFile(archive) as advisories:
        texts = [advisories.read(name) for name in advisories.namelist() if name.endswith(".json")]
    rules = {fault.rule for text in texts for fault in validate_vex(text)[1]}
    assert rules <= {"6.1.31 version range in product version"}  # vers:all/* in the place of a version
    read = [read_vex(text) for text in texts]
    assert len(read) > 250
    assert all(document.statements for document in read)
