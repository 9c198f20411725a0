# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Handing something in, and deciding about a release."""

import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from paddock.engine.model.errors import EngineError
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.pipeline.run import Settings, decide, look_up_vulnerabilities, settle_findings
from paddock.hub.accounts.types import Permission
from paddock.hub.audit.services import record
from paddock.hub.components.models import Inventory
from paddock.hub.components.services import content_of, result_in, retire_inventory, store_document, store_inventory
from paddock.hub.core import clock
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import ChangedMeanwhile, TooLarge
from paddock.hub.core.queue import Queue, defer
from paddock.hub.outbox.services import publish
from paddock.hub.policies.models import PolicyVersion
from paddock.hub.policies.queries import policy_in_force
from paddock.hub.products.models import Release
from paddock.hub.products.services import record_inventory, record_outcome
from paddock.hub.scans.events import InventoryReplaced, ReleaseEvaluated
from paddock.hub.scans.models import Evaluation, Intake
from paddock.hub.scans.reading import check_document, file_name, read_document, settings_for
from paddock.hub.scans.types import IntakeKind, IntakeState

UNSUCCESSFUL = (IntakeState.FAILED, IntakeState.CANCELLED)


class Interrupted(EngineError):
    """Somebody has cancelled what a worker was reading."""


def hand_in_document(*, actor: Actor, release: Release, content: bytes, filename: str, now: datetime) -> Intake:
    """Take a bill of materials, a result or a lock file for a release; a worker reads it.

    The bytes are kept as they came. Bytes that the newest intake of the release has already read give that intake
    again: nothing changes. Raises NotFound, NotAllowed, TooLarge, Invalid with the places that are wrong; nothing is
    stored then.
    """
    product = release.product
    what = f"the release {release.name} of {product.name}"
    actor.require(Permission.UPLOAD, product.unit.path, see=Permission.SEE_PRODUCTS, what=what)
    if len(content) > settings.MAX_UPLOAD:
        raise TooLarge(f"The file has {len(content):,} bytes; at most {settings.MAX_UPLOAD:,} are taken.")
    name = file_name(filename)
    kind, form = check_document(content, name)
    with transaction.atomic():
        document = store_document(content=content, format=form, now=now)
        newest = Intake.objects.filter(release=release).order_by("-created_at").select_related("document").first()
        if newest is not None and newest.document_id == document.id and newest.state not in UNSUCCESSFUL:
            return newest
        intake = Intake.objects.create(
            created_at=now, release=release, kind=kind, document=document, source=name, submitted_by=actor.name
        )
        start(intake)
        record(
            actor=actor, now=now, action="document.handed-in", subject_type="release", subject_id=release.id,
            subject_name=f"{product.name} {release.name}", unit_path=product.unit.path,
            details={"file": name, "format": form, "sha256": document.sha256, "bytes": document.size},
        )  # fmt: skip
    return intake


def start(intake: Intake) -> None:
    """Ask a worker to read it. Two intakes of one release are read one after the other."""
    queue = Queue.INTAKE if intake.kind in (IntakeKind.DOCUMENT, IntakeKind.RESULT) else Queue.BATCH
    job = defer("scans.take_in", queue=queue, lock=f"release {intake.release_id}", intake_id=str(intake.id))
    Intake.objects.filter(pk=intake.pk).update(job_id=job)
    intake.job_id = job


@transaction.atomic
def cancel_intake(*, actor: Actor, intake: Intake, now: datetime) -> Intake:
    """Stop an intake that waits or runs; nothing of it is stored. Raises NotFound, NotAllowed, ChangedMeanwhile."""
    release = intake.release
    what = f"the release {release.name} of {release.product.name}"
    unit_path = release.product.unit.path
    actor.require(Permission.UPLOAD, unit_path, see=Permission.SEE_PRODUCTS, what=what)
    going = Intake.objects.filter(pk=intake.pk, state__in=(IntakeState.WAITING, IntakeState.RUNNING))
    if going.update(state=IntakeState.CANCELLED, finished_at=now) != 1:
        raise ChangedMeanwhile("This upload has ended already.")
    record(
        actor=actor, now=now, action="intake.cancelled", subject_type="release", subject_id=release.id,
        subject_name=f"{release.product.name} {release.name}", unit_path=unit_path, details={"intake": str(intake.id)},
    )  # fmt: skip
    intake.refresh_from_db()
    return intake


def request_evaluation(*, release_id: UUID) -> None:
    """Ask for a new verdict about a release, when there is time: uploads go first."""
    defer("scans.evaluate", queue=Queue.BATCH, lock=f"release {release_id}", release_id=str(release_id))


