# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of what the licences of a release oblige to."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paddock.hub.pages.status import Status
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.scans.causes import LABELS
from paddock.hub.scans.obligations import UNREADABLE, Obligation
from paddock.hub.scans.tables.contents import DELIVERED, NO_LICENSE

NOT_TOLD = "not-told"
STATES = [
    ("open", gettext_lazy("Has open causes")),
    ("fine", gettext_lazy("Nothing to answer")),
    (NOT_TOLD, gettext_lazy("Could not tell")),
]


def obligations_table(release_id: UUID) -> Table:
    """The licences of what one release delivers."""
    components, documents = reverse("release-components", args=[release_id]), documents_url(release_id)
    return Table(
        name="obligations",
        caption=gettext_lazy("What the licences oblige to"),
        columns=(
            Column(
                "license", gettext_lazy("Licence"), lambda row: row.license or NO_LICENSE, sort="license",
                note=alternatives,
            ),
            Column("category", gettext_lazy("Category"), category, sort="category", note=lambda row: row.says),
            Column("policy", gettext_lazy("What the policy says"), judgement, sort="policy", note=causes, key=weight),
            Column(
                "components", gettext_lazy("Components"), lambda row: row.components, sort="components", number=True,
                link=lambda row: f"{components}?license={quote(row.license or '=', safe='')}&scope={DELIVERED}",
            ),
            Column(
                "documents", gettext_lazy("Document"), document, sort="documents", note=missing,
                link=lambda row: documents if row.applies and row.told and not row.free else "",
            ),
        ),
        filters=(
            Filter("license", gettext_lazy("Licence"), lambda rows, text: [
                row for row in rows if text.lower() in row.license.lower()]),
            Filter("state", gettext_lazy("State"), lambda rows, value: [row for row in rows if state(row) == value],
                   STATES),
        ),
        order="",
        empty=Empty(gettext_lazy("No component of this release is delivered, so no licence obliges to anything here.")),
    )  # fmt: skip


def documents_url(release_id: UUID) -> str:
    """The page with the documents of a release, which a room above brings; "" without it."""
    try:
        return reverse("release-documents", args=[release_id])
    except NoReverseMatch:
        return ""


def state(row: Obligation) -> str:
    """Of STATES."""
    if row.causes:
        return "open"
    return NOT_TOLD if not row.told else "fine"


def category(row: Obligation) -> str:
    """The category by the policy, else by the licence list, which says so."""
    if row.category:
        return row.category
    return _("%(category)s, by the licence list") % {"category": row.listed} if row.listed else _("Could not tell")


def judgement(row: Obligation) -> Status:
    """What the policy makes of it in this product."""
    if not row.applies:
        return Status("none", _("Not chosen"))
    if row.causes:
        return Status(*LABELS[row.causes[0].label])
    if row.license == UNREADABLE or not row.told:
        return Status("warn", _("Could not tell"))
    return Status("good", _("Waived")) if row.waived else Status("good", _("No objection"))


def weight(row: Obligation) -> int:
    """For sorting, the worst first."""
    return list(LABELS).index(row.causes[0].label) if row.causes else len(LABELS) + row.told


def causes(row: Obligation) -> str:
    """The causes with their rationale."""
    return " · ".join(f"{one.title}: {one.why}" if one.why else one.title for one in row.causes[:3])


def alternatives(row: Obligation) -> str:
    """In how many components another licence was chosen."""
    if not row.left:
        return ""
    return ngettext(
        "one alternative among several in %(count)s component, and another was chosen",
        "one alternative among several in %(count)s components, and another was chosen",
        row.left,
    ) % {"count": number_format(row.left, force_grouping=True)}


def document(row: Obligation) -> str:
    """Which documents of Paddock carry what it asks for."""
    if not row.applies or row.free:
        return _("None needed by its category") if row.free else ""
    if not row.told:
        return _("Could not tell")
    return _("Notice; source is not among the documents") if row.shares_source else _("Notice")


def missing(row: Any) -> str:
    """For how many components the notice lacks the text of the licence."""
    if not row.applies or row.free or not row.without_text:
        return ""
    return ngettext(
        "no licence text at hand for %(count)s component",
        "no licence text at hand for %(count)s components",
        row.without_text,
    ) % {"count": number_format(row.without_text, force_grouping=True)}
