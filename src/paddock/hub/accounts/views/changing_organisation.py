# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Making and changing units, legal entities and the rules from groups to roles."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from paddock.hub.accounts import services
from paddock.hub.accounts.forms.organisation import (
    GroupForm,
    LegalEntityForm,
    MoveForm,
    NothingForm,
    UnitForm,
    providers,
)
from paddock.hub.accounts.queries import root_path, unit_by_id
from paddock.hub.accounts.queries.units import group_mapping_by_id, group_mappings, legal_entity_by_id
from paddock.hub.accounts.types import Permission, Role, the_unit
from paddock.hub.accounts.views.filling import Page, back_to, fill_in, given
from paddock.hub.accounts.views.tables import groups_table
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now
from paddock.hub.core.request import acting
from paddock.hub.pages.tables import Empty, respond

fills_in = require_http_methods(["GET", "HEAD", "POST"])


def _require(actor: Actor, permission: str, path: str, what: str) -> None:
    actor.require(permission, path, see=Permission.SEE_PRODUCTS, what=what)


@login_required
@fills_in
def new_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A unit below this one."""
    actor = acting(request)
    parent = unit_by_id(actor, unit_id)
    _require(actor, Permission.MANAGE_PEOPLE, parent.path, the_unit(parent.name))
    page = Page(_("New unit below %s") % parent.name, _("Create unit"), back_to("unit-below", parent.pk))

    def do(values: dict[str, Any]) -> str:
        unit = services.create_unit(
            actor=actor, name=values["name"], parent=parent, legal_entity=values["legal_entity"], now=now()
        )  # fmt: skip
        return _("%s was created.") % unit.name

    return fill_in(request, UnitForm(given(request), actor=actor), page, do)


@login_required
@fills_in
def change_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Another name or legal entity."""
    actor = acting(request)
    unit = unit_by_id(actor, unit_id)
    _require(actor, Permission.MANAGE_PEOPLE, unit.path, the_unit(unit.name))
    page = Page(_("Change %s") % unit.name, _("Save"), back_to("unit", unit.pk))

    def do(values: dict[str, Any]) -> str:
        services.rename_unit(
            actor=actor, unit=unit, name=values["name"], legal_entity=values["legal_entity"], now=now()
        )  # fmt: skip
        return _("Saved.")

    initial = {"name": unit.name, "legal_entity": unit.legal_entity_id}
    return fill_in(request, UnitForm(given(request), actor=actor, initial=initial), page, do)


@login_required
@fills_in
def move_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Below another unit, with everything that hangs on it."""
    actor = acting(request)
    unit = unit_by_id(actor, unit_id)
    _require(actor, Permission.MANAGE_PEOPLE, unit.path, the_unit(unit.name))
    intro = _("Everything below it moves along: units, products and roles. Whoever has a role above the new place "
              "has it here from then on; whoever had one only above the old place no longer has.")  # fmt: skip
    page = Page(_("Move %s") % unit.name, _("Move unit"), back_to("unit", unit.pk), intro)

    def do(values: dict[str, Any]) -> str:
        services.move_unit(actor=actor, unit=unit, parent=values["parent"], now=now())
        return _("%(unit)s now is a part of %(parent)s.") % {"unit": unit.name, "parent": values["parent"].name}

    return fill_in(request, MoveForm(given(request), actor=actor), page, do)


@login_required
@fills_in
def new_entity(request: HttpRequest) -> HttpResponse:
    """A company of the group."""
    actor = acting(request)
    _require(actor, Permission.MANAGE_HUB, root_path(), _("the legal entities"))
    page = Page(_("New legal entity"), _("Create legal entity"), back_to("entities"))

    def do(values: dict[str, Any]) -> str:
        services.create_legal_entity(actor=actor, **values, now=now())
        return _("%s was created.") % str(values["name"])

    return fill_in(request, LegalEntityForm(given(request), actor=actor), page, do)


@login_required
@fills_in
def change_entity(request: HttpRequest, entity_id: UUID) -> HttpResponse:
    """Another name or country."""
    actor = acting(request)
    _require(actor, Permission.MANAGE_HUB, root_path(), _("the legal entities"))
    entity = legal_entity_by_id(entity_id)
    page = Page(_("Change %s") % entity.name, _("Save"), back_to("entities"))

    def do(values: dict[str, Any]) -> str:
        services.change_legal_entity(actor=actor, entity=entity, **values, now=now())
        return _("Saved.")

    initial = {"name": entity.name, "country": entity.country}
    return fill_in(request, LegalEntityForm(given(request), actor=actor, initial=initial), page, do)


@login_required
@require_safe
def groups(request: HttpRequest) -> HttpResponseBase:
    """Which group of the directory gives which role."""
    actor = acting(request)
    _require(actor, Permission.MANAGE_HUB, root_path(), _("the rules for groups"))
    names = dict(providers())
    empty = Empty(sentence=_("No group of a directory gives a role yet."))
    if names:
        empty = Empty(sentence=empty.sentence, label=_("New rule"), url=reverse("group-new"))
    table = groups_table(names, empty)
    context = {"providers": names, "manages_hub": True}
    return respond(request, table, group_mappings(actor), "accounts/groups.html", context)


@login_required
@fills_in
def new_group(request: HttpRequest) -> HttpResponse:
    """One more rule."""
    actor = acting(request)
    _require(actor, Permission.MANAGE_HUB, root_path(), _("the rules for groups"))
    intro = _("It holds from each person's next sign-in through the provider. Roles that people gave by hand stay.")
    page = Page(_("New rule for a group"), _("Create rule"), back_to("groups"), intro)

    def do(values: dict[str, Any]) -> str:
        services.map_group(actor=actor, **values | {"role": Role(values["role"])}, now=now())
        return _("Members of %s get the role at their next sign-in.") % str(values["group"])

    return fill_in(request, GroupForm(given(request), actor=actor), page, do)


@login_required
@fills_in
def end_group(request: HttpRequest, mapping_id: UUID) -> HttpResponse:
    """One rule less."""
    actor = acting(request)
    mapping = group_mapping_by_id(actor, mapping_id)
    intro = _("Whoever has the role through this rule loses it at their next sign-in.")
    page = Page(_("Remove the rule for %s") % mapping.group, _("Remove rule"), back_to("groups"), intro, danger=True)

    def do(_values: dict[str, Any]) -> str:
        services.unmap_group(actor=actor, mapping=mapping, now=now())
        return _("The rule was removed.")

    return fill_in(request, NothingForm(given(request), actor=actor), page, do)
