# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changing accounts, and where people belong."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import ApiToken, Grant, Membership, Person, Unit
from paddock.hub.accounts.permissions import require_governs_person
from paddock.hub.accounts.queries import in_term
from paddock.hub.accounts.services.roles import close_grants
from paddock.hub.accounts.types import Permission, PersonKind, Theme, the_unit
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import today
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed


def _record(actor: Actor, person: Person, action: str, now: datetime, place: str = "", **details: object) -> None:
    record(
        actor=actor, now=now, action=f"person.{action}", subject_type="person", subject_id=person.id,
        subject_name=person.name, unit_path=place or place_of(person), details=details,
    )  # fmt: skip


def place_of(person: Person) -> str:
    """The path of the unit that a person joined last: whoever may read its record may read about the person."""
    paths = Membership.objects.filter(person=person).order_by("-starts_on", "-id").values_list("unit__path", flat=True)
    return paths.first() or ""


def _require_manages(actor: Actor, unit: Unit) -> None:
    actor.require(Permission.MANAGE_PEOPLE, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))


@transaction.atomic
def create_person(
    *, actor: Actor, email: str, name: str, unit: Unit, now: datetime, kind: str = PersonKind.EMPLOYEE
) -> Person:
    """A new account without a password, and its membership from today. Raises NotAllowed, Invalid for a taken
    address."""
    _require_manages(actor, unit)
    if Person.objects.filter(email__iexact=email).exists():
        raise Invalid(_("There already is an account for %(email)s.") % {"email": email})
    person = Person(created_at=now, email=email, name=name, kind=kind)
    person.set_unusable_password()
    person.save(force_insert=True)
    Membership.objects.create(created_at=now, person=person, unit=unit, starts_on=today(now))
    _record(actor, person, "created", now, unit.path, unit=unit.name)
    return person


@transaction.atomic
def change_person(*, actor: Actor, person: Person, email: str, name: str, kind: str, now: datetime) -> Person:
    """Another name, address or kind. Raises NotFound, NotAllowed, Invalid for a taken address, ChangedMeanwhile.

    The address is what somebody signs in with, so that changing it takes the same right as letting somebody in.
    """
    require_governs_person(actor, person, now)
    if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Invalid(_("There already is an account for %(email)s.") % {"email": email})
    unchanged = Person.objects.filter(pk=person.pk, email=person.email, name=person.name, kind=person.kind)
    if not unchanged.update(email=email, name=name, kind=kind):
        raise ChangedMeanwhile(
            _("Somebody else changed %(name)s meanwhile. Nothing was changed.") % {"name": person.name}
        )
    before = {"name": person.name, "email": person.email, "kind": person.kind}
    person.email, person.name, person.kind = email, name, kind
    _record(actor, person, "changed", now, before=before)
    return person


@transaction.atomic
def join_unit(
    *, actor: Actor, person: Person, unit: Unit, now: datetime, starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:  # fmt: skip
    """The person belongs to the unit from `starts_on` (default: today) until `ends_on` (None: open).

    Raises NotFound, NotAllowed, Invalid for a term that ends before it begins or overlaps an earlier one there.
    """
    _require_manages(actor, unit)
    first = starts_on or today(now)
    if ends_on is not None and ends_on < first:
        raise Invalid(_("The membership ends before it begins."))
    Person.objects.select_for_update().filter(pk=person.pk).first()
    overlaps = Q(ends_on=None) | Q(ends_on__gte=first)
    if ends_on is not None:
        overlaps &= Q(starts_on__lte=ends_on)
    if Membership.objects.filter(overlaps, person=person, unit=unit).exists():
        raise Invalid(
            _("%(person)s already belongs to %(unit)s in that time.") % {"person": person.name, "unit": unit.name}
        )
    joined = Membership.objects.create(
        created_at=now, person=person, unit=unit, starts_on=first, ends_on=ends_on
    )  # fmt: skip
    _record(actor, person, "joined", now, unit.path, unit=unit.name, begins=first.isoformat(), ends=str(ends_on or ""))
    return joined


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, ends_on: date, now: datetime) -> Membership:
    """The person belongs to the unit until that day. Raises NotFound, NotAllowed, Invalid, ChangedMeanwhile."""
    unit, person = membership.unit, membership.person
    _require_manages(actor, unit)
    if ends_on < membership.starts_on:
        raise Invalid(_("The membership would end before it begins."))
    if not Membership.objects.filter(pk=membership.pk, ends_on=membership.ends_on).update(ends_on=ends_on):
        raise ChangedMeanwhile(_("Somebody else changed this membership meanwhile. Nothing was changed."))
    membership.ends_on = ends_on
    _record(actor, person, "left", now, unit.path, unit=unit.name, ends=ends_on.isoformat())
    return membership


@transaction.atomic
def deactivate_person(*, actor: Actor, person: Person, now: datetime) -> Person:
    """Lock an account: it cannot sign in, its sessions and tokens end at once, and so do its roles and memberships.

    Nothing it did is touched. Raises NotFound, NotAllowed (also for one's own account), ChangedMeanwhile.
    """
    require_governs_person(actor, person, now)
    if actor.person_id == person.id:
        raise NotAllowed(_("Nobody locks their own account. Ask a colleague who may."))
    place, day = place_of(person), today(now)
    if not Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise ChangedMeanwhile(_("The account of %(person)s is locked already.") % {"person": person.name})
    person.is_active = False
    tokens = ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    current = Q(ends_on=None) | Q(ends_on__gte=day)
    roles = close_grants(actor=actor, grants=list(Grant.objects.filter(current, person=person)), now=now)
    open_memberships = Membership.objects.filter(current, person=person)
    open_memberships.filter(starts_on__gt=day).delete()
    open_memberships.update(ends_on=day)
    _record(actor, person, "deactivated", now, place, roles=roles, tokens=tokens)
    return person


@transaction.atomic
def reactivate_person(*, actor: Actor, person: Person, unit: Unit, now: datetime) -> Person:
    """Unlock an account as member of a unit; roles are given anew. Raises NotFound, NotAllowed, ChangedMeanwhile."""
    _require_manages(actor, unit)
    require_governs_person(actor, person, now)
    if not Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise ChangedMeanwhile(_("The account of %(person)s is not locked.") % {"person": person.name})
    person.is_active = True
    day = today(now)
    current = Membership.objects.filter(in_term(now), person=person, unit=unit).exists()
    Membership.objects.create(
        created_at=now, person=person, unit=unit, starts_on=day + timedelta(days=1) if current else day
    )  # fmt: skip
    _record(actor, person, "reactivated", now, unit.path, unit=unit.name)
    return person


@transaction.atomic
def change_settings(
    *, actor: Actor, person: Person, name: str, language: str, theme: str, now: datetime
) -> Person:  # fmt: skip
    """What people choose for themselves. Raises NotAllowed for another one's account, Invalid for an unknown choice."""
    if actor.person_id != person.id:
        raise NotAllowed(_("Everybody chooses these for themselves."))
    if language not in dict(settings.LANGUAGES) or theme not in Theme.values:
        raise Invalid(_("There is no such language or theme."))
    wanted = {"name": name, "language": language, "theme": theme}
    changed = {field: value for field, value in wanted.items() if getattr(person, field) != value}
    if not changed:
        return person
    Person.objects.filter(pk=person.pk).update(**changed)
    for field, value in changed.items():
        setattr(person, field, value)
    _record(actor, person, "settings-changed", now, **changed)
    return person
