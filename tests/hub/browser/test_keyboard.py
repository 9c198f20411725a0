# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages are used with the keyboard alone, and what is wrong in a form is where the focus goes."""

import pytest
from playwright.sync_api import Page

from tests.hub.browser.conftest import Open
from tests.hub.browser.world import World

pytestmark = pytest.mark.django_db(transaction=True)
FOCUSED = "document.activeElement.{}"
MOST_STOPS = 30
"""Presses of the tabulator from the beginning of the content to the first row of a table."""


@pytest.fixture
def page(world: World, open_page: Open) -> Page:
    return open_page(world.company.owner)


def focused(page: Page, what: str) -> str:
    return str(page.evaluate(FOCUSED.format(what)))


def test_the_first_stop_leads_past_the_frame(page: Page) -> None:
    page.goto("/products/")
    page.keyboard.press("Tab")
    assert focused(page, "innerText") == "Skip to content"
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    assert focused(page, "id") == "content"


def test_the_tabulator_reaches_the_first_row(page: Page) -> None:
    page.goto("/products/")
    page.locator("#content").focus()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('tbody') !== null"):
            break
    assert focused(page, "innerText") == "Cockpit UI"
    assert focused(page, "matches(':focus-visible')") == "True"
    page.keyboard.press("Enter")
    page.wait_for_url("**/products/*/")


def test_a_slash_goes_to_the_search_but_is_a_letter_where_one_writes(page: Page) -> None:
    page.goto("/products/")
    page.keyboard.press("/")
    assert focused(page, "id") == "search"
    assert page.locator("#search").input_value() == ""
    page.locator("#products-name").focus()
    page.keyboard.press("/")
    assert focused(page, "value") == "/"


def test_what_one_types_is_found_while_one_types(page: Page, world: World) -> None:
    page.goto("/about")
    page.keyboard.press("/")
    page.keyboard.type("cock")
    hit = page.locator("#found a").first
    hit.wait_for()
    assert "Cockpit UI" in hit.inner_text()
    page.keyboard.press("ArrowDown")
    assert "Cockpit UI" in focused(page, "innerText")
    page.keyboard.press("ArrowUp")
    assert focused(page, "id") == "search"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/products/{world.product.pk}/")


def test_escape_takes_away_what_was_found(page: Page) -> None:
    page.goto("/about")
    page.locator("#search").press_sequentially("cock")
    page.locator("#found a").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#found").wait_for(state="hidden")
    assert focused(page, "id") == "search"


def test_escape_closes_a_menu_and_goes_back_to_where_it_was_opened(page: Page) -> None:
    page.goto("/")
    menu = page.locator("details.menu").last
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.matches('details.menu:last-of-type > summary')")


def test_the_focus_goes_to_what_is_wrong_and_from_there_to_the_field(page: Page) -> None:
    page.goto("/products/new")
    page.get_by_role("button", name="Create product").click()
    page.wait_for_function("document.activeElement.classList.contains('summary-of-errors')")
    page.keyboard.press("Tab")
    assert focused(page, "innerText").startswith("Name: ")
    page.keyboard.press("Enter")
    assert focused(page, "name") == "name"
    assert focused(page, "getAttribute('aria-invalid')") == "true"
    described = focused(page, "getAttribute('aria-describedby')").split()
    assert "id_name_error" in described
    assert all(page.locator(f"#{one}").is_visible() for one in described)
