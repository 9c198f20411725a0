# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Home, search, what people choose about the frame, and the pages that say that something went wrong."""

import sys
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paddock import __version__
from paddock.hub.accounts.models import Person
from paddock.hub.accounts.services import change_settings
from paddock.hub.core.clock import now
from paddock.hub.core.request import HubRequest
from paddock.hub.portal.context import THEME_COOKIE, THEMES
from paddock.hub.portal.middleware import UNIT
from paddock.hub.portal.needs import needs_of
from paddock.hub.portal.overview import overview
from paddock.hub.portal.saved_views import remove_view, save_view, views_of
from paddock.hub.portal.search import search_everything, straight_to

YEAR = 365 * 24 * 60 * 60


@login_required
def home(request: HubRequest) -> HttpResponse:
    """Where everybody begins: what needs them, what has changed, what is theirs."""
    moment = now()
    found = {
        "needs": needs_of(request.actor, moment),
        "overview": overview(request.actor, request.unit_path, moment),
        "views": views_of(request.actor),
    }
    return render(request, "portal/home.html", found)


@login_required
def search(request: HubRequest) -> HttpResponse:
    """Everything that a text finds, grouped by kind; as one types, the first few of each."""
    text = request.GET.get("q", "").strip()[:200].replace("\0", "")
    typing = request.headers.get("HX-Target") == "found"
    if not typing and (place := straight_to(request.actor, text)):
        return redirect(place)
    groups = search_everything(request.actor, text, most=5 if typing else 25)
    template = "portal/found.html" if typing else "portal/search.html"
    return render(request, template, {"groups": groups, "search_text": text})


def about(request: HttpRequest) -> HttpResponse:
    """Which Paddock this is, under which licence, and what it is made of."""
    frame = "portal/about.html" if request.user.is_authenticated else "portal/about_signed_out.html"
    return render(request, frame, {"version": __version__})


@require_POST
def preferences(request: HubRequest) -> HttpResponse:
    """Language and theme: in the settings of whoever is signed in, else on this device."""
    answer = back(request)
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    person = request.user
    if isinstance(person, Person):
        change_settings(
            actor=request.actor, person=person, name=person.name, language=language or person.language,
            theme=theme or person.theme, now=now(),
        )  # fmt: skip
        return answer
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", httponly=True)
    if theme in THEMES:
        answer.set_cookie(THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", httponly=True)
    return answer


@require_POST
@login_required
def choose_unit(request: HubRequest) -> HttpResponse:
    """Look at one unit and what lies below it, or at everything again."""
    chosen = request.POST.get("unit", "")
    request.session[UNIT] = chosen if len(chosen) == 36 and chosen.replace("-", "").isalnum() else ""
    return back(request)


@login_required
@require_safe
def saved_views(request: HubRequest) -> HttpResponse:
    """The lists that the person keeps."""
    return render(request, "portal/saved_views.html", {"views": views_of(request.actor)})


@login_required
@require_POST
def save(request: HubRequest) -> HttpResponse:
    """Keep the list at the address that is sent, and go on there."""
    given = request.POST.get("address", "")
    made = save_view(actor=request.actor, name=request.POST.get("name", ""), address=given, now=now())
    messages.success(request, _("“%(name)s” is kept among your views, and on your home page.") % {"name": made.name})
    return redirect(made.address)


@login_required
@require_POST
def remove(request: HubRequest, view_id: UUID) -> HttpResponse:
    """Keep a list no longer."""
    removed = remove_view(actor=request.actor, view_id=view_id)
    messages.success(request, _("“%(name)s” is no longer kept.") % {"name": removed.name})
    return redirect("saved-views")


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that the form was on, if it is one of ours."""
    place = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(place if ours else "/")


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; /readyz says whether the database does, too."""
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "portal/400.html", {"exception": exception}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "portal/403.html", {"exception": exception}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "portal/404.html", {"exception": exception}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away: nothing of the database is used, because that may be what failed."""
    away = isinstance(sys.exc_info()[1], OperationalError)
    found = {"request_id": getattr(request, "request_id", ""), "away": away}
    answer = render(None, "portal/500.html", found, status=503 if away else 500)
    if away:
        answer["Retry-After"] = "5"
    return answer
