# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tree of units, one unit, and legal entities."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
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
    responsible_below,
    units_above,
    units_below,
    units_called,
)
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.accounts.views.tables import entities_table, holders_of, people_table, roles_table, units_table
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now, today
from paddock.hub.core.request import acting
from paddock.hub.pages.tables import Empty, respond

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


def tabs_of(named: Iterable[tuple[str, str]], here: str, *keys: object) -> list[dict[str, Any]]:
    """Tabs for `pages/tabs.html`, from names of addresses and titles."""
    return [{"title": title, "address": reverse(name, args=keys), "here": name == here} for name, title in named]


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
    context = {"page": page, "holders": responsible(page.object_list, now())}
    return render(request, "accounts/branch.html", context)


def _unit_page(request: HttpRequest, unit_id: UUID, tab: str) -> tuple[Unit, dict[str, Any]]:
    actor = acting(request)
    unit = unit_by_id(actor, unit_id)
    manages = actor.may(Permission.MANAGE_PEOPLE, unit.path)
    tabs = [("unit", _("People")), ("unit-roles", _("Roles")), ("unit-below", _("Units below"))]
    tabs.append(("unit-activity", _("Activity")))
    context = {
        "place": unit, "manages": manages, "above": units_above(unit), "actions": manages,
        "state": holders_of(unit, responsible([unit], now())),
        "tabs": tabs_of(tabs, tab, unit.pk),
    }  # fmt: skip
    return unit, context


@login_required
@require_safe
def unit_people(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Who belongs to the unit now."""
    unit, context = _unit_page(request, unit_id, "unit")
    actor = acting(request)
    members = people_seen_by(actor).filter(pk__in=unit.memberships.filter(in_term(now())).values("person"))
    empty = Empty(sentence=_("Nobody belongs to this unit yet."))
    if context["manages"]:
        empty = Empty(sentence=empty.sentence, label=_("Invite somebody"), url=reverse("invite"))
    return respond(request, people_table(empty), with_places(members, actor, now()), "accounts/unit.html", context)


@login_required
@require_safe
def unit_roles(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Who has which role in exactly this unit."""
    unit, context = _unit_page(request, unit_id, "unit-roles")
    actor = acting(request)
    giveable = frozenset(role.value for role in Role if may_give(actor, role, unit.path))
    empty = Empty(sentence=_("Nobody has a role in this unit itself. Roles of the units above hold here, too."))
    if giveable:
        empty = Empty(sentence=empty.sentence, label=_("Give a role"), url=reverse("unit-give", args=[unit.pk]))
    table = roles_table(today(now()), giveable, empty)
    return respond(request, table, grants_in(unit), "accounts/unit.html", context)


@login_required
@require_safe
def unit_below(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """The units directly below."""
    unit, context = _unit_page(request, unit_id, "unit-below")
    empty = Empty(sentence=_("This unit has no units below it."))
    if context["manages"]:
        empty = Empty(sentence=empty.sentence, label=_("New unit below"), url=reverse("unit-new", args=[unit.pk]))
    rows = units_below(acting(request), unit)
    table = units_table(responsible_below(unit, now()), empty)
    return respond(request, table, rows, "accounts/unit.html", context)


@login_required
@require_safe
def unit_activity(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """What was done to the unit."""
    return render(request, "accounts/unit_activity.html", _unit_page(request, unit_id, "unit-activity")[1])


@login_required
@require_safe
def entities(request: HttpRequest) -> HttpResponseBase:
    """The companies of the group, for whoever sees any unit."""
    actor = acting(request)
    rows = legal_entities() if actor.may_somewhere(Permission.SEE_PRODUCTS) else legal_entities().none()
    manages = actor.may(Permission.MANAGE_HUB, root_path())
    table = entities_table(manages=manages, empty=Empty(sentence=_("There is no legal entity that you may see.")))
    return respond(request, table, rows, "accounts/entities.html", {"manages_hub": manages})


@login_required
@require_safe
def unit_offers(request: HttpRequest) -> HttpResponse:
    """Options for a field in which one names a unit: ten at most."""
    actor = acting(request)
    text = (request.GET.get("unit", "") or request.GET.get("parent", ""))[:200]
    found = list(units_called(actor, Permission.SEE_PRODUCTS, text)[:10]) if text.strip() else []
    names = full_names(found)
    return render(request, "accounts/offers.html", {"offers": [names[unit.pk] for unit in found]})
