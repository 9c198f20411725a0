# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Lists of ten thousand people and units cost as many queries as lists of ten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from paddock.hub.accounts.models import Grant, Membership, Person, Unit
from tests.hub.company import MOMENT, Company

MANY = 10_000


@pytest.fixture
def crowd(company: Company) -> Company:
    """Ten thousand units below Cars, a person in each, each of them coordinator there."""
    units = Unit.objects.bulk_create(
        Unit(
            created_at=MOMENT, name=f"Unit {number:05}", legal_entity=company.cars.legal_entity, parent=company.cars,
            path=f"{company.cars.path}{number + 4096:08x}/",
        )
        for number in range(MANY)
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(created_at=MOMENT, name=f"Person {number:05}", email=f"p{number}@halden.example", password="!")
        for number in range(MANY)
    )
    both = list(zip(people, units, strict=True))
    Membership.objects.bulk_create(
        Membership(created_at=MOMENT, person=one, unit=unit, starts_on=MOMENT.date()) for one, unit in both
    )
    Grant.objects.bulk_create(
        Grant(created_at=MOMENT, person=one, role="coordinator", unit=unit, starts_on=MOMENT.date())
        for one, unit in both
    )
    return company


def test_every_page_stays_bounded(
    crowd: Company, signed_in: Callable[..., Client], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    cars, client = crowd.cars.pk, signed_in(crowd.coordinator)
    for address, most in (
        ("/people/", 12),
        ("/people/?q=Person+09", 12),
        ("/people/?page=150&sort=-email", 12),
        ("/organisation/", 14),
        ("/organisation/?q=unit+0", 12),
        (f"/organisation/units/{cars}/below/?page=100", 12),
        (f"/organisation/units/{cars}/branch", 12),
        (f"/organisation/units/{cars}/", 14),
        ("/organisation/units/offers?unit=unit", 8),
        ("/people/offers?person=person", 8),
    ):
        with django_assert_max_num_queries(most):
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert len(answer.content) < 150_000, (address, len(answer.content))
