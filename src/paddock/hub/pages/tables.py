# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables whose columns and filters are data: sorted, filtered and paged by the server, and exported as they are shown.

What is shown stands in the address (`?sort=-name&page=2&state=open`), so that it can be shared; without script it works
by links and one button. `respond` answers a view: the page, the table alone for htmx, or a file for `?export=csv|xlsx`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise

from paddock.hub.pages.exports import EXPORTS
from paddock.hub.pages.status import Status

Text = str | Promise
Rows = Any
"""A QuerySet, or a sequence of anything that the columns understand."""
MOST = 10_000
"""Rows that are counted and paged through; whoever has more narrows them down or exports them."""

LONGEST = 2_000
"""Characters of a part of the address that links carry on; package URLs may be long."""


def nothing(_row: Any) -> str:
    """No link, no note."""
    return ""


@dataclass(frozen=True, slots=True)
class Column:
    """name: in the address. value: what a row shows, and what is exported (text, number, date, Status or None).

    sort: the field, or fields, that a QuerySet is ordered by; for a sequence any text: then the values are compared, or
    what `key` gives, where it is there.
    exported: what exports have instead of the value, such as a code that stays the same in every language.
    link: where the cell leads. note: small grey text below. number: right-aligned. code: in a fixed-width face.
    """

    name: str
    label: Text
    value: Callable[[Any], Any]
    sort: str | tuple[str, ...] = ()
    link: Callable[[Any], str] = nothing
    note: Callable[[Any], Text] = nothing
    number: bool = False
    code: bool = False
    key: Callable[[Any], Any] | None = None
    exported: Callable[[Any], Any] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields to order by."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort


@dataclass(frozen=True, slots=True)
class Filter:
    """One narrowing. choices: (value in the address, word) for a list to choose from; none: a box to type into.

    apply: the rows that remain for a value, which is one of the choices or what somebody typed, without outer spaces.
    """

    name: str
    label: Text
    apply: Callable[[Rows, str], Rows]
    choices: Sequence[tuple[str, Text]] | Callable[[], Sequence[tuple[str, Text]]] = ()

    def offered(self) -> list[tuple[str, Text]]:
        """The choices, made now."""
        return list(self.choices() if callable(self.choices) else self.choices)


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty table says: why, and one button for what next."""

    sentence: Text
    url: Text = ""
    label: Text = ""


@dataclass(frozen=True, slots=True)
class Table:
    """name: of the exported file and of the part in the page. caption: for screen readers.

    order: of rows, as in the address ("-at"); unique: a field that settles ties, so that pages do not overlap.
    """

    name: str
    caption: Text
    columns: tuple[Column, ...]
    order: str
    empty: Empty
    filters: tuple[Filter, ...] = ()
    unique: str = "pk"
    page_size: int = 50

    def column(self, name: str) -> Column | None:
        """The sortable column of this name."""
        return next((column for column in self.columns if column.name == name and column.fields), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the template shows it."""

    column: Column
    value: Any
    link: str
    note: Text

    @property
    def is_status(self) -> bool:
        """Whether it is shown as icon and word."""
        return isinstance(self.value, Status)

    @property
    def is_date(self) -> bool:
        """Whether it is a day or a moment."""
        return isinstance(self.value, date)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to show."""
        return self.value is None or self.value == ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: the address that sorts by it, and how it is sorted now ("ascending", "descending" or "")."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter with what is chosen in it."""

    filter: Filter
    value: str
    choices: list[tuple[str, Text]]


