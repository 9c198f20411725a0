# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Giving and ending roles."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from paddock.hub.accounts.events import GrantEnded
from paddock.hub.accounts.models import Grant, Person, Unit
from paddock.hub.accounts.permissions import require_may_give
from paddock.hub.accounts.types import Role
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import today
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed
from paddock.hub.outbox.services import publish

HUB = "hub"
"""The origin of grants that people gave here; every other origin is the name of a directory."""


def record_role(actor: Actor, grant: Grant, action: str, now: datetime, **more: object) -> None:
    """Write into the record what happened to a role, as something that happened to the person."""
    details = {"role": grant.role, "unit": grant.unit.name, "origin": grant.origin, **more}
    record(
        actor=actor, now=now, action=f"role.{action}", subject_type="person", subject_id=grant.person_id,
        subject_name=grant.person.name, unit_path=grant.unit.path, details=details,
    )  # fmt: skip


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    unit: Unit,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    deputy_of: Grant | None = None,
) -> Grant:
    """Give a person a role in a unit from `starts_on` (default: today). Nobody gives a role to themselves.

    Raises NotFound, NotAllowed, Invalid when the person has the role there in that time already, is locked out, or the
    term ends before it begins or in the past.
    """
    require_may_give(actor, role, unit.path, unit.name)
    if actor.person_id == person.id:
        raise NotAllowed(_("Nobody gives a role to themselves. Ask a colleague who may."))
    first = starts_on or today(now)
    if ends_on is not None and (ends_on < first or ends_on < today(now)):
        raise Invalid(_("The term ends before it begins."))
    locked = Person.objects.select_for_update().filter(pk=person.pk).first()
    if locked is None or not locked.is_active:
        raise Invalid(_("The account of %(person)s is locked. Unlock it first.") % {"person": person.name})
    same_time = Q(ends_on=None) | Q(ends_on__gte=first)
    if ends_on is not None:
        same_time &= Q(starts_on__lte=ends_on)
    if Grant.objects.filter(same_time, person=person, role=role, unit=unit, origin=HUB).exists():
        raise Invalid(
            _("%(person)s already is %(role)s of %(unit)s.")
            % {"person": person.name, "role": role.label, "unit": unit.name}
        )
    grant = Grant.objects.create(
        created_at=now, person=person, role=role, unit=unit, starts_on=first, ends_on=ends_on,
        deputy_of=deputy_of, granted_by_id=actor.person_id,
    )  # fmt: skip
    deputy = {"deputy of": deputy_of.person.name} if deputy_of else {}
    record_role(actor, grant, "granted", now, begins=first.isoformat(), ends=str(ends_on or ""), **deputy)
    return grant


@transaction.atomic
def appoint_deputy(
    *, actor: Actor, grant: Grant, person: Person, now: datetime, ends_on: date | None = None
) -> Grant:  # fmt: skip
    """Somebody stands in for the holder of a role: has the same role in the same unit, for as long at most.

    Raises NotFound, NotAllowed, Invalid (of a deputy, for the holder, or after the holder's own term).
    """
    if grant.deputy_of_id is not None:
        raise Invalid(_("A deputy has no deputy. Choose the grant of the person who holds the role."))
    if grant.person_id == person.id:
        raise Invalid(_("Nobody is their own deputy."))
    if grant.ends_on is not None and (ends_on is None or ends_on > grant.ends_on):
        ends_on = grant.ends_on
    return grant_role(
        actor=actor, person=person, role=Role(grant.role), unit=grant.unit, now=now, ends_on=ends_on, deputy_of=grant
    )  # fmt: skip


@transaction.atomic
def end_role(*, actor: Actor, grant: Grant, now: datetime, ends_on: date | None = None) -> Grant:
    """End a role after that day, or at once (None); the roles of deputies end with it at the latest.

    Raises NotFound, NotAllowed, Invalid for a role that a directory gave, or a day that is too early or too late;
    ChangedMeanwhile.
    """
    require_may_give(actor, Role(grant.role), grant.unit.path, grant.unit.name)
    if grant.origin != HUB:
        raise Invalid(
            _("This role comes from a group in %(origin)s. It ends when the person leaves that group.")
            % {"origin": grant.origin}
        )
    if ends_on is not None and (ends_on < today(now) or (grant.ends_on is not None and ends_on > grant.ends_on)):
        raise Invalid(_("Choose a day from today until the end of the term."))
    if grant.ends_on is not None and grant.ends_on < today(now):
        raise ChangedMeanwhile(_("This role has ended already. Nothing was changed."))
    later = Q(ends_on=None) | Q(ends_on__gt=ends_on or today(now) - timedelta(days=1))
    deputies = list(Grant.objects.select_related("person", "unit").filter(later, deputy_of=grant))
    if ends_on is None:
        close_grants(actor=actor, grants=[grant, *deputies], now=now)
        return grant
    for one in (grant, *deputies):
        _shorten(actor, one, ends_on, now)
    return grant


def _shorten(actor: Actor, grant: Grant, ends_on: date, now: datetime) -> None:
    if not Grant.objects.filter(pk=grant.pk, ends_on=grant.ends_on).update(ends_on=ends_on):
        raise ChangedMeanwhile(_("Somebody else changed this role meanwhile. Nothing was changed."))
    grant.ends_on = ends_on
    record_role(actor, grant, "ends", now, ends=ends_on.isoformat())


def close_grants(*, actor: Actor, grants: Sequence[Grant], now: datetime) -> int:
    """End grants at once, with record and event; how many. The caller has checked that the actor may.

    The last day becomes yesterday, because a term includes its last day.
    """
    yesterday = today(now) - timedelta(days=1)
    for grant in grants:
        if not Grant.objects.filter(pk=grant.pk, ends_on=grant.ends_on).update(ends_on=yesterday):
            raise ChangedMeanwhile(_("Somebody else changed this role meanwhile. Nothing was changed."))
        grant.ends_on = yesterday
        record_role(actor, grant, "ended", now)
        publish(event=GrantEnded(grant.person_id, str(grant.role), grant.unit_id), now=now)
    return len(grants)
