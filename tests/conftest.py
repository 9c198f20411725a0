# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every test shares: a licence index and a cache of its own, and the folder of large external suites."""

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from hypothesis import settings

from paddock.engine.pipeline.license_database import build_from
from paddock.engine.scanner.licenses.default_index import PLACE, default_index
from paddock.engine.scanner.licenses.index import Index
from tests.license_data import write_archive

# The hub's settings for every test; the database is started by the first test that needs one (tests/hub/conftest.py).
os.environ["DJANGO_SETTINGS_MODULE"] = "paddock.hub.config.settings"
os.environ["PADDOCK_HUB_SECRET_KEY"] = "for tests only"
os.environ["PADDOCK_HUB_COMPANY"] = "Halden Mobility"
django.setup()

# Every run tries the same examples, so that a red run means a change; PADDOCK_FUZZ=1 looks for new ones. No deadline:
# machines that run tests are busy, and how long things take is measured in benchmarks/.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=2_000)
settings.load_profile("fuzz" if os.environ.get("PADDOCK_FUZZ") else "same")


@pytest.fixture(scope="session")
def license_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules of `tests/license_data.py`, packed like the published ones."""
    return write_archive(tmp_path_factory.mktemp("rules") / "rules.whl")


@pytest.fixture(scope="session", autouse=True)
def license_index_file(tmp_path_factory: pytest.TempPathFactory, license_archive: Path) -> Iterator[Path]:
    """The index of those rules. It and an empty cache stand in for what the user of this machine has."""
    folder = tmp_path_factory.mktemp("machine")
    file = folder / "licenses.index"
    build_from(license_archive, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, str(file))
        patch.setenv("PADDOCK_CACHE", str(folder / "cache"))
        yield file


@pytest.fixture(scope="session")
def license_index(license_index_file: Path) -> Index:
    """That index, opened."""
    return default_index()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with large external suites (PADDOCK_SHARED_DATA or ../shared/data); skips, saying so, where absent."""
    folder = Path(os.environ.get("PADDOCK_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"external test suites not present at {folder}")
    return folder
