# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Operations on products and releases."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status
from pydantic import StringConstraints

from paddock.hub.accounts.queries import unit_by_id
from paddock.hub.api.entity_tags import alone_with, check_unchanged
from paddock.hub.api.paging import Page, Paging, Slice, page_of
from paddock.hub.api.problems import REFUSALS
from paddock.hub.api.texts import Name, Number, Prose, Storable
from paddock.hub.api.texts import Query as Words
from paddock.hub.components.models import Usage
from paddock.hub.components.queries import package_by_id, usages_of
from paddock.hub.core.clock import now
from paddock.hub.core.request import HubRequest
from paddock.hub.products import services
from paddock.hub.products.models import Product, Release
from paddock.hub.products.queries import product_by_id, products_for, release_by_id, releases_for
from paddock.hub.products.types import Criticality, Distribution, Outcome, ReleaseState

router = Router(tags=["products"])
Tag = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), Storable]
CLEARABLE = frozenset({"support_ends_on"})
"""What null takes away; null anywhere else leaves things as they are."""


class ProductOut(Schema):
    """Something that the company ships or runs."""

    id: UUID
    name: str
    unit_id: UUID
    owner_id: UUID | None = None
    description: str
    distribution: Distribution
    criticality: Criticality
    support_ends_on: date | None = None
    tags: list[str]
    created_at: datetime
    archived_at: datetime | None = None


class ReleaseOut(Schema):
    """A version of a product, and what is known about it."""

    id: UUID
    product_id: UUID
    product: str = Field(alias="product.name")
    name: str
    state: ReleaseState
    is_latest: bool
    outcome: Outcome = Field(description="The last verdict; unknown: nothing was handed in yet.")
    sentence: str
    violations: int
    questions: int
    component_count: int
    created_at: datetime
    evaluated_at: datetime | None = None


class ProductIn(Schema):
    """A new product."""

    name: Name
    unit_id: UUID
    description: Prose = ""
    distribution: Distribution = Distribution.EMBEDDED
    criticality: Criticality = Criticality.MEDIUM


class ProductChange(Schema):
    """What shall be different; what is not named stays as it is."""

    name: Name | None = None
    description: Prose | None = None
    distribution: Distribution | None = None
    criticality: Criticality | None = None
    support_ends_on: date | None = None
    tags: list[Tag] | None = Field(None, max_length=50)


class ReleaseIn(Schema):
    """A new release."""

    name: Name
    is_latest: bool = False


class StateChange(Schema):
    """Where the release is in its life from now on."""

    state: ReleaseState


class UsageOut(Schema):
    """A release that contains a version of a package."""

    release: ReleaseOut
    purl: str
    version: str
    license: str = Field(description="The effective SPDX expression in this release; empty: none known.")
    direct: bool | None = Field(None, description="Whether a project of the release asks for it itself.")
    scopes: list[str]


class UsageFilter(Paging):
    """Which versions."""

    versions: Words = Field("", description='A range in the notation of the ecosystem, as ">=4.0,<4.17.21", or vers.')


class ProductFilter(Paging):
    """Which products."""

    name: Words = Field("", description="Only those whose name holds this, in any case.")
    archived: bool = Field(False, description="The archived ones instead of the others.")


class ReleaseFilter(Paging):
    """Which releases."""

    product_id: UUID | None = Field(None, description="Only those of this product.")
    outcome: Outcome | None = Field(None, description="Only those with this verdict.")
    state: ReleaseState | None = Field(None, description="Only those in this state.")
    product: Words = Field("", description="Only those of products of exactly this name.")
    name: Words = Field("", description="Only those of exactly this name.")
    is_latest: bool | None = Field(None, description="Only the latest of each product, or only the others.")


@router.get("/products", response={200: Page[ProductOut], **REFUSALS})
def list_products(request: HubRequest, asked: Query[ProductFilter]) -> Slice[Product]:
    """The products that you may see, by name."""
    rows = products_for(request.actor).filter(archived_at__isnull=not asked.archived)
    if asked.name:
        rows = rows.filter(name__icontains=asked.name)
    return page_of(rows, asked, ("name", "id"))


