# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changing people, units and roles."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from paddock.hub.accounts.models import ApiToken, Grant, LegalEntity, Membership, Person, Unit
from paddock.hub.accounts.queries import digest_of
from paddock.hub.accounts.types import Permission, PersonKind, Role
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import today
from paddock.hub.core.errors import Invalid, NotAllowed

STEP = 8
"""Characters of one step of a unit's path."""
MARK = "pdk_"
"""The beginning of every token, by which scanners for leaked secrets know it."""


@transaction.atomic
def create_unit(
    *, actor: Actor, name: str, now: datetime, parent: Unit | None = None, legal_entity: LegalEntity | None = None
) -> Unit:
    """A new unit below `parent`, or the company itself; its legal entity is the parent's when none is named.

    Raises NotAllowed, Invalid when the parent already has a unit of this name or none was given an entity.
    """
    actor.require(Permission.MANAGE_PEOPLE, parent.path if parent else "", see=Permission.SEE_PRODUCTS, what="the unit")
    entity = legal_entity or (parent.legal_entity if parent else None)
    if entity is None:
        raise Invalid("The topmost unit needs a legal entity.")
    if Unit.objects.filter(parent=parent, name=name).exists():
        raise Invalid(f"There already is a unit called {name} there.")
    siblings = Unit.objects.select_for_update().filter(parent=parent).order_by("-path").values_list("path", flat=True)
    last = siblings.first()
    number = int(last[-STEP - 1 : -1], 16) + 1 if last else 1
    path = f"{parent.path if parent else ''}{number:0{STEP}x}/"
    unit = Unit.objects.create(created_at=now, name=name, legal_entity=entity, parent=parent, path=path)
    record(
        actor=actor, now=now, action="unit.created", subject_type="unit", subject_id=unit.id, subject_name=name,
        unit_path=path,
    )  # fmt: skip
    return unit


@transaction.atomic
def move_unit(*, actor: Actor, unit: Unit, parent: Unit, now: datetime) -> Unit:
    """Hang a unit with everything below it under another one. Raises NotAllowed, Invalid when that would be a
    circle."""
    for place in (unit.path, parent.path):
        actor.require(Permission.MANAGE_PEOPLE, place, see=Permission.SEE_PRODUCTS, what=f"the unit {unit.name}")
    if parent.path.startswith(unit.path):
        raise Invalid(f"{parent.name} is a part of {unit.name}, so {unit.name} cannot be moved there.")
    Unit.objects.select_for_update().filter(pk=parent.pk).first()
    last = Unit.objects.filter(parent=parent).order_by("-path").values_list("path", flat=True).first()
    old = unit.path
    new = f"{parent.path}{(int(last[-STEP - 1 : -1], 16) if last else 0) + 1:0{STEP}x}/"
    Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()
    record(
        actor=actor, now=now, action="unit.moved", subject_type="unit", subject_id=unit.id, subject_name=unit.name,
        unit_path=new, details={"from": old},
    )  # fmt: skip
    return unit


@transaction.atomic
def create_person(
    *, actor: Actor, email: str, name: str, unit: Unit, now: datetime, kind: str = PersonKind.EMPLOYEE
) -> Person:
    """A new account without a password, and its membership from today. Raises NotAllowed, Invalid for a taken
    address."""
    actor.require(Permission.MANAGE_PEOPLE, unit.path, see=Permission.SEE_PRODUCTS, what=f"the unit {unit.name}")
    if Person.objects.filter(email__iexact=email).exists():
        raise Invalid(f"There already is an account for {email}.")
    person = Person(created_at=now, email=email, name=name, kind=kind)
    person.set_unusable_password()
    person.save(force_insert=True)
    Membership.objects.create(created_at=now, person=person, unit=unit, starts_on=today(now))
    record(
        actor=actor, now=now, action="person.created", subject_type="person", subject_id=person.id, subject_name=name,
        unit_path=unit.path,
    )  # fmt: skip
    return person


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    unit: Unit,
    now: datetime,
    ends_on: date | None = None,
    deputy_of: Grant | None = None,
) -> Grant:
    """Give a person a role in a unit from today. Nobody gives a role to themselves.

    Raises NotAllowed, Invalid when the person has the role there already or the term ends before it begins.
    """
    what = f"the unit {unit.name}"
    actor.require(Permission.MANAGE_PEOPLE, unit.path, see=Permission.SEE_PRODUCTS, what=what)
    if role in (Role.ADMINISTRATOR, Role.OFFICE_HEAD):
        actor.require(Permission.MANAGE_HUB, unit.path, see=Permission.SEE_PRODUCTS, what=what)
    if actor.person_id == person.id:
        raise NotAllowed("Nobody gives a role to themselves. Ask a colleague who may.")
    if ends_on is not None and ends_on < today(now):
        raise Invalid("The term ends before it begins.")
    if Grant.objects.filter(person=person, role=role, unit=unit, ends_on=None).exists():
        raise Invalid(f"{person.name} already is {role.label} of {unit.name}.")
    grant = Grant.objects.create(
        created_at=now, person=person, role=role, unit=unit, starts_on=today(now), ends_on=ends_on,
        deputy_of=deputy_of, granted_by_id=actor.person_id,
    )  # fmt: skip
    record(
        actor=actor, now=now, action="role.granted", subject_type="person", subject_id=person.id,
        subject_name=person.name, unit_path=unit.path, details={"role": role, "unit": unit.name},
    )  # fmt: skip
    return grant


@transaction.atomic
def create_token(
    *,
    actor: Actor,
    person: Person,
    name: str,
    unit: Unit,
    permissions: Iterable[str],
    expires_at: datetime,
    now: datetime,
) -> tuple[ApiToken, str]:
    """A new API token and its secret, which is kept nowhere. Raises NotAllowed, Invalid.

    One makes tokens for oneself only, for permissions that one has in the unit.
    """
    chosen = sorted(set(permissions))
    if actor.person_id != person.id:
        raise NotAllowed("A token acts for the person who makes it, so nobody makes one for somebody else.")
    actor.require(Permission.MANAGE_TOKENS, unit.path, see=Permission.SEE_PRODUCTS, what=f"the unit {unit.name}")
    missing = [permission for permission in chosen if not actor.may(permission, unit.path)]
    if missing or not chosen:
        raise Invalid(f"You may not give this token: {', '.join(missing)}." if missing else "Choose what it may do.")
    if expires_at <= now:
        raise Invalid("The token would already have expired.")
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        created_at=now, name=name, prefix=secret[:12], digest=digest_of(secret), person=person, unit=unit,
        permissions=chosen, expires_at=expires_at,
    )  # fmt: skip
    record(
        actor=actor, now=now, action="token.created", subject_type="token", subject_id=token.id, subject_name=name,
        unit_path=unit.path, details={"permissions": chosen, "prefix": token.prefix},
    )  # fmt: skip
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token: ApiToken, now: datetime) -> ApiToken:
    """End a token at once and for good; one that was revoked before stays as it is.

    Raises NotAllowed: a token's maker may, and whoever manages people in its unit.
    """
    if actor.person_id != token.person_id:
        actor.require(
            Permission.MANAGE_PEOPLE, token.unit.path, see=Permission.MANAGE_PEOPLE, what=f"the token {token.name}"
        )
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        record(
            actor=actor, now=now, action="token.revoked", subject_type="token", subject_id=token.id,
            subject_name=token.name, unit_path=token.unit.path, details={"prefix": token.prefix},
        )  # fmt: skip
    token.refresh_from_db()
    return token
