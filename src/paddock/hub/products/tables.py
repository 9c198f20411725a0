# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of products, releases, and who ships a package."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from paddock.hub.core.clock import now, today
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.products.outcomes import criticality_word, outcome_status, state_word
from paddock.hub.products.types import Criticality, Outcome, ReleaseState

CHECKED_WITHIN = timedelta(days=90)


def checked_long_ago(products: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """The products whose newest release has a verdict that is older than three months."""
    return products.filter(newest_evaluated_at__lt=moment - CHECKED_WITHIN)


def out_of_support(products: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """The products whose support has ended."""
    return products.filter(support_ends_on__lt=today(moment))


OUTCOMES = Filter(
    "outcome",
    _("Verdict"),
    lambda rows, value: rows.filter(outcome=value),
    Outcome.choices,
)
PRODUCTS = Table(
    name="products",
    caption=_("Products"),
    columns=(
        Column(
            "name", _("Product"), lambda row: row.name, sort="name",
            link=lambda row: reverse("product", args=[row.pk]), note=lambda row: row.description[:120],
        ),
        Column("verdict", _("Verdict"), lambda row: outcome_status(row.newest_outcome), sort="newest_outcome"),
        Column(
            "release", _("Latest release"), lambda row: row.newest_name, sort="newest_name",
            link=lambda row: reverse("release", args=[row.newest_id]) if row.newest_id else "",
        ),
        Column("releases", _("Releases"), lambda row: row.release_count, sort="release_count", number=True),
        Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__name"),
        Column("criticality", _("Criticality"), lambda row: criticality_word(row.criticality)),
        Column("evaluated", _("Checked"), lambda row: row.newest_evaluated_at, sort="newest_evaluated_at"),
    ),
    filters=(
        Filter("name", _("Name"), lambda rows, text: rows.filter(name__icontains=text)),
        Filter("verdict", _("Verdict"), lambda rows, value: rows.filter(newest_outcome=value), Outcome.choices),
        Filter(
            "criticality", _("Criticality"), lambda rows, value: rows.filter(criticality=value), Criticality.choices
        ),
        Filter(
            "checked", _("Checked"), lambda rows, _value: checked_long_ago(rows, now()),
            (("old", _("More than three months ago")),),
        ),
        Filter("tag", _("Tag"), lambda rows, text: rows.filter(tags__contains=[text])),
        Filter("support", _("Support"), lambda rows, _value: out_of_support(rows, now()), (("ended", _("Has ended")),)),
        Filter(
            "archived", _("Archived"), lambda rows, value: rows.filter(archived_at__isnull=value == "no"),
            (("no", _("No")), ("yes", _("Yes"))),
        ),
    ),
    order="name",
    empty=Empty(
        _("There are no products that you may see yet."), reverse_lazy("new-product"), _("Create the first product")
    ),
)  # fmt: skip
RELEASES = Table(
    name="releases",
    caption=_("Releases"),
    columns=(
        Column(
            "name", _("Release"), lambda row: row.name, sort="name", link=lambda row: reverse("release", args=[row.pk]),
            note=lambda row: _("latest") if row.is_latest else "",
        ),
        Column("verdict", _("Verdict"), lambda row: outcome_status(row.outcome), sort="outcome"),
        Column("state", _("State"), lambda row: state_word(row.state), sort="state"),
        Column("components", _("Components"), lambda row: row.component_count, sort="component_count", number=True),
        Column("violations", _("Violations"), lambda row: row.violations, sort="violations", number=True),
        Column("questions", _("Open questions"), lambda row: row.questions, sort="questions", number=True),
        Column("evaluated", _("Checked"), lambda row: row.evaluated_at, sort="evaluated_at"),
        Column("created", _("Created"), lambda row: row.created_at, sort="created_at"),
    ),
    filters=(
        OUTCOMES,
        Filter("state", _("State"), lambda rows, value: rows.filter(state=value), ReleaseState.choices),
    ),
    order="-created",
    empty=Empty(_("This product has no release yet. A release is a version of it, with what it contains.")),
)  # fmt: skip
ASKED_FOR = {True: _("directly"), False: _("by another package")}
SHIPPED_BY = Table(
    name="who-ships-it",
    caption=_("Releases that contain this package"),
    columns=(
        Column(
            "product", _("Product"), lambda row: row.product.name, sort=("product__name", "name"),
            link=lambda row: reverse("release", args=[row.pk]), note=lambda row: row.product.unit.name,
        ),
        Column("release", _("Release"), lambda row: row.name, sort="name"),
        Column("version", _("Version of the package"), lambda row: row.component_version, sort="component_key"),
        Column("license", _("Licence"), lambda row: row.component_license, sort="component_license"),
        Column("direct", _("Asked for"), lambda row: ASKED_FOR.get(row.is_direct)),
        Column("verdict", _("Verdict"), lambda row: outcome_status(row.outcome), sort="outcome"),
        Column("state", _("State"), lambda row: state_word(row.state), sort="state"),
    ),
    filters=(
        OUTCOMES,
        Filter("state", _("State"), lambda rows, value: rows.filter(state=value), ReleaseState.choices),
    ),
    order="product",
    empty=Empty(_("No release that you may see contains this package in these versions.")),
)  # fmt: skip
