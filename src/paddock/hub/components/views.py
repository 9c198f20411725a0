# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages of packages and licences: what there is, whoever ships it."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from paddock.hub.accounts.types import Permission
from paddock.hub.components.models import Package
from paddock.hub.components.queries import licenses_in_use, packages_matching
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import Column, Empty, Filter, Table, respond

PACKAGES = Table(
    name="packages",
    caption=gettext_lazy("Packages"),
    columns=(
        Column(
            "name", gettext_lazy("Package"), lambda row: row.name, sort=("name", "purl"),
            link=lambda row: f"{reverse('package')}?purl={quote(row.purl, safe='')}", note=lambda row: row.namespace,
        ),
        Column("type", gettext_lazy("Ecosystem"), lambda row: row.type, sort=("type", "name")),
        Column("purl", gettext_lazy("Package URL"), lambda row: row.purl, code=True),
    ),
    filters=(
        Filter("q", gettext_lazy("Name"), lambda rows, text: rows.filter(pk__in=packages_matching(text).values("pk"))),
        Filter(
            "license", gettext_lazy("Licence"),
            lambda rows, text: rows.filter(components__license=text).distinct(),
        ),
    ),
    order="name",
    empty=Empty(gettext_lazy("No inventory has arrived yet. Hand in a bill of materials for a release.")),
)  # fmt: skip
LICENSES = Table(
    name="licences",
    caption=gettext_lazy("Licences"),
    columns=(
        Column(
            "license", gettext_lazy("Licence"), lambda row: row["license"] or _("none known"), sort="license",
            link=lambda row: f"{reverse('packages')}?license={quote(row['license'])}" if row["license"] else "",
        ),
        Column(
            "components", gettext_lazy("Components"), lambda row: row["components"], sort="components", number=True
        ),
    ),
    filters=(
        Filter("license", gettext_lazy("Licence"), lambda rows, text: rows.filter(license__icontains=text)),
    ),
    order="-components",
    unique="license",
    empty=Empty(gettext_lazy("No inventory has arrived yet. Hand in a bill of materials for a release.")),
)  # fmt: skip


def allowed(request: HubRequest) -> None:
    """Raise NotAllowed for people who may see no products anywhere."""
    if not request.actor.may_somewhere(Permission.SEE_PRODUCTS):
        raise NotAllowed(_("This needs a role that may see products. Ask the coordinator of your unit."))


@login_required
@require_safe
def packages(request: HubRequest) -> HttpResponseBase:
    """Every package of any inventory."""
    allowed(request)
    return respond(request, PACKAGES, Package.objects.all(), "components/packages.html")


@login_required
@require_safe
def licenses(request: HubRequest) -> HttpResponseBase:
    """Every licence that components stand under."""
    allowed(request)
    return respond(request, LICENSES, licenses_in_use(), "components/licenses.html")
