# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Roles that come from the groups of a company's directory."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Grant, GroupMapping, Person, Unit
from paddock.hub.accounts.queries import in_term
from paddock.hub.accounts.services.people import place_of
from paddock.hub.accounts.services.roles import HUB, close_grants, record_role
from paddock.hub.accounts.types import Permission, Role, the_unit
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor, system
from paddock.hub.core.clock import today
from paddock.hub.core.errors import Invalid


class GroupsUnknown(NamedTuple):
    """The directory did not say which groups somebody is in; reason: why, as far as it told."""

    reason: str


class _Wanted(NamedTuple):
    role: str
    unit_id: UUID


def _record_mapping(actor: Actor, mapping: GroupMapping, action: str, now: datetime) -> None:
    record(
        actor=actor, now=now, action=f"group.{action}", subject_type="group", subject_id=mapping.id,
        subject_name=f"{mapping.provider}: {mapping.group}"[:300], unit_path=mapping.unit.path,
        details={"role": mapping.role, "unit": mapping.unit.name},
    )  # fmt: skip


@transaction.atomic
def map_group(*, actor: Actor, provider: str, group: str, role: Role, unit: Unit, now: datetime) -> GroupMapping:
    """Whoever signs in through the provider and is in the group gets the role in the unit.

    Raises NotFound, NotAllowed, Invalid for a rule that is there already.
    """
    actor.require(Permission.MANAGE_HUB, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))
    if provider == HUB or not provider or not group:
        raise Invalid(_("Name the provider and one of its groups."))
    mapping, made = GroupMapping.objects.get_or_create(
        provider=provider, group=group, role=role, unit=unit, defaults={"created_at": now}
    )  # fmt: skip
    if not made:
        raise Invalid(_("The group %(group)s gives this role there already.") % {"group": group})
    _record_mapping(actor, mapping, "mapped", now)
    return mapping


@transaction.atomic
def unmap_group(*, actor: Actor, mapping: GroupMapping, now: datetime) -> None:
    """The group no longer gives the role; who has it keeps it until their next sign-in. Raises NotFound, NotAllowed."""
    unit = mapping.unit
    actor.require(Permission.MANAGE_HUB, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))
    if GroupMapping.objects.filter(pk=mapping.pk).delete()[0]:
        _record_mapping(actor, mapping, "unmapped", now)


@transaction.atomic
def follow_groups(
    *, person: Person, provider: str, groups: Iterable[str] | GroupsUnknown, now: datetime
) -> tuple[int, int]:
    """Give and end the roles that the provider's groups decide; how many were given and ended.

    Grants that people gave in the hub, or another directory, are not touched. When the directory did not say which
    groups there are, nothing changes and the record says so: "could not tell" takes nobody's role away.
    """
    actor = system(f"sign-in through {provider}")
    if isinstance(groups, GroupsUnknown):
        record(
            actor=actor, now=now, action="groups.unknown", subject_type="person", subject_id=person.id,
            subject_name=person.name, unit_path=place_of(person), details={"reason": groups.reason},
        )  # fmt: skip
        return 0, 0
    Person.objects.select_for_update().filter(pk=person.pk).first()
    rules = GroupMapping.objects.filter(provider=provider, group__in=set(groups))
    wanted = {_Wanted(role, unit) for role, unit in rules.values_list("role", "unit_id")}
    held = Grant.objects.select_related("person", "unit").filter(in_term(now), person=person, origin=provider)
    surplus = [grant for grant in held if _Wanted(grant.role, grant.unit_id) not in wanted]
    missing = sorted(wanted - {_Wanted(grant.role, grant.unit_id) for grant in held})
    for role, unit_id in missing:
        unit = Unit.objects.get(pk=unit_id)
        grant = Grant.objects.create(
            created_at=now, person=person, role=role, unit=unit, starts_on=today(now), origin=provider
        )  # fmt: skip
        record_role(actor, grant, "granted", now)
    return len(missing), close_grants(actor=actor, grants=surplus, now=now)
