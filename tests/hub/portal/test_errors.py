# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people and programs are told when something fails that is no fault of theirs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.hub.company import Company
from tests.hub.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def away() -> Iterator[None]:
    """Every question to the database fails, as while its server is started again."""

    def refuse(*_: Any) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def browser(company: Company, signed_in: SignIn) -> Client:
    client = signed_in(company.owner)
    client.raise_request_exception = False
    return client


def test_while_the_database_is_away_pages_say_when_to_come_back(browser: Client, away: None) -> None:
    answer = browser.get("/products/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "The database does not answer" in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/products", "/api/v1/bom", "/api/v1/project"])
def test_programs_are_told_the_same_as_a_problem(browser: Client, away: None, address: str) -> None:
    answer = browser.get(address, headers={"X-Api-Key": "pdk_" + "a" * 43})
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")


def test_a_fault_of_ours_is_none_of_the_database(
    browser: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("paddock.hub.portal.views.needs_of", lambda *_: 1 / 0)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert answer["X-Request-Id"] in answer.content.decode()
