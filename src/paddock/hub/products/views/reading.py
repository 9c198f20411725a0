# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking at products and at who ships a package."""

from dataclasses import replace
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paddock.hub.accounts.types import Permission
from paddock.hub.components.queries import licenses_of, package_by_purl, usages_of, versions_of
from paddock.hub.core.errors import Invalid
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import Empty, respond
from paddock.hub.products.queries import listed_products, product_by_id, releases_for, repositories_of, ships
from paddock.hub.products.tables import PRODUCTS, RELEASES, SHIPPED_BY


@login_required
@require_safe
def products(request: HubRequest) -> HttpResponseBase:
    """All products that the person may see; archived ones only when asked for."""
    rows = listed_products(request.actor).filter(unit__path__startswith=request.unit_path)
    if request.GET.get("archived") not in ("yes", "no"):
        rows = rows.filter(archived_at=None)
    may_create = request.actor.may_somewhere(Permission.MANAGE_PRODUCTS)
    table = PRODUCTS if may_create else replace(PRODUCTS, empty=Empty(str(PRODUCTS.empty.sentence)))
    return respond(request, table, rows, "products/products.html", {"may_create": may_create})


@login_required
@require_safe
def product(request: HubRequest, product_id: UUID) -> HttpResponseBase:
    """One product with its releases."""
    found = product_by_id(request.actor, product_id)
    context = {
        "product": found,
        "repositories": repositories_of(found),
        "may_manage": request.actor.may(Permission.MANAGE_PRODUCTS, found.unit.path),
    }
    rows = releases_for(request.actor).filter(product=found)
    return respond(request, RELEASES, rows, "products/product.html", context)


@login_required
@require_safe
def product_activity(request: HubRequest, product_id: UUID) -> HttpResponseBase:
    """What was done to a product, by whom."""
    found = product_by_id(request.actor, product_id)
    context = {
        "product": found,
        "tab": "activity",
        "may_manage": request.actor.may(Permission.MANAGE_PRODUCTS, found.unit.path),
    }
    return render(request, "products/product_activity.html", context)


@login_required
@require_safe
def package(request: HubRequest) -> HttpResponseBase:
    """One package: which versions and licences of it there are, and who ships it; `?versions=` narrows to a range."""
    found = package_by_purl(request.GET.get("purl", "")[:2_000])
    versions = request.GET.get("versions", "").strip()[:200]
    problem = ""
    try:
        usages = usages_of(found, versions=versions)
    except Invalid as error:
        problem, usages = error.message, usages_of(found).none()
    rows = ships(request.actor, usages).filter(product__unit__path__startswith=request.unit_path)
    context = {
        "package": found,
        "versions": versions,
        "problem": problem,
        "known_versions": versions_of(found)[:30],
        "licenses": licenses_of(found)[:12],
    }
    return respond(request, SHIPPED_BY, rows, "products/package.html", context)
