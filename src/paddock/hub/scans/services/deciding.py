# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Verdicts: stored with their reasons, repeated in the release, made anew when rules or data are others."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.pipeline.run import decide, look_up_vulnerabilities, settle_findings
from paddock.hub.components.models import Inventory
from paddock.hub.components.services import renew_result, result_in
from paddock.hub.core.actor import system
from paddock.hub.core.queue import Queue, defer
from paddock.hub.outbox.services import publish
from paddock.hub.policies.models import PolicyVersion
from paddock.hub.policies.queries import policy_in_force
from paddock.hub.products.models import Release
from paddock.hub.products.queries import releases_for
from paddock.hub.products.services import record_outcome
from paddock.hub.scans.causes import causes_in_short, data_in_short
from paddock.hub.scans.events import ReleaseEvaluated
from paddock.hub.scans.models import Evaluation, KnownData
from paddock.hub.scans.reading import settings_for

ADVISORIES = "advisories"


def request_evaluation(*, release_id: UUID) -> None:
    """Ask for a new verdict about a release, when there is time: uploads go first."""
    defer("scans.evaluate", queue=Queue.BATCH, lock=f"release {release_id}", release_id=str(release_id))


def evaluate_release(*, release_id: UUID, now: datetime) -> Evaluation | None:
    """A verdict about what a release contains, by the policy and the data in force now; None when nothing is known.

    The stored result gets what was looked up and decided, so that documents and pages say the same. A verdict that
    would repeat the last one word for word is not stored again: that one is returned. When the release got another
    inventory meanwhile, nothing is stored either: whoever stored that has decided about it.
    """
    release = Release.objects.select_related("product__unit", "inventory").get(pk=release_id)
    if release.inventory is None:
        return None
    policy, version = policy_in_force(release.product.unit.path)
    how = settings_for(policy, release.product.distribution, advisory_database())
    known = result_in(release.inventory)
    result = decide(settle_findings(look_up_vulnerabilities(known, how), how, now=now), how, now=now)
    with transaction.atomic():
        locked = Release.objects.select_for_update().only("inventory_id").get(pk=release_id)
        last = Evaluation.objects.filter(release=release_id).order_by("-created_at", "-pk").first()
        if locked.inventory_id != release.inventory.pk:
            return last
        if result != known:
            renew_result(inventory_id=release.inventory.pk, result=result, now=now)
        if last is not None and _repeats(last, release, result):
            return last
        return store_verdict(release, release.inventory, result, version, now)


def store_verdict(
    release: Release, inventory: Inventory, result: Result, version: PolicyVersion | None, now: datetime
) -> Evaluation:
    """Keep the verdict of a result, repeat it in the release, and tell of it, in the caller's transaction."""
    verdict, identity = result.verdict, result.policy
    if verdict is None or identity is None:
        raise ValueError("the pipeline's last stage decides, so there is a verdict")
    counts = Counter(reason.kind for reason in verdict.open_reasons if reason.severity is Severity.ERROR)
    before = record_outcome(
        release_id=release.pk, outcome=verdict.outcome, sentence=verdict.sentence,
        violations=counts[ReasonKind.VIOLATION], questions=counts[ReasonKind.QUESTION], now=now,
    )  # fmt: skip
    evaluation = Evaluation.objects.create(
        created_at=now,
        release=release,
        inventory=inventory,
        policy_version=version,
        policy_sha256=identity.sha256,
        before=before,
        outcome=verdict.outcome,
        sentence=verdict.sentence,
        reasons=msgspec.to_builtins(verdict.reasons),
        causes=causes_in_short(verdict.reasons),
        data=data_in_short(result),
        tool_version=result.tool.version,
    )
    publish(event=ReleaseEvaluated(release.pk, evaluation.pk, verdict.outcome), now=now)
    return evaluation


def _repeats(last: Evaluation, release: Release, result: Result) -> bool:
    if result.verdict is None or result.policy is None:
        return False
    made = (release.inventory_id, result.policy.sha256, str(result.verdict.outcome), result.verdict.sentence)
    return (last.inventory_id, last.policy_sha256, last.outcome, last.sentence) == made and (
        last.reasons == msgspec.json.decode(msgspec.json.encode(result.verdict.reasons))
    )


def decide_for_new_advisories(*, now: datetime) -> int:
    """Ask for a new verdict about every release when the database of advisories is another one than the last time; the
    number of releases. The first time that there is a database counts as another one."""
    database = advisory_database()
    if database is None:
        return 0
    with AdvisoryDatabase(database) as opened:
        version = opened.data().updated.isoformat()
    with transaction.atomic():
        KnownData.objects.get_or_create(name=ADVISORIES, defaults={"version": "", "noticed_at": now})
        known = KnownData.objects.filter(name=ADVISORIES).exclude(version=version)
        if known.update(version=version, noticed_at=now) != 1:
            return 0
        releases = releases_for(system("new advisories")).filter(product__archived_at=None).exclude(inventory=None)
        ids = list(releases.values_list("pk", flat=True))
        for release_id in ids:
            request_evaluation(release_id=release_id)
    return len(ids)


def advisory_database() -> Path | None:
    """The database of known vulnerabilities on this machine, where there is one."""
    place: Path | None = settings.ADVISORY_DATABASE
    return place if place is not None and place.exists() else None
