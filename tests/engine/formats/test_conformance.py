# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The standards' own suites and documents of other tools, where they are present (see tests/conftest.py)."""

from pathlib import Path

import pytest

from benchmarks.documents_conformance import find_archive, run_suite, suites

SUITES = {str(suite["archive"]): suite for suite in suites(quick=True)}


@pytest.mark.parametrize("name", SUITES)
def test_valid_documents_are_read_and_invalid_ones_refused_with_place_and_rule(name: str, shared_data: Path) -> None:
    archive = find_archive(shared_data, name)
    if archive is None:
        pytest.skip(f"the external suite {name} is not present in {shared_data}")
    score = run_suite(SUITES[name], archive)
    assert score.crashes == []
    assert score.unexplained() == []
    assert score.valid + score.invalid + score.others_read > 0
