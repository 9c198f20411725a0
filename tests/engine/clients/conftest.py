# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of the clients share: a server, and a client that does not wait long."""

from collections.abc import Iterator

import pytest

from paddock.engine.clients.http import HttpClient, Limits
from tests.engine.clients.server import Server

QUICK = Limits(connect=5, read=5, tries=3, pause=0.01, longest_pause=0.05)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient(QUICK, user_agent="paddock/test")
    yield client
    client.close()
