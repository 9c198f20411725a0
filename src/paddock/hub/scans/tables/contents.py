# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of what a release contains: its components, and the licences that they stand under."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from paddock.engine.model.inventory import Scope
from paddock.engine.reporter.causes import CauseGroup
from paddock.hub.components.queries import under_license
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.scans.causes import package_url, why_url

NOTHING_KNOWN = Empty(_("Nothing is known yet about what this release contains. Hand in a bill of materials."))
NO_LICENSE = _("none known")
SCOPES = {
    Scope.RUNTIME: pgettext_lazy("scope", "Runtime"),
    Scope.OPTIONAL: pgettext_lazy("scope", "Optional"),
    Scope.UNKNOWN: pgettext_lazy("scope", "Not told"),
    Scope.BUILD: pgettext_lazy("scope", "Build"),
    Scope.TEST: pgettext_lazy("scope", "Test"),
    Scope.DEV: pgettext_lazy("scope", "Development"),
}
"""What a component is needed for, in words; the weightiest first."""
DIRECT = {True: _("Direct"), False: _("Transitive"), None: _("Not told")}
DELIVERED = "delivered"
NOT_DELIVERED = (Scope.BUILD.value, Scope.TEST.value, Scope.DEV.value)


def components_table(release_id: UUID, causes: Mapping[str, CauseGroup]) -> Table:
    """The components of one release. causes: of its verdict by key, to narrow to the components of one of them."""

    def of_cause(rows: Any, key: str) -> Any:
        return rows.filter(component__purl__in=components_of(causes[key]))

    named = [(key, group.title) for key, group in causes.items() if components_of(group)]
    return Table(
        name="components",
        caption=_("Components"),
        columns=(
            Column(
                "name", _("Component"), lambda row: row.component.package.name, sort="component__package__name",
                link=lambda row: package_url(row.component.purl), note=lambda row: row.component.package.namespace,
            ),
            Column("version", _("Version"), lambda row: row.component.version, sort="component__version"),
            Column("license", _("Licence"), lambda row: row.license, sort="license"),
            Column("direct", _("Dependency"), lambda row: DIRECT[row.direct], sort="-direct"),
            Column("scope", _("Needed for"), lambda row: ", ".join(map(scope_word, row.scopes)), sort="scopes"),
            Column(
                "why", _("Why is it here?"), lambda _row: gettext("Why?"),
                link=lambda row: why_url(release_id, row.component.purl),
            ),
            Column("purl", _("Package URL"), lambda row: row.component.purl, code=True),
        ),
        filters=(
            Filter("name", _("Name"), lambda rows, text: rows.filter(component__package__name__icontains=text)),
            Filter("license", _("Licence"), under_license),
            Filter("direct", _("Dependency"), of_kind, [("yes", DIRECT[True]), ("no", DIRECT[False])]),
            Filter("scope", _("Needed for"), of_scope, [(DELIVERED, _("All that is delivered")), *SCOPES.items()]),
            *((Filter("cause", _("Cause"), of_cause, named),) if named else ()),
        ),
        order="name",
        empty=NOTHING_KNOWN,
    )  # fmt: skip


def components_of(group: CauseGroup) -> set[str]:
    """The components that causes are about, as package URLs; none where they are about projects or the scan."""
    return {reason.ref for cause in group.causes for reason in cause.reasons if reason.ref.startswith("pkg:")}


def scope_word(scope: str) -> str:
    """What a component is needed for, in words."""
    return str(SCOPES[Scope(scope)]) if scope in list(Scope) else scope


def of_kind(rows: Any, value: str) -> Any:
    """The components that a project asks for itself, or those that others bring in."""
    return rows.filter(direct=value == "yes")


def of_scope(rows: Any, value: str) -> Any:
    """The components needed for this; DELIVERED: for anything but building, testing and developing, as in notices."""
    if value != DELIVERED:
        return rows.filter(scopes__contains=[value])
    return rows.filter(~Q(scopes__contained_by=NOT_DELIVERED) | Q(scopes=[]))


def licenses_table(release_id: UUID) -> Table:
    """The licences of one release, each number with the list of the components that it counts."""
    address = reverse("release-components", args=[release_id])
    return Table(
        name="licences",
        caption=_("Licences"),
        columns=(
            Column("license", _("Licence"), lambda row: row["license"] or NO_LICENSE, sort="license"),
            Column(
                "components", _("Components"), lambda row: row["components"], sort="components", number=True,
                link=lambda row: f"{address}?license={quote('=' + row['license'], safe='')}",
            ),
        ),
        order="-components",
        unique="license",
        empty=NOTHING_KNOWN,
    )  # fmt: skip
