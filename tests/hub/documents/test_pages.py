# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The documents of a release in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.documents.catalogue import DOWNLOADS
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.services import hand_in_document, take_in
from tests.hub.company import MOMENT, Company
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
