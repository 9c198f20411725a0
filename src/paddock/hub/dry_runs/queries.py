# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading dry runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound
from paddock.hub.dry_runs.models import Change, DryRun
from paddock.hub.dry_runs.types import GOING
from paddock.hub.policies.queries import units_with_other_rules, visible_to
from paddock.hub.products.queries import releases_for
from paddock.hub.products.types import Outcome

if TYPE_CHECKING:
    from paddock.hub.policies.models import PolicyVersion
    from paddock.hub.products.models import Release


def releases_ruled(actor: Actor, unit_path: str) -> "QuerySet[Release]":
    """The releases that the actor may see for which a policy of this unit holds, or would hold: of the unit and below,
    except where units have rules of their own; those of archived products are left out. Two queries."""
    condition = Q(product__archived_at=None)
    for path in units_with_other_rules(unit_path):
        condition &= ~Q(product__unit__path__startswith=path)
    return releases_for(actor).filter(condition, product__unit__path__startswith=unit_path)


def dry_run_by_id(actor: Actor, dry_run_id: UUID) -> DryRun:
    """The dry run with its version, policy and unit. Raises NotFound, also where the actor may not see the policy."""
    runs = DryRun.objects.select_related("version__policy__unit", "compared_with__policy")
    found = runs.filter(pk=dry_run_id, version__policy__in=visible_to(actor).values("pk")).first()
    if found is None:
        raise NotFound(_("There is no such dry run, or none that you may see."))
    return found


def dry_runs_of(version: "PolicyVersion") -> QuerySet[DryRun]:
    """The dry runs of a version, the newest first, without the texts that were tried."""
    return DryRun.objects.filter(version=version).defer("content").order_by("-created_at")


def changes_of(dry_run: DryRun, actor: Actor) -> QuerySet[Change]:
    """What a dry run found about the releases that the actor may see: turned verdicts first, the worst of them on
    top."""
    within = actor.within(Permission.SEE_PRODUCTS, "release__product__unit__path")
    changes = Change.objects.filter(within, dry_run=dry_run).select_related("release__product__unit")
    return changes.order_by("-turns", "-after", "release__product__name", "release__name")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many releases a dry run would turn, and into what. only_causes: same verdict, other causes."""

    into_not_compliant: int
    into_undecided: int
    into_compliant: int
    only_causes: int

    @property
    def turned(self) -> int:
        """Releases with another verdict."""
        return self.into_not_compliant + self.into_undecided + self.into_compliant


def tally_of(dry_run: DryRun, actor: Actor) -> Tally:
    """The numbers over what `changes_of` lists; one query."""
    turned = Q(turns=True)
    counts = changes_of(dry_run, actor).aggregate(
        bad=Count("pk", filter=turned & Q(after=Outcome.NOT_COMPLIANT)),
        open=Count("pk", filter=turned & Q(after=Outcome.UNDECIDED)),
        good=Count("pk", filter=turned & Q(after=Outcome.COMPLIANT)),
        only_causes=Count("pk", filter=Q(turns=False)),
    )
    return Tally(counts["bad"], counts["open"], counts["good"], counts["only_causes"])


def time_left(dry_run: DryRun, now: datetime) -> timedelta | None:
    """How long it will take yet, by the pace so far; None where that cannot be told."""
    if dry_run.state not in GOING or dry_run.started_at is None or not dry_run.done:
        return None
    return (now - dry_run.started_at) / dry_run.done * (dry_run.total - dry_run.done)
