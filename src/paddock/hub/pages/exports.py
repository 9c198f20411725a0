# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables as files: CSV and XLSX, row by row, and nothing in them that a spreadsheet would run."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Protocol

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext

from paddock.hub.pages.status import Status

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""Spreadsheets take text that begins so for a formula (OWASP, CSV injection); "|" and "%" are for DDE."""
CHUNK = 2_000
MOST_ROWS = 1_048_575
"""Of a sheet, without its head."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Exported(Protocol):
    """What is needed of a column."""

    @property
    def label(self) -> str | Promise:
        """Its head."""

    @property
    def value(self) -> Callable[[Any], Any]:
        """What a row has in it."""

    @property
    def exported(self) -> Callable[[Any], Any] | None:
        """What it has in files instead."""


class Line:
    """A file that hands back what is written into it, so that rows can be sent as they are made."""

    def write(self, text: str) -> str:
        """The text itself."""
        return text


def harmless(text: str) -> str:
    """The text, with a leading apostrophe where a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_A_FORMULA) else text


def plain(value: Any) -> str | int | float:
    """A value as a cell: numbers stay numbers, moments are in ISO 8601, everything else is harmless text."""
    if value is None:
        return ""
    if isinstance(value, bool | Status | Promise):
        return harmless(str(value))
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return harmless(str(value))


def lines(columns: tuple[Exported, ...], rows: Any) -> Iterator[list[str | int | float]]:
    """The head, then every row; a QuerySet is read in chunks."""
    yield [plain(column.label) for column in columns]
    values = [column.exported or column.value for column in columns]
    source = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows
    for row in source:
        yield [plain(value(row)) for value in values]


def as_csv(name: str, columns: tuple[Exported, ...], rows: Any) -> HttpResponseBase:
    """Comma-separated (RFC 4180) in UTF-8 with the mark by which Excel knows it."""
    writer = csv.writer(Line())

    def chunks() -> Iterator[str]:
        yield "\ufeff"
        for line in lines(columns, rows):
            yield writer.writerow(line)

    answer = StreamingHttpResponse(chunks(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return answer


def as_xlsx(name: str, columns: tuple[Exported, ...], rows: Any) -> HttpResponseBase:
    """One sheet with a frozen head; rows and file lie on disk, not in memory, and never with formulas or links.

    Where there are more rows than a sheet has, the last one says so.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 # closed by the answer, once it is sent
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 22)
        for number, line in enumerate(lines(columns, rows)):
            if number == MOST_ROWS:
                sheet.write(number, 0, harmless(gettext("The sheet ends here. The CSV file has all rows.")))
                break
            for place, value in enumerate(line):
                sheet.write(number, place, value, bold if number == 0 else None)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{slugify(name)}.xlsx", content_type=XLSX)


EXPORTS: dict[str, Callable[[str, tuple[Any, ...], Any], HttpResponseBase]] = {"csv": as_csv, "xlsx": as_xlsx}
"""`?export=` -> how the file is made."""
