# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Handing something in for a release, and taking that back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from paddock.hub.accounts.types import Permission
from paddock.hub.audit.services import record
from paddock.hub.components.services import store_document
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, TooLarge
from paddock.hub.core.queue import Queue, defer
from paddock.hub.products.models import Release
from paddock.hub.scans.addresses import AddressRefused, check_revision, check_url
from paddock.hub.scans.archives import is_archive
from paddock.hub.scans.models import Intake
from paddock.hub.scans.reading import check_document, file_name
from paddock.hub.scans.types import IntakeKind, IntakeState, the_release

UNSUCCESSFUL = (IntakeState.FAILED, IntakeState.CANCELLED)


def hand_in_document(*, actor: Actor, release: Release, content: bytes, filename: str, now: datetime) -> Intake:
    """Take a bill of materials, a result, a lock file or a source archive for a release; a worker reads it.

    The bytes are kept as they came. Bytes that the newest intake of the release has already read give that intake
    again: nothing changes. Raises NotFound, NotAllowed, TooLarge, Invalid with the places that are wrong; nothing is
    stored then.
    """
    _require(actor, release)
    if len(content) > settings.MAX_UPLOAD:
        raise too_large(len(content))
    name = file_name(filename)
    kind, form = check_document(content, name)
    with transaction.atomic():
        document = store_document(content=content, format=form, now=now)
        # Two requests with the same bytes at once: the second waits here, and then finds the first one's intake.
        Release.objects.select_for_update(no_key=True).only("pk").get(pk=release.pk)
        newest = Intake.objects.filter(release=release).order_by("-created_at").select_related("document").first()
        if newest is not None and newest.document_id == document.id and newest.state not in UNSUCCESSFUL:
            return newest
        intake = Intake.objects.create(
            created_at=now, release=release, kind=kind, document=document, source=name, submitted_by=actor.name
        )
        _start(intake)
        details = {"file": name, "format": form, "sha256": document.sha256, "bytes": document.size}
        _audit(actor, now, "document.handed-in", release, details)
    return intake


def too_large(size: int) -> TooLarge:
    """What is raised for a file of so many bytes."""
    told = {"size": number_format(size, force_grouping=True)}
    told["most"] = number_format(settings.MAX_UPLOAD, force_grouping=True)
    return TooLarge(_("The file has %(size)s bytes; at most %(most)s are taken.") % told)


def hand_in_archive(*, actor: Actor, release: Release, content: bytes, filename: str, now: datetime) -> Intake:
    """Take a source archive (zip, tar) for a release; a worker scans it. As `hand_in_document`, for archives only."""
    _require(actor, release)
    if content and not is_archive(content):
        raise Invalid(_("This is no archive: neither a zip nor a tar file."), errors=("file: " + _("not an archive"),))
    return hand_in_document(actor=actor, release=release, content=content, filename=filename, now=now)


def hand_in_repository(*, actor: Actor, release: Release, url: str, revision: str = "", now: datetime) -> Intake:
    """Have a worker fetch one revision ("": the default branch) of a repository and scan it.

    A scan of the same revision that waits or runs already is given back. Raises NotFound, NotAllowed, and Invalid for
    an address that the hub may not ask; its first place begins with the parameter that is wrong.
    """
    _require(actor, release)
    with _refused_at("url"):
        check_url(url, allowed=settings.ALLOWED_GIT_HOSTS)
    with _refused_at("revision"):
        check_revision(revision)
    with transaction.atomic():
        Release.objects.select_for_update(no_key=True).only("pk").get(pk=release.pk)
        going = Intake.objects.filter(
            release=release, kind=IntakeKind.REPOSITORY, source=url, revision=revision,
            state__in=(IntakeState.WAITING, IntakeState.RUNNING),
        ).first()  # fmt: skip
        if going is not None:
            return going
        intake = Intake.objects.create(
            created_at=now, release=release, kind=IntakeKind.REPOSITORY, source=url, revision=revision,
            submitted_by=actor.name,
        )  # fmt: skip
        _start(intake)
        _audit(actor, now, "repository.handed-in", release, {"url": url, "revision": revision})
    return intake


@transaction.atomic
def cancel_intake(*, actor: Actor, intake: Intake, now: datetime) -> Intake:
    """Stop an intake that waits or runs; nothing of it is stored. Raises NotFound, NotAllowed, ChangedMeanwhile."""
    _require(actor, intake.release)
    going = Intake.objects.filter(pk=intake.pk, state__in=(IntakeState.WAITING, IntakeState.RUNNING))
    if going.update(state=IntakeState.CANCELLED, finished_at=now) != 1:
        raise ChangedMeanwhile(_("This upload has ended already."))
    _audit(actor, now, "intake.cancelled", intake.release, {"intake": str(intake.id)})
    intake.refresh_from_db()
    return intake


@contextmanager
def _refused_at(place: str) -> Iterator[None]:
    """What cannot be asked, as what was filled in wrongly at this place."""
    try:
        yield
    except AddressRefused as error:
        raise Invalid(error.told, errors=(f"{place}: {error.told}",)) from error


def _start(intake: Intake) -> None:
    """Ask a worker to read it. Two intakes of one release are read one after the other, in order."""
    queue = Queue.INTAKE if intake.kind in (IntakeKind.DOCUMENT, IntakeKind.RESULT) else Queue.BATCH
    job = defer("scans.take_in", queue=queue, lock=f"release {intake.release_id}", intake_id=str(intake.id))
    Intake.objects.filter(pk=intake.pk).update(job_id=job)
    intake.job_id = job


def _require(actor: Actor, release: Release) -> None:
    what = the_release(release.name, release.product.name)
    actor.require(Permission.UPLOAD, release.product.unit.path, see=Permission.SEE_PRODUCTS, what=what)


def _audit(actor: Actor, now: datetime, action: str, release: Release, details: Mapping[str, Any]) -> None:
    record(
        actor=actor, now=now, action=action, subject_type="release", subject_id=release.id,
        subject_name=f"{release.product.name} {release.name}", unit_path=release.product.unit.path, details=details,
    )  # fmt: skip
