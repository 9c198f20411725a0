# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading products and releases: only what the actor may see."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from paddock.hub.accounts.types import Permission
from paddock.hub.components.models import Package
from paddock.hub.components.queries import usages_of
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound
from paddock.hub.products.models import Product, Release, Repository
from paddock.hub.products.types import Outcome


def products_for(actor: Actor) -> QuerySet[Product]:
    """The products that the actor may see, archived ones too, with unit and owner."""
    return Product.objects.filter(actor.within(Permission.SEE_PRODUCTS)).select_related("unit", "owner")


def releases_for(actor: Actor) -> QuerySet[Release]:
    """The releases of the products that the actor may see, with product and unit."""
    within = actor.within(Permission.SEE_PRODUCTS, "product__unit__path")
    return Release.objects.filter(within).select_related("product__unit")


def product_by_id(actor: Actor, product_id: UUID) -> Product:
    """Raises NotFound, also where there is one that the actor may not see."""
    found = products_for(actor).filter(pk=product_id).first()
    if found is None:
        raise NotFound(_("There is no such product, or none that you may see."))
    return found


def release_by_id(actor: Actor, release_id: UUID) -> Release:
    """Raises NotFound, also where there is one that the actor may not see."""
    found = releases_for(actor).filter(pk=release_id).first()
    if found is None:
        raise NotFound(_("There is no such release, or none that you may see."))
    return found


def find_product(actor: Actor, name: str) -> Product | None:
    """The product of this name (without regard to case) that the actor may see; the oldest where units share a name."""
    return products_for(actor).filter(name__iexact=name, archived_at=None).order_by("created_at").first()


def lookup_release(actor: Actor, product_name: str, release_name: str) -> Release | None:
    """The release of these names that the actor may see, or None."""
    found = releases_for(actor).filter(product__name__iexact=product_name, name=release_name)
    return found.filter(product__archived_at=None).order_by("created_at").first()


def repositories_of(product: Product) -> QuerySet[Repository]:
    """Where its source lies, by address."""
    return Repository.objects.filter(product=product).order_by("url")


def repository_of(product: Product, repository_id: UUID) -> Repository:
    """One of them. Raises NotFound."""
    found = Repository.objects.filter(product=product, pk=repository_id).select_related("product__unit").first()
    if found is None:
        raise NotFound(_("The product has no such repository."))
    return found


def releases_with(actor: Actor, package: Package, *, versions: str = "") -> QuerySet[Release]:
    """Who ships it: the releases the actor may see that contain the package now, in any version or in those of a range
    (a native one of its ecosystem, or `vers:`). Raises Invalid for a range that cannot be read."""
    return releases_for(actor).filter(inventory__in=usages_of(package, versions=versions).values("inventory"))


def listed_products(actor: Actor) -> QuerySet[Product]:
    """The products that the actor may see, each with what lists show of its newest release.

    newest_name, newest_id, newest_outcome, newest_sentence, newest_evaluated_at: of the release that is marked as the
    latest, else of the youngest; None without any. release_count: how many there are.
    """
    return _with_newest(products_for(actor))


def outcomes_within(actor: Actor, permission: str, unit_path: str) -> dict[str, int]:
    """How many products in use have which verdict about their newest release, in the units where the permission holds;
    for people who may know the figures and not the products, too. One query."""
    products: QuerySet[Any] = Product.objects.filter(
        actor.within(permission), archived_at=None, unit__path__startswith=unit_path
    )
    newest: QuerySet[Any] = _with_newest(products)
    return dict(Counter(newest.values_list("newest_outcome", flat=True)))


def release_outcomes_within(actor: Actor, permission: str, unit_path: str) -> dict[str, int]:
    """The same for all releases of products in use. One query."""
    within = actor.within(permission, "product__unit__path")
    found = Release.objects.filter(within, product__archived_at=None, product__unit__path__startswith=unit_path)
    return dict(found.order_by().values_list("outcome").annotate(count=Count("pk")))


def _with_newest(products: QuerySet[Product]) -> QuerySet[Product]:
    newest = Release.objects.filter(product=OuterRef("pk")).order_by("-is_latest", "-created_at")
    counts = Release.objects.filter(product=OuterRef("pk")).order_by().values("product").annotate(count=Count("pk"))
    fields = ("name", "id", "outcome", "sentence", "evaluated_at")
    shown: dict[str, Any] = {f"newest_{field}": Subquery(newest.values(field)[:1]) for field in fields}
    shown["newest_outcome"] = Coalesce(shown["newest_outcome"], Value(Outcome.UNKNOWN))
    return products.annotate(**shown, release_count=Coalesce(Subquery(counts.values("count")), 0))


def ships(actor: Actor, usages: QuerySet[Any]) -> QuerySet[Release]:
    """The releases that the actor may see which have one of the usages; component_version, component_purl and
    component_license say which."""
    found = releases_for(actor).filter(product__archived_at=None, inventory__usages__in=usages)
    return found.annotate(
        component_version=F("inventory__usages__component__version"),
        component_key=F("inventory__usages__component__version_key"),
        component_purl=F("inventory__usages__component__purl"),
        component_license=F("inventory__usages__license"),
        is_direct=F("inventory__usages__direct"),
    )
