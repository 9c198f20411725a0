# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the installation is called on every page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from paddock.hub.accounts.models import Unit
from tests.hub.company import Company


@pytest.fixture(autouse=True)
def _nothing_is_remembered(settings: Any) -> Iterator[None]:
    settings.COMPANY = ""
    caches["process"].clear()
    yield
    caches["process"].clear()


def title(browser: Client) -> str:
    return browser.get("/accounts/login/").content.decode()


def test_the_configured_name_goes_before_all(company: Company, settings: Any) -> None:
    settings.COMPANY = "Halden Group"
    assert "Halden Group" in title(Client())
    assert "Halden Mobility" not in title(Client())


def test_without_one_it_is_the_topmost_unit_s(company: Company) -> None:
    assert "Halden Mobility" in title(Client())


@pytest.mark.django_db
def test_before_there_is_a_company_it_is_mine() -> None:
    assert not Unit.objects.exists()
    assert "My company" in title(Client())


def test_the_name_costs_no_query_on_the_next_page(company: Company, django_assert_num_queries: Any) -> None:
    from paddock.hub.portal.context import company_name

    with django_assert_num_queries(1):
        assert company_name() == "Halden Mobility"
    with django_assert_num_queries(0):
        assert company_name() == "Halden Mobility"
