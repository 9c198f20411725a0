# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of a release: the verdict and why, what it contains, what has changed, what was done."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paddock.hub.components.queries import changes_between, components_in, licenses_in
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import respond
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.head import head_of
from paddock.hub.scans.queries import latest_evaluation, latest_inventories
from paddock.hub.scans.shares import license_shares
from paddock.hub.scans.tables import COMPONENTS, LICENSES

MOST_CHANGES = 500
"""Packages listed under one kind of change."""


@login_required
@require_safe
def release(request: HubRequest, release_id: UUID) -> HttpResponse:
    """One release: its verdict with the causes."""
    found = release_by_id(request.actor, release_id)
    evaluation = latest_evaluation(found)
    causes: dict[str, list[dict[str, object]]] = {}
    for reason in evaluation.reasons if evaluation is not None else ():
        if not reason.get("waiver"):
            causes.setdefault(reason["cause"], []).append(reason)
    context = {
        **head_of(request.actor, found, "overview"),
        "evaluation": evaluation,
        "causes": [(cause, reasons[0], reasons) for cause, reasons in causes.items()],
    }
    return render(request, "scans/release.html", context)


@login_required
@require_safe
def components(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """What a release contains."""
    found = release_by_id(request.actor, release_id)
    rows = components_in(found.inventory_id or 0)
    return respond(request, COMPONENTS, rows, "scans/release_table.html", head_of(request.actor, found, "components"))


@login_required
@require_safe
def licenses(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """Under which licences its components stand: a bar, and the same as a table."""
    found = release_by_id(request.actor, release_id)
    rows = licenses_in(found.inventory_id or 0)
    shares = license_shares([(row["license"], row["components"]) for row in rows])
    context = {**head_of(request.actor, found, "licenses"), "shares": shares}
    return respond(request, LICENSES, rows, "scans/release_licenses.html", context)


@login_required
@require_safe
def changes(request: HubRequest, release_id: UUID) -> HttpResponse:
    """What the newest inventory has that the one before had not."""
    found = release_by_id(request.actor, release_id)
    newest = latest_inventories(found)
    context = {**head_of(request.actor, found, "changes"), "inventories": newest, "most": MOST_CHANGES}
    if len(newest) > 1:
        new, old = newest
        context |= {"old": old, "new": new, "changes": changes_between(old, new)}
    return render(request, "scans/release_changes.html", context)


@login_required
@require_safe
def activity(request: HubRequest, release_id: UUID) -> HttpResponse:
    """What was done to a release, by whom."""
    found = release_by_id(request.actor, release_id)
    return render(request, "scans/release_activity.html", head_of(request.actor, found, "activity"))
