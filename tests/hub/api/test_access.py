# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every operation, asked by everybody: an operation without a row here fails the test."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from paddock.hub.accounts.models import ApiToken
from paddock.hub.config.api import api
from paddock.hub.core.clock import now
from paddock.hub.dependency_track.urls import urlpatterns as dependency_track
from tests.hub.api.callers import Caller, caller
from tests.hub.api.world import BILL, World, build_world
from tests.hub.company import Company

WHO = ("admin", "owner", "colleague", "auditor", "stranger", "nobody")
KNOWN = 200
SCHEMA = api.get_openapi_schema()
OPERATIONS = {
    operation["operationId"]: (method.upper(), path)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
}


@dataclass(frozen=True)
class Row:
    """Statuses in the order of WHO. own: what everybody may ask, of their own things; the answer differs, not the
    status. body: of JSON; file: a form with one."""

    statuses: tuple[int, ...]
    body: Any = None
    file: dict[str, str] | None = None


def read(*statuses: int) -> Row:
    return Row(statuses)


ALL = read(200, 200, 200, 200, 200, 200)
SEEN = read(200, 200, 200, 200, 404, 404)
"""Of a thing in Cockpit: found by those who may see its products."""
MANAGED = (200, 200, 403, 403, 404, 404)
ROWS = {
    "list_products": ALL,
    "make_product": Row((201, 201, 403, 403, 404, 404), {"name": "New", "unit_id": "{unit_id}"}),
    "get_product": SEEN,
    "change_product": Row(MANAGED, {"description": "Changed"}),
    "archive_product": Row((204, 204, 403, 403, 404, 404)),
    "list_releases": ALL,
    "make_release": Row((201, 201, 403, 403, 404, 404), {"name": "9.9"}),
    "get_release": SEEN,
    "change_release": Row(MANAGED, {"state": "released"}),
    "list_usages": ALL,
    "list_packages": read(200, 200, 200, 200, 200, 403),
    "get_package": read(200, 200, 200, 200, 200, 403),
    "hand_in": Row((202, 202, 202, 403, 404, 404), file={"product": "Cluster", "release": "1.0"}),
    "hand_in_for_release": Row((202, 202, 202, 403, 404, 404), file={}),
    "scan_repository": Row((422, 422, 422, 403, 404, 404), {"url": "https://not-allowed.example/x.git"}),
    "list_intakes": SEEN,
    "get_intake": SEEN,
    "cancel_intake": Row((200, 200, 200, 403, 404, 404)),
    "list_evaluations": SEEN,
    "get_result": read(404, 404, 404, 404, 404, 404),  # nothing has been read yet: found by nobody
    "list_policies": ALL,
    "get_policy": SEEN,
    "list_versions": SEEN,
    "get_version": SEEN,
    "list_units": ALL,
    "get_unit": SEEN,
    "list_people": ALL,
    "get_self": ALL,
    "get_person": read(200, 200, 404, 404, 404, 404),  # the owner themselves, and whoever manages people
    "list_tokens": ALL,
    "make_token": Row(
        (403,) * 6,
        {"name": "n", "unit_id": "{unit_id}", "permissions": ["upload"], "expires_at": "2030-01-01T00:00:00Z"},
    ),
    "get_token": read(200, 404, 404, 404, 404, 404),
    "delete_token": read(204, 404, 404, 404, 404, 404),
    "list_entries": ALL,
    "list_webhooks": ALL,
    "make_webhook": Row(
        (201, 201, 403, 403, 404, 404),
        {"unit_id": "{unit_id}", "url": "https://ci.example.org/", "topics": ["release.evaluated"]},
    ),
    "get_webhook": read(200, 200, 404, 404, 404, 404),
    "change_webhook": Row((200, 200, 404, 404, 404, 404), {"enabled": False}),
    "delete_webhook": read(204, 204, 404, 404, 404, 404),
    "renew_webhook_secret": read(201, 201, 404, 404, 404, 404),
    "test_webhook": read(202, 202, 404, 404, 404, 404),
    "list_messages": read(200, 200, 404, 404, 404, 404),
    "list_attempts": read(200, 200, 404, 404, 404, 404),
    "replay_message": read(422, 422, 404, 404, 404, 404),  # it still waits to be sent for the first time
}
DEPENDENCY_TRACK = {
    "version": read(200, 200, 200, 200, 200, 200),
    "v1/bom": Row((200, 200, 200, 403, 404, 403), file={"projectName": "Cluster", "projectVersion": "1.0"}),
    "v1/bom/token/<uuid:token>": ALL,
    "v1/event/token/<uuid:token>": ALL,
    "v1/bom/cyclonedx/project/<uuid:project_id>": read(404, 404, 404, 404, 404, 404),  # nothing has been read yet
    "v1/vex": Row((501,) * 6, file={}),
    "v1/project": ALL,
    "v1/project/lookup": SEEN,
    "v1/project/latest/<str:name>": read(404, 404, 404, 404, 404, 404),  # none is the latest
    "v1/project/<uuid:project_id>": SEEN,
    "v1/finding/project/<uuid:project_id>": SEEN,
    "v1/finding/project/<uuid:project_id>/export": SEEN,
    "v1/violation/project/<uuid:project_id>": SEEN,
    "v1/metrics/project/<uuid:project_id>/current": SEEN,
    "v1/metrics/project/<uuid:project_id>/refresh": SEEN,
    "v1/team/self": ALL,
}


