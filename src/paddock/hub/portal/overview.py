# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What home shows: what needs somebody, and what has changed; each number leads to the list that it counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.products.models import Product, Release
from paddock.hub.products.outcomes import outcome_status
from paddock.hub.products.queries import listed_products, releases_for
from paddock.hub.products.types import Criticality, Outcome
from paddock.hub.scans.models import Intake
from paddock.hub.scans.queries import intakes_for
from paddock.hub.scans.types import IntakeState

SHOWN = 6
"""Rows of each part."""
RECENTLY = timedelta(days=7)
RANK = {value: rank for rank, value in enumerate(reversed(Criticality.values))}


@dataclass(frozen=True)
class Overview:
    """counts: products by the verdict about their newest release. urgent: those that must not ship or need a decision,
    the most critical first. failed: uploads that nothing came of. changed: releases with a verdict of the last week.
    """

    counts: dict[str, int]
    urgent: list[Product]
    failed: list[Intake]
    changed: list[Release]

    @property
    def total(self) -> int:
        """All products that the actor may see."""
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        """Products whose newest release is not compliant or undecided."""
        return self.counts.get(Outcome.NOT_COMPLIANT, 0) + self.counts.get(Outcome.UNDECIDED, 0)

    @property
    def verdicts(self) -> list[tuple[Any, str, int]]:
        """(icon and word, value in the address, how many) of each verdict that occurs."""
        return [
            (outcome_status(value), value, self.counts[value]) for value in Outcome.values if self.counts.get(value)
        ]


def overview(actor: Actor, unit_path: str, moment: datetime) -> Overview | None:
    """What the actor's home shows about the unit looked at; None for people who may see no products. Four queries."""
    if not actor.may_somewhere(Permission.SEE_PRODUCTS):
        return None
    products: QuerySet[Any] = listed_products(actor).filter(archived_at=None, unit__path__startswith=unit_path)
    counts: dict[str, int] = {}
    for outcome in products.values_list("newest_outcome", flat=True):
        counts[outcome] = counts.get(outcome, 0) + 1
    since = moment - RECENTLY
    failed = intakes_for(actor).filter(state=IntakeState.FAILED, created_at__gte=since)
    changed = releases_for(actor).filter(evaluated_at__gte=since, product__archived_at=None)
    within = {"product__unit__path__startswith": unit_path}
    return Overview(
        counts=counts,
        urgent=list(most_urgent(products)[:SHOWN]),
        failed=list(failed.filter(release__product__unit__path__startswith=unit_path)[:SHOWN]),
        changed=list(changed.filter(**within).order_by("-evaluated_at")[:SHOWN]),
    )


def most_urgent(products: QuerySet[Any]) -> QuerySet[Any]:
    """Products that must not ship or need a decision: by how critical they are, then by verdict."""
    ranks = [When(criticality=value, then=Value(rank)) for value, rank in RANK.items()]
    found = products.filter(newest_outcome__in=(Outcome.NOT_COMPLIANT, Outcome.UNDECIDED))
    rank = Case(*ranks, default=Value(len(RANK)), output_field=IntegerField())
    return found.order_by(rank, "newest_outcome", "name")
