# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody who is told: a receiver on loopback."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.hub.webhooks.receiver import Receiver, receiver


@pytest.fixture
def hook(settings: Any) -> Iterator[Receiver]:
    """Keeps what it is sent; the hub may send into this machine while it is there."""
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as kept:
        yield kept
