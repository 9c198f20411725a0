# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of dry runs, and of the releases that a policy decides about."""

from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paddock.hub.dry_runs.models import Change
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.products.outcomes import outcome_status
from paddock.hub.products.types import Outcome

CAUSES = "causes"
"""What the address calls releases that keep their verdict for other causes."""


class Causes(str):
    """The causes that came and went: on a page a cell that opens to all of them, in an export their titles."""

    __slots__ = ("change",)
    change: Change

    @classmethod
    def of(cls, change: Change) -> "Causes":
        """Those of one release."""
        parts = ((_("Came"), change.came), (_("Went"), change.went))
        made = cls("; ".join(f"{word}: {', '.join(one['title'] for one in found)}" for word, found in parts if found))
        made.change = change
        return made

    def __html__(self) -> SafeString:
        """The cell, with everything in it escaped by the template."""
        came, went = len(self.change.came), len(self.change.went)
        parts = [
            ngettext("%(n)s cause came", "%(n)s causes came", came) % {"n": came} if came else "",
            ngettext("%(n)s went", "%(n)s went", went) % {"n": went} if went else "",
        ]
        context = {"change": self.change, "words": ", ".join(part for part in parts if part)}
        return render_to_string("dry_runs/causes.html", context)


def _turned(rows: QuerySet[Change], value: str) -> QuerySet[Change]:
    return rows.filter(turns=False) if value == CAUSES else rows.filter(turns=True, after=value)


CHANGES = Table(
    name="changes",
    caption=gettext_lazy("Releases that would change"),
    columns=(
        Column(
            "release", gettext_lazy("Release"), lambda row: f"{row.release.product.name} {row.release.name}",
            sort=("release__product__name", "release__name"),
            link=lambda row: reverse("release", args=[row.release_id]),
            note=lambda row: row.release.product.unit.name,
        ),
        Column("before", gettext_lazy("By the rules in force"), lambda row: outcome_status(row.before), sort="before"),
        Column("after", gettext_lazy("By the draft"), lambda row: outcome_status(row.after), sort="after"),
        Column("causes", gettext_lazy("Causes"), Causes.of),
    ),
    filters=(
        Filter(
            "turn", gettext_lazy("What happens"), _turned,
            (
                (Outcome.NOT_COMPLIANT.value, gettext_lazy("Turns not compliant")),
                (Outcome.UNDECIDED.value, gettext_lazy("Turns undecided")),
                (Outcome.COMPLIANT.value, gettext_lazy("Turns compliant")),
                (CAUSES, gettext_lazy("Same verdict, other causes")),
            ),
        ),
        Filter(
            "product", gettext_lazy("Product"),
            lambda rows, text: rows.filter(release__product__name__icontains=text),
        ),
    ),
    order="",
    empty=Empty(gettext_lazy("No release that you may see would change: every verdict and every cause stays.")),
)  # fmt: skip


def _known(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(inventory__isnull=value == "no")


RELEASES = Table(
    name="releases",
    caption=gettext_lazy("Releases that the policy decides about"),
    columns=(
        Column(
            "release", gettext_lazy("Release"), lambda row: f"{row.product.name} {row.name}",
            sort=("product__name", "name"), link=lambda row: reverse("release", args=[row.pk]),
        ),
        Column("unit", gettext_lazy("Unit"), lambda row: row.product.unit.name, sort="product__unit__name"),
        Column("verdict", gettext_lazy("Verdict"), lambda row: outcome_status(row.outcome), sort="outcome"),
        Column("evaluated", gettext_lazy("Checked"), lambda row: row.evaluated_at, sort="evaluated_at"),
    ),
    filters=(
        Filter("product", gettext_lazy("Product"), lambda rows, text: rows.filter(product__name__icontains=text)),
        Filter("outcome", gettext_lazy("Verdict"), lambda rows, value: rows.filter(outcome=value), Outcome.choices),
        Filter(
            "known", gettext_lazy("Contents"), _known,
            (("yes", gettext_lazy("Known")), ("no", gettext_lazy("Nothing was handed in"))),
        ),
    ),
    order="release",
    empty=Empty(gettext_lazy("There is no release that it would decide about, or none that you may see.")),
)  # fmt: skip
