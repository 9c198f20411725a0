# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of policies and of their versions."""

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paddock.hub.pages.status import Status
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.types import VersionState

TONES: dict[str, str] = {
    VersionState.DRAFT: "warn",
    VersionState.RELEASED: "good",
    VersionState.REPLACED: "none",
}
ICONS: dict[str, str] = {VersionState.DRAFT: "edit"}


def version_status(version: PolicyVersion) -> Status:
    """How a version stands, as icon and word."""
    return Status(TONES[version.state], VersionState(version.state).label, ICONS.get(version.state, ""))


def _in_force(row: Policy) -> Status:
    found = _first(row, "in_force")
    if found is None:
        return Status("none", _("No version"))
    return Status("good", _("Version %(number)s") % {"number": found.number})


def _draft(row: Policy) -> Status | None:
    found = _first(row, "draft")
    return None if found is None else Status("warn", _("Version %(number)s") % {"number": found.number}, "edit")


def _first(row: Policy, which: str) -> PolicyVersion | None:
    """What `policies_with_versions` put there."""
    return next(iter(getattr(row, which)), None)


def _released_by(version: PolicyVersion | None) -> str:
    return version.released_by.name if version is not None and version.released_by is not None else ""


def _compared(row: PolicyVersion) -> str:
    if row.number == 1:
        return ""
    return f"{reverse('policy-changes', args=[row.policy_id])}?from={row.number - 1}&to={row.number}"


POLICIES = Table(
    name="policies",
    caption=gettext_lazy("Policies"),
    columns=(
        Column(
            "name", gettext_lazy("Policy"), lambda row: row.name, sort="name",
            link=lambda row: reverse("policy", args=[row.pk]),
        ),
        Column("unit", gettext_lazy("Unit"), lambda row: row.unit.name, sort="unit__path"),
        Column("in-force", gettext_lazy("In force"), _in_force),
        Column(
            "since", gettext_lazy("Since"), lambda row: getattr(_first(row, "in_force"), "released_at", None),
        ),
        Column("by", gettext_lazy("Released by"), lambda row: _released_by(_first(row, "in_force"))),
        Column(
            "draft", gettext_lazy("Draft"), _draft,
            link=lambda row: reverse("policy-draft", args=[row.pk]) if _first(row, "draft") else "",
        ),
    ),
    filters=(
        Filter("name", gettext_lazy("Name"), lambda rows, text: rows.filter(name__icontains=text)),
        Filter("unit", gettext_lazy("Unit"), lambda rows, text: rows.filter(unit__name__icontains=text)),
    ),
    order="unit",
    empty=Empty(
        gettext_lazy("No unit that you may see has a policy of its own: the one that ships with Paddock holds."),
        reverse_lazy("new-policy"), gettext_lazy("Write the first policy"),
    ),
)  # fmt: skip
VERSIONS = Table(
    name="versions",
    caption=gettext_lazy("Versions"),
    columns=(
        Column(
            "number", gettext_lazy("Version"), lambda row: _("Version %(number)s") % {"number": row.number},
            sort="number", link=lambda row: reverse("policy-version", args=[row.policy_id, row.number]),
            note=lambda row: row.note,
        ),
        Column("state", gettext_lazy("State"), version_status),
        Column("author", gettext_lazy("Begun by"), lambda row: row.author.name if row.author else ""),
        Column("begun", gettext_lazy("Begun"), lambda row: row.created_at, sort="created_at"),
        Column("by", gettext_lazy("Released by"), _released_by),
        Column("released", gettext_lazy("Released on"), lambda row: row.released_at, sort="released_at"),
        Column(
            "changes", gettext_lazy("Changes"),
            lambda row: _("since version %(number)s") % {"number": row.number - 1} if row.number > 1 else "",
            link=_compared,
        ),
    ),
    order="-number",
    empty=Empty(gettext_lazy("This policy has no version. Draft one; it decides nothing until it is released.")),
)  # fmt: skip
