# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of what the licences of a release oblige to."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import respond
from paddock.hub.policies.queries import policy_in_force
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.head import head_of, policy_url
from paddock.hub.scans.obligations import obligations_of
from paddock.hub.scans.queries import result_of
from paddock.hub.scans.tables import obligations_table
from paddock.hub.scans.tables.obligations import documents_url


@login_required
@require_safe
def obligations(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """By licence: its category, what the policy says, and which documents carry what it asks for."""
    found = release_by_id(request.actor, release_id)
    result = result_of(found)
    policy, version = policy_in_force(found.product.unit.path)
    rows = obligations_of(result, policy) if result is not None else []
    context = {
        **head_of(request.actor, found, "obligations"),
        "known": result is not None,
        "distribution": found.product.get_distribution_display(),
        "policy": policy.name if version is None else version.policy.name,
        "policy_number": version.number if version is not None else None,
        "policy_url": policy_url(version),
        "documents_url": documents_url(found.pk),
        "number": len(rows),
        "open": sum(bool(row.causes) for row in rows),
        "untold": sum(not row.told for row in rows),
    }
    return respond(request, obligations_table(found.pk), rows, "scans/release_obligations.html", context)
