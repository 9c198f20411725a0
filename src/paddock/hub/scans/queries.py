# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading intakes, verdicts and results. Whoever may see a release may see these; the caller has looked it up."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from paddock.engine.model.result import Result
from paddock.hub.accounts.types import Permission
from paddock.hub.components.models import Inventory
from paddock.hub.components.services import result_in
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound
from paddock.hub.products.models import Release
from paddock.hub.scans.models import Evaluation, Intake


def intakes_of(release: Release) -> QuerySet[Intake]:
    """What was handed in for a release, the newest first."""
    return Intake.objects.filter(release=release).order_by("-created_at")


def intakes_for(actor: Actor) -> QuerySet[Intake]:
    """What was handed in for any release that the actor may see, the newest first."""
    within = actor.within(Permission.SEE_PRODUCTS, "release__product__unit__path")
    return Intake.objects.filter(within).select_related("release__product__unit").order_by("-created_at")


def intake_by_id(actor: Actor, intake_id: UUID) -> Intake:
    """Raises NotFound, also where there is one that the actor may not see."""
    found = intakes_for(actor).filter(pk=intake_id).first()
    if found is None:
        raise NotFound(_("There is no such upload, or none that you may see."))
    return found


def latest_inventories(release: Release) -> list[Inventory]:
    """What the release contains now and what it contained before, in this order; fewer where there are fewer."""
    made = intakes_of(release).exclude(inventory=None).order_by("-inventory_id").select_related("inventory")
    return [intake.inventory for intake in made[:2] if intake.inventory is not None]


def evaluations_of(release: Release) -> QuerySet[Evaluation]:
    """The verdicts about a release, the newest first."""
    return (
        Evaluation.objects.filter(release=release)
        .select_related("policy_version__policy")
        .order_by("-created_at", "-pk")
    )


def turned(actor: Actor, permission: str, since: datetime) -> QuerySet[Evaluation]:
    """The verdicts since then that were other ones than before, about releases of products in use in the units where
    the permission holds, the newest first."""
    within = actor.within(permission, "release__product__unit__path")
    found = Evaluation.objects.filter(within, ~Q(outcome=F("before")), created_at__gte=since)
    found = found.filter(release__product__archived_at=None).defer("reasons")
    return found.select_related("release__product__unit").order_by("-created_at", "-pk")


def turns_by_day(turns: QuerySet[Evaluation]) -> Iterator[tuple[date, str, str, int]]:
    """Verdicts that `turned`, counted: the day where the hub stands, the outcome before and after, how many. One query,
    with few rows however many verdicts there are."""
    days = turns.order_by().annotate(day=TruncDate("created_at")).values_list("day", "before", "outcome")
    return iter(days.annotate(count=Count("pk")))


def verdicts_of(release: Release, *, most: int) -> list[Evaluation]:
    """The newest verdicts without their reasons, which may be long; one query."""
    return list(evaluations_of(release).defer("reasons", "policy_version__content")[:most])


def latest_evaluation(release: Release) -> Evaluation | None:
    """The verdict that counts now."""
    return evaluations_of(release).first()


def result_of(release: Release) -> Result | None:
    """The engine's result for what the release contains now, with the newest look-up and the newest verdict."""
    return result_in(release.inventory) if release.inventory is not None else None


def intake_counts() -> dict[str, int]:
    """How many things handed in are in each state, over the whole hub; for its figures."""
    counted = Intake.objects.order_by().values("state").annotate(count=Count("id"))
    return {row["state"]: row["count"] for row in counted}
