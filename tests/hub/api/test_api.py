# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How the API behaves beside who may do what."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paddock.hub.accounts.models import ApiToken
from paddock.hub.core.clock import now
from paddock.hub.products.models import Product
from paddock.hub.products.services import create_product
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import take_in
from tests.hub.api.callers import Caller, caller
from tests.hub.api.world import BILL, World, build_world
from tests.hub.company import MOMENT, Company
from tests.hub.conftest import SignIn


@pytest.fixture
def world(company: Company) -> World:
    caches["process"].clear()
    return build_world(company)


@pytest.fixture
def owner(company: Company) -> Caller:
    return caller(company, "owner")


def test_a_problem_says_what_where_and_by_which_id_the_log_knows_it(world: World, owner: Caller) -> None:
    answer = owner("POST", "/api/v1/products", {"name": "", "unit_id": "x"}, x_request_id="my-own-id-1")
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["title"]) == (422, 422, "Not valid")
    assert problem["request_id"] == answer["X-Request-Id"] == "my-own-id-1"
    assert [place.split(":")[0] for place in problem["errors"]] == ["body.body.name", "body.body.unit_id"]


UNKNOWN = "8bd0f38a-009d-4d09-b4b4-f45d36886d1c"
REFUSED = (
    ("GET", f"/products/{UNKNOWN}", None, "Dieses Produkt gibt es nicht, oder Sie dürfen es nicht sehen."),
    ("POST", "/products", {"name": ""}, "Es wurde nichts geändert; `errors` nennt jede Stelle."),
    ("GET", "/products?cursor=x", None, "Dieser cursor stammt nicht aus dieser Liste."),
    ("GET", "/nowhere", None, "Unter dieser Adresse gibt es nichts. Die Dokumentation steht unter /api/v1/docs."),
    (
        "DELETE", "/products", None,
        "Diese Adresse nimmt diese Methode nicht an. Allow nennt die Methoden, die sie annimmt.",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "german"), REFUSED)
def test_problems_are_in_the_language_that_is_asked_for_and_in_english_without(
    world: World, owner: Caller, method: str, path: str, body: Any, german: str
) -> None:
    asked = owner(method, f"/api/v1{path}", body, accept_language="de-DE,de;q=0.9,en;q=0.5").json()
    plain = owner(method, f"/api/v1{path}", body).json()
    assert asked["detail"] == german
    assert asked["title"] in ("Nicht gefunden", "Nicht gültig", "Methode nicht erlaubt")
    assert plain["title"] in ("Not found", "Not Found", "Not valid", "Method Not Allowed")
    assert plain["detail"].isascii()
    assert asked["status"] == plain["status"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("PUT", "/api/v1/products", 405),
        ("GET", "/api/v1/products/8bd0f38a-009d-4d09-b4b4-f45d36886d1c", 404),
    ],
)
def test_what_is_not_there_is_a_problem_too(world: World, owner: Caller, method: str, path: str, status: int) -> None:
    answer = owner(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b" " * (1024 * 1024 + 1), "application/json", 413),
        (b'{"name": "a\\u0000b", "unit_id": "%s"}', "application/json", 422),
        (b'{"name": "a\\ud800b", "unit_id": "%s"}', "application/json", 422),
    ],
)
def test_bodies_that_are_none(
    company: Company, world: World, owner: Caller, body: bytes, content_type: str, status: int
) -> None:
    sent = body.replace(b"%s", str(company.cockpit.id).encode())
    answer = owner.client.post(
        "/api/v1/products", sent, content_type=content_type, headers={"Authorization": f"Bearer {owner.secret}"}
    )
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_fields_that_nobody_may_set_are_not_set(company: Company, world: World, owner: Caller) -> None:
    path = f"/api/v1/products/{world.product.id}"
    forbidden = {"id": str(uuid4()), "unit_id": str(company.cloud.id), "archived_at": "2020-01-01T00:00:00Z"}
    answer = owner("PATCH", path, {"description": "Mine", **forbidden})
    changed = Product.objects.get(pk=world.product.pk)
    assert answer.status_code == 200
    assert (changed.description, changed.unit_id, changed.archived_at) == ("Mine", company.cockpit.id, None)


