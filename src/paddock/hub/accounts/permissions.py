# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rules about people that a single permission does not say."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Grant, Membership, Person
from paddock.hub.accounts.queries import root_path
from paddock.hub.accounts.types import PERMISSIONS, Permission, Role, the_unit
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import today
from paddock.hub.core.errors import NotAllowed, NotFound


def may_give(actor: Actor, role: Role, unit_path: str) -> bool:
    """Whether the actor may give (and take) the role there.

    An administrator may give every role. Others who manage people give only what they have themselves, so that nobody
    gets around their own limits with the help of a second account.
    """
    if actor.may(Permission.MANAGE_HUB, unit_path):
        return True
    return actor.may(Permission.MANAGE_PEOPLE, unit_path) and all(
        actor.may(permission, unit_path) for permission in PERMISSIONS[role]
    )


def require_may_give(actor: Actor, role: Role, unit_path: str, unit_name: str) -> None:
    """Raise NotFound or NotAllowed unless `may_give`."""
    actor.require(Permission.MANAGE_PEOPLE, unit_path, see=Permission.SEE_PRODUCTS, what=the_unit(unit_name))
    if not may_give(actor, role, unit_path):
        raise NotAllowed(
            _("The role %(role)s may do things in %(unit)s that you may not, so somebody else has to give it.")
            % {"role": role.label, "unit": unit_name}
        )


def require_sees_person(actor: Actor, person: Person) -> None:
    """Raise NotFound unless the actor is that person, or the person belongs to or has a role in a unit in reach."""
    if actor.person_id == person.id or actor.may(Permission.MANAGE_PEOPLE, root_path()):
        return
    seen = Membership.objects.filter(actor.within(Permission.SEE_PRODUCTS), person=person).exists()
    if not seen and not Grant.objects.filter(actor.within(Permission.SEE_PRODUCTS), person=person).exists():
        raise NotFound(_("There is no such person, or none that you may see."))


def require_governs_person(actor: Actor, person: Person, now: datetime) -> None:
    """Raise unless the actor may do something to the whole account: let somebody in, or lock somebody out.

    That takes the right to manage people in every unit the person belongs to, and to give every role the person has:
    otherwise a coordinator could take over the account of an administrator who happens to be in the same unit.
    """
    if actor.may(Permission.MANAGE_HUB, root_path()):
        return
    require_sees_person(actor, person)
    current = Q(ends_on=None) | Q(ends_on__gte=today(now))
    places = list(Membership.objects.filter(current, person=person).values_list("unit__path", flat=True))
    roles = list(Grant.objects.filter(current, person=person).values_list("role", "unit__path"))
    if not places and not roles:
        places = list(Membership.objects.filter(person=person).values_list("unit__path", flat=True))
    allowed = all(actor.may(Permission.MANAGE_PEOPLE, place) for place in places)
    if not (places or roles) or not allowed or not all(may_give(actor, Role(role), place) for role, place in roles):
        raise NotAllowed(
            _("%(person)s belongs to units, or has roles, that you do not manage. Ask an administrator.")
            % {"person": person.name}
        )


def governs_person(actor: Actor, person: Person, now: datetime) -> bool:
    """Whether `require_governs_person` lets the actor pass: what decides if a button is shown."""
    try:
        require_governs_person(actor, person, now)
    except (NotAllowed, NotFound):
        return False
    return True
