# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Documents as the clients of Dependency-Track send them. The shapes are theirs, the content is our own."""

import base64
import gzip
import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client

from paddock.hub.core.clock import now
from paddock.hub.products.models import Release
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import take_in
from tests.hub.api.callers import Caller, caller
from tests.hub.api.world import BILL
from tests.hub.company import Company

BOUNDARY = "----formdata-7f3c"


@pytest.fixture
def developer(company: Company) -> Caller:
    caches["process"].clear()
    return caller(company, "colleague")


def send(who: Caller, method: str, path: str, body: bytes, content_type: str, **headers: str) -> Any:
    """One request, byte for byte."""
    return who.client.generic(
        method, path, body, content_type=content_type, headers={"X-Api-Key": who.secret, **headers}
    )


def as_json(**values: Any) -> bytes:
    return json.dumps({"bom": base64.b64encode(BILL).decode(), **values}).encode()


def form(*parts: tuple[str, str, bytes]) -> bytes:
    """A multipart body of (headers after the name, …): (name, what follows it, content)."""
    lines = b""
    for name, more, content in parts:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        lines += head.encode() + content + b"\r\n"
    return lines + f"--{BOUNDARY}--\r\n".encode()


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def named(answer: Any) -> tuple[str, str]:
    assert answer.status_code == 200, answer.content
    release = Release.objects.select_related("product").get(pk=answer.json()["projectUuid"])
    assert Intake.objects.get(pk=answer.json()["token"]).release_id == release.id
    return release.product.name, release.name


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_json_with_booleans_as_texts_by_either_method(developer: Caller, method: str) -> None:
    """cdxgen: a PUT, after a 405 a POST of the same JSON; autoCreate is a text."""
    body = as_json(autoCreate="true", projectName="shop", projectVersion="main", projectTags=[{"name": "web"}])
    answer = send(developer, method, "/api/v1/bom", body, "application/json; charset=utf-8")
    assert named(answer) == ("shop", "main")
    assert answer["X-Powered-By"].startswith("Dependency-Track v4")


def test_json_of_the_maven_plugin(developer: Caller) -> None:
    body = as_json(
        projectName="org.example:shop", projectVersion="1.4.0-SNAPSHOT", autoCreate=True, isLatestProjectVersion=True,
        parentUUID=None, parentName=None, parentVersion=None, projectTags=[],
    )  # fmt: skip
    answer = send(developer, "PUT", "/api/v1/bom", body, "application/json")
    assert named(answer) == ("org.example:shop", "1.4.0-SNAPSHOT")
    assert Release.objects.get(pk=answer.json()["projectUuid"]).is_latest


def test_a_form_whose_document_has_neither_file_name_nor_type(developer: Caller) -> None:
    """The GitHub action: every part by name only, booleans as texts."""
    body = form(
        ("projectName", "", b"shop"), ("projectVersion", "", b"v1"), ("autoCreate", "", b"true"),
        ("isLatest", "", b"false"), ("projectTags", "", b"web, payments"), ("bom", "", b"\xef\xbb\xbf" + BILL),
    )  # fmt: skip
    assert named(send(developer, "POST", "/api/v1/bom", body, MULTIPART)) == ("shop", "v1")


def test_a_form_with_a_file(developer: Caller) -> None:
    """curl -F bom=@bom.json, and Jenkins."""
    file = ("bom", '; filename="bom.json"\r\nContent-Type: application/octet-stream', BILL)
    body = form(("projectName", "", b"shop"), ("projectVersion", "", b"v2"), ("autoCreate", "", b"true"), file)
    assert named(send(developer, "POST", "/api/v1/bom", body, MULTIPART)) == ("shop", "v2")
    assert named(send(developer, "PUT", "/api/v1/bom", body, MULTIPART)) == ("shop", "v2")


def test_a_packed_file(developer: Caller) -> None:
    file = ("bom", '; filename="bom.json.gz"\r\nContent-Type: application/gzip', gzip.compress(BILL))
    body = form(("projectName", "", b"shop"), ("autoCreate", "", b"true"), file)
    assert named(send(developer, "POST", "/api/v1/bom", body, MULTIPART)) == ("shop", "main")


