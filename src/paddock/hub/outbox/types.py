# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an event is, and how it becomes JSON and back."""

import dataclasses
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder


class EventData(Protocol):
    """A frozen dataclass of ids, texts, numbers and times, named in the past tense: `ReleaseEvaluated`."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


class EventEncoder(DjangoJSONEncoder):
    """UUIDs, dates and times as text."""


def fields_of(event: EventData) -> dict[str, Any]:
    """The event's fields as they are stored."""
    return {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}


def _as_it_is(value: Any) -> Any:
    return value


_READERS: dict[Any, Any] = {UUID: UUID, datetime: datetime.fromisoformat, date: date.fromisoformat}


_Kind = TypeVar("_Kind", bound=EventData)


def restored(kind: type[_Kind], payload: dict[str, Any]) -> _Kind:
    """The event that `fields_of` was made from. Raises TypeError when the fields are not those of the kind."""
    values = {}
    for field in dataclasses.fields(kind):
        value = payload[field.name]
        values[field.name] = _READERS.get(field.type, _as_it_is)(value) if value is not None else None
    return kind(**values)
