# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How programs hand documents in: for a release by its names, made where that is allowed; the file as a whole."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Unit
from paddock.hub.accounts.queries import unit_by_id, units_within
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import Invalid, NotFound
from paddock.hub.products.models import Product, Release
from paddock.hub.products.queries import products_for
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import hand_in_document
from paddock.hub.scans.services.handing_in import too_large

MAX_NAME = 200


class GivenFile(Protocol):
    """A file in a form, as Django gives it."""

    @property
    def name(self) -> str | None:
        """As the sender calls it."""

    @property
    def size(self) -> int | None:
        """In bytes."""

    def read(self) -> bytes:
        """All of it."""


def release_named(
    *,
    actor: Actor,
    product: str,
    release: str,
    now: datetime,
    unit_id: UUID | None = None,
    create: bool = False,
    is_latest: bool = False,
) -> Release:
    """The release with these names among those that the actor may see; with `create`, made where there is none.

    unit_id: where to look, and where a product is made. Raises NotFound; NotAllowed when it may not be made; Invalid
    when several products have the name, or several units could get the new one.
    """
    found = _product(actor, product, unit_id)
    if found is None and not create:
        raise NotFound(_("There is no product called %(product)s, or none that you may see.") % {"product": product})
    try:
        with transaction.atomic():
            found = found or create_product(
                actor=actor, name=product, unit=_home(actor, unit_id), now=now, permission=Permission.UPLOAD
            )
            known = Release.objects.filter(product=found, name=release).select_related("product__unit").first()
            if known is not None:
                return known
            if not create:
                raise NotFound(
                    _("%(product)s has no release called %(release)s.") % {"product": product, "release": release}
                )
            return create_release(
                actor=actor, product=found, name=release, now=now, is_latest=is_latest, permission=Permission.UPLOAD
            )
    except (IntegrityError, Invalid):
        # Somebody made the same one at this moment, as parallel builds do: theirs is as good as ours.
        known = Release.objects.filter(product=_product(actor, product, unit_id), name=release).first()
        if known is None:
            raise
        return known


def _product(actor: Actor, name: str, unit_id: UUID | None) -> Product | None:
    rows = products_for(actor).filter(name__iexact=name, archived_at=None).select_related("unit")
    if unit_id is not None:
        rows = rows.filter(unit=unit_id)
    found = list(rows[:2])
    if len(found) > 1:
        raise Invalid(
            _("Several units have a product called %(name)s. Say which, by the id of its unit or of the release.")
            % {"name": name},
            errors=("unit_id: " + _("needed to tell them apart"),),
        )
    return found[0] if found else None


def _home(actor: Actor, unit_id: UUID | None) -> Unit:
    """Where a new product belongs: the unit named, or the topmost one for which the actor may upload."""
    if unit_id is not None:
        return unit_by_id(actor, unit_id)
    reach = actor.reach(Permission.UPLOAD)
    units = list(units_within(actor, Permission.SEE_PRODUCTS).filter(path__in=reach)[:2])
    if not units and "" in reach:
        units = list(units_within(actor, Permission.SEE_PRODUCTS)[:1])
    if len(units) != 1:
        raise Invalid(
            _(
                "You may upload for more than one unit, or for none. Say where with unit_id, or use a token "
                "that is for one unit."
            ),
            errors=("unit_id: " + _("needed to make a product"),),
        )
    return units[0]


def whole(*, actor: Actor, release: Release, file: GivenFile, now: datetime) -> Intake:
    """Hand in the file as a whole. Raises TooLarge before it is read, and whatever the intake refuses."""
    if (file.size or 0) > settings.MAX_UPLOAD:
        raise too_large(file.size or 0)
    name = (file.name or "document").replace("\x00", "")[:MAX_NAME]
    return hand_in_document(actor=actor, release=release, content=file.read(), filename=name, now=now)
