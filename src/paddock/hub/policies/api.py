# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Operations on policies: reading them. They are written and released on their pages, with a dry run first."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from paddock.hub.accounts.types import Permission
from paddock.hub.api.paging import Page, Paging, Slice, page_of
from paddock.hub.api.problems import REFUSALS
from paddock.hub.api.texts import Number
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound
from paddock.hub.core.request import HubRequest
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.types import VersionState

router = Router(tags=["policies"])


class PolicyOut(Schema):
    """The rules of a unit and of everything below it that has none of its own."""

    id: UUID
    name: str
    unit_id: UUID
    created_at: datetime


class VersionOut(Schema):
    """One text of a policy."""

    id: UUID
    policy_id: UUID
    number: int
    state: VersionState
    note: str
    sha256: str
    created_at: datetime
    released_at: datetime | None = None


class VersionText(VersionOut):
    """One text of a policy, with the text."""

    content: str = Field(description="YAML, as docs/policy.md describes it.")


@router.get("/policies", response={200: Page[PolicyOut], **REFUSALS})
def list_policies(request: HubRequest, paging: Query[Paging]) -> Slice[Policy]:
    """The policies of the units whose products you may see, the newest first."""
    return page_of(_policies(request.actor), paging, ("-id",))


@router.get("/policies/{policy_id}", response={200: PolicyOut, **REFUSALS})
def get_policy(request: HubRequest, policy_id: UUID) -> Policy:
    """One policy."""
    return _policy(request.actor, policy_id)


@router.get("/policies/{policy_id}/versions", response={200: Page[VersionOut], **REFUSALS})
def list_versions(request: HubRequest, policy_id: UUID, paging: Query[Paging]) -> Slice[PolicyVersion]:
    """The versions of a policy, the newest first."""
    return page_of(PolicyVersion.objects.filter(policy=_policy(request.actor, policy_id)), paging, ("-number",))


@router.get("/policies/{policy_id}/versions/{number}", response={200: VersionText, **REFUSALS})
def get_version(request: HubRequest, policy_id: UUID, number: Number) -> PolicyVersion:
    """One version of a policy, with its text."""
    found = PolicyVersion.objects.filter(policy=_policy(request.actor, policy_id), number=number).first()
    if found is None:
        raise NotFound(_("The policy has no version of this number."))
    return found


def _policies(actor: Actor) -> QuerySet[Policy]:
    return Policy.objects.filter(actor.within(Permission.SEE_PRODUCTS))


def _policy(actor: Actor, policy_id: UUID) -> Policy:
    found = _policies(actor).filter(pk=policy_id).first()
    if found is None:
        raise NotFound(_("There is no such policy, or none that you may see."))
    return found
