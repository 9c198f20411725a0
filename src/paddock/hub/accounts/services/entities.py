# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changing legal entities: who is liable for a unit and what it ships."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import LegalEntity
from paddock.hub.accounts.queries import root_path
from paddock.hub.accounts.types import Permission
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import ChangedMeanwhile, Invalid


def _require(actor: Actor) -> str:
    root = root_path()
    actor.require(Permission.MANAGE_HUB, root, see=Permission.SEE_PRODUCTS, what=_("the legal entities"))
    return root


@transaction.atomic
def create_legal_entity(*, actor: Actor, name: str, country: str, now: datetime) -> LegalEntity:
    """A company of the group; country: two letters. Raises NotAllowed, Invalid for a name that is taken."""
    root = _require(actor)
    if LegalEntity.objects.filter(name=name).exists():
        raise Invalid(_("There already is a legal entity called %(name)s.") % {"name": name})
    entity = LegalEntity.objects.create(created_at=now, name=name, country=country.upper())
    record(
        actor=actor, now=now, action="entity.created", subject_type="entity", subject_id=entity.id, subject_name=name,
        unit_path=root, details={"country": entity.country},
    )  # fmt: skip
    return entity


@transaction.atomic
def change_legal_entity(
    *, actor: Actor, entity: LegalEntity, name: str, country: str, now: datetime
) -> LegalEntity:  # fmt: skip
    """Another name or country. Raises NotAllowed, Invalid for a taken name, ChangedMeanwhile."""
    root = _require(actor)
    before = {"name before": entity.name, "country before": entity.country}
    try:
        with transaction.atomic():
            unchanged = LegalEntity.objects.filter(pk=entity.pk, name=entity.name, country=entity.country)
            changed = unchanged.update(name=name, country=country.upper())
    except IntegrityError as error:
        raise Invalid(_("There already is a legal entity called %(name)s.") % {"name": name}) from error
    if not changed:
        raise ChangedMeanwhile(
            _("Somebody else changed %(name)s meanwhile. Nothing was changed.") % {"name": entity.name}
        )
    entity.name, entity.country = name, country.upper()
    record(
        actor=actor, now=now, action="entity.changed", subject_type="entity", subject_id=entity.id, subject_name=name,
        unit_path=root, details=before,
    )  # fmt: skip
    return entity
