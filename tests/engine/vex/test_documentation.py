# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The page about VEX has the words of the formats as the code has them."""

import re
from pathlib import Path

from paddock.engine.vex.statement import Justification, Response, Status
from paddock.engine.vex.vocabulary import (
    CYCLONEDX_OF_JUSTIFICATION,
    GROUP_OF_STATUS,
    JUSTIFICATION_OF_CYCLONEDX,
    REMEDIATION_OF_RESPONSE,
    STATE_OF_STATUS,
    STATUS_OF_GROUP,
    STATUS_OF_STATE,
)

PAGE = Path(__file__).parents[3] / "docs" / "vex.md"


def rows() -> list[list[list[str]]]:
    """Every row of every table: for each cell the words in it that are code."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[re.findall(r"`([a-z_]+)`", cell) for cell in line.split("|")[1:-1]] for line in lines]


def row_of(word: str) -> list[list[str]]:
    return next(row for row in rows() if word in [*row[0], *(row[1] if len(row) > 1 else [])])


def test_statuses() -> None:
    for status in Status:
        _, openvex, cyclonedx, csaf = row_of(status.value)
        assert openvex == [status.value]
        assert cyclonedx[0] == STATE_OF_STATUS[status]
        assert set(cyclonedx) == {state for state, one in STATUS_OF_STATE.items() if one is status}
        assert csaf[0] == GROUP_OF_STATUS[status]
        assert set(csaf) == {group for group, one in STATUS_OF_GROUP.items() if one is status}


def test_justifications() -> None:
    for justification in Justification:
        _, written, read = row_of(justification.value)
        assert written == [CYCLONEDX_OF_JUSTIFICATION[justification]]
        assert set(read) == {word for word, one in JUSTIFICATION_OF_CYCLONEDX.items() if one is justification}


def test_responses() -> None:
    for response in Response:
        row = next(row for row in rows() if len(row) == 4 and response.value in row[2])
        assert row[3][0] == REMEDIATION_OF_RESPONSE[response]
