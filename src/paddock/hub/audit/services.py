# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writing the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from paddock.hub.audit.models import Entry
from paddock.hub.core.actor import Actor


def record(
    *,
    actor: Actor,
    now: datetime,
    action: str,
    subject_type: str,
    subject_id: object,
    subject_name: str,
    unit_path: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry in the transaction of the caller; it is chained when that commits, and gone when it does not.

    details: plain JSON values; never a secret.
    """
    entry = Entry(
        at=now,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name[:200],
        action=action,
        subject_type=subject_type,
        subject_id=str(subject_id),
        subject_name=subject_name[:300],
        unit_path=unit_path,
        details=dict(details or {}),
    )
    entry.content = entry.canonical()
    entry.save(force_insert=True)
