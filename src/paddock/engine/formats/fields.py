# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Fields of JSON values that come from anywhere and may be of any type: what is not of the type wanted is not there."""

from datetime import UTC, datetime
from typing import Any

Record = dict[str, Any]


def record(value: Any, name: str) -> Record:
    """The object in a field; an empty one where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: Any, name: str) -> list[Any]:
    """The list in a field; an empty one where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def records(value: Any, name: str) -> list[tuple[int, Record]]:
    """The objects in the list in a field, each with its place in the list; what is no object is passed over."""
    return [(index, item) for index, item in enumerate(items(value, name)) if isinstance(item, dict)]


def text(value: Any, name: str) -> str:
    """The text in a field; "" where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def texts(value: Any, name: str) -> list[str]:
    """The texts in the list in a field; what is no text is passed over."""
    return [item for item in items(value, name) if isinstance(item, str)]


def time(value: Any, name: str) -> datetime | None:
    """The time in a field, in ISO 8601; without zone it counts as UTC. None where there is none."""
    try:
        found = datetime.fromisoformat(text(value, name))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # the ends of the calendar cannot be told in another zone
    except (ValueError, OverflowError):
        return None
    return found
