# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""People: all in sight, one of them, and what may be done to an account."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paddock.hub.accounts import services
from paddock.hub.accounts.forms.organisation import (
    EndMembershipForm,
    InviteForm,
    JoinForm,
    NothingForm,
    PersonForm,
    UnlockForm,
)
from paddock.hub.accounts.models import Grant, Membership, Person
from paddock.hub.accounts.permissions import governs_person, may_give, require_governs_person
from paddock.hub.accounts.queries import people_called, people_seen_by, person_seen_by
from paddock.hub.accounts.queries.people import (
    grants_of,
    membership_by_id,
    memberships_of,
    tokens_made_by,
    with_places,
)
from paddock.hub.accounts.types import Permission, Role, the_unit
from paddock.hub.accounts.views.changing_organisation import fills_in
from paddock.hub.accounts.views.filling import Page, back_to, fill_in, given
from paddock.hub.accounts.views.organisation import tabs_of
from paddock.hub.accounts.views.tables import people_table, term, term_state, validity
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now, today
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import acting
from paddock.hub.pages.tables import Empty, respond

LISTED = 200
"""How many memberships, roles and tokens a person's page shows; the latest."""


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody in sight."""
    actor = acting(request)
    invites = actor.may_somewhere(Permission.MANAGE_PEOPLE)
    empty = Empty(sentence=_("There is nobody whom you may see yet."))
    if invites:
        empty = Empty(sentence=empty.sentence, label=_("Invite somebody"), url=reverse("invite"))
    rows = with_places(people_seen_by(actor), actor, now())
    return respond(request, people_table(empty), rows, "accounts/people.html", {"invites": invites})


@login_required
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: where they belong, what they may do, and with which tokens programs act for them."""
    actor = acting(request)
    found = person_seen_by(actor, person_id)
    day = today(now())
    context = _person_context(request, found, "person") | {
        "memberships": [
            _listed(one, day) | {"manages": actor.may(Permission.MANAGE_PEOPLE, one.unit.path)}
            for one in memberships_of(actor, found)[:LISTED]
        ],
        "grants": [
            _listed(one, day) | {
                "role": Role(one.role).label,
                "manages": one.origin == "hub" and may_give(actor, Role(one.role), one.unit.path),
            }
            for one in grants_of(actor, found)[:LISTED]
        ],
        "tokens": [{"row": one, "valid": validity(one, now())} for one in tokens_made_by(actor, found)[:LISTED]],
    }  # fmt: skip
    return render(request, "accounts/person.html", context)


def _listed(row: Membership | Grant, day: date) -> dict[str, Any]:
    return {"row": row, "term": term(row, day), "ended": term_state(row.starts_on, row.ends_on, day) == "ended"}


def _person_context(request: HttpRequest, found: Person, tab: str) -> dict[str, Any]:
    actor = acting(request)
    tabs = [("person", _("Roles and units"))]
    own = actor.person_id == found.pk
    if own or actor.may_somewhere(Permission.SEE_AUDIT):
        tabs.append(("person-activity", _("Activity")))
    return {
        "person": found, "own": own, "governs": not own and governs_person(actor, found, now()),
        "manages": not own and actor.may_somewhere(Permission.MANAGE_PEOPLE),
        "tabs": tabs_of(tabs, tab, found.pk),
    }  # fmt: skip


