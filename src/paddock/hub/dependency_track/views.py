# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every address of the interface."""

from datetime import UTC
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.http.request import HttpRequest
from django.utils.http import content_disposition_header

from paddock import __version__
from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.write import WRITABLE, write
from paddock.engine.model.result import Result
from paddock.engine.reporter.reports import find_report
from paddock.hub.accounts.types import Permission
from paddock.hub.api.problems import problem
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now
from paddock.hub.core.errors import Invalid, NotFound
from paddock.hub.core.request import HubRequest
from paddock.hub.dependency_track import findings as shapes
from paddock.hub.dependency_track.answers import (
    ANSWERS_LIKE,
    POWERED_BY,
    answered,
    document,
    page,
    page_bounds,
    text,
)
from paddock.hub.dependency_track.projects import project, projects_for
from paddock.hub.dependency_track.submissions import read_object, read_submission
from paddock.hub.dependency_track.uploading import change_project, end_project, make_project, submit
from paddock.hub.products.models import Release
from paddock.hub.products.queries import release_by_id
from paddock.hub.products.types import ReleaseState
from paddock.hub.scans.queries import intake_by_id, latest_evaluation, result_of
from paddock.hub.scans.types import IntakeState

OPEN = (IntakeState.WAITING, IntakeState.RUNNING)
GRANTED = {
    Permission.UPLOAD: ("BOM_UPLOAD", "PROJECT_CREATION_UPLOAD"),
    Permission.SEE_PRODUCTS: ("VIEW_PORTFOLIO", "VIEW_VULNERABILITY", "VIEW_POLICY_VIOLATION", "VIEW_BADGES"),
    Permission.MANAGE_PRODUCTS: ("PORTFOLIO_MANAGEMENT",),
    Permission.DECIDE_SECURITY: ("VULNERABILITY_ANALYSIS",),
}


def version(_request: HttpRequest) -> HttpResponse:
    """Who this is; clients choose by it what they may call. Needs no token."""
    content = {
        "version": ANSWERS_LIKE,
        "application": "Dependency-Track",
        "timestamp": "2026-01-01T00:00:00Z",
        "uuid": shapes.stable_id("paddock", __version__),
        "framework": {
            "name": "Paddock",
            "version": __version__,
            "timestamp": "2026-01-01T00:00:00Z",
            "uuid": shapes.stable_id("paddock", "framework", __version__),
        },
    }
    response = document(content)
    response["X-Powered-By"] = POWERED_BY
    return response


@answered("PUT", "POST")
def upload_bom(request: HubRequest) -> HttpResponse:
    """Take a bill of materials; the token tells whether it is worked on."""
    intake = submit(actor=request.actor, submission=read_submission(request, "bom"), now=now())
    return document({"token": str(intake.id), "projectUuid": str(intake.release_id)})


@answered("PUT", "POST")
def upload_vex(request: HubRequest) -> HttpResponse:
    """Say plainly that a VEX document is not taken here, instead of taking it and doing nothing."""
    detail = "This hub does not take VEX documents here. Give them to `paddock scan --vex`, and upload its result."
    return problem(request, 501, detail)


@answered("GET")
def poll(request: HubRequest, token: UUID) -> HttpResponse:
    """Whether a document is still worked on; of an unknown token: no."""
    try:
        processing = intake_by_id(request.actor, token).state in OPEN
    except NotFound:
        processing = False
    return document({"processing": processing})


@answered("GET", "PUT")
def projects(request: HubRequest) -> HttpResponse:
    """The list of projects with X-Total-Count, or a new project."""
    if request.method == "PUT":
        made = make_project(actor=request.actor, values=read_object(request), now=now())
        return document(project(made), status=201)
    rows = projects_for(request.actor)
    name = request.GET.get("name", "") or request.GET.get("searchText", "")
    if name:
        rows = rows.filter(product__name__icontains=name.replace("\x00", ""))
    if request.GET.get("excludeInactive") == "true":
        rows = rows.exclude(state=ReleaseState.ENDED)
    start, end = page_bounds(request)
    shown = [project(release, with_import=False) for release in rows[start:end]]
    return document(shown, total=rows.count())


@answered("GET")
def lookup(request: HubRequest) -> HttpResponse:
    """The project with this name and version."""
    name, release = (request.GET.get(part, "").replace("\x00", "") for part in ("name", "version"))
    found = projects_for(request.actor).filter(product__name__iexact=name, name=release).first()
    if found is None:
        raise NotFound("The project could not be found.")
    return document(project(found))


