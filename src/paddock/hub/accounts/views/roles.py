# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Giving and ending roles."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from paddock.hub.accounts import services
from paddock.hub.accounts.forms.organisation import DeputyForm, EndRoleForm, RoleForm
from paddock.hub.accounts.permissions import require_may_give
from paddock.hub.accounts.queries import person_seen_by, unit_by_id
from paddock.hub.accounts.queries.people import grant_by_id
from paddock.hub.accounts.types import Permission, Role, the_unit
from paddock.hub.accounts.views.changing_organisation import fills_in
from paddock.hub.accounts.views.filling import Page, back_to, fill_in, given
from paddock.hub.core.clock import now
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import acting


@login_required
@fills_in
def give_in_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A role in this unit, to whomever."""
    actor = acting(request)
    unit = unit_by_id(actor, unit_id)
    actor.require(
        Permission.MANAGE_PEOPLE, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name)
    )  # fmt: skip
    intro = _("The role holds in %s and everything below it.") % unit.name
    page = Page(_("Give a role in %s") % unit.name, _("Give role"), back_to("unit-roles", unit.pk), intro)

    def do(values: dict[str, Any]) -> str:
        grant = services.grant_role(actor=actor, unit=unit, **values | {"role": Role(values["role"])}, now=now())
        return _given(grant.person.name, grant.role, unit.name)

    return fill_in(request, RoleForm(given(request), actor=actor, unit_path=unit.path), page, do)


def _given(person: str, role: str, unit: str) -> str:
    return _("%(person)s is %(role)s of %(unit)s.") % {"person": person, "role": Role(role).label, "unit": unit}


@login_required
@fills_in
def give_to_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A role for this person, wherever."""
    actor = acting(request)
    person = person_seen_by(actor, person_id)
    if not actor.may_somewhere(Permission.MANAGE_PEOPLE):
        raise NotAllowed(_("You do not manage people anywhere. Ask the coordinator of the unit."))
    intro = _("A role holds in its unit and everything below it.")
    page = Page(_("Give %s a role") % person.name, _("Give role"), back_to("person", person.pk), intro)

    def do(values: dict[str, Any]) -> str:
        grant = services.grant_role(actor=actor, person=person, **values | {"role": Role(values["role"])}, now=now())
        return _given(person.name, grant.role, grant.unit.name)

    return fill_in(request, RoleForm(given(request), actor=actor, ask_person=False), page, do)


@login_required
@fills_in
def appoint_deputy(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Somebody who stands in."""
    actor = acting(request)
    grant = grant_by_id(actor, grant_id)
    require_may_give(actor, Role(grant.role), grant.unit.path, grant.unit.name)
    names = {"person": grant.person.name, "role": Role(grant.role).label, "unit": grant.unit.name}
    intro = (
        _("The deputy may the same as %(person)s: %(role)s of %(unit)s. It ends with the role at the latest.") % names
    )
    page = Page(_("Deputy for %(person)s") % names, _("Appoint deputy"), back_to("unit-roles", grant.unit_id), intro)

    def do(values: dict[str, Any]) -> str:
        services.appoint_deputy(actor=actor, grant=grant, **values, now=now())
        return _("%(deputy)s stands in for %(person)s.") % {"deputy": values["person"].name, **names}

    return fill_in(request, DeputyForm(given(request), actor=actor), page, do)


@login_required
@fills_in
def end_role(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """The last day of a role."""
    actor = acting(request)
    grant = grant_by_id(actor, grant_id)
    require_may_give(actor, Role(grant.role), grant.unit.path, grant.unit.name)
    names = {"person": grant.person.name, "role": Role(grant.role).label, "unit": grant.unit.name}
    intro = _("Roles of deputies end with it.")
    title = _("%(person)s: no longer %(role)s of %(unit)s") % names
    page = Page(title, _("End role"), back_to("unit-roles", grant.unit_id), intro, danger=True)

    def do(values: dict[str, Any]) -> str:
        services.end_role(actor=actor, grant=grant, ends_on=values["ends_on"], now=now())
        return _("%(person)s: the role ends.") % names

    return fill_in(request, EndRoleForm(given(request), actor=actor), page, do)
