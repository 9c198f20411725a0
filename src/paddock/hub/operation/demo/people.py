# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Founding the company: legal entities, units, people and their roles, each at its time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from paddock.hub.accounts.models import Grant, LegalEntity, Person, Unit
from paddock.hub.accounts.services import create_person, create_unit, grant_role, rename_unit
from paddock.hub.accounts.types import Role
from paddock.hub.core.actor import Actor
from paddock.hub.operation.demo.story import Organisation, PersonPlan, RolePlan
from paddock.hub.operation.first_steps import UNNAMED

At = Callable[[int], datetime]
"""From days before the demonstration to a moment."""


class Cast:
    """Units and people by the keys that the data files use."""

    def __init__(self, units: dict[str, Unit], people: dict[str, Person]) -> None:
        self.units = units
        self.people = people


def found_company(plan: Organisation, *, actor: Actor, at: At) -> Cast:
    """Make everybody. Where the hub has a topmost unit already, that is used, and named after the company
    unless somebody had given it a name."""
    begin = at(plan.founded)
    entities = {
        one.name: LegalEntity.objects.get_or_create(
            name=one.name, defaults={"country": one.country, "created_at": begin}
        )[0]
        for one in plan.legal_entities
    }
    root = Unit.objects.filter(parent=None).first()
    if root is None:
        first = entities[plan.legal_entities[0].name]
        root = create_unit(actor=actor, name=plan.name, legal_entity=first, now=begin)
    elif root.name == UNNAMED:
        root = rename_unit(actor=actor, unit=root, name=plan.name, now=begin)
    units = {"company": root}
    for one in plan.units:
        units[one.key] = create_unit(
            actor=actor, name=one.name, parent=units[one.parent or "company"], now=begin,
            legal_entity=entities.get(one.legal_entity),
        )  # fmt: skip
    cast = Cast(units, {one.key: _person(one, units, actor, begin) for one in plan.people})
    _grant_roles(plan, cast, actor, at)
    return cast


def _person(plan: PersonPlan, units: dict[str, Unit], actor: Actor, now: datetime) -> Person:
    return create_person(
        actor=actor, email=plan.email, name=plan.name, unit=units[plan.unit], kind=plan.kind, now=now
    )  # fmt: skip


def _grant_roles(plan: Organisation, cast: Cast, actor: Actor, at: At) -> None:
    given: dict[str, Grant] = {}
    for person in plan.people:
        for role in person.roles:
            given[person.key] = _grant(
                role, cast.people[person.key], cast, given, actor=actor, at=at, founded=plan.founded
            )


def _grant(
    role: RolePlan, person: Person, cast: Cast, given: dict[str, Grant], *, actor: Actor, at: At, founded: int
) -> Grant:
    begin = at(founded if role.begins is None else role.begins)
    return grant_role(
        actor=actor, person=person, role=Role(role.role), unit=cast.units[role.place], now=begin + timedelta(hours=1),
        ends_on=None if role.until is None else at(role.until).date(), deputy_of=given.get(role.deputy_of),
    )  # fmt: skip