@pytest.fixture
def world(company: Company) -> World:
    caches["process"].clear()
    return build_world(company)


def ask(who: Caller, row: Row, method: str, path: str, part: str = "file") -> int:
    """The status; whatever the request changed is undone."""
    answer: Any
    with transaction.atomic():
        if row.file is not None:
            answer = who.upload(path, {**row.file, part: SimpleUploadedFile("bom.json", BILL)})
        else:
            answer = who(method, path, row.body)
        transaction.set_rollback(True)
    assert answer.status_code != 500
    return int(answer.status_code)


def filled(value: Any, world: World) -> Any:
    """The body with ids in the place of their names."""
    if isinstance(value, dict):
        return {name: filled(part, world) for name, part in value.items()}
    return value.format(**world.path_values()) if isinstance(value, str) else value


def test_every_operation_has_a_row_and_no_row_is_left_over() -> None:
    assert set(ROWS) == set(OPERATIONS)
    assert set(DEPENDENCY_TRACK) == {str(address.pattern) for address in dependency_track}


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_their_role_allows_and_no_more(company: Company, world: World, who: str) -> None:
    program = caller(company, who)
    for name, row in ROWS.items():
        method, path = OPERATIONS[name]
        asked = Row(row.statuses, filled(row.body, world), row.file)
        status = ask(program, asked, method, path.format(**world.path_values()))
        assert (name, status) == (name, row.statuses[WHO.index(who)])


@pytest.mark.parametrize("who", WHO)
def test_the_other_interface_keeps_to_the_same_rights(company: Company, world: World, who: str) -> None:
    program = caller(company, who)
    for pattern, row in DEPENDENCY_TRACK.items():
        address = address_of(pattern, world)
        method = "POST" if row.file is not None else "GET"
        if "lookup" in address:
            address += "?name=Cluster&version=1.0"
        status = ask(program, row, method, address, "bom" if "bom" in pattern else "vex")
        assert (pattern, status) == (pattern, row.statuses[WHO.index(who)])


def address_of(pattern: str, world: World) -> str:
    values = {
        "<uuid:project_id>": str(world.release.id),
        "<uuid:token>": str(world.intake.id),
        "<str:name>": "Cluster",
    }
    for place, value in values.items():
        pattern = pattern.replace(place, value)
    return f"/api/{pattern}"


@pytest.mark.parametrize("state", ["anonymous", "unknown", "revoked", "expired", "left"])
def test_without_a_valid_token_nothing_is_answered(company: Company, world: World, state: str) -> None:
    program = caller(company, "anonymous" if state == "anonymous" else "owner")
    if state == "unknown":
        program.secret = "pdk_" + "x" * 43
    tokens = ApiToken.objects.filter(person=company.owner)
    if state == "revoked":
        tokens.update(revoked_at=now())
    elif state == "expired":
        tokens.update(expires_at=now() - timedelta(seconds=1))
    elif state == "left":
        company.owner.is_active = False
        company.owner.save()
    for name, row in ROWS.items():
        method, path = OPERATIONS[name]
        asked = Row(row.statuses, filled(row.body, world), row.file)
        status = ask(program, asked, method, path.format(**world.path_values()))
        assert status in (401, 429), name
    for pattern, row in DEPENDENCY_TRACK.items():
        method = "POST" if row.file is not None else "GET"
        if pattern != "version":
            assert ask(program, row, method, address_of(pattern, world)) in (401, 429), pattern


def test_a_stranger_learns_nothing_from_lists(company: Company, world: World) -> None:
    stranger = caller(company, "stranger")
    for name in ("list_products", "list_releases", "list_policies", "list_webhooks", "list_entries"):
        method, path = OPERATIONS[name]
        assert stranger(method, path).json()["items"] == []
    assert [unit["name"] for unit in stranger("GET", "/api/v1/units").json()["items"]] == ["Cloud"]
    assert stranger("GET", "/api/v1/project").json() == []
    assert stranger("GET", f"/api/v1/bom/token/{world.intake.id}").json() == {"processing": False}
