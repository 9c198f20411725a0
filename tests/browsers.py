# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The browser that tests look through: the system's Chromium, driven by Playwright, without any network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@contextmanager
def launched() -> Iterator[Browser]:
    """PADDOCK_BROWSER, or a Chromium under one of its usual names; skips, saying so, where there is none.

    One at a time: Playwright allows no second one in a thread.
    """
    wanted = os.environ.get("PADDOCK_BROWSER")
    program = wanted or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed and PADDOCK_BROWSER is not set")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield found
        found.close()
