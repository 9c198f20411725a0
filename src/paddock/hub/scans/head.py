# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the head of every page of a release shows, also of those pages that other rooms bring."""

from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.products.models import Release
from paddock.hub.products.outcomes import outcome_status


def head_of(actor: Actor, release: Release, tab: str) -> dict[str, Any]:
    """The context of `scans/release_head.html`. tab: which part of the page is shown."""
    return {
        "release": release,
        "verdict": outcome_status(release.outcome),
        "tab": tab,
        "may_upload": actor.may(Permission.UPLOAD, release.product.unit.path),
    }


def policy_url(policy_id: UUID) -> str:
    """The page of a policy, which another room brings; "" where there is none."""
    try:
        return reverse("policy", args=[policy_id])
    except NoReverseMatch:
        return ""
