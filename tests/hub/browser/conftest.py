# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A browser, a server that answers as an installation does, and people who have signed in.

After each test no page may have complained: an error on the console, of a script or of the content security policy
fails it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from paddock.hub.accounts.models import Person
from tests.browsers import launched
from tests.hub.browser.world import World, build_world
from tests.hub.conftest import SignIn

WANTED = re.compile(r"the server responded with a status of 4(04|22)")
"""Chromium writes an error for every page with such a status: wrong forms and wrong addresses are no faults of ours."""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file: while it runs, its loop stands in the thread of the tests, which Django has
    to be told is meant."""
    with pytest.MonkeyPatch.context() as patch, launched() as found:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield found


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The address of a server. Files of pages go through the middleware as in an installation: compressed, kept."""
    server = LiveServerThread("127.0.0.1", static_handler=lambda handler: handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def world(browser: Browser, transactional_db: None) -> World:
    """The company at work; see `tests.hub.browser.world`."""
    cache.clear()
    return build_world()


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """Signs somebody in who has just proven who they are."""

    def sign_in(person: Person) -> Client:
        client = SignIn()(person)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, person, method="password", reauthenticated=True)
        request.session.save()
        return client

    return sign_in


@pytest.fixture
def open_page(browser: Browser, site: str, client_of: Callable[[Person], Client]) -> Iterator[Open]:
    """Gives a page of somebody who has signed in, or of nobody.

    person, language, width, scheme ("light", "dark"), script: whether the browser runs any.
    """
    contexts, said = [], []

    def opened(
        person: Person | None = None,
        *,
        language: str = "en",
        width: int = 1280,
        scheme: Any = "light",
        script: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=site, locale={"en": "en-GB", "de": "de-DE"}[language], color_scheme=scheme,
            reduced_motion="reduce", viewport={"width": width, "height": 900}, java_script_enabled=script,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person is not None:
            Person.objects.filter(pk=person.pk).update(language=language)
            key = client_of(person).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        page = context.new_page()
        page.on("console", lambda one: said.append(f"{page.url}: {one.text}") if one.type == "error" else None)
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in said if not WANTED.search(text)] == []
