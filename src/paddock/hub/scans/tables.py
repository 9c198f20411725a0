# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of a release's pages."""

from django.utils.translation import gettext_lazy as _

from paddock.hub.pages.tables import Column, Empty, Filter, Table

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