def take_in(*, intake_id: UUID, now: datetime) -> None:
    """A worker's part: read what was handed in, store what it contains, decide.

    Reading happens outside the transaction, storing in one. An intake that has ended, or that somebody cancelled
    meanwhile, is left as it is; so running this twice does nothing the second time.
    """
    begun = Intake.objects.filter(pk=intake_id, state__in=(IntakeState.WAITING, IntakeState.RUNNING))
    if begun.update(state=IntakeState.RUNNING, heartbeat_at=now) != 1:
        return
    intake = Intake.objects.select_related("document", "release__product__unit").get(pk=intake_id)
    product = intake.release.product
    policy, version = policy_in_force(product.unit.path)
    try:
        result = read(intake, settings_for(policy, product.distribution, advisory_database()), now=now)
    except EngineError as error:
        fail(intake_id=intake_id, problems=[str(error)], now=now)
        return
    with transaction.atomic():
        inventory = _replace_inventory(intake, result, now)
        _store_verdict(intake.release, inventory, result, version, now)
        running = Intake.objects.filter(pk=intake_id, state=IntakeState.RUNNING)
        if running.update(state=IntakeState.DONE, finished_at=now, inventory=inventory) != 1:
            transaction.set_rollback(True)


def read(intake: Intake, how: Settings, *, now: datetime) -> Result:
    """The engine's result, verdict included. Raises EngineError."""
    content = content_of(intake.document) if intake.document is not None else b""
    return read_document(content, intake.source, how, now=now, progress=Heartbeat(intake.pk))


class Heartbeat:
    """Notes in the database how far a worker is, at most every two seconds."""

    PAUSE = 2.0

    def __init__(self, intake_id: UUID) -> None:
        self._intake_id = intake_id
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Raises Interrupted when somebody has cancelled the intake."""
        moment = time.monotonic()
        if moment - self._last < self.PAUSE:
            return
        self._last = moment
        running = Intake.objects.filter(pk=self._intake_id, state=IntakeState.RUNNING)
        if running.update(stage=stage[:100], done=done, total=total, heartbeat_at=clock.now()) != 1:
            raise Interrupted("The upload was cancelled.")


def _replace_inventory(intake: Intake, result: Result, now: datetime) -> Inventory:
    inventory = store_inventory(result=result, document=intake.document, now=now)
    before = record_inventory(
        release_id=intake.release_id, inventory_id=inventory.pk, component_count=inventory.component_count
    )
    if before is not None:
        retire_inventory(inventory_id=before)
    publish(event=InventoryReplaced(intake.release_id, inventory.pk, before), now=now)
    return inventory


def _store_verdict(
    release: Release, inventory: Inventory, result: Result, version: PolicyVersion | None, now: datetime
) -> Evaluation:
    verdict, identity = result.verdict, result.policy
    if verdict is None or identity is None:
        raise ValueError("the pipeline's last stage decides, so there is a verdict")
    evaluation = Evaluation.objects.create(
        created_at=now,
        release=release,
        inventory=inventory,
        policy_version=version,
        policy_sha256=identity.sha256,
        outcome=verdict.outcome,
        sentence=verdict.sentence,
        reasons=msgspec.to_builtins(verdict.reasons),
        data=[list(pair) for pair in result.data],
        tool_version=result.tool.version,
    )
    counts = Counter(reason.kind for reason in verdict.open_reasons if reason.severity is Severity.ERROR)
    record_outcome(
        release_id=release.pk, outcome=verdict.outcome, sentence=verdict.sentence,
        violations=counts[ReasonKind.VIOLATION], questions=counts[ReasonKind.QUESTION], now=now,
    )  # fmt: skip
    publish(event=ReleaseEvaluated(release.pk, evaluation.pk, verdict.outcome), now=now)
    return evaluation


def evaluate_release(*, release_id: UUID, now: datetime) -> Evaluation | None:
    """A new verdict about what a release contains, by the policy in force now; None when nothing is known of it."""
    release = Release.objects.select_related("product__unit", "inventory").get(pk=release_id)
    if release.inventory is None:
        return None
    policy, version = policy_in_force(release.product.unit.path)
    how = settings_for(policy, release.product.distribution, advisory_database())
    result = settle_findings(look_up_vulnerabilities(result_in(release.inventory), how), how, now=now)
    with transaction.atomic():
        return _store_verdict(release, release.inventory, decide(result, how, now=now), version, now)


def fail(*, intake_id: UUID, problems: list[str], now: datetime) -> None:
    """Nothing of it was stored, and this is why."""
    going = Intake.objects.filter(pk=intake_id, state__in=(IntakeState.WAITING, IntakeState.RUNNING))
    going.update(state=IntakeState.FAILED, finished_at=now, problems=problems)


def advisory_database() -> Path | None:
    """The database of known vulnerabilities on this machine, where there is one."""
    place: Path | None = settings.ADVISORY_DATABASE
    return place if place is not None and place.exists() else None
