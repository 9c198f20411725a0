# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How an entry of the record is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from paddock.hub.audit.actions import words

if TYPE_CHECKING:
    from paddock.hub.audit.models import Entry


@dataclass(frozen=True)
class Line:
    """One entry in words. action: as it is kept, "release.created", and in words, "Release created"."""

    at: datetime
    actor: str
    kind: str
    action: str
    words: str
    subject: str
    details: str


def told(value: Any) -> str:
    """A detail in words: lists with commas, objects as "name: value", nothing for nothing."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {told(one)}" for key, one in value.items() if one not in ("", None, [], {}))
    if isinstance(value, list):
        return ", ".join(told(one) for one in value)
    return "" if value is None else str(value)


def line(entry: "Entry") -> Line:
    """The entry in words."""
    return Line(
        entry.at, entry.actor_name, entry.actor_kind, entry.action, words(entry.action), entry.subject_name,
        told(entry.details),
    )  # fmt: skip


def lines(entries: Iterable["Entry"]) -> list[Line]:
    """Each entry in words."""
    return [line(entry) for entry in entries]
