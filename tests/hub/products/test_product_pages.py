# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Products on their pages: owner and tags, another unit, repositories, and where a release is in its life."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from paddock.hub.audit.queries import entries_about
from paddock.hub.core.errors import Invalid, NotAllowed, NotFound
from paddock.hub.outbox.models import Event
from paddock.hub.products.events import RulesOfProductChanged
from paddock.hub.products.models import Product, Release, Repository
from paddock.hub.products.services import create_product, create_release, move_product, update_product
from paddock.hub.scans.handlers import decide_product_anew
from tests.hub.company import MOMENT, Company
from tests.hub.conftest import SignIn
from tests.hub.scans.test_intake import bom, hand_in

pytestmark = pytest.mark.django_db
FIELDS = {"name": "Radio Unit", "distribution": "embedded", "criticality": "low"}


@pytest.fixture
def product(company: Company) -> Product:
    return create_product(actor=company.actor(company.owner), name="Radio Unit", unit=company.cockpit, now=MOMENT)


@pytest.fixture
def release(company: Company, product: Product) -> Release:
    return create_release(actor=company.actor(company.owner), product=product, name="1.0", now=MOMENT)


def told(event: type[object]) -> int:
    return Event.objects.filter(type=event.__name__).count()


def test_owner_and_tags_are_set_and_shown_again(company: Company, product: Product, signed_in: SignIn) -> None:
    person, address = signed_in(company.owner), reverse("edit-product", args=[product.pk])
    given = {**FIELDS, "person": "colleague@halden.example", "tags": " audio,, radio  unit ,audio"}
    assert person.post(address, given).status_code == 302
    product.refresh_from_db()
    assert (product.owner, product.tags) == (company.colleague, ["audio", "radio unit"])
    page = person.get(address).content.decode()
    assert 'value="Colleague &lt;colleague@halden.example&gt;"' in page
    assert 'value="audio, radio unit"' in page
    assert "/products/?tag=radio%20unit" in person.get(reverse("product", args=[product.pk])).content.decode()
    assert b"Radio Unit" in person.get("/products/?tag=radio%20unit").content
    assert b"Radio Unit" not in person.get("/products/?tag=radio").content
    for wrong in ({"person": "nobody at all"}, {"tags": "x" * 101}, {"tags": ",".join(map(str, range(51)))}):
        assert person.post(address, {**given, **wrong}).status_code == 422


def test_a_product_may_be_made_with_an_owner(company: Company, signed_in: SignIn) -> None:
    given = {**FIELDS, "unit": str(company.cockpit.pk), "person": "Owner", "tags": "a"}
    assert signed_in(company.owner).post("/products/new", given).status_code == 302
    made = Product.objects.get()
    assert (made.owner, made.tags) == (company.owner, ["a"])


def test_another_unit_answers_for_it_and_its_rules_hold(company: Company, product: Product, signed_in: SignIn) -> None:
    person = signed_in(company.admin)
    answer = person.post(reverse("move-product", args=[product.pk]), {"unit": "Cloud"})
    assert answer.status_code == 302
    product.refresh_from_db()
    assert product.unit == company.cloud
    assert [entry.action for entry in entries_about("product", product.pk)][:2] == [
        "product.received", "product.moved",
    ]  # fmt: skip
    assert told(RulesOfProductChanged) == 1
    page = reverse("product", args=[product.pk])
    assert signed_in(company.stranger).get(page).status_code == 200
    assert signed_in(company.owner).get(page).status_code == 404


def test_whoever_moves_it_manages_products_on_both_sides(company: Company, product: Product) -> None:
    owner, admin = company.actor(company.owner), company.actor(company.admin)
    with pytest.raises(NotFound):
        move_product(actor=owner, product=product, unit=company.cloud, now=MOMENT)
    with pytest.raises(NotAllowed):
        move_product(actor=company.actor(company.colleague), product=product, unit=company.cockpit, now=MOMENT)
    with pytest.raises(Invalid, match="already belongs"):
        move_product(actor=admin, product=product, unit=company.cockpit, now=MOMENT)
    create_product(actor=admin, name="radio unit", unit=company.cloud, now=MOMENT)
    with pytest.raises(Invalid, match="already is a product"):
        move_product(actor=admin, product=product, unit=company.cloud, now=MOMENT)
    product.refresh_from_db()
    assert product.unit == company.cockpit


def test_another_way_to_people_asks_for_new_verdicts(company: Company, product: Product, release: Release) -> None:
    actor = company.actor(company.owner)
    hand_in(company, release, bom(("left", "1.0.0", "MIT")))
    create_release(actor=actor, product=product, name="2.0", now=MOMENT)
    update_product(actor=actor, product=product, now=MOMENT, changes={"description": "Plays music"})
    assert told(RulesOfProductChanged) == 0
    update_product(actor=actor, product=product, now=MOMENT, changes={"distribution": "internal"})
    assert told(RulesOfProductChanged) == 1
    asked = ProcrastinateJob.objects.filter(task_name="scans.evaluate")
    asked.delete()
    decide_product_anew(RulesOfProductChanged(product.pk), MOMENT)
    locks = {f"release {one.pk}" for one in product.releases.all()}
    assert set(asked.values_list("lock", flat=True)) == locks
    assert len(locks) == 2


def test_repositories_are_added_scanned_from_and_removed(
    company: Company, product: Product, release: Release, signed_in: SignIn
) -> None:
    person, address = signed_in(company.owner), reverse("new-repository", args=[product.pk])
    assert person.post(address, {"url": "file:///etc"}).status_code == 422
    assert person.post(address, {"url": "https://git.example/radio.git"}).status_code == 302
    assert person.post(address, {"url": "https://git.example/radio.git"}).status_code == 422
    repository = Repository.objects.get()
    page = reverse("product", args=[product.pk])
    remove = reverse("remove-repository", args=[product.pk, repository.pk])
    assert remove in person.get(page).content.decode()
    for other, status in ((company.colleague, 403), (company.stranger, 404)):
        assert remove not in signed_in(other).get(page).content.decode()
        assert signed_in(other).post(remove).status_code == status
    elsewhere = create_product(actor=company.actor(company.owner), name="Other", unit=company.cockpit, now=MOMENT)
    assert person.post(reverse("remove-repository", args=[elsewhere.pk, repository.pk])).status_code == 404
    assert person.post(remove).status_code == 302
    assert not Repository.objects.exists()


def test_a_release_is_moved_on_from_its_page(company: Company, release: Release, signed_in: SignIn) -> None:
    person, page = signed_in(company.owner), reverse("release", args=[release.pk])
    move = reverse("move-release", args=[release.pk])
    shown = person.get(page).content.decode()
    assert move in shown
    assert 'value="released"' in shown
    assert 'value="supported"' not in shown
    assert person.post(move, {"state": "released"}).status_code == 302
    assert 'value="supported"' in person.get(page).content.decode()
    assert move not in signed_in(company.colleague).get(page).content.decode()
    assert Release.objects.get(pk=release.pk).state == "released"
