# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Changing products and releases."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Person, Unit
from paddock.hub.accounts.types import Permission, the_unit
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import ChangedMeanwhile, Invalid
from paddock.hub.outbox.services import publish
from paddock.hub.products.events import ReleaseCreated, RulesOfProductChanged, VerdictChanged
from paddock.hub.products.models import Product, Release, Repository
from paddock.hub.products.types import TRANSITIONS, Criticality, Distribution, Outcome, ReleaseState, the_product

CHANGEABLE = frozenset({"name", "description", "owner", "distribution", "criticality", "support_ends_on", "tags"})
"""What may be changed about a product; its unit is changed by moving it."""
MAX_NAME = 200
_SCHEMES = ("https://", "ssh://", "git@")


@transaction.atomic
def create_product(
    *,
    actor: Actor,
    name: str,
    unit: Unit,
    now: datetime,
    distribution: str = Distribution.EMBEDDED,
    criticality: str = Criticality.MEDIUM,
    description: str = "",
    owner: Person | None = None,
    support_ends_on: date | None = None,
    tags: Sequence[str] = (),
    permission: str = Permission.MANAGE_PRODUCTS,
) -> Product:
    """A new product of the unit.

    permission: what the actor needs; uploads that make what they belong to ask for UPLOAD. Raises NotFound, NotAllowed,
    Invalid for an empty, too long or taken name.
    """
    actor.require(permission, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))
    product = Product(
        created_at=now, name=_name(name), unit=unit, distribution=Distribution(distribution), owner=owner,
        criticality=Criticality(criticality), description=description, support_ends_on=support_ends_on,
        tags=list(tags),
    )  # fmt: skip
    _save_new(product, _taken(name, unit.name))
    _audit(actor, now, "product.created", product)
    return product


@transaction.atomic
def update_product(*, actor: Actor, product: Product, now: datetime, changes: Mapping[str, Any]) -> Product:
    """Change what CHANGEABLE names. Raises NotFound, NotAllowed, Invalid."""
    _require(actor, product, Permission.MANAGE_PRODUCTS)
    unknown = sorted(set(changes) - CHANGEABLE)
    if unknown:
        raise Invalid(
            _("Some of this cannot be changed."), errors=tuple(f"{name}: {_('not changeable')}" for name in unknown)
        )
    values = {**changes, **({"name": _name(changes["name"])} if "name" in changes else {})}
    before = {name: str(getattr(product, name)) for name in values}
    try:
        with transaction.atomic():
            Product.objects.filter(pk=product.pk).update(**values)
    except IntegrityError as error:
        raise Invalid(_taken(values.get("name", ""), product.unit.name)) from error
    product.refresh_from_db()
    changed = {name: [before[name], str(getattr(product, name))] for name in values}
    changed = {key: pair for key, pair in changed.items() if pair[0] != pair[1]}
    if changed:
        _audit(actor, now, "product.changed", product, changed)
    if "distribution" in changed:
        publish(event=RulesOfProductChanged(product.id), now=now)
    return product


@transaction.atomic
def move_product(*, actor: Actor, product: Product, unit: Unit, now: datetime) -> Product:
    """Have another unit answer for a product: its people see it from now on, its rules hold.

    Whoever moves it manages products on both sides. Raises NotFound, NotAllowed, Invalid where the unit has it already
    or has a product of this name.
    """
    _require(actor, product, Permission.MANAGE_PRODUCTS)
    actor.require(Permission.MANAGE_PRODUCTS, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))
    before = product.unit.name
    if product.unit_id == unit.pk:
        raise Invalid(_("%(name)s already belongs to %(unit)s.") % {"name": product.name, "unit": unit.name})
    try:
        with transaction.atomic():
            Product.objects.filter(pk=product.pk).update(unit=unit)
    except IntegrityError as error:
        raise Invalid(_taken(product.name, unit.name)) from error
    _audit(actor, now, "product.moved", product, {"from": before, "to": unit.name})
    product.refresh_from_db()
    _audit(actor, now, "product.received", product, {"from": before, "to": unit.name})
    publish(event=RulesOfProductChanged(product.id), now=now)
    return product


@transaction.atomic
def archive_product(*, actor: Actor, product: Product, now: datetime, back: bool = False) -> Product:
    """Take a product out of lists, or (`back`) into them again; nothing of it is lost. Raises NotFound, NotAllowed,
    ChangedMeanwhile when somebody did so already."""
    _require(actor, product, Permission.MANAGE_PRODUCTS)
    expected = Product.objects.filter(pk=product.pk, archived_at__isnull=not back)
    if expected.update(archived_at=None if back else now) != 1:
        told = _("%(name)s is in use already.") if back else _("%(name)s is archived already.")
        raise ChangedMeanwhile(told % {"name": product.name})
    product.refresh_from_db()
    _audit(actor, now, "product.restored" if back else "product.archived", product)
    return product