@login_required
@require_safe
def person_activity(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What was done to the account; for whoever reads the record, and for the person."""
    actor = acting(request)
    found = person_seen_by(actor, person_id)
    if actor.person_id != found.pk and not actor.may_somewhere(Permission.SEE_AUDIT):
        raise NotAllowed(_("What was done to an account is for whoever may read the record."))
    context = _person_context(request, found, "person-activity")
    context["reader"] = None if context["own"] else actor
    return render(request, "accounts/person_activity.html", context)


def _show_link(request: HttpRequest, actor: Actor, found: Person) -> HttpResponse:
    link = services.make_link(actor=actor, person=found, now=now())
    return render(request, "accounts/link.html", {"person": found, "link": link})


@login_required
@never_cache
@fills_in
def invite(request: HttpRequest) -> HttpResponse:
    """A new account, and the link with which its owner comes in, shown this once."""
    actor = acting(request)
    if not actor.may_somewhere(Permission.MANAGE_PEOPLE):
        raise NotAllowed(_("You do not manage people anywhere. Ask the coordinator of your unit."))
    intro = _("They get an account and belong to the unit from today. You get a link for them that works once.")
    page = Page(_("Invite somebody"), _("Create account"), back_to("people"), intro)

    def do(values: dict[str, Any]) -> HttpResponse:
        return _show_link(request, actor, services.create_person(actor=actor, **values, now=now()))

    initial = {}
    if request.GET.get("unit"):
        initial["unit"] = request.GET["unit"][:300]
    return fill_in(request, InviteForm(given(request), actor=actor, initial=initial), page, do)


@login_required
@never_cache
@fills_in
def new_link(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A link for somebody who lost theirs, or their password."""
    actor = acting(request)
    found = person_seen_by(actor, person_id)
    require_governs_person(actor, found, now())
    intro = _("With the link they choose a new password. It works once, for three days; hand it to nobody else.")
    page = Page(_("New link for %s") % found.name, _("Make link"), back_to("person", found.pk), intro)
    form = NothingForm(given(request), actor=actor)
    return fill_in(request, form, page, lambda _values: _show_link(request, actor, found))


@login_required
@fills_in
def change_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Another name, address or kind."""
    actor = acting(request)
    found = person_seen_by(actor, person_id)
    require_governs_person(actor, found, now())
    page = Page(_("Change %s") % found.name, _("Save"), back_to("person", found.pk))

    def do(values: dict[str, Any]) -> str:
        services.change_person(actor=actor, person=found, **values, now=now())
        return _("Saved.")

    initial = {"name": found.name, "email": found.email, "kind": found.kind}
    return fill_in(request, PersonForm(given(request), actor=actor, initial=initial), page, do)


@login_required
@fills_in
def join(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One more unit that somebody belongs to."""
    actor = acting(request)
    found = person_seen_by(actor, person_id)
    if not actor.may_somewhere(Permission.MANAGE_PEOPLE):
        raise NotAllowed(_("You do not manage people anywhere. Ask the coordinator of the unit."))
    page = Page(_("Add %s to a unit") % found.name, _("Add to unit"), back_to("person", found.pk))

    def do(values: dict[str, Any]) -> str:
        services.join_unit(actor=actor, person=found, **values, now=now())
        return _("%(person)s belongs to %(unit)s.") % {"person": found.name, "unit": values["unit"].name}

    return fill_in(request, JoinForm(given(request), actor=actor), page, do)


@login_required
@fills_in
def end_membership(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """The last day in a unit."""
    actor = acting(request)
    found = membership_by_id(actor, membership_id)
    what = the_unit(found.unit.name)
    actor.require(Permission.MANAGE_PEOPLE, found.unit.path, see=Permission.SEE_PRODUCTS, what=what)
    names = {"person": found.person.name, "unit": found.unit.name}
    intro = _("Roles stay as they are; end them on the page of the person.")
    title = _("%(person)s leaves %(unit)s") % names
    page = Page(title, _("End membership"), back_to("person", found.person_id), intro, danger=True)

    def do(values: dict[str, Any]) -> str:
        services.end_membership(actor=actor, membership=found, ends_on=values["ends_on"], now=now())
        return _("The membership ends on that day.")

    initial = {"ends_on": today(now())}
    return fill_in(request, EndMembershipForm(given(request), actor=actor, initial=initial), page, do)


@login_required
@fills_in
def lock(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Lock an account."""
    actor = acting(request)
    found = person_seen_by(actor, person_id)
    require_governs_person(actor, found, now())
    intro = _("They are signed out everywhere. Their tokens, roles and memberships end at once. What they did stays "
              "in the record under their name.")  # fmt: skip
    page = Page(_("Lock the account of %s") % found.name, _("Lock account"), back_to("person", found.pk), intro, True)

    def do(_values: dict[str, Any]) -> str:
        services.deactivate_person(actor=actor, person=found, now=now())
        return _("The account of %s is locked.") % found.name

    return fill_in(request, NothingForm(given(request), actor=actor), page, do)


@login_required
@fills_in
def unlock(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Unlock an account."""
    actor = acting(request)
    found = person_seen_by(actor, person_id)
    require_governs_person(actor, found, now())
    intro = _("They can sign in again. Roles are not given back by themselves.")
    page = Page(_("Unlock the account of %s") % found.name, _("Unlock account"), back_to("person", found.pk), intro)

    def do(values: dict[str, Any]) -> str:
        services.reactivate_person(actor=actor, person=found, unit=values["unit"], now=now())
        return _("The account of %s is unlocked.") % found.name

    return fill_in(request, UnlockForm(given(request), actor=actor), page, do)


@login_required
@require_safe
def person_offers(request: HttpRequest) -> HttpResponse:
    """Options for a field in which one names a person: ten at most."""
    text = request.GET.get("person", "").strip()[:200]
    found = people_called(people_seen_by(acting(request)).filter(is_active=True), text)[:10] if text else []
    return render(request, "accounts/offers.html", {"offers": [f"{one.name} <{one.email}>" for one in found]})
