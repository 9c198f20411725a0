# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""axe-core finds nothing to complain about in the pages that Paddock writes (https://github.com/dequelabs/axe-core)."""

from importlib.resources import files

import msgspec
import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Show
from tests.e2e.pages import shop
from tests.engine.advice import shop_advice
from tests.engine.results import result

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which carries axe-core, is not installed")

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = "async () => (await axe.run()).violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`))"
everywhere = pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
)


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    page.evaluate(f"() => {{ {AXE} }}")
    found: list[str] = page.evaluate(RUN)
    return found


@everywhere
@pytest.mark.parametrize("name", ["html", "html-de"])
def test_the_report_in_all_its_states(name: str, scheme: str, width: int, show: Show) -> None:
    page = show(shop(), name, scheme=scheme, width=width).page
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert violations(page) == []
    page.locator("#query").fill("no such thing")
    page.locator("#table td.empty").wait_for()
    assert violations(page) == []
    page.locator("#clear").click()
    page.locator(".legend a").first.click()
    page.locator(".chip").wait_for()
    page.locator("#table tbody button").first.click()
    page.locator("dialog[open]").wait_for()
    assert violations(page) == []


@everywhere
@pytest.mark.parametrize("name", ["html", "html-de"])
def test_known_vulnerabilities(name: str, scheme: str, width: int, show: Show) -> None:
    found = result()
    page = show(msgspec.structs.replace(found, advice=shop_advice(found)), name, scheme=scheme, width=width).page
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert "CVE-2026-0001" in page.inner_text("main")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@everywhere
def test_an_inventory(scheme: str, width: int, show: Show) -> None:
    assert violations(show(result(evaluated=False), scheme=scheme, width=width).page) == []


@everywhere
def test_the_notice(scheme: str, width: int, show: Show) -> None:
    assert violations(show(result(), "notice-html", scheme=scheme, width=width).page) == []


def test_a_fault_would_be_found(show: Show) -> None:
    page = show(result()).page
    page.evaluate("document.querySelector('#query').closest('label').replaceWith(document.querySelector('#query'))")
    assert violations(page) != []