@transaction.atomic
def create_release(
    *,
    actor: Actor,
    product: Product,
    name: str,
    now: datetime,
    is_latest: bool = False,
    permission: str = Permission.MANAGE_PRODUCTS,
) -> Release:
    """A new release, in development. Raises NotFound, NotAllowed, Invalid for an empty, too long or taken name."""
    _require(actor, product, permission)
    if is_latest:
        Release.objects.filter(product=product, is_latest=True).update(is_latest=False)
    release = Release(created_at=now, product=product, name=_name(name), is_latest=is_latest)
    _save_new(release, _("%(product)s already has a release %(name)s.") % {"product": product.name, "name": name})
    record(
        actor=actor, now=now, action="release.created", subject_type="release", subject_id=release.id,
        subject_name=f"{product.name} {release.name}", unit_path=product.unit.path,
    )  # fmt: skip
    publish(event=ReleaseCreated(release.id), now=now)
    return release


@transaction.atomic
def change_release_state(*, actor: Actor, release: Release, to: ReleaseState, now: datetime) -> Release:
    """Move a release on in its life. Raises NotFound, NotAllowed, Invalid for a step that there is not,
    ChangedMeanwhile."""
    _require(actor, release.product, Permission.MANAGE_PRODUCTS)
    state = ReleaseState(release.state)
    if to not in TRANSITIONS[state]:
        raise Invalid(
            _("A release that is “%(state)s” cannot become “%(to)s”.") % {"state": state.label, "to": to.label}
        )
    if Release.objects.filter(pk=release.pk, state=state).update(state=to) != 1:
        raise ChangedMeanwhile(_("Somebody has changed the state of this release meanwhile."))
    release.refresh_from_db()
    record(
        actor=actor, now=now, action="release.state-changed", subject_type="release", subject_id=release.id,
        subject_name=f"{release.product.name} {release.name}", unit_path=release.product.unit.path,
        details={"from": state, "to": to},
    )  # fmt: skip
    return release


@transaction.atomic
def add_repository(*, actor: Actor, product: Product, url: str, now: datetime) -> Repository:
    """Say where the source lies. Raises NotFound, NotAllowed, Invalid for other kinds of address or credentials."""
    _require(actor, product, Permission.MANAGE_PRODUCTS)
    if not url.startswith(_SCHEMES) or len(url) > 500:
        raise Invalid(_("The address must begin with https://, ssh:// or git@."))
    if "@" in url.removeprefix("git@").removeprefix("ssh://git@"):
        raise Invalid(_("The address must not hold a name or a password."))
    repository = Repository(created_at=now, product=product, url=url)
    _save_new(repository, _("The product has this repository already."))
    _audit(actor, now, "product.repository-added", product, {"url": url})
    return repository


@transaction.atomic
def remove_repository(*, actor: Actor, repository: Repository, now: datetime) -> Product:
    """Its source lies there no longer; what was scanned from there stays. Raises NotFound, NotAllowed."""
    product = repository.product
    _require(actor, product, Permission.MANAGE_PRODUCTS)
    repository.delete()
    _audit(actor, now, "product.repository-removed", product, {"url": repository.url})
    return product


@transaction.atomic
def record_outcome(
    *, release_id: UUID, outcome: str, sentence: str, violations: int, questions: int, now: datetime
) -> str:
    """Repeat the newest verdict in the release, for lists; what reacts to a change is told. Gives what was before."""
    release = Release.objects.select_for_update().get(pk=release_id)
    before = release.outcome
    Release.objects.filter(pk=release_id).update(
        outcome=outcome, sentence=sentence, violations=violations, questions=questions, evaluated_at=now
    )
    if before != outcome:
        publish(event=VerdictChanged(release_id, Outcome(before), Outcome(outcome)), now=now)
    return before


def record_inventory(*, release_id: UUID, inventory_id: int, component_count: int) -> int | None:
    """Make the inventory the release's current one, in the caller's transaction; the id of the one before, if any."""
    before = Release.objects.select_for_update().values_list("inventory_id", flat=True).get(pk=release_id)
    Release.objects.filter(pk=release_id).update(inventory_id=inventory_id, component_count=component_count)
    return before


def _require(actor: Actor, product: Product, permission: str) -> None:
    actor.require(permission, product.unit.path, see=Permission.SEE_PRODUCTS, what=the_product(product.name))


def _taken(name: str, unit: str) -> str:
    return _("There already is a product called %(name)s in %(unit)s.") % {"name": name, "unit": unit}


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > MAX_NAME:
        raise Invalid(_("A name has between 1 and %(most)s characters.") % {"most": MAX_NAME}, errors=("name",))
    return name


def _save_new(row: Product | Release | Repository, taken: str) -> None:
    """Insert the row; the database decides whether the name is free, so that two at once cannot both get it."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid(taken, errors=("name",)) from error


def _audit(
    actor: Actor, now: datetime, action: str, product: Product, details: Mapping[str, Any] | None = None
) -> None:
    record(
        actor=actor, now=now, action=action, subject_type="product", subject_id=product.id, subject_name=product.name,
        unit_path=product.unit.path, details=details,
    )  # fmt: skip
