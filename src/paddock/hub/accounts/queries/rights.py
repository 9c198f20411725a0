# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people and programs may do at a moment."""

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import ApiToken, Grant, Person
from paddock.hub.accounts.types import PERMISSIONS, Permission, Role
from paddock.hub.core.actor import Actor, ActorKind, Right
from paddock.hub.core.clock import today
from paddock.hub.core.errors import NotFound


def in_term(moment: datetime) -> Q:
    """The condition of grants and memberships that hold on the day of `moment`."""
    day = today(moment)
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def rights_of(person: Person, moment: datetime) -> tuple[Right, ...]:
    """What a person may do now, from the grants in term. One query."""
    if not person.is_active:
        return ()
    grants = Grant.objects.filter(in_term(moment), person=person).values_list("role", "unit__path")
    return tuple(Right(path, PERMISSIONS[Role(role)]) for role, path in grants)


def actor_for(person: Person, moment: datetime, *, request_id: str = "") -> Actor:
    """The person as somebody who acts."""
    return Actor(ActorKind.PERSON, person.id, person.name, rights_of(person, moment), person.id, request_id)


def digest_of(secret: str) -> str:
    """What is kept of a token's secret. It has 256 random bits, so that one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_for_token(secret: str, moment: datetime, *, request_id: str = "") -> Actor | None:
    """The token as somebody who acts; None when it does not exist, has expired or was revoked, or its maker has left.

    It may do what was chosen when it was made, in its unit, and never more than its maker may now. Two queries.
    """
    token = (
        ApiToken.objects.select_related("person", "unit")
        .filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=moment, person__is_active=True)
        .first()
    )
    if token is None:
        return None
    chosen, reach = frozenset(token.permissions), token.unit.path
    rights = []
    for right in rights_of(token.person, moment):
        longer = max(right.unit_path, reach, key=len)
        if longer.startswith(right.unit_path) and longer.startswith(reach) and chosen & right.permissions:
            rights.append(Right(longer, chosen & right.permissions))
    name = f"{token.name} ({token.prefix}…)"
    return Actor(ActorKind.PROGRAM, token.id, name, tuple(rights), token.person_id, request_id)


def people_with(role: Role, unit_path: str, moment: datetime) -> QuerySet[Person]:
    """Whoever has the role in the unit or above it now, the nearest unit first is left to the caller."""
    steps = [unit_path[:end] for end in range(9, len(unit_path) + 1, 9)]
    holds: Any = Grant.objects.filter(in_term(moment), role=role, unit__path__in=steps)
    return Person.objects.filter(is_active=True, pk__in=holds.values("person"))


def roles_ending(actor: Actor, moment: datetime, last: date) -> QuerySet[Grant]:
    """The roles in term that end by that day and that nobody has prolonged: the actor's own, and those of people in
    units where the actor manages people. The first to end first."""
    longer = Grant.objects.filter(person=OuterRef("person"), role=OuterRef("role"), unit=OuterRef("unit"))
    longer = longer.filter(Q(ends_on=None) | Q(ends_on__gt=last))
    near = Q(person=actor.person_id) | actor.within(Permission.MANAGE_PEOPLE)
    found = Grant.objects.filter(in_term(moment), near, ~Exists(longer), ends_on__lte=last)
    return found.select_related("person", "unit").order_by("ends_on", "pk")


def coordinated_paths(moment: datetime) -> list[str]:
    """The paths of the units that have a FOSS coordinator now; whoever lies below one has one, too. One query."""
    found = Grant.objects.filter(in_term(moment), role=Role.COORDINATOR)
    return list(found.order_by().values_list("unit__path", flat=True).distinct())


def people_who_may(permission: str, unit_path: str, moment: datetime) -> QuerySet[Person]:
    """Whoever has the permission in the unit now, by a role there or above it, by name. One query."""
    steps = [unit_path[:end] for end in range(9, len(unit_path) + 1, 9)]
    roles = [role for role, carried in PERMISSIONS.items() if permission in carried]
    holds: Any = Grant.objects.filter(in_term(moment), role__in=roles, unit__path__in=steps)
    return Person.objects.filter(is_active=True, pk__in=holds.values("person")).order_by("name", "email")


def roles_of(actor: Actor, moment: datetime) -> QuerySet[Grant]:
    """The grants in term of the person who acts, of a token: of its maker."""
    return Grant.objects.filter(in_term(moment), person=actor.person_id).select_related("unit").order_by("id")


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of the person who acts."""
    return ApiToken.objects.filter(person=actor.person_id)


def token_of(actor: Actor, token_id: UUID) -> ApiToken:
    """One of the actor's own tokens. Raises NotFound."""
    token = tokens_of(actor).filter(pk=token_id).first()
    if token is None:
        raise NotFound(_("You have no such token."))
    return token
