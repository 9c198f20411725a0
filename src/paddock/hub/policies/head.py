# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the head of every page of a policy shows, also of those pages that the room `dry_runs` brings."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from paddock.hub.accounts.queries import people_who_may
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.policies.models import Policy
from paddock.hub.policies.queries import version_in_force, versions_of
from paddock.hub.policies.types import VersionState

SHOWN = 6
"""People named in a sentence; a company of ten thousand has more who may release."""


def head_of(actor: Actor, policy: Policy, tab: str) -> dict[str, Any]:
    """The context of `policies/policy_head.html`; at most two queries. tab: which part of the page is shown.

    in_force, draft: versions without their texts, or None. holds: what holds in the unit instead where nothing of the
    policy is in force.
    """
    current = {one.state: one for one in versions_of(policy).exclude(state=VersionState.REPLACED)}
    in_force = current.get(VersionState.RELEASED)
    return {
        "policy": policy,
        "in_force": in_force,
        "draft": current.get(VersionState.DRAFT),
        "holds": in_force or version_in_force(policy.unit.path),
        "tab": tab,
        "may_write": actor.may(Permission.MANAGE_POLICIES, policy.unit.path),
        "may_release": actor.may(Permission.RELEASE_POLICIES, policy.unit.path),
    }


def who_may_release(unit_path: str, moment: datetime, *, but: Iterable[Any] = ()) -> tuple[list[str], int]:
    """The names of people who may release the unit's policy, SHOWN at most, and how many more there are. Two queries.

    but: ids of people who may not, because they wrote in the draft.
    """
    people = people_who_may(Permission.RELEASE_POLICIES, unit_path, moment).exclude(pk__in=list(but))
    names = list(people.values_list("name", flat=True)[:SHOWN])
    return names, people.count() - len(names)