def test_a_byte_order_mark_around_and_inside(developer: Caller) -> None:
    inside = base64.b64encode(b"\xef\xbb\xbf" + BILL).decode()
    body = b"\xef\xbb\xbf" + as_json(bom=inside, projectName="shop", autoCreate=True)
    assert named(send(developer, "PUT", "/api/v1/bom", body, "application/json")) == ("shop", "main")


def test_by_the_id_of_a_project_and_again(developer: Caller) -> None:
    first = send(developer, "PUT", "/api/v1/bom", as_json(projectName="shop", autoCreate=True), "application/json")
    project = first.json()["projectUuid"]
    again = send(developer, "PUT", "/api/v1/bom", as_json(project=project), "application/json")
    assert again.json() == first.json()
    assert Intake.objects.count() == 1


@pytest.mark.parametrize("kind", ["bom", "event"])
def test_polling_until_it_is_done(developer: Caller, kind: str) -> None:
    body = as_json(projectName="shop", autoCreate=True)
    token = send(developer, "PUT", "/api/v1/bom", body, "application/json").json()["token"]
    assert developer("GET", f"/api/v1/{kind}/token/{token}").json() == {"processing": True}
    take_in(intake_id=Intake.objects.get().id, now=now())
    assert developer("GET", f"/api/v1/{kind}/token/{token}").json() == {"processing": False}
    assert developer("GET", f"/api/v1/{kind}/token/{uuid4()}").json() == {"processing": False}


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"projectName": "shop"}, 404),
        ({"project": str(uuid4())}, 404),
        ({"project": "not an id"}, 400),
        ({}, 400),
        ({"projectName": "shop", "autoCreate": True, "bom": "§"}, 400),
        ({"projectName": "shop", "autoCreate": True, "bom": ""}, 400),
        ({"projectName": "shop", "autoCreate": True, "bom": 7}, 400),
        ({"projectName": "shop", "autoCreate": True, "bom": base64.b64encode(b"{}").decode()}, 400),
        ({"projectName": "s" * 201, "autoCreate": True}, 400),
        ({"projectName": ["shop"], "autoCreate": True}, 400),
        ({"projectName": "shop", "autoCreate": True, "bom": base64.b64encode(b"\x1f\x8b\x08").decode()}, 400),
        ({"projectName": "shop", "autoCreate": True, "bom": base64.b64encode(b"\x28\xb5\x2f\xfd").decode()}, 400),
    ],
)
def test_what_cannot_be_taken(developer: Caller, values: dict[str, Any], status: int) -> None:
    answer = send(developer, "PUT", "/api/v1/bom", as_json(**values), "application/json")
    assert answer.status_code == status
    assert Intake.objects.count() == 0
    if status == 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] == "The uploaded BOM is invalid"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 50_000])
def test_bodies_that_are_none(developer: Caller, body: bytes) -> None:
    assert send(developer, "PUT", "/api/v1/bom", body, "application/json").status_code == 400


def test_a_small_file_that_unpacks_to_more_than_is_taken(developer: Caller, settings: Any) -> None:
    settings.MAX_UPLOAD = 100_000
    packed = base64.b64encode(gzip.compress(b" " * 10_000_000)).decode()
    body = as_json(bom=packed, projectName="shop", autoCreate=True)
    assert send(developer, "PUT", "/api/v1/bom", body, "application/json").status_code == 413


def test_who_may_not(company: Company, developer: Caller) -> None:
    body = as_json(projectName="shop", autoCreate=True)
    nobody = Caller()
    assert send(nobody, "PUT", "/api/v1/bom", body, "application/json").status_code == 401
    assert send(Caller("pdk_no"), "PUT", "/api/v1/bom", body, "application/json").status_code == 401
    assert send(caller(company, "auditor"), "PUT", "/api/v1/bom", body, "application/json").status_code == 403
    assert Release.objects.count() == 0


def test_a_key_in_either_header_however_it_is_written(company: Company, developer: Caller) -> None:
    for headers in (
        {"X-API-KEY": developer.secret}, {"x-api-key": developer.secret},
        {"Authorization": f"Bearer {developer.secret}"},
    ):  # fmt: skip
        assert Client().get("/api/v1/team/self", headers=headers).status_code == 200


def test_methods_that_are_not_taken(developer: Caller) -> None:
    answer = developer("DELETE", "/api/v1/bom")
    assert (answer.status_code, answer["Allow"]) == (405, "PUT, POST")