@answered("GET")
def latest(request: HubRequest, name: str) -> HttpResponse:
    """The latest version of the project with this name."""
    found = projects_for(request.actor).filter(product__name__iexact=name.replace("\x00", ""), is_latest=True).first()
    if found is None:
        raise NotFound("The project could not be found.")
    return document(project(found))


@answered("GET", "PATCH", "DELETE")
def one_project(request: HubRequest, project_id: UUID) -> HttpResponse:
    """One project: read, changed, or ended. Nothing is deleted: its release goes out of support."""
    release = release_by_id(request.actor, project_id)
    if request.method == "DELETE":
        end_project(actor=request.actor, release=release, now=now())
        return text(204, "")
    if request.method == "PATCH":
        release = change_project(actor=request.actor, release=release, values=read_object(request), now=now())
    return document(project(release))


def _known(actor: Actor, project_id: UUID) -> tuple[Release, Result | None]:
    release = release_by_id(actor, project_id)
    return release, result_of(release)


@answered("GET")
def findings(request: HubRequest, project_id: UUID) -> HttpResponse:
    """The project's findings: a page of JSON, or all of them as SARIF for whoever accepts only that."""
    release, result = _known(request.actor, project_id)
    if "application/sarif+json" in request.headers.get("Accept", "") and result is not None:
        return HttpResponse(find_report("sarif").write(result), content_type="application/sarif+json")
    return page(request, shapes.findings(release.id, result, settled=request.GET.get("suppressed") == "true"))


@answered("GET")
def export_findings(request: HubRequest, project_id: UUID) -> HttpResponse:
    """All findings in the File Packaging Format 1.3."""
    release, result = _known(request.actor, project_id)
    content = {
        "version": "1.3",
        "meta": {
            "application": "Paddock",
            "version": __version__,
            "timestamp": now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "baseUrl": settings.BASE_URL,
        },
        "project": project(release),
        "findings": shapes.findings(release.id, result),
    }
    return document(content)


@answered("GET")
def violations(request: HubRequest, project_id: UUID) -> HttpResponse:
    """A page of the project's policy violations."""
    release, result = _known(request.actor, project_id)
    return page(request, shapes.violations(release.id, result, latest_evaluation(release)))


@answered("GET")
def current_metrics(request: HubRequest, project_id: UUID) -> HttpResponse:
    """The project's figures, always of this moment."""
    release, result = _known(request.actor, project_id)
    return document(shapes.metrics(release.id, result, latest_evaluation(release)))


@answered("GET")
def refresh_metrics(request: HubRequest, project_id: UUID) -> HttpResponse:
    """Nothing to do: the figures are always of the moment in which they are asked for."""
    release_by_id(request.actor, project_id)
    return text(200, "")


@answered("GET")
def own_team(request: HubRequest) -> HttpResponse:
    """The token as their team, with what it may in their words."""
    permissions = [
        {"name": name}
        for permission, names in GRANTED.items()
        if request.actor.may_somewhere(permission)
        for name in names
    ]
    return document({"uuid": str(request.actor.id), "name": request.actor.name, "permissions": permissions})


@answered("GET")
def export_bom(request: HubRequest, project_id: UUID) -> HttpResponse:
    """The project's inventory as CycloneDX, with the findings for the variants that ask for them."""
    release, result = _known(request.actor, project_id)
    if result is None:
        raise NotFound("Nothing is known about this project yet.")
    wanted = request.GET.get("format", "json").lower()
    notation = DocumentFormat.CYCLONEDX_XML if wanted == "xml" else DocumentFormat.CYCLONEDX_JSON
    kind = Kind(notation, request.GET.get("version") or "1.6")
    if wanted not in ("json", "xml") or kind not in WRITABLE:
        raise Invalid("format is json or xml, version 1.6 or 1.7.")
    variant = request.GET.get("variant", "inventory")
    content = write(
        result.inventory, kind, created=result.created, serial=str(release.id), tool=result.tool,
        advice=result.advice if variant in ("withVulnerabilities", "vdr") else None,
    )  # fmt: skip
    response = HttpResponse(content, content_type=f"application/vnd.cyclonedx+{wanted}")
    if request.GET.get("download") == "true":
        name = f"{release.product.name}-{release.name}.cdx.{wanted}"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
