# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tree of units, one unit, and legal entities."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paddock.hub.accounts.models import Unit
from paddock.hub.accounts.permissions import may_give
from paddock.hub.accounts.queries import full_names, people_seen_by, root_path, unit_by_id
from paddock.hub.accounts.queries.people import with_places
from paddock.hub.accounts.queries.rights import in_term
from paddock.hub.accounts.queries.units import (
    grants_in,
    legal_entities,
    responsible,
    units_above,
    units_below,
    units_called,
)
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.accounts.views.filling import acting
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now

PAGE = 50
OPENED = 3
"""How many of the topmost units are shown open from the start."""


def page_of(request: HttpRequest, rows: Any, size: int = PAGE) -> Any:
    """The page of rows that the address asks for; the last one when it asks for more than there are."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


@login_required
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The top of the tree as the actor sees it; opened below by parts, so that ten thousand units are no burden."""
    actor = acting(request)
    text = request.GET.get("q", "").strip()[:200]
    rows = units_called(actor, Permission.SEE_PRODUCTS, text) if text else units_below(actor, None)
    page = page_of(request, rows)
    context = {"page": page, "q": text, "holders": responsible(page.object_list, now())}
    context["names"] = full_names(page.object_list) if text else {}
    context["opened"] = {} if text else {unit.pk: _opened(actor, unit) for unit in page.object_list[:OPENED]}
    context["manages_hub"] = actor.may(Permission.MANAGE_HUB, root_path())
    return render(request, "accounts/tree.html", context)


def _opened(actor: Actor, unit: Unit) -> dict[str, Any]:
    page = Paginator(units_below(actor, unit), PAGE).get_page(1)
    return {"page": page, "holders": responsible(page.object_list, now())}


@login_required
@require_safe
def branch(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """What hangs below one unit, as the part of the tree's page that opens."""
    actor = acting(request)
    unit = unit_by_id(actor, unit_id)
    page = page_of(request, units_below(actor, unit))
    context = {"page": page, "unit": unit, "holders": responsible(page.object_list, now())}
    return render(request, "accounts/branch.html", context)


def _unit_page(request: HttpRequest, unit_id: UUID, tab: str) -> tuple[Unit, dict[str, Any]]:
    actor = acting(request)
    unit = unit_by_id(actor, unit_id)
    context = {
        "unit": unit, "tab": tab, "above": units_above(unit), "manages": actor.may(Permission.MANAGE_PEOPLE, unit.path),
        "sees_audit": actor.may(Permission.SEE_AUDIT, unit.path),
        "responsible": responsible([unit], now()).get(unit.pk, []),
    }  # fmt: skip
    return unit, context


@login_required
@require_safe
def unit_people(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Who belongs to the unit now."""
    unit, context = _unit_page(request, unit_id, "people")
    actor = acting(request)
    members = people_seen_by(actor).filter(
        pk__in=unit.memberships.filter(in_term(now())).values("person")
    )  # fmt: skip
    context["page"] = page_of(request, with_places(members, actor, now()))
    return render(request, "accounts/unit_people.html", context)


@login_required
@require_safe
def unit_roles(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Who has which role in exactly this unit."""
    unit, context = _unit_page(request, unit_id, "roles")
    actor = acting(request)
    context["page"] = page_of(request, grants_in(unit))
    context["giveable"] = {role.value for role in Role if may_give(actor, role, unit.path)}
    context["today"] = now().date()
    return render(request, "accounts/unit_roles.html", context)


@login_required
@require_safe
def unit_below(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The units directly below."""
    unit, context = _unit_page(request, unit_id, "below")
    page = page_of(request, units_below(acting(request), unit))
    context |= {"page": page, "holders": responsible(page.object_list, now())}
    return render(request, "accounts/unit_below.html", context)


@login_required
@require_safe
def unit_activity(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """What was done to the unit."""
    return render(request, "accounts/unit_activity.html", _unit_page(request, unit_id, "activity")[1])


@login_required
@require_safe
def entities(request: HttpRequest) -> HttpResponse:
    """The companies of the group, for whoever sees any unit."""
    actor = acting(request)
    rows = legal_entities() if actor.may_somewhere(Permission.SEE_PRODUCTS) else legal_entities().none()
    context = {"page": page_of(request, rows), "manages_hub": actor.may(Permission.MANAGE_HUB, root_path())}
    return render(request, "accounts/entities.html", context)


@login_required
@require_safe
def unit_offers(request: HttpRequest) -> HttpResponse:
    """Options for a field in which one names a unit: ten at most."""
    actor = acting(request)
    text = next((value for key, value in request.GET.items() if key in ("unit", "parent")), "")[:200]
    found = list(units_called(actor, Permission.SEE_PRODUCTS, text)[:10]) if text.strip() else []
    names = full_names(found)
    return render(request, "accounts/offers.html", {"offers": [names[unit.pk] for unit in found]})

