# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every page that can be reached, in both themes, both languages, on a desk and on a telephone: axe finds nothing,
nothing is wider than the window, and nothing complains."""

from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.hub.browser.addresses import expected_pages, further_pages, pages
from tests.hub.browser.conftest import Open
from tests.hub.browser.world import World

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which carries axe-core, is not installed")
pytestmark = pytest.mark.django_db(transaction=True)

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """async () => (await axe.run({resultTypes: ['violations'], preload: false})).violations
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`))"""
LOOKS = [("en", "light", 1280), ("de", "dark", 390)]
looks = pytest.mark.parametrize(("language", "scheme", "width"), LOOKS, ids=["desk", "telephone"])


def in_order(page: Page, addresses: Iterable[str], status: int = 200) -> None:
    """Look at the pages at these addresses; all that is wrong with them is told together."""
    found: list[str] = []
    for address in addresses:
        answer = page.goto(address)
        if answer is None or answer.status != status:
            found.append(f"{address}: answers {answer and answer.status}")
            continue
        page.evaluate(f"() => {{ {AXE} }}")
        found += [f"{address}: {one}" for one in page.evaluate(RUN)]
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append(f"{address}: {over} px wider than the window")
    assert not found, "\n".join(found)


@looks
@pytest.mark.parametrize("part", [0, 1], ids=["first half", "second half"])
def test_every_page_is_in_order(
    language: str, scheme: Any, width: int, part: int, world: World, open_page: Open, client_of: Callable[..., Client]
) -> None:
    admin = world.company.admin
    found = pages(world, client_of(admin))
    assert set(expected_pages("admin")) - set(found) <= {"account_set_password"}, "the administrator has one"
    page = open_page(admin, language=language, scheme=scheme, width=width)
    in_order(page, [*found.values(), *further_pages(world).values()][part::2])


def test_pages_of_somebody_who_may_less_and_has_no_password_are_in_order(
    world: World, open_page: Open, client_of: Callable[..., Client]
) -> None:
    coordinator = world.company.coordinator
    found = pages(world, client_of(coordinator))
    names = ("account_set_password", "own-security", "home", "products", "product", "release", "release-components")
    in_order(open_page(coordinator, language="de", width=390), [found[name] for name in names])


@looks
def test_every_page_for_people_who_are_not_signed_in_is_in_order(
    language: str, scheme: Any, width: int, world: World, open_page: Open
) -> None:
    found = pages(world, Client())
    assert set(expected_pages("anonymous")) - set(found) == set()
    documentation = reverse("api-documentation")  # long: it is looked at by these alone
    in_order(open_page(language=language, scheme=scheme, width=width), [*found.values(), documentation])


@looks
def test_pages_that_say_that_something_went_wrong_are_in_order(
    language: str, scheme: Any, width: int, world: World, open_page: Open
) -> None:
    for person in (world.company.admin, None):
        page = open_page(person, language=language, scheme=scheme, width=width)
        in_order(page, ["/there/is/no/such/page"], status=404)
