# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Trying a draft on the portfolio: in slices, each in a transaction of its own, so that nothing is lost or doubled."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from paddock.engine.policy.types import Policy as Rules
from paddock.hub.accounts.types import Permission
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor, system
from paddock.hub.core.errors import ChangedMeanwhile, Invalid
from paddock.hub.core.queue import Queue, defer, unfinished_arguments
from paddock.hub.dry_runs.comparison import compare
from paddock.hub.dry_runs.models import Change, DryRun
from paddock.hub.dry_runs.queries import releases_ruled
from paddock.hub.dry_runs.types import GOING, DryRunState
from paddock.hub.policies.permissions import require
from paddock.hub.policies.queries import faults_of, policy_in_force, rules_from
from paddock.hub.scans.queries import result_of

if TYPE_CHECKING:
    from paddock.hub.policies.models import PolicyVersion
    from paddock.hub.products.models import Release

SLICE = 25
"""Releases a task looks at before it hands on to the next one: a few seconds, so that a worker can stop any time."""
TASK = "dry_runs.try_slice"


@transaction.atomic
def request_dry_run(*, actor: Actor, version: "PolicyVersion", now: datetime) -> DryRun:
    """Have the version's text tried on every release that it would hold for. An earlier one that still runs is stopped.

    Raises NotFound, NotAllowed, Invalid with each fault of the text and its line.
    """
    policy, unit = version.policy, version.policy.unit
    require(actor, Permission.MANAGE_POLICIES, unit.path, unit.name)
    faults = faults_of(version.content)
    if faults:
        raise Invalid(_("The text has faults, so it cannot be tried."), errors=tuple(map(str, faults)))
    DryRun.objects.filter(version__policy=policy, state__in=GOING).update(state=DryRunState.STOPPED, finished_at=now)
    in_force = policy_in_force(unit.path)[1]
    releases = _releases(unit.path)
    known = releases.exclude(inventory=None).count()
    dry_run = DryRun.objects.create(
        created_at=now, version=version, revision=version.revision, content=version.content, sha256=version.sha256,
        compared_with=in_force, requested_by=actor.name, total=known, nothing_known=releases.count() - known,
    )  # fmt: skip
    record(
        actor=actor, now=now, action="policy.dry_run", subject_type="policy", subject_id=policy.id,
        subject_name=policy.name, unit_path=unit.path, details={"version": version.number, "sha256": version.sha256},
    )  # fmt: skip
    _next_slice(dry_run)
    return dry_run


@transaction.atomic
def stop_dry_run(*, actor: Actor, dry_run: DryRun, now: datetime) -> DryRun:
    """End it; what it found so far stays. Raises NotFound, NotAllowed, ChangedMeanwhile when it has ended."""
    unit = dry_run.version.policy.unit
    require(actor, Permission.MANAGE_POLICIES, unit.path, unit.name)
    going = DryRun.objects.filter(pk=dry_run.pk, state__in=GOING)
    if not going.update(state=DryRunState.STOPPED, finished_at=now):
        raise ChangedMeanwhile(_("This dry run has ended already."))
    dry_run.refresh_from_db(fields=["state", "finished_at"])
    return dry_run


def fail_abandoned(*, now: datetime) -> int:
    """Dry runs that are to go on and that no task is about any more are failed, and say so; how many."""
    going = DryRun.objects.filter(state__in=GOING, created_at__lt=now)
    ids = set(going.values_list("pk", flat=True))
    alive = {UUID(arguments["dry_run_id"]) for arguments in unfinished_arguments(TASK)} if ids else set()
    abandoned = DryRun.objects.filter(pk__in=ids - alive, state__in=GOING)
    return abandoned.update(state=DryRunState.FAILED, finished_at=now)


@transaction.atomic
def try_slice(*, dry_run_id: UUID, now: datetime) -> bool:
    """Look at the next releases; whether there are more, for which another task has been asked for.

    What is found and how far it got are stored together: a worker that dies leaves the slice to the next one.
    """
    found = DryRun.objects.select_for_update(of=("self",)).select_related("version__policy__unit")
    dry_run = found.filter(pk=dry_run_id, state__in=GOING).first()
    if dry_run is None:
        return False
    unit_path = dry_run.version.policy.unit.path
    waiting = _releases(unit_path).exclude(inventory=None).order_by("pk")
    if dry_run.cursor is not None:
        waiting = waiting.filter(pk__gt=dry_run.cursor)
    releases = list(waiting.select_related("product", "inventory")[:SLICE])
    tried, other = rules_from(dry_run.content), _other_rules(dry_run)
    Change.objects.bulk_create([change for one in releases if (change := _change(dry_run, one, other, tried, now))])
    dry_run.state = DryRunState.RUNNING
    dry_run.started_at = dry_run.started_at or now
    dry_run.done += len(releases)
    dry_run.total = max(dry_run.total, dry_run.done)
    more = len(releases) == SLICE
    if releases:
        dry_run.cursor = releases[-1].pk
    if more:
        _next_slice(dry_run)
    else:
        dry_run.state, dry_run.finished_at, dry_run.total = DryRunState.DONE, now, dry_run.done
    dry_run.save(update_fields=["state", "started_at", "finished_at", "done", "total", "cursor"])
    return more


def _next_slice(dry_run: DryRun) -> None:
    defer(TASK, queue=Queue.BATCH, lock=f"dry run {dry_run.pk}", dry_run_id=str(dry_run.pk))


def _releases(unit_path: str) -> "QuerySet[Release]":
    return releases_ruled(system("dry run"), unit_path)


def _other_rules(dry_run: DryRun) -> Rules:
    if dry_run.compared_with is None:
        return policy_in_force("")[0]
    return rules_from(dry_run.compared_with.content)


def _change(dry_run: DryRun, release: "Release", other: Rules, tried: Rules, now: datetime) -> Change | None:
    result = result_of(release)
    if result is None:
        return None
    found = compare(result, other, tried, distribution=release.product.distribution, now=now)
    if found.is_empty:
        return None
    return Change(
        dry_run=dry_run, release=release, before=found.before, after=found.after, turns=found.turns,
        sentence=found.sentence, came=list(found.came), went=list(found.went),
    )  # fmt: skip
