# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The documents of a release in the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.documents.catalogue import DOWNLOADS
from paddock.hub.policies.services import create_policy, release_version
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.services import evaluate_release, hand_in_document, take_in
from tests.hub.company import MOMENT, Company
from tests.hub.dry_runs.test_dry_run import RULES
from tests.hub.scans.test_intake import bom

pytestmark = pytest.mark.django_db
CONTENT = bom(("left", "1.0.0", "MIT"), ("copied", "2.1.0", "GPL-3.0-only"))


@pytest.fixture
def release(company: Company) -> Release:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Navigation", unit=company.cockpit, now=MOMENT, distribution="embedded")
    made = create_release(actor=owner, product=product, name="1.0", now=MOMENT)
    intake = hand_in_document(actor=owner, release=made, content=CONTENT, filename="bom.cdx.json", now=MOMENT)
    take_in(intake_id=intake.id, now=MOMENT)
    return made


def test_every_document_is_offered_and_is_a_file(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client, stranger = signed_in(company.owner), signed_in(company.stranger)
    page = client.get(reverse("release-documents", args=[release.pk])).content.decode()
    for slug in (*DOWNLOADS, "original"):
        address = reverse("release-document", args=[release.pk, slug])
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert answer.status_code == 200, slug
        assert answer["Content-Disposition"].startswith('attachment; filename="Navigation-1.0')
        assert answer.content
        assert stranger.get(address).status_code == 404
    assert client.get(reverse("release-document", args=[release.pk, "original"])).content == CONTENT
    assert client.get(reverse("release-document", args=[release.pk, "poem"])).status_code == 404
    assert " style=" not in page


def test_documents_follow_the_newest_rules_and_are_sent_again_only_then(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    address = reverse("release-document", args=[release.pk, "result"])
    first = client.get(address)
    assert first.json()["result"]["verdict"]["outcome"] == "not compliant"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    other = reverse("release-document", args=[release.pk, "notice"])
    assert client.get(other, headers={"If-None-Match": first["ETag"]}).status_code == 200
    later = MOMENT + timedelta(days=1)
    admin = company.actor(company.admin, later)
    policy = create_policy(
        actor=admin, unit=company.cockpit, name="All goes", content=RULES.format(license="EUPL-1.2"), now=later
    )
    release_version(actor=admin, version=policy.versions.get(), revision=1, now=later)
    assert evaluate_release(release_id=release.pk, now=later) is not None
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["result"]["verdict"]["outcome"] == "compliant"
    assert again.json()["result"]["policy"] != first.json()["result"]["policy"]
