# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What home shows of the portfolio: how it stands, what needs somebody, what turned, what gets old."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from paddock.hub.accounts.queries import coordinated_paths
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.pages.status import Status
from paddock.hub.portal.trend import Trend, beginning, trend_of
from paddock.hub.products.models import Product
from paddock.hub.products.outcomes import outcome_status
from paddock.hub.products.queries import listed_products, outcomes_within, release_outcomes_within
from paddock.hub.products.tables import checked_long_ago, out_of_support
from paddock.hub.products.types import Criticality, Outcome
from paddock.hub.scans.models import Evaluation, Intake
from paddock.hub.scans.queries import intakes_for, turned, turns_by_day
from paddock.hub.scans.types import IntakeState

SHOWN = 6
"""Rows of each part."""
RECENTLY = timedelta(days=7)
RANK = {value: rank for rank, value in enumerate(reversed(Criticality.values))}


@dataclass(frozen=True, slots=True)
class Turned:
    """A verdict that is another than before."""

    evaluation: Evaluation
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class Late:
    """Something that was left lying: a sentence, and the list that it counts."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Overview:
    """counts: products by the verdict about their newest release. sees: whether the actor may open what is counted.

    urgent: products that must not ship or need a decision, the most critical first. failed: uploads of the last week
    that nothing came of. changed: verdicts that turned in the last week.
    """

    counts: dict[str, int]
    trend: Trend
    sees: bool
    urgent: list[Product]
    failed: list[Intake]
    changed: list[Turned]
    late: list[Late]

    @property
    def total(self) -> int:
        """All products that are counted."""
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        """Products whose newest release is not compliant or undecided."""
        return self.counts.get(Outcome.NOT_COMPLIANT, 0) + self.counts.get(Outcome.UNDECIDED, 0)

    @property
    def verdicts(self) -> list[tuple[Any, str, int]]:
        """(icon and word, address of the list, how many) of each verdict that occurs."""
        products = reverse("products")
        return [
            (outcome_status(value), f"{products}?{urlencode({'verdict': value})}", self.counts[value])
            for value in Outcome.values
            if self.counts.get(value)
        ]


def overview(actor: Actor, unit_path: str, moment: datetime) -> Overview | None:
    """What the actor's home shows about the unit looked at; None for people who may know nothing of products.

    People who may see reports and no products get the figures alone. At most eight queries.
    """
    sees = actor.may_somewhere(Permission.SEE_PRODUCTS)
    permission = Permission.SEE_PRODUCTS if sees else Permission.SEE_REPORTS
    if not sees and not actor.may_somewhere(permission):
        return None
    within = {"release__product__unit__path__startswith": unit_path}
    turns = turned(actor, permission, beginning(moment)).filter(**within)
    releases = release_outcomes_within(actor, permission, unit_path)
    since = moment - RECENTLY
    failed = intakes_for(actor).filter(state=IntakeState.FAILED, created_at__gte=since, **within)
    products: QuerySet[Any] = listed_products(actor).filter(archived_at=None, unit__path__startswith=unit_path)
    changed = turns.filter(created_at__gte=since)[:SHOWN] if sees else ()
    return Overview(
        counts=outcomes_within(actor, permission, unit_path),
        trend=trend_of(releases, turns_by_day(turns), moment),
        sees=sees,
        urgent=list(most_urgent(products)[:SHOWN]) if sees else [],
        failed=list(failed[:SHOWN]) if sees else [],
        changed=[Turned(one, outcome_status(one.before), outcome_status(one.outcome)) for one in changed],
        late=left_lying(products, moment) if sees else [],
    )


def most_urgent(products: QuerySet[Any]) -> QuerySet[Any]:
    """Products that must not ship or need a decision: by how critical they are, then by verdict."""
    ranks = [When(criticality=value, then=Value(rank)) for value, rank in RANK.items()]
    found = products.filter(newest_outcome__in=(Outcome.NOT_COMPLIANT, Outcome.UNDECIDED))
    rank = Case(*ranks, default=Value(len(RANK)), output_field=IntegerField())
    return found.order_by(rank, "newest_outcome", "name")


def left_lying(products: QuerySet[Any], moment: datetime) -> list[Late]:
    """What nobody has looked after for a while, each kind with its number. Three queries."""
    found = []
    listed = reverse("products")
    if old := checked_long_ago(products, moment).count():
        sentence = ngettext(
            "%(count)s product was not checked for three months.",
            "%(count)s products were not checked for three months.", old,
        )  # fmt: skip
        found.append(Late(sentence % {"count": old}, f"{listed}?checked=old"))
    if ended := out_of_support(products, moment).count():
        sentence = ngettext(
            "%(count)s product is past the end of its support.",
            "%(count)s products are past the end of their support.", ended,
        )  # fmt: skip
        found.append(Late(sentence % {"count": ended}, f"{listed}?support=ended"))
    if alone := _uncoordinated(products, moment):
        sentence = ngettext(
            "%(count)s unit with products has no FOSS coordinator.",
            "%(count)s units with products have no FOSS coordinator.", alone,
        )  # fmt: skip
        found.append(Late(sentence % {"count": alone}, reverse("units")))
    return found


def _uncoordinated(products: QuerySet[Any], moment: datetime) -> int:
    covered = tuple(coordinated_paths(moment))
    paths = products.order_by().values_list("unit__path", flat=True).distinct()
    return sum(not path.startswith(covered) for path in paths)
