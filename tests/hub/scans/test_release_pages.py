# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of a release in the browser."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.services import hand_in_document, take_in
from paddock.hub.scans.shares import COLOURS, WIDTH, license_shares
from tests.hub.company import MOMENT, Company
from tests.hub.scans.test_intake import bom

pytestmark = pytest.mark.django_db
TABS = ("release", "release-components", "release-licenses", "release-changes", "release-activity")
MOST_QUERIES = 12
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=")


@pytest.fixture
def release(company: Company) -> Release:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Navigation", unit=company.cockpit, now=MOMENT, distribution="embedded")
    made = create_release(actor=owner, product=product, name="1.0", now=MOMENT)
    first = bom(("left", "1.0.0", "MIT"), ("gone", "1.0.0", "MIT"))
    second = bom(("left", "1.1.0", "MIT"), ("copied", "2.1.0", "GPL-3.0-only"), ("come", "1.0.0", "MIT"))
    for moment, content in ((MOMENT, first), (MOMENT + timedelta(hours=1), second)):
        intake = hand_in_document(actor=owner, release=made, content=content, filename="bom.cdx.json", now=moment)
        take_in(intake_id=intake.id, now=moment)
    return made


@pytest.mark.parametrize("name", TABS)
def test_a_tab_is_seen_by_the_owner_and_by_no_stranger(
    name: str, company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    address = reverse(name, args=[release.pk])
    page = signed_in(company.owner).get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert f'href="{address}" aria-current="page"' in text
    assert not INLINE.search(text)
    assert signed_in(company.stranger).get(address).status_code == 404


def test_each_tab_shows_its_part(company: Company, release: Release, signed_in: Callable[..., Client]) -> None:
    client = signed_in(company.owner)
    shown = {name: client.get(reverse(name, args=[release.pk])).content.decode() for name in TABS}
    assert "copied" in shown["release"]
    assert "pkg:npm/come@1.0.0" in shown["release-components"]
    assert "GPL-3.0-only 1" in shown["release-licenses"]
    assert 'fill="#0072b2"' in shown["release-licenses"]
    changed = shown["release-changes"]
    for purl in ("left@1.0.0", "left@1.1.0", "gone@1.0.0", "copied@2.1.0", "come@1.0.0"):
        assert f"<code>pkg:npm/{purl}</code>" in changed
    assert company.owner.name in shown["release-activity"]


def test_a_longer_release_costs_no_further_queries(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    for name in TABS:
        client.get(reverse(name, args=[release.pk]))
    counts: dict[str, int] = {}
    for count in (None, 60):
        if count:
            content = bom(*((f"part{number}", "1.0.0", "MIT") for number in range(count)))
            later = MOMENT + timedelta(hours=2)
            actor = company.actor(company.owner)
            intake = hand_in_document(actor=actor, release=release, content=content, filename="b.json", now=later)
            take_in(intake_id=intake.id, now=later)
        for name in TABS:
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse(name, args=[release.pk]))
            assert len(captured) == counts.setdefault(name, len(captured)), name
    assert max(counts.values()) <= MOST_QUERIES


def test_components_are_narrowed_and_exported(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    address = reverse("release-components", args=[release.pk])
    answer = signed_in(company.owner).get(address, {"license": "GPL", "export": "csv"})
    text = answer.getvalue().decode()
    assert "copied" in text
    assert "come" not in text


def test_shares_fill_the_bar_and_the_rest_is_one() -> None:
    shares = license_shares([(f"L{number}", 10 - number) for number in range(9)])
    assert len(shares) == len(COLOURS) + 1
    assert shares[-1].is_rest
    assert shares[-1].count == 4 + 3 + 2
    assert [share.start for share in shares[1:]] == [share.start + share.width for share in shares[:-1]]
    assert shares[-1].start + shares[-1].width == WIDTH
    assert license_shares([]) == []


def test_a_file_is_handed_in_watched_and_cancelled(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    form = reverse("hand-in", args=[release.pk])
    wrong = client.post(form, {"file": SimpleUploadedFile("x.json", b"{")})
    assert wrong.status_code == 422
    assert "x.json" in wrong.content.decode() or "line" in wrong.content.decode()
    sent = client.post(form, {"file": SimpleUploadedFile("new.cdx.json", bom(("fresh", "1.0.0", "MIT")))})
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert not INLINE.search(page)
    assert signed_in(company.stranger).get(sent["Location"]).status_code == 404
    assert client.post(f"{sent['Location']}cancel").status_code == 302
    part = client.get(sent["Location"], headers={"HX-Target": "intake"}).content.decode()
    assert "Cancelled" in part
    assert "hx-get" not in part
    assert "<html" not in part
    assert "new.cdx.json" in client.get(reverse("release-intakes", args=[release.pk])).content.decode()


def test_a_file_beyond_the_limit_is_refused(
    company: Company, release: Release, signed_in: Callable[..., Client], settings: Any
) -> None:
    settings.MAX_UPLOAD = 10
    form = reverse("hand-in", args=[release.pk])
    answer = signed_in(company.owner).post(form, {"file": SimpleUploadedFile("x.json", b"{" * 11)})
    assert answer.status_code == 413
