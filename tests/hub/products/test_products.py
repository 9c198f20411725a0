# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Products and releases: who may do what, and what cannot be."""

from typing import Any

import pytest

from paddock.hub.core.errors import ChangedMeanwhile, HubError, Invalid, NotAllowed, NotFound
from paddock.hub.products.models import Product, Release
from paddock.hub.products.queries import lookup_release, product_by_id, products_for, release_by_id, releases_for
from paddock.hub.products.services import (
    add_repository,
    archive_product,
    change_release_state,
    create_product,
    create_release,
    update_product,
)
from paddock.hub.products.types import ReleaseState
from tests.hub.company import MOMENT, Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(company: Company) -> Product:
    return create_product(actor=company.actor(company.owner), name="Navigation", unit=company.cockpit, now=MOMENT)


@pytest.fixture
def release(company: Company, product: Product) -> Release:
    return create_release(actor=company.actor(company.owner), product=product, name="1.0", now=MOMENT)


@pytest.mark.parametrize(
    ("who", "error"),
    [("owner", None), ("admin", None), ("coordinator", None), ("colleague", NotAllowed), ("auditor", NotAllowed),
     ("stranger", NotFound), ("nobody", NotFound)],
)  # fmt: skip
def test_every_change_asks_whether_the_actor_may(
    company: Company, product: Product, release: Release, who: str, error: type[HubError] | None
) -> None:
    actor = company.actor(getattr(company, who))
    changes: list[Any] = [
        lambda: create_product(actor=actor, name=f"By {who}", unit=company.cockpit, now=MOMENT),
        lambda: update_product(actor=actor, product=product, now=MOMENT, changes={"description": who}),
        lambda: create_release(actor=actor, product=product, name="2.0", now=MOMENT),
        lambda: change_release_state(actor=actor, release=release, to=ReleaseState.RELEASED, now=MOMENT),
        lambda: add_repository(actor=actor, product=product, url="https://git.example/a.git", now=MOMENT),
        lambda: archive_product(actor=actor, product=product, now=MOMENT),
    ]
    for change in changes:
        if error is None:
            change()
        else:
            with pytest.raises(error):
                change()
    product.refresh_from_db()
    release.refresh_from_db()
    untouched = (product.archived_at, product.description, release.state, Release.objects.count())
    assert (untouched == (None, "", "development", 1)) is (error is not None)


@pytest.mark.parametrize(
    ("who", "sees"), [("owner", 1), ("colleague", 1), ("auditor", 1), ("stranger", 0), ("nobody", 0)]
)
def test_only_who_may_see_a_unit_sees_its_products(company: Company, release: Release, who: str, sees: int) -> None:
    actor = company.actor(getattr(company, who))
    assert (products_for(actor).count(), releases_for(actor).count()) == (sees, sees)
    assert (lookup_release(actor, "navigation", "1.0") is not None) is bool(sees)
    if not sees:
        with pytest.raises(NotFound):
            product_by_id(actor, release.product_id)
        with pytest.raises(NotFound):
            release_by_id(actor, release.id)


def test_names_are_there_once_and_say_something(company: Company, product: Product, release: Release) -> None:
    actor = company.actor(company.owner)
    for name in ("navigation", "", " ", "x" * 201):
        with pytest.raises(Invalid):
            create_product(actor=actor, name=name, unit=company.cockpit, now=MOMENT)
    with pytest.raises(Invalid):
        create_release(actor=actor, product=product, name=release.name, now=MOMENT)


def test_what_cannot_be_is_refused(company: Company, product: Product, release: Release) -> None:
    actor = company.actor(company.owner)
    with pytest.raises(Invalid):
        update_product(actor=actor, product=product, now=MOMENT, changes={"unit": company.cloud})
    with pytest.raises(Invalid):
        change_release_state(actor=actor, release=release, to=ReleaseState.SUPPORTED, now=MOMENT)
    archive_product(actor=actor, product=product, now=MOMENT)
    with pytest.raises(ChangedMeanwhile):
        archive_product(actor=actor, product=product, now=MOMENT)
    for url in ("file:///etc", "ext::sh -c id", "https://user:password@git.example/a.git"):
        with pytest.raises(Invalid):
            add_repository(actor=actor, product=product, url=url, now=MOMENT)


def test_one_release_of_a_product_is_the_latest(company: Company, product: Product) -> None:
    actor = company.actor(company.owner)
    for name in ("1", "2"):
        create_release(actor=actor, product=product, name=name, now=MOMENT, is_latest=True)
    assert Release.objects.get(is_latest=True).name == "2"
