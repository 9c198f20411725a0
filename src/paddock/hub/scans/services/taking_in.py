# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A worker's part: what was handed in becomes an inventory and a verdict, whole or not at all."""

import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from paddock.engine.model.errors import EngineError
from paddock.engine.model.result import Result
from paddock.engine.pipeline.run import Settings
from paddock.hub.components.models import Inventory
from paddock.hub.components.services import content_of, retire_inventory, store_inventory
from paddock.hub.core import clock
from paddock.hub.core.queue import unfinished_jobs
from paddock.hub.outbox.services import publish
from paddock.hub.policies.queries import policy_in_force
from paddock.hub.products.services import record_inventory
from paddock.hub.scans.addresses import checked
from paddock.hub.scans.events import IntakeFailed, InventoryReplaced
from paddock.hub.scans.models import Intake
from paddock.hub.scans.reading import read_archive, read_document, read_tree, settings_for
from paddock.hub.scans.repositories import fetch_repository
from paddock.hub.scans.services.deciding import advisory_database, request_evaluation, store_verdict
from paddock.hub.scans.types import IntakeKind, IntakeState

GOING = (IntakeState.WAITING, IntakeState.RUNNING)
GAVE_UP = (
    "The hub could not finish this, for a reason that lies in the hub and stands in its log. Nothing of it was stored. "
    "Hand it in again; when that fails too, tell the administrator of the hub."
)


class Interrupted(EngineError):
    """Somebody has cancelled what a worker was reading."""


def take_in(*, intake_id: UUID, now: datetime) -> None:
    """Read what was handed in, store what it contains, decide.

    Reading happens outside the transaction, storing in one. An intake that has ended, or that somebody cancelled
    meanwhile, is left as it is; so running this twice does nothing the second time.
    """
    if Intake.objects.filter(pk=intake_id, state__in=GOING).update(state=IntakeState.RUNNING, heartbeat_at=now) != 1:
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
        running = Intake.objects.filter(pk=intake_id, state=IntakeState.RUNNING)
        if running.update(state=IntakeState.DONE, finished_at=clock.now()) != 1:
            return
        inventory = _replace_inventory(intake, result, now)
        Intake.objects.filter(pk=intake_id).update(inventory=inventory)
        store_verdict(intake.release, inventory, result, version, now)
        if policy_in_force(product.unit.path)[1] != version:
            request_evaluation(release_id=intake.release_id)


def read(intake: Intake, how: Settings, *, now: datetime) -> Result:
    """The engine's result, verdict included. Raises EngineError."""
    progress = Heartbeat(intake.pk)
    if intake.kind == IntakeKind.REPOSITORY:
        return _read_repository(intake, how, progress, now)
    content = content_of(intake.document) if intake.document is not None else b""
    reader: Callable[..., Result] = read_archive if intake.kind == IntakeKind.ARCHIVE else read_document
    return reader(content, intake.source, how, now=now, progress=progress)


def _read_repository(intake: Intake, how: Settings, progress: "Heartbeat", now: datetime) -> Result:
    address = checked(intake.source, allowed=settings.ALLOWED_GIT_HOSTS, private=settings.PRIVATE_GIT_HOSTS)
    with tempfile.TemporaryDirectory(prefix="paddock-repository-") as folder:
        place = Path(folder) / address.name
        place.mkdir()
        progress.say(f"Fetching {intake.revision or 'the default branch'} from {address.host}")
        commit = fetch_repository(
            address, intake.revision, place, watch=lambda size: progress("Fetching the repository", size // 1024, 0)
        )
        progress.say(f"Fetched commit {commit}")
        return read_tree(place, how, now=now, progress=progress)


class Heartbeat:
    """Notes in the database how far a worker is, at most every two seconds, and each stage once in the log."""

    PAUSE = 2.0
    LONGEST = 200

    def __init__(self, intake_id: UUID) -> None:
        self._intake_id = intake_id
        self._last = 0.0
        self._stage = ""
        self._log: list[list[str]] = []

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Raises Interrupted when somebody has cancelled the intake."""
        if stage != self._stage:
            self._stage = stage
            self._note(stage)
        if time.monotonic() - self._last >= self.PAUSE:
            self._store(stage, done, total)

    def say(self, text: str) -> None:
        """A line for the log, stored at once. Raises Interrupted."""
        self._note(text)
        self._store(text, 0, 0)

    def _note(self, text: str) -> None:
        if len(self._log) < self.LONGEST:
            self._log.append([clock.now().isoformat(timespec="seconds"), text])

    def _store(self, stage: str, done: int, total: int) -> None:
        self._last = time.monotonic()
        running = Intake.objects.filter(pk=self._intake_id, state=IntakeState.RUNNING)
        changes = {"stage": stage[:100], "done": done, "total": total, "heartbeat_at": clock.now(), "log": self._log}
        if running.update(**changes) != 1:
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


def fail(*, intake_id: UUID, problems: list[str], now: datetime) -> None:
    """Nothing of it was stored, and this is why."""
    _fail(Intake.objects.filter(pk=intake_id, state__in=GOING), problems, now)


def fail_abandoned(*, now: datetime) -> int:
    """Intakes that wait or run and that no worker will ever come back to are failed, and say so; how many."""
    abandoned = Intake.objects.filter(state__in=GOING, created_at__lt=now).exclude(job_id__in=unfinished_jobs())
    return _fail(abandoned, [GAVE_UP], now)


@transaction.atomic
def _fail(going: QuerySet[Intake], problems: list[str], now: datetime) -> int:
    failed = list(going.select_for_update().values_list("release_id", "pk"))
    Intake.objects.filter(pk__in=[pk for _, pk in failed]).update(
        state=IntakeState.FAILED, finished_at=now, problems=problems
    )
    for release_id, pk in failed:
        publish(event=IntakeFailed(release_id, pk), now=now)
    return len(failed)
