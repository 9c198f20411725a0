# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of a release's pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paddock.hub.pages.status import Status
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.scans.types import IntakeState

NOTHING_KNOWN = Empty(_("Nothing is known yet about what this release contains. Hand in a bill of materials."))
NO_LICENSE = _("none known")

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
    empty=NOTHING_KNOWN,
)
LICENSES = Table(
    name="licences",
    caption=_("Licences"),
    columns=(
        Column("license", _("Licence"), lambda row: row["license"] or NO_LICENSE, sort="license"),
        Column("components", _("Components"), lambda row: row["components"], sort="components", number=True),
    ),
    order="-components",
    unique="license",
    empty=NOTHING_KNOWN,
)
TONES: dict[str, str] = {
    IntakeState.WAITING: "none", IntakeState.RUNNING: "info", IntakeState.DONE: "good", IntakeState.FAILED: "bad",
    IntakeState.CANCELLED: "none",
}  # fmt: skip
INTAKES = Table(
    name="uploads",
    caption=_("Uploads"),
    columns=(
        Column(
            "source", _("File or address"), lambda row: row.source, sort="source",
            link=lambda row: reverse("intake", args=[row.pk]),
        ),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("state", _("State"), lambda row: Status(TONES[row.state], row.get_state_display()), sort="state"),
        Column("by", _("Handed in by"), lambda row: row.submitted_by, sort="submitted_by"),
        Column("at", _("When"), lambda row: row.created_at, sort="created_at"),
    ),
    order="-at",
    empty=Empty(_("Nothing was handed in for this release yet.")),
)  # fmt: skip
