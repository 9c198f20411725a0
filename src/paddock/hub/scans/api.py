# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Operations on what is handed in for releases, and on the verdicts about them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import StringConstraints

from paddock.engine.formats.result import write_result
from paddock.hub.api.paging import Page, Paging, Slice, page_of
from paddock.hub.api.problems import REFUSALS
from paddock.hub.api.texts import Address, Name, Storable
from paddock.hub.core.clock import now
from paddock.hub.core.errors import NotFound
from paddock.hub.core.request import HubRequest
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans import services
from paddock.hub.scans.models import Evaluation, Intake
from paddock.hub.scans.queries import evaluations_of, intake_by_id, intakes_of, result_of
from paddock.hub.scans.types import IntakeKind, IntakeState
from paddock.hub.scans.uploading import release_named, whole

router = Router(tags=["intakes"])
Revision = Annotated[str, StringConstraints(max_length=200), Storable]


class IntakeOut(Schema):
    """Something handed in for a release, and how far it is."""

    id: UUID
    release_id: UUID
    kind: IntakeKind
    state: IntakeState = Field(description="done, failed and cancelled are final.")
    source: str
    revision: str
    stage: str
    done: int
    total: int = Field(description="0: not known.")
    problems: list[str]
    submitted_by: str
    created_at: datetime
    finished_at: datetime | None = None


class EvaluationOut(Schema):
    """One verdict about a release."""

    id: UUID
    outcome: str
    sentence: str
    reasons: list[dict[str, Any]]
    policy_sha256: str
    tool_version: str
    created_at: datetime


class DocumentIn(Schema):
    """For which release a document is: the ids that the hub gives are not needed."""

    product: Name
    release: Name
    unit_id: UUID | None = Field(None, description="Where a product that does not exist yet is made.")
    create: bool = Field(False, description="Make product and release where they do not exist yet.")
    is_latest: bool = Field(False, description="A release that is made becomes the product's latest.")


class RepositoryIn(Schema):
    """A repository to fetch and scan."""

    url: Address
    revision: Revision = Field("", description="A branch, tag or commit; empty: the default branch.")


@router.post("/intakes", response={202: IntakeOut, **REFUSALS})
def hand_in(request: HubRequest, body: Form[DocumentIn], file: File[UploadedFile]) -> Status[Intake]:
    """Hand in a document (a bill of materials, a result, an archive of sources) for a release known by its names.

    The same bytes for the same release again change nothing: this is safe to repeat.
    """
    moment = now()
    release = release_named(
        actor=request.actor, product=body.product, release=body.release, unit_id=body.unit_id, create=body.create,
        is_latest=body.is_latest, now=moment,
    )  # fmt: skip
    return Status(202, whole(actor=request.actor, release=release, file=file, now=moment))


@router.post("/releases/{release_id}/intakes", response={202: IntakeOut, **REFUSALS})
def hand_in_for_release(request: HubRequest, release_id: UUID, file: File[UploadedFile]) -> Status[Intake]:
    """Hand in a document for a release. The same bytes again change nothing: this is safe to repeat."""
    release = release_by_id(request.actor, release_id)
    return Status(202, whole(actor=request.actor, release=release, file=file, now=now()))


@router.post("/releases/{release_id}/repository-scans", response={202: IntakeOut, **REFUSALS})
def scan_repository(request: HubRequest, release_id: UUID, body: RepositoryIn) -> Status[Intake]:
    """Have a worker fetch a repository and scan it. Its host must be among those that the hub may ask."""
    release = release_by_id(request.actor, release_id)
    made = services.hand_in_repository(
        actor=request.actor, release=release, url=body.url, revision=body.revision, now=now()
    )
    return Status(202, made)


@router.get("/releases/{release_id}/intakes", response={200: Page[IntakeOut], **REFUSALS})
def list_intakes(request: HubRequest, release_id: UUID, paging: Query[Paging]) -> Slice[Intake]:
    """What was handed in for a release, the newest first."""
    return page_of(intakes_of(release_by_id(request.actor, release_id)), paging, ("-id",))


@router.get("/intakes/{intake_id}", response={200: IntakeOut, **REFUSALS})
def get_intake(request: HubRequest, intake_id: UUID) -> Intake:
    """How far it is. Ask again every second or so, with If-None-Match."""
    return intake_by_id(request.actor, intake_id)


@router.delete("/intakes/{intake_id}", response={200: IntakeOut, **REFUSALS})
def cancel_intake(request: HubRequest, intake_id: UUID) -> Intake:
    """Stop it, when it is not done yet."""
    return services.cancel_intake(actor=request.actor, intake=intake_by_id(request.actor, intake_id), now=now())


@router.get("/releases/{release_id}/evaluations", response={200: Page[EvaluationOut], **REFUSALS})
def list_evaluations(request: HubRequest, release_id: UUID, paging: Query[Paging]) -> Slice[Evaluation]:
    """The verdicts about a release with their reasons, the newest first."""
    return page_of(evaluations_of(release_by_id(request.actor, release_id)), paging, ("-id",))


@router.get("/releases/{release_id}/result", response={200: dict[str, Any], **REFUSALS})
def get_result(request: HubRequest, release_id: UUID) -> HttpResponse:
    """Everything known about what a release contains, as `paddock scan --format json` writes it."""
    result = result_of(release_by_id(request.actor, release_id))
    if result is None:
        raise NotFound(_("Nothing was handed in for this release yet."))
    return HttpResponse(write_result(result), content_type="application/json")
