# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of any length: sorted, filtered, searched and paged by the database, exported, and named by their address.

A table is declared once, as data; `answer` turns a query and a request into a page, a part of a page, CSV or Excel.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

from paddock.hub.pages.exports import csv_response, xlsx_response

PAGE_SIZE = 50
MAX_PAGES = 400
"""Further on, people are better served by a filter; the database would count rows that nobody reads."""
Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    value: what a row shows there, also in exports. order: database fields to sort by, () for a column that cannot be
    sorted. link: where the cell leads. status: the key of an icon and a colour (see `badge`), for columns of states.
    """

    name: str
    title: Text
    value: Callable[[Any], Any]
    order: tuple[str, ...] = ()
    link: Callable[[Any], str] | None = None
    status: Callable[[Any], str] | None = None
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice that narrows the list. apply: the query with the chosen value; choices: (value, label)."""

    name: str
    title: Text
    choices: Sequence[tuple[str, Text]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What an empty list says: one sentence why, and one thing to do."""

    sentence: Text
    action: Text = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A declared table. search: the query with the words that somebody typed; sort: the column that it begins with,
    a minus before it for the other direction. file: the name of exports."""

    name: str
    caption: Text
    columns: Sequence[Column]
    sort: str
    empty: Empty
    filters: Sequence[Filter] = ()
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_label: Text = ""


@dataclass(frozen=True)
class Cell:
    """One cell as the template shows it."""

    column: Column
    value: Any
    link: str
    status: str


@dataclass(frozen=True)
class Heading:
    """One column head: where a click leads, and how the column is sorted ("ascending", "descending" or "none")."""

    column: Column
    link: str
    sorted: str


@dataclass
class Shown:
    """A table as it stands in a page."""

    table: Table
    query: QueryDict
    headings: list[Heading] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    chosen: dict[str, str] = field(default_factory=dict)
    words: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether words or filters keep rows out."""
        return bool(self.words or self.chosen)

    @property
    def filters(self) -> list[tuple[Filter, str]]:
        """Each filter with the value chosen, "" for none."""
        return [(one, self.chosen.get(one.name, "")) for one in self.table.filters]

    @property
    def sort(self) -> str:
        """The column sorted by, as the address says it; "" where that is the table's own."""
        return self.query.get("sort", "")

    def address(self, **changes: str) -> str:
        """The address of this list with some parts changed; "" takes a part out."""
        query = self.query.copy()
        for name, value in changes.items():
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        return "?" + query.urlencode()

    @property
    def previous(self) -> str:
        """The address of the page before, "" on the first."""
        return self.address(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, "" on the last."""
        return self.address(page=str(self.page + 1)) if self.page < self.pages else ""

    @property
    def csv(self) -> str:
        """The address of the whole list as CSV."""
        return self.address(format="csv", page="")

    @property
    def xlsx(self) -> str:
        """The address of the whole list as an Excel file."""
        return self.address(format="xlsx", page="")


def answer(
    request: HttpRequest, template: str, table: Table, rows: QuerySet[Any], context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page of `template` with the table as `table` in it; only the table for a click in it; or the export asked for."""
    query = _narrowed(table, rows, request.GET)
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        titles = [str(column.title) for column in table.columns]
        lines = _lines(table, _sorted(table, query, request.GET.get("sort", "")))
        return (csv_response if form == "csv" else xlsx_response)(table.name, titles, lines)
    shown = show(table, query, request.GET)
    partial = request.headers.get("HX-Target") == f"table-{table.name}"
    return render(request, "pages/table.html" if partial else template, {**(context or {}), "table": shown})


def show(table: Table, rows: QuerySet[Any], query: QueryDict) -> Shown:
    """The table with the rows of the page that the address asks for. Two queries: how many, and which."""
    shown = Shown(table, query, words=query.get("q", "").strip(), chosen=_chosen(table, query))
    sort = query.get("sort", "")
    paginator = Paginator(_sorted(table, rows, sort), PAGE_SIZE)
    page = paginator.get_page(query.get("page", "1"))
    shown.total, shown.page = paginator.count, page.number
    shown.pages = min(paginator.num_pages, MAX_PAGES)
    shown.headings = [_heading(column, shown, sort or table.sort) for column in table.columns]
    shown.rows = [[_cell(column, row) for column in table.columns] for row in page]
    return shown


def _chosen(table: Table, query: QueryDict) -> dict[str, str]:
    given = ((one, query.get(one.name, "")) for one in table.filters)
    return {one.name: value for one, value in given if value in {str(choice) for choice, _ in one.choices} - {""}}


def _narrowed(table: Table, rows: QuerySet[Any], query: QueryDict) -> QuerySet[Any]:
    words = query.get("q", "").strip()[:200]
    if table.search is not None and words:
        rows = table.search(rows, words)
    chosen = _chosen(table, query)
    for one in table.filters:
        if one.name in chosen:
            rows = one.apply(rows, chosen[one.name])
    return rows


def _sorted(table: Table, rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    columns = {column.name: column for column in table.columns if column.order}
    wanted = sort if sort.removeprefix("-") in columns else table.sort
    down = wanted.startswith("-")
    fields = columns[wanted.removeprefix("-")].order
    order = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in fields]
    return rows.order_by(*order, "pk")


def _heading(column: Column, shown: Shown, sort: str) -> Heading:
    if not column.order:
        return Heading(column, "", "none")
    mine = sort.removeprefix("-") == column.name
    down = sort.startswith("-")
    direction = ("descending" if down else "ascending") if mine else "none"
    return Heading(column, shown.address(sort=f"-{column.name}" if mine and not down else column.name, page=""), direction)


def _cell(column: Column, row: Any) -> Cell:
    link = column.link(row) if column.link is not None else ""
    return Cell(column, column.value(row), link, column.status(row) if column.status is not None else "")


def _lines(table: Table, rows: QuerySet[Any]) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=1_000):
        yield [column.value(row) for column in table.columns]
