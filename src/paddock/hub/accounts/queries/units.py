# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading the tree of units and who is responsible in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Grant, GroupMapping, LegalEntity, Unit
from paddock.hub.accounts.queries.rights import in_term
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound

WIDTH = 9
"""Characters of one step of a path, its slash included."""
RESPONSIBLE = (Role.OFFICE_HEAD, Role.STREAM_LEAD, Role.COORDINATOR)
"""The roles whose holders the tree shows: whom one asks about a unit."""
ARROW = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Between the names of a unit and those above it, in full names."""


def units_within(actor: Actor, permission: str) -> QuerySet[Unit]:
    """The units in which the actor has the permission, parents before children."""
    return Unit.objects.filter(actor.within(permission, "path")).select_related("legal_entity")


def unit_by_id(actor: Actor, unit_id: UUID) -> Unit:
    """The unit, when the actor may see its products. Raises NotFound."""
    unit = units_within(actor, Permission.SEE_PRODUCTS).filter(pk=unit_id).first()
    if unit is None:
        raise NotFound(_("There is no such unit, or none that you may see."))
    return unit


def root_path() -> str:
    """The path of the topmost unit; "" before there is one."""
    return Unit.objects.filter(parent=None).order_by("path").values_list("path", flat=True).first() or ""


def unit_at(path: str) -> Unit | None:
    """The unit with this path; the caller has checked that the actor may know of it."""
    return Unit.objects.filter(path=path).first()


def root_name() -> str:
    """The name of the topmost unit, that is of the company; "" before there is one."""
    return Unit.objects.filter(parent=None).order_by("path").values_list("name", flat=True).first() or ""


def steps_of(path: str) -> list[str]:
    """The paths from the root down to this one, itself included."""
    return [path[:end] for end in range(WIDTH, len(path) + 1, WIDTH)]


def units_above(unit: Unit) -> list[Unit]:
    """The units above this one, the root first."""
    return list(Unit.objects.filter(path__in=steps_of(unit.path)[:-1]))


def units_below(actor: Actor, parent: Unit | None) -> QuerySet[Unit]:
    """The units directly below `parent`, or those where the actor's sight begins, with how many each has below it."""
    seen = units_within(actor, Permission.SEE_PRODUCTS)
    top = Q(path__in=actor.reach(Permission.SEE_PRODUCTS))
    rows = seen.filter(top if parent is None else Q(parent=parent))
    return rows.annotate(below=Count("children", distinct=True)).order_by("name")


def full_names(units: Iterable[Unit]) -> Mapping[UUID, str]:
    """The name of each unit with those above it: Halden Mobility > Cars > Cockpit, with an arrow for ">". One query."""
    wanted = {unit.pk: steps_of(unit.path) for unit in units}
    names = dict(
        Unit.objects.filter(path__in={step for steps in wanted.values() for step in steps}).values_list("path", "name")
    )
    return {pk: ARROW.join(names[step] for step in steps) for pk, steps in wanted.items()}


def units_called(actor: Actor, permission: str, text: str) -> QuerySet[Unit]:
    """The units in reach whose name has this text in it: what a field offers while one types."""
    last = text.rsplit(ARROW.strip(), 1)[-1].strip()
    return units_within(actor, permission).filter(name__icontains=last).order_by("name", "path")


def unit_named(actor: Actor, permission: str, text: str) -> Unit:
    """The one unit in reach with this name or full name. Raises NotFound with what to write instead."""
    parts = [part.strip() for part in text.split(ARROW.strip())]
    found = list(units_within(actor, permission).filter(name__iexact=parts[-1])[:50])
    names = full_names(found)
    exact = [unit for unit in found if names[unit.pk].casefold() == ARROW.join(parts).casefold()]
    if len(exact) == 1 or (len(found) == 1 and len(parts) == 1):
        return (exact or found)[0]
    if not found or len(parts) > 1:
        raise NotFound(_("There is no unit called %(text)s that you may choose here.") % {"text": text})
    raise NotFound(
        _("Several units are called %(name)s. Write which: %(choice)s.")
        % {"name": parts[-1], "choice": "; ".join(sorted(names.values())[:5])}
    )


def responsible(units: Iterable[Unit], moment: datetime) -> Mapping[UUID, list[Grant]]:
    """Who has a role of responsibility in each of the units now, deputies last. One query."""
    return _holders(Q(unit__in=[unit.pk for unit in units]), moment)


def responsible_below(parent: Unit, moment: datetime) -> Mapping[UUID, list[Grant]]:
    """The same for the units directly below one. One query."""
    return _holders(Q(unit__parent=parent), moment)


def _holders(where: Q, moment: datetime) -> Mapping[UUID, list[Grant]]:
    grants = (
        Grant.objects.filter(in_term(moment), where, role__in=RESPONSIBLE)
        .select_related("person")
        .order_by("role", "created_at")
    )
    holders: dict[UUID, list[Grant]] = defaultdict(list)
    for grant in sorted(grants, key=lambda one: one.deputy_of_id is not None):
        holders[grant.unit_id].append(grant)
    return holders


def grants_in(unit: Unit) -> QuerySet[Grant]:
    """Everybody's roles in exactly this unit, past ones too, those in term first."""
    rows = Grant.objects.filter(unit=unit).select_related("person", "deputy_of__person", "granted_by", "unit")
    return rows.order_by("role", "person__name", "-starts_on")


def legal_entities() -> QuerySet[LegalEntity]:
    """All of them, with how many units each has."""
    has = (
        Unit.objects.filter(legal_entity=OuterRef("pk")).order_by().values("legal_entity").annotate(number=Count("pk"))
    )
    return LegalEntity.objects.annotate(units=Coalesce(Subquery(has.values("number")), 0))


def legal_entity_by_id(entity_id: UUID) -> LegalEntity:
    """The legal entity. Raises NotFound."""
    entity = LegalEntity.objects.filter(pk=entity_id).first()
    if entity is None:
        raise NotFound(_("There is no such legal entity."))
    return entity


def group_mappings(actor: Actor) -> QuerySet[GroupMapping]:
    """The rules from groups to roles in the units where the actor may change them."""
    return GroupMapping.objects.filter(actor.within(Permission.MANAGE_HUB)).select_related("unit")


def group_mapping_by_id(actor: Actor, mapping_id: UUID) -> GroupMapping:
    """One of those rules. Raises NotFound."""
    mapping = group_mappings(actor).filter(pk=mapping_id).first()
    if mapping is None:
        raise NotFound(_("There is no such rule, or none that you may change."))
    return mapping


def unit_search(rows: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those whose name has the text in it."""
    return rows.filter(Q(name__icontains=text)) if text else rows
