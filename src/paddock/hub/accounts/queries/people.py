# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading people, where they belong and which roles they have."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import ApiToken, Grant, Membership, Person
from paddock.hub.accounts.queries.rights import in_term
from paddock.hub.accounts.queries.units import root_path
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound


def people_within(actor: Actor, moment: datetime) -> QuerySet[Person]:
    """The people who work now in a unit in which the actor manages people; the actor, too."""
    works: Any = Membership.objects.filter(in_term(moment), actor.within(Permission.MANAGE_PEOPLE))
    return Person.objects.filter(Q(pk=actor.person_id) | Q(pk__in=works.values("person")))


def person_by_id(actor: Actor, person_id: UUID | None, moment: datetime) -> Person:
    """The person, when the actor manages people where they work. Raises NotFound."""
    person = people_within(actor, moment).filter(pk=person_id).first() if person_id else None
    if person is None:
        raise NotFound(_("There is no such person, or none that you may see."))
    return person


def people_seen_by(actor: Actor) -> QuerySet[Person]:
    """Whoever belongs or belonged to a unit in sight or has or had a role there; the actor, too.

    Whoever manages people in the whole company sees everybody, also accounts that belong nowhere yet.
    """
    root = root_path()
    if actor.may(Permission.MANAGE_PEOPLE, root):
        return Person.objects.all()
    works: Any = Membership.objects.filter(actor.within(Permission.SEE_PRODUCTS))
    holds: Any = Grant.objects.filter(actor.within(Permission.SEE_PRODUCTS))
    seen = Q(pk=actor.person_id) | Q(pk__in=works.values("person")) | Q(pk__in=holds.values("person"))
    return Person.objects.filter(seen)


def person_seen_by(actor: Actor, person_id: UUID) -> Person:
    """The person, when the actor may know of them. Raises NotFound."""
    person = people_seen_by(actor).filter(pk=person_id).first()
    if person is None:
        raise NotFound(_("There is no such person, or none that you may see."))
    return person


def person_addressed(actor: Actor, text: str) -> Person:
    """The one person in sight with this address, or this name. Raises NotFound with what to write instead."""
    wanted = text.rsplit("<", 1)[-1].rstrip("> ").strip() if text.endswith(">") else text.strip()
    found = list(people_seen_by(actor).filter(Q(email__iexact=wanted) | Q(name__iexact=wanted))[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(_("Several people are called %(wanted)s. Write the address instead.") % {"wanted": wanted})
    raise NotFound(_("There is nobody called %(wanted)s whom you may see. Invite them first.") % {"wanted": wanted})


def with_places(people: QuerySet[Person], actor: Actor, moment: datetime) -> QuerySet[Person]:
    """The same people, each with `places` and `roles` in term as far as the actor may see them: two more queries."""
    places = Membership.objects.filter(in_term(moment), actor.within(Permission.SEE_PRODUCTS)).select_related("unit")
    roles = Grant.objects.filter(in_term(moment), actor.within(Permission.SEE_PRODUCTS)).select_related("unit")
    return people.prefetch_related(
        Prefetch("memberships", places.order_by("unit__name"), to_attr="places"),
        Prefetch("grants", roles.order_by("role"), to_attr="roles"),
    )


def names_of(ids: Collection[UUID]) -> list[str]:
    """What these people are called, sorted; the caller has checked that the actor may know. One query."""
    return list(Person.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))


def people_called(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those with the text in name or address."""
    return people.filter(Q(name__icontains=text) | Q(email__icontains=text)) if text else people


def memberships_of(actor: Actor, person: Person) -> QuerySet[Membership]:
    """Where the person belongs and belonged, as far as the actor may see it, the latest first."""
    own = Q() if actor.person_id == person.id else actor.within(Permission.SEE_PRODUCTS)
    return Membership.objects.filter(own, person=person).select_related("unit", "person").order_by("-starts_on", "-id")


def grants_of(actor: Actor, person: Person) -> QuerySet[Grant]:
    """The roles the person has and had, as far as the actor may see them, the latest first."""
    own = Q() if actor.person_id == person.id else actor.within(Permission.SEE_PRODUCTS)
    rows = Grant.objects.filter(own, person=person).select_related("unit", "deputy_of__person", "granted_by", "person")
    return rows.order_by("-starts_on", "-id")


def membership_by_id(actor: Actor, membership_id: UUID) -> Membership:
    """One membership in sight. Raises NotFound."""
    rows = Membership.objects.filter(actor.within(Permission.SEE_PRODUCTS)).select_related("unit", "person")
    found = rows.filter(pk=membership_id).first()
    if found is None:
        raise NotFound(_("There is no such membership, or none that you may see."))
    return found


def grant_by_id(actor: Actor, grant_id: UUID) -> Grant:
    """One grant in sight. Raises NotFound."""
    rows = Grant.objects.filter(actor.within(Permission.SEE_PRODUCTS)).select_related("unit", "person")
    found = rows.filter(pk=grant_id).first()
    if found is None:
        raise NotFound(_("There is no such role, or none that you may see."))
    return found


def tokens_made_by(actor: Actor, person: Person) -> QuerySet[ApiToken]:
    """The person's tokens: all of one's own, of others those in units whose people the actor manages."""
    reach = Q() if actor.person_id == person.id else actor.within(Permission.MANAGE_PEOPLE)
    return ApiToken.objects.filter(reach, person=person).select_related("unit").order_by("-created_at")
