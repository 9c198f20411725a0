# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of a release: the verdict, why, and what it contains."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from paddock.hub.components.queries import components_in
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import Column, Empty, Filter, Table, respond
from paddock.hub.products.outcomes import outcome_status
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.queries import latest_evaluation

COMPONENTS = Table(
    name="components",
    caption=_("Components"),
    columns=(
        Column("name", _("Component"), lambda row: row.component.package.name, sort="component__package__name"),
        Column("version", _("Version"), lambda row: row.component.version, sort="component__version"),
        Column("license", _("Licence"), lambda row: row.license, sort="license"),
        Column("purl", _("Package URL"), lambda row: row.component.purl, code=True),
    ),
    filters=(
        Filter("name", _("Name"), lambda rows, text: rows.filter(component__package__name__icontains=text)),
        Filter("license", _("Licence"), lambda rows, text: rows.filter(license__icontains=text)),
    ),
    order="name",
    empty=Empty(_("Nothing is known yet about what this release contains. Hand in a bill of materials.")),
)


@login_required
@require_safe
def release(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """One release: its verdict with the causes, then its components."""
    found = release_by_id(request.actor, release_id)
    evaluation = latest_evaluation(found)
    causes: dict[str, list[dict[str, object]]] = {}
    for reason in evaluation.reasons if evaluation is not None else ():
        if not reason.get("waiver"):
            causes.setdefault(reason["cause"], []).append(reason)
    context = {
        "release": found,
        "verdict": outcome_status(found.outcome),
        "evaluation": evaluation,
        "causes": [(cause, reasons[0], reasons) for cause, reasons in causes.items()],
    }
    rows = components_in(found.inventory_id or 0)
    return respond(request, COMPONENTS, rows, "scans/release.html", context)