@router.post("/products", response={201: ProductOut, **REFUSALS})
def make_product(request: HubRequest, body: ProductIn) -> Status[Product]:
    """Make a product in a unit."""
    unit = unit_by_id(request.actor, body.unit_id)
    settings = body.model_dump(exclude={"unit_id"})
    return Status(201, services.create_product(actor=request.actor, unit=unit, now=now(), **settings))


@router.get("/products/{product_id}", response={200: ProductOut, **REFUSALS})
def get_product(request: HubRequest, product_id: UUID) -> Product:
    """One product."""
    return product_by_id(request.actor, product_id)


@router.patch("/products/{product_id}", response={200: ProductOut, **REFUSALS})
def change_product(request: HubRequest, product_id: UUID, body: ProductChange) -> Product:
    """Change a product. With If-Match: only when nobody changed it since you read it."""
    with alone_with(product_id):
        product = product_by_id(request.actor, product_id)
        check_unchanged(request, ProductOut.from_orm(product))
        given: dict[str, Any] = body.model_dump(exclude_unset=True)
        changes = {name: value for name, value in given.items() if value is not None or name in CLEARABLE}
        return services.update_product(actor=request.actor, product=product, now=now(), changes=changes)


@router.delete("/products/{product_id}", response={204: None, **REFUSALS})
def archive_product(request: HubRequest, product_id: UUID) -> HttpResponse:
    """Archive a product: it keeps its history and leaves the lists. Nothing is ever deleted."""
    services.archive_product(actor=request.actor, product=product_by_id(request.actor, product_id), now=now())
    return HttpResponse(status=204)


@router.get("/releases", response={200: Page[ReleaseOut], **REFUSALS})
def list_releases(request: HubRequest, asked: Query[ReleaseFilter]) -> Slice[Release]:
    """The releases that you may see, the newest first."""
    names = {"product": "product__name"}
    conditions = asked.model_dump(exclude={"cursor", "limit"})
    chosen = {names.get(name, name): value for name, value in conditions.items() if value not in (None, "")}
    return page_of(releases_for(request.actor).filter(**chosen).select_related("product"), asked, ("-id",))


@router.post("/products/{product_id}/releases", response={201: ReleaseOut, **REFUSALS})
def make_release(request: HubRequest, product_id: UUID, body: ReleaseIn) -> Status[Release]:
    """Make a release of a product."""
    product = product_by_id(request.actor, product_id)
    return Status(201, services.create_release(actor=request.actor, product=product, now=now(), **body.model_dump()))


@router.get("/releases/{release_id}", response={200: ReleaseOut, **REFUSALS})
def get_release(request: HubRequest, release_id: UUID) -> Release:
    """One release, with its last verdict."""
    return release_by_id(request.actor, release_id)


@router.patch("/releases/{release_id}", response={200: ReleaseOut, **REFUSALS})
def change_release(request: HubRequest, release_id: UUID, body: StateChange) -> Release:
    """Move a release on in its life. With If-Match: only when nobody changed it since you read it."""
    with alone_with(release_id):
        release = release_by_id(request.actor, release_id)
        check_unchanged(request, ReleaseOut.from_orm(release))
        return services.change_release_state(actor=request.actor, release=release, to=body.state, now=now())


@router.get("/packages/{package_id}/releases", response={200: Page[UsageOut], **REFUSALS}, tags=["packages"])
def list_usages(request: HubRequest, package_id: Number, asked: Query[UsageFilter]) -> Slice[dict[str, Any]]:
    """Who ships it: the releases that you may see which contain the package, in which version."""
    rows = usages_of(package_by_id(package_id), versions=asked.versions)
    part = page_of(rows.filter(inventory__in=releases_for(request.actor).values("inventory")), asked, ("id",))
    inventories = [usage.inventory_id for usage in part.items]
    releases = {
        release.inventory_id: release
        for release in releases_for(request.actor).filter(inventory__in=inventories).select_related("product")
    }
    return Slice([_usage(usage, releases) for usage in part.items], part.next)


def _usage(usage: Usage, releases: dict[int | None, Release]) -> dict[str, Any]:
    return {
        "release": releases[usage.inventory_id],
        "purl": usage.component.purl,
        "version": usage.component.version,
        "license": usage.license,
        "direct": usage.direct,
        "scopes": usage.scopes,
    }
