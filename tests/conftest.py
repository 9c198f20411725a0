# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every test shares: the folder of large external suites, where one is present."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Every run tries the same examples, so that a red run means a change; PADDOCK_FUZZ=1 looks for new ones. No deadline:
# machines that run tests are busy, and how long things take is measured in benchmarks/.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=2_000)
settings.load_profile("fuzz" if os.environ.get("PADDOCK_FUZZ") else "same")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with large external suites (PADDOCK_SHARED_DATA or ../shared/data); skips, saying so, where absent."""
    folder = Path(os.environ.get("PADDOCK_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"external test suites not present at {folder}")
    return folder
