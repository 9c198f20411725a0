# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of people in a real browser: nothing for axe to complain about, nothing that the policy for content stops,
and passkeys that let people in."""

import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, sync_playwright

from paddock.hub.accounts.models import Person
from paddock.hub.audit.models import Entry
from tests.e2e.conftest import ARGUMENTS, NAMES
from tests.hub.company import Company, found

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which carries axe-core, is not installed")
pytestmark = pytest.mark.django_db(transaction=True)

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """async () => (await axe.run('main')).violations
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`))"""
PASSWORD = "horse battery staple 7"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for these tests alone: while one runs, its loop stands in the thread of the tests, which Django has to
    be told is meant."""
    wanted = os.environ.get("PADDOCK_BROWSER")
    program = wanted or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed and PADDOCK_BROWSER is not set")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        found = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def company(browser: Browser, transactional_db: None) -> Company:
    """The company, with a password for its administrator."""
    cache.clear()
    made = found()
    made.admin.set_password(PASSWORD)
    made.admin.save()
    return made


@pytest.fixture
def page(browser: Browser, company: Company, live_server: Any) -> Iterator[Page]:
    """A page of an administrator who has signed in; afterwards nothing may have been stopped or have failed."""
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"), locale="en-GB")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto("/accounts/login/")
    sign_in(opened)
    opened.wait_for_url(lambda address: "login" not in address)
    yield opened
    context.close()
    assert said == []


def sign_in(page: Page) -> None:
    page.get_by_label("Email").fill("admin@halden.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def addresses(company: Company) -> list[str]:
    unit, person = company.cars.pk, company.coordinator.pk
    return [
        "/organisation/", f"/organisation/units/{unit}/", f"/organisation/units/{unit}/roles/",
        f"/organisation/units/{unit}/activity/", f"/organisation/units/{unit}/give/", "/organisation/entities/",
        "/organisation/groups/", "/people/", f"/people/{person}/", f"/people/{person}/lock/", "/people/invite/",
        "/settings/", "/settings/security/", "/settings/tokens/", "/settings/tokens/new/", "/audit/",
        "/accounts/password/change/", "/accounts/2fa/webauthn/add/",
    ]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(scheme: Any, width: int, page: Page, company: Company) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for address in addresses(company):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate(f"() => {{ {AXE} }}")
        assert page.evaluate(RUN) == [], address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{address} is too wide"


def test_a_unit_is_offered_while_one_types_and_the_tree_opens(page: Page, company: Company) -> None:
    page.goto("/people/invite/")
    page.locator("#id_unit").press_sequentially("cock")
    offered = page.locator("#offered-units option")
    offered.wait_for(state="attached")
    assert "Cockpit" in (offered.first.get_attribute("value") or "")
    page.goto("/organisation/")
    page.get_by_text("1 unit below").click()
    page.get_by_role("link", name="Cockpit").wait_for()


def test_a_passkey_lets_in_without_a_password(page: Page, company: Company) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda address: "/add/" not in address)
    assert Entry.objects.filter(action="person.webauthn-added", subject_id=str(company.admin.pk)).exists()
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda address: "login" not in address)
    page.goto("/settings/")
    assert page.get_by_label("Name").input_value() == Person.objects.get(pk=company.admin.pk).name
