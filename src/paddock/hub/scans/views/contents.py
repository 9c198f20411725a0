# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of what a release contains: components, licences, and what has changed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paddock.hub.components.queries import changes_between, components_in, licenses_in
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import respond
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.causes import groups_of, reasons_from
from paddock.hub.scans.head import head_of
from paddock.hub.scans.queries import latest_evaluation, latest_inventories
from paddock.hub.scans.shares import license_shares
from paddock.hub.scans.tables import components_table, licenses_table

MOST_CHANGES = 500
"""Packages listed under one kind of change."""


@login_required
@require_safe
def components(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """What a release contains; `?cause=` narrows to what a cause of the newest verdict is about."""
    found = release_by_id(request.actor, release_id)
    evaluation = latest_evaluation(found)
    reasons = reasons_from(evaluation.reasons) if evaluation is not None else ()
    table = components_table(found.pk, groups_of(reasons) | groups_of(reasons, waived=True))
    rows = components_in(found.inventory_id or 0)
    return respond(request, table, rows, "scans/release_components.html", head_of(request.actor, found, "components"))


@login_required
@require_safe
def licenses(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """Under which licences its components stand: a bar, and the same as a table."""
    found = release_by_id(request.actor, release_id)
    rows = licenses_in(found.inventory_id or 0)
    shares = license_shares([(row["license"], row["components"]) for row in rows])
    context = {**head_of(request.actor, found, "licenses"), "shares": shares}
    return respond(request, licenses_table(found.pk), rows, "scans/release_licenses.html", context)


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
