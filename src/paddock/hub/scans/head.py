# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the head of every page of a release shows, also of those pages that other rooms bring."""

from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.policies.models import PolicyVersion
from paddock.hub.products.models import Release
from paddock.hub.products.outcomes import outcome_status
from paddock.hub.products.types import TRANSITIONS, ReleaseState


def head_of(actor: Actor, release: Release, tab: str) -> dict[str, Any]:
    """The context of `scans/release_head.html`. tab: which part of the page is shown."""
    return {
        "release": release,
        "verdict": outcome_status(release.outcome),
        "tab": tab,
        "may_upload": actor.may(Permission.UPLOAD, release.product.unit.path),
        "next_states": following(release) if actor.may(Permission.MANAGE_PRODUCTS, release.product.unit.path) else [],
    }


def following(release: Release) -> list[ReleaseState]:
    """The states that may come next, in the order of a release's life."""
    return [state for state in ReleaseState if state in TRANSITIONS[ReleaseState(release.state)]]


def policy_url(version: PolicyVersion | None) -> str:
    """The page of a version of a policy (None: of the policy that comes with Paddock), which another room brings; ""
    where there is none."""
    pages: list[tuple[str, list[UUID | int]]] = [("shipped-policy", [])]
    if version is not None:
        pages = [("policy-version", [version.policy_id, version.number]), ("policy", [version.policy_id])]
    for name, arguments in pages:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""
