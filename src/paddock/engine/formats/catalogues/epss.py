# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The daily scores of EPSS: CSV, usually packed with gzip.

Format: https://www.first.org/epss/data_stats: a comment with the model and the date, a line of names, one line a CVE.
Other tables with columns for the CVE, the score and, where present, the percentile are read as well.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date

import msgspec

from paddock.engine.formats.catalogues.cve_record import day
from paddock.engine.formats.document import InvalidDocument
from paddock.engine.formats.unpack import unpack
from paddock.engine.model.errors import Unreadable

_DATE = re.compile(r"score_date:(\d{4}-\d{2}-\d{2})")
_HEAD = 4_096


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """by_cve: (probability, percentile or None) by CVE id; scored: the day of the scores, None where it is not told.

    skipped: lines that hold no score.
    """

    by_cve: dict[str, tuple[float, float | None]]
    scored: date | None = None
    skipped: int = 0


def looks_like_epss(data: bytes) -> bool:
    """Whether the (unpacked) bytes begin like a table with a column of scores."""
    head = data[:_HEAD].lower()
    return (b"epss" in head or b"score_date" in head) and b"cve" in head and not head.lstrip().startswith(b"{")


def read_epss(data: bytes) -> Scores:
    """The scores. Raises Unreadable when it is no such table, or a broken archive."""
    try:
        text = unpack(data).decode("utf-8", "replace")
    except InvalidDocument as error:
        raise Unreadable(error.faults[0].message) from error
    found = _DATE.search(text[:_HEAD])
    lines = (line for line in io.StringIO(text) if not line.startswith("#"))
    try:
        table = csv.reader(lines, strict=True)
        names = [name.strip().lower() for name in next(table, [])]
        columns = [_column(names, wanted) for wanted in (("cve",), ("epss",), ("percentile", "epss percentile"))]
        if columns[0] is None or columns[1] is None:
            raise Unreadable("the table has no columns 'cve' and 'epss'")
        return _read(table, (columns[0], columns[1], columns[2]), day(found[1]) if found else None)
    except csv.Error as error:
        raise Unreadable(f"not a table of scores: {error}") from error


def _column(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _read(table: Iterable[list[str]], columns: tuple[int, int, int | None], of: date | None) -> Scores:
    cve, score, share = columns
    by_cve: dict[str, tuple[float, float | None]] = {}
    skipped = 0
    for row in table:
        try:
            probability = float(row[score])
            percentile = float(row[share]) if share is not None and row[share] else None
            if row[cve].startswith("CVE-") and 0.0 <= probability <= 1.0:
                by_cve[row[cve]] = (probability, percentile)
                continue
        except (ValueError, IndexError):
            pass
        skipped += bool(row)
    return Scores(by_cve=by_cve, scored=of, skipped=skipped)
