# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may do what where."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.hub.accounts.models import Grant, Unit
from paddock.hub.accounts.queries import actor_for_token
from paddock.hub.accounts.services import create_token, grant_role, move_unit
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.core.actor import Actor, ActorKind, Right, system
from paddock.hub.core.errors import Invalid, NotAllowed, NotFound
from tests.hub.company import MOMENT, Company


def test_a_role_holds_in_its_unit_and_below_and_nowhere_else(company: Company) -> None:
    coordinator = company.actor(company.coordinator)
    assert coordinator.may(Permission.MANAGE_PRODUCTS, company.cars.path)
    assert coordinator.may(Permission.MANAGE_PRODUCTS, company.cockpit.path)
    assert not coordinator.may(Permission.MANAGE_PRODUCTS, company.root.path)
    assert not coordinator.may(Permission.MANAGE_PRODUCTS, company.cloud.path)


def test_a_term_that_ended_yesterday_gives_nothing(company: Company) -> None:
    Grant.objects.filter(person=company.owner).update(ends_on=MOMENT.date())
    assert company.actor(company.owner).rights
    assert not company.actor(company.owner, MOMENT + timedelta(days=1)).rights


def test_whoever_left_may_nothing(company: Company) -> None:
    company.owner.is_active = False
    assert company.actor(company.owner).rights == ()


def test_a_thing_out_of_sight_and_a_thing_that_may_not_be_touched_are_told_apart(company: Company) -> None:
    place = company.cockpit.path
    with pytest.raises(NotAllowed):
        company.actor(company.colleague).require(
            Permission.MANAGE_PRODUCTS, place, see=Permission.SEE_PRODUCTS, what="Cockpit"
        )
    with pytest.raises(NotFound):
        company.actor(company.stranger).require(
            Permission.MANAGE_PRODUCTS, place, see=Permission.SEE_PRODUCTS, what="Cockpit"
        )


def test_nobody_gives_themselves_a_role_or_makes_administrators_without_being_one(company: Company) -> None:
    with pytest.raises(NotAllowed):
        grant_role(
            actor=company.actor(company.coordinator),
            person=company.coordinator,
            role=Role.SECURITY,
            unit=company.cars,
            now=MOMENT,
        )
    with pytest.raises(NotAllowed):
        grant_role(
            actor=company.actor(company.coordinator),
            person=company.colleague,
            role=Role.ADMINISTRATOR,
            unit=company.cars,
            now=MOMENT,
        )


def test_a_unit_moves_with_everything_below_it(company: Company) -> None:
    move_unit(actor=system("tests"), unit=company.cars, parent=company.cloud, now=MOMENT)
    cars, cockpit = Unit.objects.get(pk=company.cars.pk), Unit.objects.get(pk=company.cockpit.pk)
    assert cars.path.startswith(company.cloud.path)
    assert cockpit.path.startswith(cars.path)
    with pytest.raises(Invalid):
        move_unit(actor=system("tests"), unit=cars, parent=cockpit, now=MOMENT)


def test_a_token_may_what_was_chosen_and_never_more_than_its_maker(company: Company) -> None:
    token, secret = create_token(
        actor=company.actor(company.owner),
        person=company.owner,
        name="CI",
        unit=company.cockpit,
        permissions=[Permission.UPLOAD],
        expires_at=MOMENT + timedelta(days=30),
        now=MOMENT,
    )
    assert secret not in str(vars(token))
    actor = actor_for_token(secret, MOMENT)
    assert actor is not None
    assert actor.kind is ActorKind.PROGRAM
    assert actor.may(Permission.UPLOAD, company.cockpit.path)
    assert not actor.may(Permission.MANAGE_PRODUCTS, company.cockpit.path)
    assert actor_for_token(secret, MOMENT + timedelta(days=31)) is None
    assert actor_for_token(secret + "x", MOMENT) is None
    Grant.objects.filter(person=company.owner).delete()
    stripped = actor_for_token(secret, MOMENT)
    assert stripped is not None
    assert not stripped.may(Permission.UPLOAD, company.cockpit.path)


paths = st.lists(st.sampled_from("ab"), max_size=3).map(lambda steps: "".join(f"{step}/" for step in steps))


@given(st.lists(paths, max_size=4), paths)
def test_reach_and_may_say_the_same(granted: list[str], place: str) -> None:
    actor = Actor(ActorKind.PERSON, None, "", tuple(Right(path, frozenset({"see"})) for path in granted))
    reach = actor.reach("see")
    assert actor.may("see", place) == any(place.startswith(path) for path in reach)
    assert not any(one != other and one.startswith(other) for one in reach for other in reach)