def test_null_leaves_names_alone_and_takes_dates_away(world: World, owner: Caller) -> None:
    path = f"/api/v1/products/{world.product.id}"
    owner("PATCH", path, {"support_ends_on": "2030-01-01"})
    answer = owner("PATCH", path, {"name": None, "support_ends_on": None})
    assert (answer.json()["name"], answer.json()["support_ends_on"]) == ("Cluster", None)


def test_pages_hold_every_row_once_while_rows_come_and_go(company: Company, world: World, owner: Caller) -> None:
    actor = company.actor(company.owner)
    for number in range(7):
        create_product(actor=actor, name=f"P{number}", unit=company.cockpit, now=MOMENT)
    first = owner("GET", "/api/v1/products?limit=3").json()
    create_product(actor=actor, name="A comes before what was given", unit=company.cockpit, now=MOMENT)
    seen = [product["name"] for product in first["items"]]
    cursor = first["next"]
    while cursor:
        page = owner("GET", f"/api/v1/products?limit=3&cursor={cursor}").json()
        seen += [product["name"] for product in page["items"]]
        cursor = page["next"]
    assert seen == ["Cluster", *(f"P{number}" for number in range(7))]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "W10", "W251bGwsbnVsbF0", "WyJhXHUwMDAwIiwiYiJd", "%00", "é"])
def test_a_cursor_of_ones_own_making_is_refused(world: World, owner: Caller, cursor: str) -> None:
    answer = owner("GET", f"/api/v1/products?cursor={cursor}")
    assert answer.status_code == 422


def test_what_has_not_changed_is_not_sent_again(world: World, owner: Caller) -> None:
    path = f"/api/v1/releases/{world.release.id}"
    tag = owner("GET", path)["ETag"]
    again = owner("GET", path, if_none_match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    owner("PATCH", path, {"state": "released"})
    assert owner("GET", path, if_none_match=tag).status_code == 200


def test_two_people_do_not_overwrite_each_other(world: World, owner: Caller) -> None:
    path = f"/api/v1/products/{world.product.id}"
    tag = owner("GET", path)["ETag"]
    assert owner("PATCH", path, {"description": "First"}, if_match=tag).status_code == 200
    late = owner("PATCH", path, {"description": "Second"}, if_match=tag)
    assert (late.status_code, late.json()["status"]) == (412, 412)
    assert Product.objects.get(pk=world.product.pk).description == "First"


def test_both_headers_carry_a_token_and_a_wrong_one_is_not_made_good_by_a_session(
    company: Company, world: World, owner: Caller, signed_in: SignIn
) -> None:
    assert Client().get("/api/v1/people/me", headers={"X-Api-Key": owner.secret}).json()["kind"] == "program"
    browser = signed_in(company.owner)
    assert browser.get("/api/v1/people/me").json()["kind"] == "person"
    refused = browser.get("/api/v1/people/me", headers={"Authorization": "Bearer pdk_wrong"})
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, 'Bearer realm="Paddock"')


