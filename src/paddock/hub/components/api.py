# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Operations on packages. Which releases contain one is told by the products (`products/api.py`)."""

from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from paddock.hub.accounts.types import Permission
from paddock.hub.api.paging import Page, Paging, Slice, page_of
from paddock.hub.api.problems import REFUSALS
from paddock.hub.api.texts import Address, Number
from paddock.hub.api.texts import Query as Words
from paddock.hub.components.models import Package
from paddock.hub.components.queries import package_by_id, package_by_purl, packages_matching
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import HubRequest

router = Router(tags=["packages"])


class PackageOut(Schema):
    """A purl without a version."""

    id: int
    purl: str
    type: str
    namespace: str
    name: str


class PackageFilter(Paging):
    """Which packages."""

    text: Words = Field("", description="Only those in whose name these words begin a word; empty: all.")
    purl: Address = Field("", description="Only the package that this purl names, with or without a version.")


@router.get("/packages", response={200: Page[PackageOut], **REFUSALS})
def list_packages(request: HubRequest, asked: Query[PackageFilter]) -> Slice[Package]:
    """The packages that anything in the company contains. With purl, 404 means that nothing does."""
    _require_reader(request.actor)
    if asked.purl:
        return Slice([package_by_purl(asked.purl)], None)
    if asked.text:
        return page_of(packages_matching(asked.text), asked, ("name", "id"))
    return page_of(Package.objects.all(), asked, ("id",))


@router.get("/packages/{package_id}", response={200: PackageOut, **REFUSALS})
def get_package(request: HubRequest, package_id: Number) -> Package:
    """One package."""
    _require_reader(request.actor)
    return package_by_id(package_id)


def _require_reader(actor: Actor) -> None:
    """Packages are no matter of units, but somebody who may see no product at all sees none."""
    if not actor.may_somewhere(Permission.SEE_PRODUCTS):
        raise NotAllowed(_("You may see the products of no unit, and so no packages."))
