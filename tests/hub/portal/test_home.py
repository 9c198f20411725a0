# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Home says what needs whom, how things stand and what was left lying; nobody learns what is not theirs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from paddock.hub.accounts.services import create_person, create_token, grant_role
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.core.actor import system
from paddock.hub.policies.services import create_policy
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.models import Evaluation
from paddock.hub.scans.services import fail, hand_in_document
from tests.hub.company import MOMENT, Company
from tests.hub.conftest import SignIn
from tests.hub.scans.test_intake import bom, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(company: Company) -> Release:
    owner = company.actor(company.owner)
    product = create_product(
        actor=owner, name="Radio Unit", unit=company.cockpit, now=MOMENT, criticality="critical", owner=company.owner
    )
    made = create_release(actor=owner, product=product, name="1.0", now=MOMENT, is_latest=True)
    hand_in(company, made, bom(("copied", "2.1.0", "GPL-3.0-only")))
    create_product(actor=owner, name="Nothing Yet", unit=company.cockpit, now=MOMENT)
    return made


def test_home_says_what_needs_somebody_and_shows_strangers_nothing(
    company: Company, release: Release, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = signed_in(company.colleague)
    with django_assert_max_num_queries(18):
        page = person.get("/").content.decode()
    assert "Nothing waits for you. 1 of 2 products needs somebody." in " ".join(page.split())
    assert f"/releases/{release.pk}/" in page
    assert "/products/?verdict=not+compliant" in page
    assert "/products/?verdict=unknown" in page
    assert "Radio Unit" not in signed_in(company.stranger).get("/").content.decode()
    assert "no role yet" in signed_in(company.nobody).get("/").content.decode()
    assert b"Nothing Yet" in person.get("/products/?verdict=unknown").content


def test_ones_own_product_is_ones_own_need(company: Company, release: Release, signed_in: SignIn) -> None:
    page = signed_in(company.owner).get("/").content.decode()
    assert "1 thing needs you." in page
    assert "Needs you" not in signed_in(company.colleague).get("/").content.decode()


def test_a_draft_waits_for_those_who_may_release_it_and_did_not_write_it(company: Company, signed_in: SignIn) -> None:
    create_policy(actor=company.actor(company.coordinator), unit=company.cars, name="Rules for cars", now=MOMENT)
    waits = "A draft by Coordinator waits for a second pair of eyes."
    assert waits in signed_in(company.admin).get("/").content.decode()
    for other in (company.coordinator, company.owner, company.stranger):
        assert waits not in signed_in(other).get("/").content.decode()


def test_terms_and_tokens_are_told_before_they_end(company: Company, signed_in: SignIn) -> None:
    today, by = now(), system("tests")
    grant_role(
        actor=by, person=company.colleague, role=Role.AMBASSADOR, unit=company.cockpit, now=today,
        ends_on=(today + timedelta(days=9)).date(),
    )  # fmt: skip
    create_token(
        actor=company.actor(company.owner, today), person=company.owner, name="CI", unit=company.cockpit, now=today,
        permissions=[Permission.UPLOAD], expires_at=today + timedelta(days=3),
    )  # fmt: skip
    ends, expires = "The role Ambassador in Cockpit ends.", "This token expires."
    told = {
        person: tuple(text in signed_in(person).get("/").content.decode() for text in (ends, expires))
        for person in (company.colleague, company.coordinator, company.owner, company.stranger)
    }
    assert list(told.values()) == [(True, False), (True, False), (False, True), (False, False)]


def test_what_was_left_lying_leads_to_the_list_that_it_counts(
    company: Company, release: Release, signed_in: SignIn
) -> None:
    Release.objects.filter(pk=release.pk).update(evaluated_at=now() - timedelta(days=100))
    product = release.product
    type(product).objects.filter(pk=product.pk).update(support_ends_on=now().date() - timedelta(days=1))
    person = signed_in(company.admin)
    page = person.get("/").content.decode()
    assert "1 product was not checked for three months." in page
    assert "1 product is past the end of its support." in page
    assert "no FOSS coordinator" not in page
    for query in ("checked=old", "support=ended"):
        listed = person.get(f"/products/?{query}").content
        assert b"Radio Unit" in listed
        assert b"Nothing Yet" not in listed


def test_executives_get_the_figures_and_no_way_to_the_products(
    company: Company, release: Release, signed_in: SignIn
) -> None:
    by = system("tests")
    boss = create_person(actor=by, email="boss@halden.example", name="Boss", unit=company.root, now=MOMENT)
    grant_role(actor=by, person=boss, role=Role.EXECUTIVE, unit=company.root, now=MOMENT)
    page = signed_in(boss).get("/").content.decode()
    assert "1 of 2 products needs somebody." in page
    assert "Releases by verdict" in page
    assert "Radio Unit" not in page
    assert "/products/?" not in page


def test_a_failed_upload_and_a_turned_verdict_are_shown(company: Company, release: Release, signed_in: SignIn) -> None:
    moment = now()
    intake = hand_in_document(
        actor=company.actor(company.owner, moment), release=release, content=bom(("left", "1.0.0", "MIT")),
        filename="next.cdx.json", now=moment,
    )  # fmt: skip
    fail(intake_id=intake.pk, problems=["It could not be read."], now=moment)
    Evaluation.objects.filter(release=release).update(created_at=moment)
    page = signed_in(company.owner).get("/").content.decode()
    assert 'next.cdx.json: <span lang="en">It could not be read.' in page
    assert reverse("intake", args=[intake.pk]) in page
    assert "Nothing known yet" in page.split('id="changed"')[1]
