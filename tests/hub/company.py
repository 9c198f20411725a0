# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The company that the tests of the hub happen in."""

from dataclasses import dataclass
from datetime import UTC, datetime

from paddock.hub.accounts.models import LegalEntity, Person, Unit
from paddock.hub.accounts.queries import actor_for
from paddock.hub.accounts.services import create_person, create_unit, grant_role
from paddock.hub.accounts.types import Role
from paddock.hub.core.actor import Actor, system

MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""A Monday morning."""


@dataclass(frozen=True)
class Company:
    """root > cars > cockpit, and root > cloud. What people are called is what they are:

    admin: of everything. owner: product owner in cockpit. colleague: developer in cockpit. coordinator: of cars.
    stranger:
    developer in cloud, who must not see anything of cars. auditor: reads everything. nobody: has an account and no
    role.
    """

    root: Unit
    cars: Unit
    cockpit: Unit
    cloud: Unit
    admin: Person
    owner: Person
    colleague: Person
    coordinator: Person
    stranger: Person
    auditor: Person
    nobody: Person

    def actor(self, person: Person, at: datetime = MOMENT) -> Actor:
        """The person as somebody who acts at that moment."""
        return actor_for(person, at)


def found() -> Company:
    """Found the company at MOMENT."""
    by = system("tests")
    entity = LegalEntity.objects.create(created_at=MOMENT, name="Halden Mobility SE", country="DE")
    root = create_unit(actor=by, name="Halden Mobility", legal_entity=entity, now=MOMENT)
    cars = create_unit(actor=by, name="Cars", parent=root, now=MOMENT)
    cockpit = create_unit(actor=by, name="Cockpit", parent=cars, now=MOMENT)
    cloud = create_unit(actor=by, name="Cloud", parent=root, now=MOMENT)

    def person(name: str, unit: Unit, role: Role | None) -> Person:
        made = create_person(actor=by, email=f"{name}@halden.example", name=name.title(), unit=unit, now=MOMENT)
        if role is not None:
            grant_role(actor=by, person=made, role=role, unit=unit, now=MOMENT)
        return made

    return Company(
        root=root,
        cars=cars,
        cockpit=cockpit,
        cloud=cloud,
        admin=person("admin", root, Role.ADMINISTRATOR),
        owner=person("owner", cockpit, Role.PRODUCT_OWNER),
        colleague=person("colleague", cockpit, Role.DEVELOPER),
        coordinator=person("coordinator", cars, Role.COORDINATOR),
        stranger=person("stranger", cloud, Role.DEVELOPER),
        auditor=person("auditor", root, Role.AUDITOR),
        nobody=person("nobody", cloud, None),
    )
