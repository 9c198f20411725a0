# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""People keep lists as they look at them; each keeps their own."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.portal import saved_views
from paddock.hub.portal.models import SavedView
from paddock.hub.products.services import create_product
from tests.hub.company import MOMENT, Company

pytestmark = pytest.mark.django_db
LIST = "/products/?sort=-name&verdict=unknown&page=2"


@pytest.fixture
def owner(company: Company, signed_in: Callable[..., Client]) -> Client:
    create_product(actor=company.actor(company.owner), name="Radio Unit", unit=company.cockpit, now=MOMENT)
    return signed_in(company.owner)


def keep(client: Client, name: str = "Unknown ones", address: str = LIST) -> int:
    return client.post(reverse("save-view"), {"name": name, "address": address}).status_code


def test_a_list_is_kept_as_it_is_shown_and_found_again(owner: Client) -> None:
    shown = owner.get("/products/?verdict=unknown&sort=-name").content.decode()
    assert 'name="address" value="/products/?verdict=unknown&amp;sort=-name"' in shown
    assert keep(owner) == 302
    kept = SavedView.objects.get()
    assert kept.address == "/products/?sort=-name&verdict=unknown"
    for page in ("/", reverse("saved-views")):
        assert 'href="/products/?sort=-name&amp;verdict=unknown"' in owner.get(page).content.decode()
    assert owner.get(kept.address).status_code == 200


def test_the_same_name_for_the_same_list_replaces_it(owner: Client) -> None:
    keep(owner)
    keep(owner, address="/products/?verdict=compliant")
    assert [view.query for view in SavedView.objects.all()] == ["verdict=compliant"]
    keep(owner, address="/packages/?q=left")
    assert SavedView.objects.count() == 2


def test_everybody_keeps_and_removes_their_own(
    company: Company, owner: Client, signed_in: Callable[..., Client]
) -> None:
    keep(owner)
    address = reverse("remove-view", args=[SavedView.objects.get().pk])
    colleague = signed_in(company.colleague)
    assert "Unknown ones" not in colleague.get(reverse("saved-views")).content.decode()
    assert colleague.post(address).status_code == 404
    assert owner.post(address).status_code == 302
    assert not SavedView.objects.exists()
    assert "You keep no view yet" in owner.get(reverse("saved-views")).content.decode()


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/products/", "//elsewhere.example/", "/no/such/page", "javascript:alert(1)", ""],
)
def test_nothing_but_a_page_of_this_hub_is_kept(owner: Client, address: str) -> None:
    assert keep(owner, address=address) == 422
    assert not SavedView.objects.exists()


def test_a_view_has_a_name_and_there_are_not_too_many(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keep(owner, name="  ") == 422
    assert keep(owner, name="x" * 101) == 422
    monkeypatch.setattr(saved_views, "MOST", 1)
    assert keep(owner) == 302
    assert keep(owner, name="Another") == 422
    assert keep(owner, name="<script>") == 422
