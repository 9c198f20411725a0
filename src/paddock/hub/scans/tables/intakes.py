# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of what was handed in for a release."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paddock.hub.pages.status import Status
from paddock.hub.pages.tables import Column, Empty, Table
from paddock.hub.scans.types import IntakeState

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