def test_a_session_changes_things_only_with_the_csrf_token(company: Company, world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(company.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    body: dict[str, Any] = {"data": {"name": "Made"}, "content_type": "application/json"}
    path = f"/api/v1/products/{world.product.id}/releases"
    refused = browser.post(path, **body)
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    token = "c" * 32
    browser.cookies["csrftoken"] = token
    assert browser.post(path, **body, headers={"X-CSRFToken": token}).status_code == 201


def test_tokens_are_made_by_people_shown_once_and_end_when_revoked(
    company: Company, world: World, signed_in: SignIn
) -> None:
    browser = signed_in(company.owner)
    body = {
        "name": "build",
        "unit_id": str(company.cockpit.id),
        "permissions": ["upload"],
        "expires_at": (now() + timedelta(days=1)).isoformat(),
    }
    made = browser.post("/api/v1/tokens", body, content_type="application/json")
    secret, token = made.json()["secret"], made.json()["token"]
    assert made.status_code == 201
    assert secret not in browser.get(f"/api/v1/tokens/{token['id']}").content.decode()
    program = Caller(secret)
    assert program("GET", "/api/v1/people/me").status_code == 200
    assert program("DELETE", f"/api/v1/tokens/{token['id']}").status_code == 204
    assert program("GET", "/api/v1/people/me").status_code == 401
    too_much = browser.post("/api/v1/tokens", {**body, "permissions": ["manage hub"]}, content_type="application/json")
    assert too_much.status_code == 422
    assert ApiToken.objects.filter(person=company.owner).count() == 1


def test_guessing_tokens_ends_soon(world: World, settings: Any) -> None:
    settings.API_REFUSALS = 5
    statuses = [Caller(f"pdk_{number}")("GET", "/api/v1/people/me").status_code for number in range(8)]
    assert statuses == [401] * 5 + [429] * 3


def test_too_many_requests_are_told_when_to_go_on(world: World, owner: Caller, settings: Any) -> None:
    settings.API_RATE = 3
    answers = [owner("GET", "/api/v1/people/me") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_a_document_makes_what_it_belongs_to_and_is_read(company: Company, world: World) -> None:
    developer = caller(company, "colleague")
    fields = {"product": "Radio", "release": "2.0", "file": SimpleUploadedFile("../../bom.json", BILL)}
    assert developer.upload("/api/v1/intakes", fields).status_code == 404
    answer = developer.upload(
        "/api/v1/intakes", {**fields, "create": "true", "file": SimpleUploadedFile("../../bom.json", BILL)}
    )
    handed_in: Any = answer
    intake = handed_in.json()
    assert (answer.status_code, intake["source"], intake["state"]) == (202, "bom.json", "waiting")
    take_in(intake_id=Intake.objects.get(pk=intake["id"]).id, now=now())
    release = developer("GET", f"/api/v1/releases/{intake['release_id']}").json()
    assert (release["product"], release["name"], release["component_count"]) == ("Radio", "2.0", 1)
    packages = developer("GET", "/api/v1/packages?text=left").json()["items"]
    used = developer("GET", f"/api/v1/packages/{packages[0]['id']}/releases").json()["items"]
    assert [(use["release"]["product"], use["version"]) for use in used] == [("Radio", "1.3.0")]
    stranger = caller(company, "stranger")
    assert stranger("GET", f"/api/v1/packages/{packages[0]['id']}/releases").json()["items"] == []
    result = developer("GET", f"/api/v1/releases/{intake['release_id']}/result")
    assert result.json()["format"]


def test_a_document_that_is_none_names_the_places_and_leaves_nothing(company: Company, world: World) -> None:
    before = Intake.objects.count()
    bad = SimpleUploadedFile("bom.json", b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{}]}')
    answer: Any = caller(company, "owner").upload(f"/api/v1/releases/{world.release.id}/intakes", {"file": bad})
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert Intake.objects.count() == before


def test_a_file_beyond_the_limit_is_refused(company: Company, world: World, settings: Any) -> None:
    settings.MAX_UPLOAD = 10
    file = SimpleUploadedFile("bom.json", BILL)
    answer = caller(company, "owner").upload(f"/api/v1/releases/{world.release.id}/intakes", {"file": file})
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


def test_a_body_beyond_all_measure_is_refused_unread(company: Company, world: World, settings: Any) -> None:
    class Untouched:
        def read(self, *_: object) -> bytes:
            raise AssertionError("somebody read it")

        readline = read

    settings.MAX_UPLOAD = 10
    length = {"CONTENT_LENGTH": "21", "wsgi.input": Untouched()}
    address = f"/api/v1/releases/{world.release.id}/intakes"
    answer = Client().generic("POST", address, b"", "application/json", **length)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert Client().generic("POST", "/products/new", b"", "application/json", **length).status_code == 413


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1", "a\nb", "\u202ereversed"])
def test_names_never_become_headers(company: Company, world: World, owner: Caller, name: str) -> None:
    made = owner("POST", f"/api/v1/products/{world.product.id}/releases", {"name": name})
    assert made.status_code in (201, 422)
    assert "x=1" not in str(made.cookies)
    assert owner("GET", "/api/v1/people/me", x_request_id="a\r\nX-Evil: 1").headers.get("X-Evil") is None


def test_the_documentation_names_every_operation_and_loads_nothing_from_elsewhere(db: None) -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count('class="method"') > 40
    assert "<script" not in text
    assert "style=" not in text
    assert "<code>Authorization: Bearer pdk_…</code>" in text
    assert "`" not in text
    assert "http://" not in text.replace("http://testserver", "")
