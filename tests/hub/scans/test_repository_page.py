# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A repository is scanned from the page of a release."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.products.models import Release
from paddock.hub.products.services import add_repository, create_product, create_release
from paddock.hub.scans.models import Intake
from tests.hub.company import MOMENT, Company

pytestmark = pytest.mark.django_db
URL = "https://git.example/cars/radio.git"
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_GIT_HOSTS = ("git.example",)


@pytest.fixture
def release(company: Company) -> Release:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio", unit=company.cockpit, now=MOMENT)
    add_repository(actor=owner, product=product, url=URL, now=MOMENT)
    add_repository(actor=owner, product=product, url="https://git.example/cars/tuner.git", now=MOMENT)
    return create_release(actor=owner, product=product, name="1.0", now=MOMENT)


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_a_repository_is_named_scanned_and_watched(company: Company, release: Release, signed_in: SignIn) -> None:
    client = signed_in(company.colleague)
    address = reverse("scan-repository", args=[release.pk])
    assert f'href="{address}"' in text_of(client.get(reverse("hand-in", args=[release.pk])))
    form = text_of(client.get(address))
    assert f'value="{URL}"' in form
    assert '<option value="https://git.example/cars/tuner.git">' in form
    assert "git.example" in form
    sent = client.post(address, {"url": URL, "revision": "v1.0"})
    made = Intake.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, reverse("intake", args=[made.pk]))
    assert (made.kind, made.source, made.revision, made.submitted_by) == ("repository", URL, "v1.0", "Colleague")
    assert 'hx-trigger="every 2s"' in text_of(client.get(sent["Location"]))
    assert client.post(address, {"url": URL, "revision": "v1.0"})["Location"] == sent["Location"]


@pytest.mark.parametrize(
    ("given", "place", "words"),
    [
        ({"url": "http://git.example/a"}, "url", "begin with https://"),
        ({"url": "https://other.example/a"}, "url", "may not ask other.example"),
        ({"url": "https://127.0.0.1/a"}, "url", "may not ask 127.0.0.1"),
        ({"url": "https://me:secret@git.example/a"}, "url", "must not hold a name or a password"),
        ({"url": "https://git.example:22/a"}, "url", "ordinary port"),
        ({"url": "https://git.example/a\r\nHost: evil.example"}, "url", "begin with https://"),
        ({"url": "--upload-pack=id"}, "url", "begin with https://"),
        ({"url": ""}, "url", "required"),
        ({"url": URL, "revision": "--upload-pack=id"}, "revision", "no name of a branch"),
        ({"url": URL, "revision": "a..b"}, "revision", "no name of a branch"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    company: Company, release: Release, signed_in: SignIn, given: dict[str, str], place: str, words: str
) -> None:
    answer = signed_in(company.owner).post(reverse("scan-repository", args=[release.pk]), given)
    assert answer.status_code == 422
    found = re.search(rf'id="id_{place}_error">([^<]*)<', text_of(answer))
    assert found is not None
    assert words in found[1]
    assert Intake.objects.count() == 0


def test_whoever_may_not_upload_gets_no_form(company: Company, release: Release, signed_in: SignIn) -> None:
    address = reverse("scan-repository", args=[release.pk])
    for person, status in ((company.auditor, 403), (company.stranger, 404), (company.nobody, 404)):
        assert signed_in(person).get(address).status_code == status
        assert signed_in(person).post(address, {"url": URL}).status_code == status
    assert Intake.objects.count() == 0


def test_a_hub_that_may_ask_no_host_says_so(
    company: Company, release: Release, signed_in: SignIn, settings: Any
) -> None:
    settings.ALLOWED_GIT_HOSTS = ()
    page = text_of(signed_in(company.owner).get(reverse("scan-repository", args=[release.pk])))
    assert "PADDOCK_HUB_ALLOWED_GIT_HOSTS" in page
    assert 'name="url"' not in page
