# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changing the tree of units."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import LegalEntity, Unit
from paddock.hub.accounts.types import Permission, the_unit
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import ChangedMeanwhile, Invalid

STEP = 8
"""Characters of one step of a unit's path."""
MOST_STEPS = 20
"""How deep the tree may get: a path has 180 characters."""


def _next_step() -> str:
    """A step that no unit ever had: whoever reads the record by paths never meets another unit's past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('accounts_unit_step')")
        return f"{cursor.fetchone()[0]:0{STEP}x}/"


def _require_depth(steps: int) -> None:
    if steps > MOST_STEPS:
        raise Invalid(_("Units can be nested %(most)s deep. Choose a unit further up.") % {"most": MOST_STEPS})


@transaction.atomic
def create_unit(
    *, actor: Actor, name: str, now: datetime, parent: Unit | None = None, legal_entity: LegalEntity | None = None
) -> Unit:
    """A new unit below `parent`, or the company itself; its legal entity is the parent's when none is named.

    Raises NotAllowed, Invalid when the parent already has a unit of this name or none was given an entity.
    """
    actor.require(
        Permission.MANAGE_PEOPLE, parent.path if parent else "", see=Permission.SEE_PRODUCTS, what=_("the unit")
    )
    entity = legal_entity or (parent.legal_entity if parent else None)
    if entity is None:
        raise Invalid(_("The topmost unit needs a legal entity."))
    above = ""
    if parent is not None:
        above = Unit.objects.select_for_update().values_list("path", flat=True).get(pk=parent.pk)
        _require_depth(len(above) // (STEP + 1) + 1)
    if Unit.objects.filter(parent=parent, name=name).exists():
        raise Invalid(_("There already is a unit called %(name)s there.") % {"name": name})
    unit = Unit.objects.create(
        created_at=now, name=name, legal_entity=entity, parent=parent, path=above + _next_step()
    )  # fmt: skip
    record(
        actor=actor, now=now, action="unit.created", subject_type="unit", subject_id=unit.id, subject_name=name,
        unit_path=unit.path,
    )  # fmt: skip
    return unit


@transaction.atomic
def rename_unit(*, actor: Actor, unit: Unit, name: str, now: datetime, legal_entity: LegalEntity | None = None) -> Unit:
    """Give a unit another name, and another legal entity where one is named.

    Raises NotAllowed, Invalid for a name that a neighbour has, ChangedMeanwhile when somebody else was faster.
    """
    actor.require(
        Permission.MANAGE_PEOPLE, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name)
    )  # fmt: skip
    entity = legal_entity or unit.legal_entity
    try:
        with transaction.atomic():
            changed = Unit.objects.filter(pk=unit.pk, name=unit.name).update(name=name, legal_entity=entity)
    except IntegrityError as error:
        raise Invalid(_("There already is a unit called %(name)s there.") % {"name": name}) from error
    if not changed:
        raise ChangedMeanwhile(
            _("Somebody else renamed %(unit)s meanwhile. Nothing was changed.") % {"unit": unit.name}
        )
    old, unit.name, unit.legal_entity = unit.name, name, entity
    record(
        actor=actor, now=now, action="unit.changed", subject_type="unit", subject_id=unit.id, subject_name=name,
        unit_path=unit.path, details={"name before": old, "legal entity": entity.name},
    )  # fmt: skip
    return unit


@transaction.atomic
def move_unit(*, actor: Actor, unit: Unit, parent: Unit, now: datetime) -> Unit:
    """Hang a unit with everything below it under another one.

    Raises NotAllowed, Invalid when that would be a circle, too deep, or beside a unit of the same name.
    """
    places = dict(Unit.objects.select_for_update().filter(pk__in=(unit.pk, parent.pk)).values_list("pk", "path"))
    old, above = places[unit.pk], places[parent.pk]
    for place in (old, above):
        actor.require(Permission.MANAGE_PEOPLE, place, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))
    if above.startswith(old):
        raise Invalid(
            _("%(parent)s is a part of %(unit)s, so %(unit)s cannot be moved there.")
            % {"parent": parent.name, "unit": unit.name}
        )
    new = above + old[-STEP - 1 :]
    longest = max(len(path) for path in Unit.objects.filter(path__startswith=old).values_list("path", flat=True))
    _require_depth((longest - len(old) + len(new)) // (STEP + 1))
    if Unit.objects.filter(parent=parent, name=unit.name).exclude(pk=unit.pk).exists():
        raise Invalid(
            _("%(parent)s already has a unit called %(unit)s. Rename one of them first.")
            % {"parent": parent.name, "unit": unit.name}
        )
    Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()
    record(
        actor=actor, now=now, action="unit.moved", subject_type="unit", subject_id=unit.id, subject_name=unit.name,
        unit_path=new, details={"from": old, "below": parent.name},
    )  # fmt: skip
    return unit
