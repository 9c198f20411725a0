# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables as files hold every row, say where they cannot, and hold nothing that a spreadsheet would run."""

import io
import re
import zipfile
from typing import Any

import pytest

from paddock.hub.pages import exports
from paddock.hub.pages.tables import Column

COLUMNS = (Column("name", "Name", lambda row: row), Column("size", "Size", len, number=True))


def sheet(rows: list[str]) -> str:
    """The texts and numbers of the sheet, as XML."""
    answer: Any = exports.as_xlsx("things", COLUMNS, rows)
    content = b"".join(answer.streaming_content)
    answer.file_to_stream.close()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def test_a_sheet_holds_every_row_and_no_formula() -> None:
    shown = sheet(["left", "=HYPERLINK(1)", "https://example.org/"])
    assert re.findall(r"<t[^>]*>([^<]*)</t>", shown) == [
        "Name", "Size", "left", "'=HYPERLINK(1)", "https://example.org/",
    ]  # fmt: skip
    assert re.findall(r"<v>(\d+)</v>", shown) == ["4", "13", "20"]
    assert "<f>" not in shown


def test_a_sheet_that_is_full_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    shown = sheet(["a", "b", "c"])
    assert "<t>b</t>" in shown
    assert "<t>c</t>" not in shown
    assert "The sheet ends here. The CSV file has all rows." in shown
