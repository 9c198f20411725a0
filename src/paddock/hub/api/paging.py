# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages of a list by cursor: stable while rows come and go, as fast for the last page as for the first."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import StringConstraints

from paddock.hub.api.texts import MAX_ID
from paddock.hub.core.errors import Invalid

DEFAULT_SIZE, MAX_SIZE = 50, 500
OPTIONS = "_meta"
"""Where Django documents that a model's fields are found, under a name that looks private."""
Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)


class Page(Schema, Generic[Item]):
    """Some items of a list."""

    items: list[Item]
    next: str | None = Field(None, description="Give it as `cursor` to get the next page; null: this is the last.")


class Paging(Schema):
    """Which page is asked for."""

    cursor: Annotated[str, StringConstraints(max_length=2_000)] = Field(
        "", description="What the page before gave as `next`; empty for the first page."
    )
    limit: int = Field(DEFAULT_SIZE, ge=1, le=MAX_SIZE, description="How many items at most.")


@dataclass(frozen=True)
class Slice(Generic[Item]):
    """The rows of one page, and the cursor of the next one."""

    items: list[Item]
    next: str | None


def page_of(rows: QuerySet[Row], paging: Paging, order: Sequence[str]) -> Slice[Row]:
    """One page of the rows. One query.

    order: names of columns, the last one unique; all with "-" in front, or none. Raises Invalid for a cursor that the
    hub did not give for this list.
    """
    names = [name.lstrip("-") for name in order]
    step = "lt" if order[0].startswith("-") else "gt"
    if paging.cursor:
        rows = rows.filter(_after(names, _read(rows, paging.cursor, names), step))
    found = list(rows.order_by(*order)[: paging.limit + 1])
    more = len(found) > paging.limit
    found = found[: paging.limit]
    return Slice(found, _write(found[-1], names) if more else None)


def _after(names: Sequence[str], values: Sequence[Any], step: str) -> Q:
    condition = Q(**{f"{names[-1]}__{step}": values[-1]})
    for name, value in zip(reversed(names[:-1]), reversed(values[:-1]), strict=True):
        condition = Q(**{f"{name}__{step}": value}) | (Q(**{name: value}) & condition)
    return condition


def _write(row: Model, names: Sequence[str]) -> str:
    values = [_reach(row, name) for name in names]
    return base64.urlsafe_b64encode(json.dumps(values, cls=DjangoJSONEncoder).encode()).decode().rstrip("=")


def _reach(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row.isoformat() if isinstance(row, datetime) else row


def _read(rows: QuerySet[Row], cursor: str, names: Sequence[str]) -> list[Any]:
    refused = Invalid(
        _("The cursor is none that this list gave."), errors=("query.cursor: " + _("give it as it came"),)
    )
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise refused from error
    if not isinstance(values, list) or len(values) != len(names):
        raise refused
    try:
        return [_value(_column(rows.model, name), value) for name, value in zip(names, values, strict=True)]
    except (TypeError, ValueError, OverflowError) as error:
        raise refused from error


def _column(model: Any, name: str) -> Any:
    *path, last = name.split("__")
    for part in path:
        model = getattr(model, OPTIONS).get_field(part).related_model
    return getattr(model, OPTIONS).get_field(last)


def _value(column: Any, value: Any) -> Any:
    kind = column.get_internal_type()
    if kind == "UUIDField":
        return UUID(value)
    if kind == "DateTimeField":
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment
    if kind in ("CharField", "TextField", "EmailField"):
        if not isinstance(value, str) or "\x00" in value:
            raise TypeError("no text")
        value.encode()
        return value
    if not isinstance(value, int) or abs(value) > MAX_ID:
        raise TypeError("no number")
    return value
