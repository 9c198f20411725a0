# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Handing a file or a repository in for a release, and seeing what becomes of it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paddock.hub.accounts.types import Permission
from paddock.hub.core.clock import now
from paddock.hub.core.errors import Invalid, TooLarge
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import respond
from paddock.hub.products.models import Release
from paddock.hub.products.queries import release_by_id, repositories_of
from paddock.hub.scans.forms import HandInForm, RepositoryForm
from paddock.hub.scans.head import head_of
from paddock.hub.scans.queries import intake_by_id, intakes_of
from paddock.hub.scans.services import cancel_intake, hand_in_repository
from paddock.hub.scans.tables import INTAKES
from paddock.hub.scans.types import IntakeState, the_release
from paddock.hub.scans.uploading import whole

GOING = (IntakeState.WAITING, IntakeState.RUNNING)


@login_required
@require_http_methods(["GET", "POST"])
def hand_in(request: HubRequest, release_id: UUID) -> HttpResponse:
    """The form that takes a file for a release."""
    found = release_to_fill(request, release_id)
    form = HandInForm(request.POST or None, request.FILES or None) if request.method == "POST" else HandInForm()
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = whole(actor=request.actor, release=found, file=form.cleaned_data["file"], now=now())
        except (Invalid, TooLarge) as error:
            form.add_error(None, [error.message, *error.errors])
            status = error.status
        else:
            return redirect("intake", made.pk)
    limit = _("At most %(size)s.") % {"size": filesizeformat(settings.MAX_UPLOAD)}
    context = {**head_of(request.actor, found, "intakes"), "form": form, "limit": limit}
    return render(request, "scans/hand_in.html", context, status=422 if form.errors and status == 200 else status)


@login_required
@require_http_methods(["GET", "POST"])
def scan_repository(request: HubRequest, release_id: UUID) -> HttpResponse:
    """The form that has a repository fetched and scanned for a release."""
    found = release_to_fill(request, release_id)
    known = [repository.url for repository in repositories_of(found.product)]
    form = RepositoryForm(request.POST if request.method == "POST" else None, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = hand_in_repository(actor=request.actor, release=found, now=now(), **form.cleaned_data)
        except Invalid as error:
            form.refuse(error)
        else:
            return redirect("intake", made.pk)
    context = {**head_of(request.actor, found, "intakes"), "form": form, "hosts": sorted(settings.ALLOWED_GIT_HOSTS)}
    return render(request, "scans/scan_repository.html", context, status=422 if form.errors else 200)


def release_to_fill(request: HubRequest, release_id: UUID) -> Release:
    """The release, when the person may hand something in for it; no form is shown whose result would be refused."""
    found = release_by_id(request.actor, release_id)
    what = the_release(found.name, found.product.name)
    request.actor.require(Permission.UPLOAD, found.product.unit.path, see=Permission.SEE_PRODUCTS, what=what)
    return found


@login_required
@require_safe
def intakes(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """Everything that was handed in for a release."""
    found = release_by_id(request.actor, release_id)
    return respond(
        request, INTAKES, intakes_of(found), "scans/release_table.html", head_of(request.actor, found, "intakes")
    )


@login_required
@require_safe
def intake(request: HubRequest, intake_id: UUID) -> HttpResponse:
    """How far one is: the page, or for htmx only the part that changes."""
    found = intake_by_id(request.actor, intake_id)
    context = {**head_of(request.actor, found.release, "intakes"), "intake": found, "going": found.state in GOING}
    part = request.headers.get("HX-Target") == "intake"
    return render(request, "scans/intake_part.html" if part else "scans/intake.html", context)


@login_required
@require_POST
def cancel(request: HubRequest, intake_id: UUID) -> HttpResponse:
    """Stop one that has not ended."""
    found = intake_by_id(request.actor, intake_id)
    cancel_intake(actor=request.actor, intake=found, now=now())
    messages.success(request, _("The upload was cancelled. Nothing of it was stored."))
    return redirect("intake", found.pk)
