# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A browser for tests: the system's Chromium, driven by Playwright, without any network."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from paddock.engine.model.result import Result
from paddock.engine.reporter.reports import find_report

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """PADDOCK_BROWSER, or a Chromium under one of its usual names; skips, saying so, where there is none."""
    wanted = os.environ.get("PADDOCK_BROWSER")
    program = wanted or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed and PADDOCK_BROWSER is not set")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield found
        found.close()


@dataclass
class Opened:
    """A page with what it complained about and what it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Show = Callable[..., Opened]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Renders a result in a format and opens it; afterwards, no page may have complained or left its file."""
    opened: list[Opened] = []

    def render_and_open(
        result: Result,
        name: str = "html",
        *,
        width: int = 1280,
        scheme: str = "light",
        address: str = "",
        script: bool = True,
    ) -> Opened:
        file = tmp_path / f"{name}.html"
        file.write_bytes(find_report(name).write(result))
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script, locale="en-GB"
        )
        context.set_default_timeout(10_000)
        found = Opened(context.new_page())
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.on("dialog", lambda dialog: found.complaints.append(f"dialog {dialog.message}"))
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.goto(file.as_uri() + address)
        opened.append(found)
        return found

    yield render_and_open
    for one in opened:
        own = one.page.url.partition("#")[0]
        leaving = [url for url in one.requests if url.partition("#")[0] != own and not url.startswith("blob:")]
        one.page.context.close()
        assert (one.complaints, leaving) == ([], [])
