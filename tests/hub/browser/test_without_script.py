# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where no script runs, everything is still there, one page after the other; and what comes out of a printer."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from paddock.hub.products.models import Product
from paddock.hub.scans.models import Intake
from tests.hub.browser.conftest import Open
from tests.hub.browser.world import AFTER, PASSWORD, World

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "#table-products tbody th a"


@pytest.fixture
def page(world: World, open_page: Open) -> Page:
    return open_page(world.company.owner, script=False)


def test_tables_are_sorted_and_narrowed_by_links_and_a_button(page: Page) -> None:
    page.goto("/products/")
    page.get_by_role("link", name="Product", exact=True).click()
    expect(page.locator(FIRST)).to_have_text(["Navigation", "Cockpit UI"])
    page.get_by_label("Name", exact=True).fill("cock")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(FIRST)).to_have_text(["Cockpit UI"])
    assert "sort=-name" in page.url
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(FIRST)).to_have_text(["Navigation", "Cockpit UI"])


def test_the_search_shows_a_page(page: Page) -> None:
    page.goto("/")
    page.locator("#search").fill("cock")
    page.locator("#search").press("Enter")
    page.wait_for_url("**/search?q=cock")
    page.get_by_role("main").get_by_role("link", name="Cockpit UI", exact=True).click()
    expect(page.locator("h1")).to_have_text("Cockpit UI")


def test_forms_say_what_is_wrong_and_take_what_is_right(page: Page) -> None:
    page.goto("/products/new")
    page.get_by_role("button", name="Create product").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_label("Name").fill("Head-up display")
    page.get_by_role("button", name="Create product").click()
    expect(page.locator("h1")).to_have_text("Head-up display")
    assert Product.objects.filter(name="Head-up display").exists()


def test_a_file_is_handed_in(page: Page, world: World, tmp_path: Path) -> None:
    file = tmp_path / "fresh.cdx.json"
    file.write_bytes(AFTER)
    page.goto(f"/releases/{world.bare.pk}/hand-in")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/uploads/*/")
    assert Intake.objects.filter(source="fresh.cdx.json").exists()
    page.get_by_role("button", name="Cancel this upload").click()
    expect(page.get_by_role("main")).to_contain_text("Cancelled")


def test_menus_and_the_navigation_of_a_telephone_open(world: World, open_page: Open) -> None:
    page = open_page(world.company.owner, script=False, width=390)
    page.goto("/")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    page.get_by_role("button", name="Navigation").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Products").click()
    expect(page.locator("h1")).to_have_text("Products")
    page.locator("details.menu summary").last.click()
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_people_sign_in_and_out(world: World, open_page: Open) -> None:
    world.company.owner.set_password(PASSWORD)
    world.company.owner.save()
    page = open_page(script=False)
    page.goto("/products/")
    page.get_by_label("Email").fill(world.company.owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/products/")
    page.locator("details.menu summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/products/" not in address)
    page.goto("/products/")
    page.wait_for_url("**/accounts/login/**")


def test_paper_holds_the_facts_and_nothing_to_click(page: Page, world: World) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/products/")
    for gone in (".rail", ".top", ".tabs", ".filters", ".skip", ".actions .btn", "main button"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    assert page.locator(FIRST).first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.goto(f"/releases/{world.release.pk}/")
    expect(page.locator("details.cause li").first).to_be_visible()
    assert "copied 2.1.0 is under GPL-3.0-only" in page.locator("main").inner_text()
