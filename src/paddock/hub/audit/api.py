# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Operations on the record of what was done."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Query, Router, Schema

from paddock.hub.api.paging import Page, Paging, Slice, page_of
from paddock.hub.api.problems import REFUSALS
from paddock.hub.api.texts import Query as Words
from paddock.hub.audit.models import Entry
from paddock.hub.audit.queries import entries_within
from paddock.hub.core.request import HubRequest

router = Router()


class EntryOut(Schema):
    """One thing that somebody did."""

    id: int
    at: datetime
    actor_kind: str
    actor_id: UUID | None = None
    actor_name: str
    action: str
    subject_type: str
    subject_id: str
    subject_name: str
    details: dict[str, Any]


class EntryFilter(Paging):
    """Which entries."""

    action: Words = Field("", description='Only this one, as "release.created".')
    subject_type: Words = Field("", description='Only what was done to things of this kind, as "release".')
    subject_id: Words = Field("", description="Only what was done to this thing.")
    actor_id: UUID | None = Field(None, description="Only what this person or token did.")


@router.get("/audit", response={200: Page[EntryOut], **REFUSALS}, tags=["audit"])
def list_entries(request: HubRequest, asked: Query[EntryFilter]) -> Slice[Entry]:
    """What was done in the units whose record you may read, the newest first."""
    conditions = asked.model_dump(include={"action", "subject_type", "subject_id", "actor_id"})
    rows = entries_within(request.actor).filter(**{name: value for name, value in conditions.items() if value})
    return page_of(rows, asked, ("-id",))
