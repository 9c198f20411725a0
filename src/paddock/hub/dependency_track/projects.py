# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Our releases as their projects."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from paddock.hub.core.actor import Actor
from paddock.hub.products.models import Release
from paddock.hub.products.queries import releases_for
from paddock.hub.products.types import ReleaseState
from paddock.hub.scans.queries import intakes_of
from paddock.hub.scans.types import IntakeState


def milliseconds(moment: datetime | None) -> int | None:
    """A moment as they write it: milliseconds since 1970."""
    return None if moment is None else int(moment.timestamp() * 1000)


def projects_for(actor: Actor) -> QuerySet[Release]:
    """The releases that the actor may see, in a stable order."""
    return releases_for(actor).filter(product__archived_at=None).select_related("product").order_by("-id")


def is_active(release: Release) -> bool:
    """Whether their lists show it as active."""
    return release.state != ReleaseState.ENDED and release.product.archived_at is None


def project(release: Release, *, with_import: bool = True) -> dict[str, Any]:
    """The project object. with_import: look up which document was taken in last; lists leave it out."""
    shown = {
        "uuid": str(release.id),
        "name": release.product.name,
        "version": release.name,
        "description": release.product.description,
        "classifier": "APPLICATION",
        "active": is_active(release),
        "isLatest": release.is_latest,
        "tags": [{"name": tag} for tag in release.product.tags],
        "lastBomImport": milliseconds(release.evaluated_at),
        "lastBomImportFormat": None,
        "lastInheritedRiskScore": None,
    }
    if with_import:
        last = intakes_of(release).filter(state=IntakeState.DONE).select_related("document").order_by("-id").first()
        if last is not None:
            shown["lastBomImport"] = milliseconds(last.finished_at)
            shown["lastBomImportFormat"] = last.document.format if last.document else None
    return {name: value for name, value in shown.items() if value is not None}
