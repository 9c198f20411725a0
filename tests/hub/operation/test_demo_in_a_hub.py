# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the demonstration may go, and what is left of one that was interrupted."""

import pytest

from paddock.hub.accounts.models import LegalEntity, Person, Unit
from paddock.hub.accounts.services import create_person
from paddock.hub.audit.models import Entry
from paddock.hub.components.models import Document, Package
from paddock.hub.core.actor import system
from paddock.hub.operation.demo.demonstrate import NotEmpty, demonstrate, require_empty
from paddock.hub.operation.demo.people import found_company
from paddock.hub.operation.demo.story import organisation
from paddock.hub.operation.first_steps import UNNAMED, company, make_administrator
from paddock.hub.policies.models import Policy
from paddock.hub.products.models import Product
from paddock.hub.products.services import create_product
from tests.hub.company import MOMENT, Company

BY = system("tests")


def test_a_hub_that_holds_something_else_is_refused_and_left_as_it_is(company: Company) -> None:
    create_product(actor=BY, name="Radio", unit=company.cockpit, now=MOMENT)
    with pytest.raises(NotEmpty, match="holds products and units and people already") as refused:
        demonstrate(now=MOMENT, progress=lambda *_: None)
    assert "Nothing was changed" in refused.value.message
    assert list(Product.objects.values_list("name", flat=True)) == ["Radio"]


@pytest.mark.django_db
def test_a_hub_with_people_of_its_own_is_refused() -> None:
    root = company(actor=BY, name="Somebody", now=MOMENT)
    create_person(actor=BY, email="a@b.example", name="Ada", unit=root, now=MOMENT)
    with pytest.raises(NotEmpty, match="holds people already"):
        require_empty()


@pytest.mark.django_db
def test_a_hub_that_was_just_set_up_counts_as_empty_and_gets_the_company_s_name() -> None:
    made = make_administrator(email="me@here.example", name="Me", now=MOMENT)
    Unit.objects.update(name=UNNAMED)
    require_empty()
    found_company(organisation(), actor=BY, at=lambda _days: MOMENT)
    assert list(Unit.objects.filter(parent=None).values_list("name", flat=True)) == ["Halden Mobility"]
    assert Person.objects.filter(pk=made.pk, is_active=True).exists()


@pytest.mark.django_db
def test_a_company_that_has_a_name_keeps_it() -> None:
    make_administrator(email="me@here.example", name="Me", now=MOMENT)
    Unit.objects.update(name="Somebody")
    found_company(organisation(), actor=BY, at=lambda _days: MOMENT)
    assert Unit.objects.get(parent=None).name == "Somebody"


@pytest.mark.django_db
def test_an_interrupted_demonstration_leaves_an_empty_hub() -> None:
    steps = []

    def interrupt(what: str, done: int, _total: int) -> None:
        steps.append(what)
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demonstrate(now=MOMENT, progress=interrupt)
    assert len(steps) > 6
    for model in (Person, Unit, LegalEntity, Product, Policy, Package, Document, Entry):
        assert model.objects.count() == 0, model
