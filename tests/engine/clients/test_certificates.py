# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A registry whose certificate only the company's own authority vouches for."""

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from paddock.engine.clients.configuration.cargo import read_cargo
from paddock.engine.clients.configuration.npm import read_npm
from paddock.engine.clients.configuration.pip import read_pip
from paddock.engine.clients.failure import HttpError
from paddock.engine.clients.http import Access, HttpClient
from tests.engine.clients.machine import machine
from tests.engine.clients.server import Server

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl, which makes a certificate, is not here"
)
MAKE = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=registry"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself; its key lies beside it."""
    folder = tmp_path_factory.mktemp("tls")
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", folder / "ca.pem"]
    subprocess.run([*MAKE.split(), *named], check=True, capture_output=True)
    return folder / "ca.pem"


@pytest.fixture
def secure(authority: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, authority.with_name("key.pem"))
    with Server(context).running() as running:
        running.put("/a", "hello")
        yield running


def test_it_is_believed_by_what_the_settings_of_each_client_name(
    secure: Server, authority: Path, http: HttpClient, tmp_path: Path
) -> None:
    own = os.fspath(authority)
    accesses = [
        read_npm(machine(tmp_path, {".npmrc": f"cafile={own}\n"})).access,
        read_pip(machine(tmp_path, PIP_CERT=own)).access,
        read_cargo(machine(tmp_path, {".cargo/config.toml": f'[http]\ncainfo = "{own}"\n'})).access,
    ]
    assert [http.session(access).document(f"{secure.url}/a") for access in accesses] == [b"hello"] * 3


def test_it_is_believed_by_the_variable_that_counts_everywhere(
    secure: Server, authority: Path, http: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(authority))
    assert http.session(Access()).document(f"{secure.url}/a") == b"hello"


def test_otherwise_it_is_refused(secure: Server, http: HttpClient) -> None:
    with pytest.raises(HttpError, match="certificate verify failed"):
        http.session(Access()).document(f"{secure.url}/a")
    assert secure.asked == []
