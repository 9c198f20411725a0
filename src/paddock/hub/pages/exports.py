# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Lists as files for spreadsheets: every cell is text or a number, never a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection)."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_ROWS = 1_000_000
"""A sheet of Excel has a few more; what goes beyond is exported as CSV."""


def plain(value: Any) -> str | int | float:
    """The value as a spreadsheet shows it; text that could be a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat(" ", "seconds") if isinstance(value, datetime) else value.isoformat()
    text = _CONTROL.sub("", str(value))
    return f"'{text}" if text.startswith(_RISKY) else text


def attachment(name: str, extension: str) -> str:
    """A Content-Disposition that holds nothing but letters, digits, dots and dashes of the name."""
    safe = _UNSAFE.sub("-", name).strip("-.") or "list"
    return f'attachment; filename="{safe}.{extension}"'


def csv_response(name: str, titles: Sequence[str], lines: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The list as CSV (UTF-8 with byte order mark, which Excel needs), sent while it is read."""

    def chunks() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        yield "\N{BYTE ORDER MARK}"
        writer.writerow(titles)
        for line in lines:
            writer.writerow([plain(value) for value in line])
            if buffer.tell() > 32_768:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    response = StreamingHttpResponse(chunks(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = attachment(name, "csv")
    return response


def xlsx_response(name: str, titles: Sequence[str], lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """The list as an Excel file, built row by row in constant memory."""
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("List")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, titles, book.add_format({"bold": True}))
        for number, line in enumerate(lines, 1):
            if number > MAX_ROWS:
                break
            sheet.write_row(number, 0, [plain(value) for value in line])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(buffer.getvalue(), content_type=kind)
    response["Content-Disposition"] = attachment(name, "xlsx")
    return response