@dataclass(frozen=True)
class View:
    """A table as the template shows it. total: rows in all, at most MOST; more: whether there are more than that."""

    table: Table
    path: str
    sort: str
    headings: list[Heading]
    filters: list[Chosen]
    rows: list[list[Cell]]
    total: int
    page: int
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.total > MOST

    @property
    def counted(self) -> int:
        """The rows that are counted."""
        return min(self.total, MOST)

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.page - 1) * self.table.page_size + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1

    @property
    def filtered(self) -> bool:
        """Whether anything is chosen in a filter."""
        return any(chosen.value for chosen in self.filters)

    @property
    def kept(self) -> dict[str, str]:
        """What the form of filters carries along: every part of the address that is no filter and no page."""
        own = {chosen.filter.name for chosen in self.filters} | {"page", "export"}
        return {name: value for name, value in self.parameters.items() if name not in own}

    @property
    def clear_url(self) -> str:
        """The table without filters."""
        kept = {chosen.filter.name: "" for chosen in self.filters}
        return self.url(**kept, page="")

    @property
    def previous_url(self) -> str:
        """The page before, or ""."""
        return self.url(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The next page, or ""."""
        return self.url(page=str(self.page + 1)) if self.last < self.counted else ""

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        """(name of the format, address) of each export, with the same filters."""
        return [(name.upper(), self.url(export=name, page="")) for name in EXPORTS]

    @property
    def address(self) -> str:
        """This table's address as it is shown now."""
        return self.url()

    def url(self, **changes: str) -> str:
        """This table's address with other parameters; "" takes one away."""
        return address(self.path, {**self.parameters, **changes})


def address(path: str, parameters: Mapping[str, str]) -> str:
    """A path with the parameters that are not empty."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query}" if query else path


def respond(
    request: HttpRequest, table: Table, rows: Rows, template: str, context: Mapping[str, Any] | None = None
) -> HttpResponseBase:
    """The answer of a view that shows one table: the page with `table` in its context, its part, or a file."""
    narrowed = ordered(request, table, narrow(request, table, rows))
    export = EXPORTS.get(request.GET.get("export", ""))
    if export is not None:
        return export(table.name, table.columns, narrowed)
    view = look(request, table, narrowed)
    if request.headers.get("HX-Target") == f"table-{table.name}":
        return render(request, "pages/table.html", {"table": view, **(context or {})})
    return render(request, template, {**(context or {}), "table": view})


def narrow(request: HttpRequest, table: Table, rows: Rows) -> Rows:
    """The rows that the filters in the address leave. A choice that is not offered leaves everything."""
    for one in table.filters:
        if value := wanted(request, one, one.offered()):
            rows = one.apply(rows, value)
    return rows


def wanted(request: HttpRequest, one: Filter, offered: Sequence[tuple[str, Text]]) -> str:
    """What the address asks of a filter; "" for nothing, and for a choice that is not offered."""
    value = request.GET.get(one.name, "").strip()[:200].replace("\0", "")
    return value if not offered or value in {str(choice) for choice, _word in offered} else ""


def ordered(request: HttpRequest, table: Table, rows: Rows) -> Rows:
    """The rows in the order that the address asks for, else in the table's own."""
    sort = chosen_order(request, table)
    column = table.column(sort.removeprefix("-"))
    if column is None:
        return rows
    backwards = sort.startswith("-")
    if not isinstance(rows, QuerySet):
        compared = column.key or column.value
        return sorted(rows, key=lambda row: sorting_key(compared(row)), reverse=backwards)
    fields = [turned(name) if backwards else name for name in column.fields]
    return rows.order_by(*fields, table.unique)


def turned(name: str) -> str:
    """The other direction of a field to order by."""
    return name[1:] if name.startswith("-") else f"-{name}"


def sorting_key(value: Any) -> tuple[int, Any]:
    """Values of one column compared: nothing first, then numbers and dates, then text without regard to case."""
    if value is None or value == "":
        return (0, 0)
    if isinstance(value, bool | int | float):
        return (1, value)
    if isinstance(value, date):
        return (2, value.isoformat())
    return (3, str(value).casefold())


def chosen_order(request: HttpRequest, table: Table) -> str:
    """What the address asks for where the table has such a column, else the table's own order."""
    asked = request.GET.get("sort", "")
    return asked if table.column(asked.removeprefix("-")) is not None else table.order


def look(request: HttpRequest, table: Table, rows: Rows) -> View:
    """One page of the rows, as the template shows it. At most two queries: a count that ends at MOST, and the page."""
    total = rows[: MOST + 1].count() if isinstance(rows, QuerySet) else len(rows)
    pages = max(1, -(-min(total, MOST) // table.page_size))
    asked = request.GET.get("page", "")
    page = min(max(1, int(asked)), pages) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    shown = cast("Sequence[Any]", rows[(page - 1) * table.page_size : page * table.page_size])
    parameters = {
        name: str(value) for name, value in request.GET.items() if name != "export" and len(str(value)) <= LONGEST
    }
    sort = chosen_order(request, table)
    view = View(
        table=table,
        path=request.path,
        sort=sort,
        headings=[],
        filters=[chosen(request, one) for one in table.filters],
        rows=[[cell(column, row) for column in table.columns] for row in shown],
        total=total,
        page=page,
        parameters=parameters,
    )
    view.headings.extend(heading(column, sort, view) for column in table.columns)
    return view


def chosen(request: HttpRequest, one: Filter) -> Chosen:
    """A filter as it stands."""
    offered = one.offered()
    return Chosen(one, wanted(request, one, offered), offered)


def heading(column: Column, sort: str, view: View) -> Heading:
    """The head of a column: a click sorts by it, a second one the other way round."""
    if not column.fields:
        return Heading(column, "", "")
    current = sort.removeprefix("-") == column.name
    backwards = current and sort.startswith("-")
    direction = ("descending" if backwards else "ascending") if current else ""
    following = column.name if backwards or not current else f"-{column.name}"
    return Heading(column, view.url(sort=following, page=""), direction)


def cell(column: Column, row: Any) -> Cell:
    """What one row shows in one column."""
    return Cell(column, column.value(row), column.link(row), column.note(row))
