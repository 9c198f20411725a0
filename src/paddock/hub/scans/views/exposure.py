# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of the known vulnerabilities of a release."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.engine.model.result import Result
from paddock.engine.reporter.vulnerable import OLD_DAYS
from paddock.hub.core.clock import now
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import respond
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.head import head_of
from paddock.hub.scans.queries import result_of
from paddock.hub.scans.services.deciding import advisory_database
from paddock.hub.scans.tables import vulnerabilities_table
from paddock.hub.scans.vulnerable import WIDTH, figures_of, rows_of


@login_required
@require_safe
def vulnerabilities(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """Which are known, how bad, what to do; or that nobody looked, which is not the same as none."""
    found = release_by_id(request.actor, release_id)
    result = result_of(found)
    rows = rows_of(result) if result is not None else []
    figures = figures_of(result.advice if result is not None else None, rows)
    sentence = _("No vulnerability is known for any component.") if figures.looked_up else _("Nobody looked them up.")
    context = {
        **head_of(request.actor, found, "vulnerabilities"),
        "known": result is not None,
        "figures": figures,
        "width": WIDTH,
        "hub_looks_up": advisory_database() is not None,
        **_age(result),
    }
    return respond(
        request,
        vulnerabilities_table(found.pk, sentence, explained=any(row.why for row in rows)),
        rows,
        "scans/release_vulnerabilities.html",
        context,
    )


def _age(result: Result | None) -> dict[str, Any]:
    """How old the advisories are: of when, how many days, and whether the newest of them is much older still."""
    data = result.advice.data if result is not None and result.advice is not None else None
    if data is None:
        return {}
    newest = data.newest
    return {
        "advisories": data,
        "days": max(0, (now() - data.updated).days),
        "old": (now() - data.updated).days > OLD_DAYS,
        "newest": newest if newest is not None and (data.updated - newest).days > OLD_DAYS else None,
    }
