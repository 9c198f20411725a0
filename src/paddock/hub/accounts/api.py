# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Operations on units, people, and one's own tokens."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime, StringConstraints

from paddock.hub.accounts.models import ApiToken, Person, Unit
from paddock.hub.accounts.queries import (
    people_within,
    person_by_id,
    roles_of,
    token_of,
    tokens_of,
    unit_by_id,
    units_within,
)
from paddock.hub.accounts.services import create_token, revoke_token
from paddock.hub.accounts.types import Permission
from paddock.hub.api.paging import Page, Paging, Slice, page_of
from paddock.hub.api.problems import REFUSALS
from paddock.hub.api.texts import Storable
from paddock.hub.core.actor import ActorKind
from paddock.hub.core.clock import now
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import HubRequest

router = Router()


class UnitOut(Schema):
    """A node of the organisation's tree."""

    id: UUID
    name: str
    parent_id: UUID | None = None
    legal_entity: str = Field(alias="legal_entity.name")


class PersonOut(Schema):
    """Somebody with an account."""

    id: UUID
    name: str
    email: str
    kind: str
    is_active: bool


class RoleOut(Schema):
    """What somebody is in a unit and everything below it."""

    role: str
    unit_id: UUID
    unit: str = Field(alias="unit.name")
    starts_on: date
    ends_on: date | None = None


class SelfOut(Schema):
    """Who asks."""

    kind: str
    name: str
    person_id: UUID | None
    roles: list[RoleOut]


class TokenOut(Schema):
    """An API token, without its secret."""

    id: UUID
    name: str
    prefix: str
    unit_id: UUID
    permissions: list[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


class NewTokenOut(Schema):
    """A token that was just made; nobody ever sees the secret again."""

    token: TokenOut
    secret: str


class TokenIn(Schema):
    """What a new token is for."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), Storable]
    unit_id: UUID
    permissions: list[Permission] = Field(min_length=1, max_length=50)
    expires_at: AwareDatetime


@router.get("/units", response={200: Page[UnitOut], **REFUSALS}, tags=["organisation"])
def list_units(request: HubRequest, paging: Query[Paging]) -> Slice[Unit]:
    """The units whose products you may see, parents before children."""
    return page_of(units_within(request.actor, Permission.SEE_PRODUCTS), paging, ("path",))


@router.get("/units/{unit_id}", response={200: UnitOut, **REFUSALS}, tags=["organisation"])
def get_unit(request: HubRequest, unit_id: UUID) -> Unit:
    """One unit."""
    return unit_by_id(request.actor, unit_id)


@router.get("/people", response={200: Page[PersonOut], **REFUSALS}, tags=["organisation"])
def list_people(request: HubRequest, paging: Query[Paging]) -> Slice[Person]:
    """The people of the units in which you manage people."""
    return page_of(people_within(request.actor, now()), paging, ("email",))


@router.get("/people/me", response={200: SelfOut, **REFUSALS}, tags=["organisation"])
def get_self(request: HubRequest) -> dict[str, Any]:
    """Who you are to the hub, and your roles; of a token: its maker's roles, which bound what it may."""
    actor = request.actor
    return {
        "kind": actor.kind,
        "name": actor.name,
        "person_id": actor.person_id,
        "roles": list(roles_of(actor, now())),
    }


@router.get("/people/{person_id}", response={200: PersonOut, **REFUSALS}, tags=["organisation"])
def get_person(request: HubRequest, person_id: UUID) -> Person:
    """One person of the units in which you manage people."""
    return person_by_id(request.actor, person_id, now())


@router.get("/tokens", response={200: Page[TokenOut], **REFUSALS}, tags=["tokens"])
def list_tokens(request: HubRequest, paging: Query[Paging]) -> Slice[ApiToken]:
    """Your tokens, the newest first, the revoked and expired ones too."""
    return page_of(tokens_of(request.actor), paging, ("-id",))


@router.post("/tokens", response={201: NewTokenOut, **REFUSALS}, tags=["tokens"])
def make_token(request: HubRequest, body: TokenIn) -> Status[NewTokenOut]:
    """Make a token for yourself. Only somebody who is signed in may: a token that leaked must not make others."""
    if request.actor.kind is not ActorKind.PERSON:
        raise NotAllowed(_("Tokens are made by people who are signed in, not by other tokens."))
    unit = unit_by_id(request.actor, body.unit_id)
    person = person_by_id(request.actor, request.actor.person_id, now())
    token, secret = create_token(
        actor=request.actor, person=person, name=body.name, unit=unit, permissions=body.permissions,
        expires_at=body.expires_at, now=now(),
    )  # fmt: skip
    return Status(201, NewTokenOut(token=TokenOut.from_orm(token), secret=secret))


@router.get("/tokens/{token_id}", response={200: TokenOut, **REFUSALS}, tags=["tokens"])
def get_token(request: HubRequest, token_id: UUID) -> ApiToken:
    """One of your tokens."""
    return token_of(request.actor, token_id)


@router.delete("/tokens/{token_id}", response={204: None, **REFUSALS}, tags=["tokens"])
def delete_token(request: HubRequest, token_id: UUID) -> HttpResponse:
    """Revoke one of your tokens, at once and for good. A token may revoke itself."""
    revoke_token(actor=request.actor, token=token_of(request.actor, token_id), now=now())
    return HttpResponse(status=204)
