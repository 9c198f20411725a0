# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A real OpenID Connect provider on loopback, and somebody who signs in through it."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from django.http import HttpResponse
from django.test import Client

FOLDER = "OIDC_PROVIDER_FOLDER"
"""Names the folder into which `npm install oidc-provider` was done."""
HUB = "http://testserver"


@dataclass
class Directory:
    """The provider: whom it knows is in a file that each sign-in reads anew."""

    address: str
    file: Path

    def knows(self, **people: dict[str, Any]) -> None:
        self.file.write_text(json.dumps(people))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    """Starts the provider; skips, saying so, where node or the package is not there."""
    folder = os.environ.get(FOLDER, "")
    if not shutil.which("node") or not (Path(folder) / "node_modules" / "oidc-provider").is_dir():
        pytest.skip(f"no OIDC provider: node is missing, or {FOLDER} names no folder with npm's oidc-provider")
    port, file = free_port(), tmp_path_factory.mktemp("oidc") / "people.json"
    callback = f"{HUB}/accounts/oidc/company/login/callback/"
    script = Path(__file__).with_name("provider.mjs")
    command = ["node", str(script), str(port), str(file), callback]
    environment = {**os.environ, FOLDER: str(Path(folder).resolve())}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    ) as one:
        assert one.stdout is not None
        while "ready" not in (line := one.stdout.readline()):
            assert line, "the provider did not start"
        yield Directory(f"http://127.0.0.1:{port}", file)
        one.terminate()


@pytest.fixture
def directory(provider: Directory, settings: Any) -> Directory:
    """The provider as a configured directory of this hub."""
    app = {
        "provider_id": "company",
        "name": "Halden",
        "client_id": "hub",
        "secret": "a-secret-of-the-test",
        "settings": {"server_url": provider.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return provider


SignIn = Callable[..., tuple[Client, HttpResponse, list[str]]]


@pytest.fixture
def sign_in(directory: Directory) -> SignIn:
    """Signs somebody in as a browser would: the hub's client, the last answer, and every address passed on the way."""

    def through(who: str, client: Client | None = None) -> tuple[Client, HttpResponse, list[str]]:
        browser, hub = requests.Session(), client or Client()
        browser.trust_env = False
        answer = hub.post("/accounts/oidc/company/login/")
        passed = [answer["Location"]]
        while not passed[-1].startswith(HUB):
            page = browser.get(passed[-1], allow_redirects=False, timeout=10)
            if page.status_code == 200:  # the provider's own pages: who are you, may the hub know?
                form = {"prompt": "login", "login": who, "password": "any"}
                if 'value="consent"' in page.text:
                    form = {"prompt": "consent"}
                page = browser.post(page.url, data=form, allow_redirects=False, timeout=10)
            assert page.status_code in (302, 303), page.text[:500]
            passed.append(urljoin(passed[-1], page.headers["Location"]))
        parts = urlsplit(passed[-1])
        return hub, hub.get(f"{parts.path}?{parts.query}"), passed

    return through
