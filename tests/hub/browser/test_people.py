# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the pages of people do while one types, and passkeys that let people in."""

import pytest
from playwright.sync_api import Page

from paddock.hub.accounts.models import Person
from paddock.hub.audit.models import Entry
from tests.hub.browser.conftest import Open
from tests.hub.browser.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(world: World, open_page: Open) -> Page:
    return open_page(world.company.admin)


def test_a_unit_is_offered_while_one_types_and_the_tree_opens(page: Page) -> None:
    page.goto("/people/invite/")
    page.locator("#id_unit").press_sequentially("cock")
    offered = page.locator("#offered-units option")
    offered.wait_for(state="attached")
    assert "Cockpit" in (offered.first.get_attribute("value") or "")
    page.goto("/organisation/")
    page.get_by_text("1 unit below").click()
    page.get_by_role("link", name="Cockpit").wait_for()


def test_a_passkey_lets_in_without_a_password(page: Page, world: World) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda address: "/add/" not in address)
    admin = world.company.admin
    assert Entry.objects.filter(action="person.webauthn-added", subject_id=str(admin.pk)).exists()
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda address: "login" not in address)
    page.goto("/settings/")
    assert page.get_by_label("Name").input_value() == Person.objects.get(pk=admin.pk).name
