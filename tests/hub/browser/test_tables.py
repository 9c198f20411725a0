# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables: only they are exchanged, and what is shown stands in the address, to be shared and to go back to."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.hub.browser.conftest import Open
from tests.hub.browser.world import World

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "#table-products tbody th a"
STAYED = "window.stayed === true"
"""Whether the page is the one that was marked: nothing but a part of it was exchanged."""


@pytest.fixture
def page(world: World, open_page: Open) -> Page:
    opened = open_page(world.company.owner)
    opened.goto("/products/")
    opened.evaluate("window.stayed = true")
    return opened


def names(page: Page) -> list[str]:
    return page.locator(FIRST).all_inner_texts()


def test_a_table_is_sorted_in_place_and_the_way_back_leads_to_the_order_before(page: Page) -> None:
    assert names(page) == ["Cockpit UI", "Navigation"]
    page.get_by_role("link", name="Product", exact=True).click()
    page.wait_for_url("**/products/?sort=-name")
    expect(page.locator(FIRST).first).to_have_text("Navigation")
    assert page.locator("thead [aria-sort]").get_attribute("aria-sort") == "descending"
    assert page.evaluate(STAYED)
    page.go_back()
    page.wait_for_url("**/products/")
    expect(page.locator(FIRST).first).to_have_text("Cockpit UI")
    page.go_forward()
    expect(page.locator(FIRST).first).to_have_text("Navigation")


def test_a_table_is_narrowed_while_one_types_and_the_address_can_be_shared(
    page: Page, world: World, open_page: Open
) -> None:
    page.locator("#products-name").press_sequentially("navi")
    page.wait_for_url("**/products/?name=navi*")
    expect(page.locator(FIRST)).to_have_count(1)
    assert page.evaluate(STAYED)
    assert page.evaluate("document.activeElement.id") == "products-name"
    page.keyboard.type("gation")
    page.wait_for_url("**/products/?name=navigation*")
    other = open_page(world.company.coordinator)
    other.goto(page.url)
    assert names(other) == ["Navigation"]
    assert other.locator("#products-name").input_value() == "navigation"


def test_what_is_typed_while_a_table_is_on_its_way_is_not_lost(page: Page) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/products/?*", late)
    page.locator("#products-name").press_sequentially("cock", delay=20)
    with page.expect_request("**/products/?name=cock&*"):
        pass
    page.keyboard.type("pit ui")
    page.wait_for_url("**/products/?name=cockpit%20ui*")
    expect(page.locator(FIRST)).to_have_text(["Cockpit UI"])
    assert page.locator("#products-name").input_value() == "cockpit ui"
    assert page.evaluate(STAYED)


def test_a_choice_narrows_at_once_and_can_be_taken_back(page: Page) -> None:
    page.get_by_label("Verdict").select_option(label="Compliant")
    page.wait_for_url("**verdict=compliant*")
    expect(page.locator(FIRST)).to_have_text(["Navigation"])
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(FIRST)).to_have_count(2)
    assert page.evaluate(STAYED)


def test_the_way_back_from_a_row_leads_to_the_whole_page_with_the_same_rows(page: Page) -> None:
    page.get_by_label("Verdict").select_option(label="Compliant")
    page.wait_for_url("**verdict=compliant*")
    page.get_by_role("link", name="Navigation", exact=True).click()
    page.wait_for_url("**/products/*/")
    page.go_back()
    page.wait_for_url("**verdict=compliant*")
    expect(page.locator("h1")).to_have_text("Products")
    expect(page.locator(FIRST)).to_have_text(["Navigation"])


def test_the_next_page_of_a_long_table_comes_in_place(page: Page, world: World) -> None:
    page.goto(f"/releases/{world.release.pk}/components")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**page=2*")
    expect(page.locator("tbody tr")).to_have_count(10)
    assert page.evaluate(STAYED)
