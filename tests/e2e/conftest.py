# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reports in a browser: rendered, opened, and asked afterwards what they complained about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from paddock.engine.model.result import Result
from paddock.engine.reporter.reports import find_report
from tests.browsers import launched


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file: the tests of the hub have one of their own, and two do not go together."""
    with launched() as found:
        yield found


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
