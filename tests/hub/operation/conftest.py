# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the hubs of these tests live."""

from pathlib import Path

import pytest

from tests.hub.places import place_for_server


@pytest.fixture
def home() -> Path:
    """An empty folder in which a database server may run."""
    return place_for_server()
