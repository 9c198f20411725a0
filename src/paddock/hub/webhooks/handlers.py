# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What this room does when something happens elsewhere (config/wiring.py): it tells whoever wants to know."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from paddock.hub.core.actor import system
from paddock.hub.core.errors import NotFound
from paddock.hub.products.events import ReleaseCreated, VerdictChanged
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.events import ReleaseEvaluated
from paddock.hub.webhooks.services import announce
from paddock.hub.webhooks.types import Topic


def release_created(event: ReleaseCreated, now: datetime) -> None:
    """There is a new release."""
    _tell(Topic.RELEASE_CREATED, event.release_id, {}, now)


def release_evaluated(event: ReleaseEvaluated, now: datetime) -> None:
    """There is a new verdict about a release."""
    _tell(Topic.RELEASE_EVALUATED, event.release_id, {"evaluation_id": event.evaluation_id}, now)


def verdict_changed(event: VerdictChanged, now: datetime) -> None:
    """The verdict about a release is another than before."""
    _tell(Topic.VERDICT_CHANGED, event.release_id, {"before": event.before, "after": event.after}, now)


def _tell(topic: Topic, release_id: UUID, more: Mapping[str, Any], now: datetime) -> None:
    try:
        release = release_by_id(system("webhooks"), release_id)
    except NotFound:
        return  # it was removed meanwhile
    facts = {
        "release_id": release.id,
        "product_id": release.product_id,
        "product": release.product.name,
        "release": release.name,
        "outcome": release.outcome,
        "sentence": release.sentence,
        "violations": release.violations,
        "questions": release.questions,
        "page": f"{settings.BASE_URL}/releases/{release.id}",
        **more,
    }
    announce(topic=topic, unit_path=release.product.unit.path, facts=facts, now=now)
