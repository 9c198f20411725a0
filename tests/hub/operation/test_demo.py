# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The demonstration, told once for all tests of this file, in a transaction that is undone afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from paddock.hub.accounts.models import ApiToken, Grant, Person, Unit
from paddock.hub.accounts.types import Role
from paddock.hub.audit.models import Entry
from paddock.hub.audit.queries import broken_links
from paddock.hub.components.models import Inventory, Package
from paddock.hub.core.clock import now
from paddock.hub.operation.demo.demonstrate import Demonstration, demonstrate
from paddock.hub.policies.models import PolicyVersion
from paddock.hub.products.models import Product, Release
from paddock.hub.products.queries import listed_products
from paddock.hub.products.types import Outcome
from paddock.hub.scans.models import Evaluation, Intake
from paddock.hub.webhooks.models import Message, Subscription
from tests.hub.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def moment() -> datetime:
    return now()


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, moment: datetime) -> Iterator[Demonstration]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield demonstrate(now=moment, progress=lambda *_: None)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browser(told: Demonstration) -> Client:
    """Of the head of the office."""
    return SignIn()(Person.objects.get(email="head@halden.example"))


def verdicts_of(product: str, release: str) -> list[str]:
    found = Evaluation.objects.filter(release__product__name=product, release__name=release)
    return list(found.order_by("created_at", "id").values_list("outcome", flat=True))


def test_it_says_whom_to_sign_in_as_in_each_role(told: Demonstration) -> None:
    given = set(Grant.objects.values_list("role", flat=True))
    assert {account.role for account in told.accounts} == {str(Role(role).label) for role in given}
    people = Person.objects.filter(email__in=[account.email for account in told.accounts])
    assert len(people) == len(told.accounts)
    assert len({person.password for person in people}) == 1
    assert people[0].check_password(told.password)


def test_every_product_has_a_verdict_and_every_verdict_occurs() -> None:
    head = Person.objects.get(email="head@halden.example")
    from paddock.hub.accounts.queries import actor_for

    outcomes = {product.name: product.newest_outcome for product in listed_products(actor_for(head, now()))}
    assert Outcome.UNKNOWN not in outcomes.values(), outcomes
    assert set(outcomes.values()) == {Outcome.COMPLIANT, Outcome.NOT_COMPLIANT, Outcome.UNDECIDED}


def test_verdicts_turned_over_time() -> None:
    assert verdicts_of("Edge Gateway", "1.6") == ["undecided", "compliant", "not compliant"]
    assert verdicts_of("Companion App", "3.3") == ["compliant", "undecided", "compliant"]
    assert verdicts_of("Driver Display", "3.5") == ["not compliant", "undecided"]


def test_something_happened_in_the_last_week(moment: datetime) -> None:
    since = moment - WEEK
    assert Intake.objects.filter(created_at__gte=since).count() >= 6
    assert Release.objects.filter(evaluated_at__gte=since).count() >= 5
    assert Entry.objects.filter(at__gte=since).count() >= 10
    assert not Intake.objects.filter(finished_at__gt=moment + timedelta(hours=12)).exists()


def test_an_upload_failed_for_a_reason_that_people_know() -> None:
    failed = Intake.objects.get(state="failed")
    assert failed.source == "web-shop-2.2.tar.gz"
    assert "cut off" in failed.problems[0]


def test_every_intake_is_dated_by_the_story(moment: datetime) -> None:
    for intake in Intake.objects.all():
        assert intake.finished_at is not None
        assert intake.finished_at - intake.created_at < timedelta(minutes=1), intake.source
        assert {text[:16] for text, _ in intake.log} <= {intake.finished_at.isoformat()[:16]}


def test_a_scan_found_vulnerabilities_that_say_that_they_are_made_up() -> None:
    reasons = Evaluation.objects.filter(release__product__name="Web Shop", release__name="2.2").latest("id").reasons
    found = [reason for reason in reasons if reason["rule"].endswith("-vulnerability")]
    assert {reason["rule"] for reason in found} == {"critical-vulnerability", "high-vulnerability"}
    assert all("DEMO-2026-" in reason["message"] for reason in found)


def test_no_page_that_lists_something_is_empty(browser: Client) -> None:
    cases = [
        ("home", "Cockpit HMI"), ("products", "Driver Display"), ("packages?q=openssl", "openssl"), ("licenses", "MIT"),
        ("units", "Vehicles"), ("people", "Jorid Falkner"), ("audit", "Edge Gateway"),
    ]  # fmt: skip
    for name, shown in cases:
        address, _, query = name.partition("?")
        answer = browser.get(f"{reverse(address)}?{query}")
        assert answer.status_code == 200, name
        assert shown in answer.content.decode(), name
    assert PolicyVersion.objects.filter(released_at=None).exists()
    assert ApiToken.objects.filter(revoked_at=None, expires_at__gt=now()).count() == 2


def test_nothing_is_sent_anywhere() -> None:
    assert not Subscription.objects.filter(disabled_at=None).exists()
    assert Subscription.objects.count() == 1
    assert Message.objects.count() == 0


def test_the_record_of_what_was_done_is_whole() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as the commit does
    assert Entry.objects.filter(seal=None).count() == 0
    assert list(broken_links()) == []


def test_running_it_again_changes_nothing_but_the_password(told: Demonstration) -> None:
    counted = (Person, Unit, Grant, Product, Release, Intake, Evaluation, Inventory, Package, Entry, ApiToken)

    def counts() -> dict[str, int]:
        return {model.__name__: model.objects.count() for model in counted}

    before = counts()
    again = demonstrate(now=datetime.now(UTC), progress=lambda *_: None)
    assert not again.made
    assert again.accounts == told.accounts
    assert counts() == before
    assert again.password != told.password
    assert Person.objects.get(email="head@halden.example").check_password(again.password)
