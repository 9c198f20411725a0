# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an installed Paddock brings along for the hub, found in a wheel that is built and unpacked for this."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FINDS_ITS_FILES = """
from paddock.hub.operation.demo.story import EXAMPLES, folder, organisation, portfolio
plan = portfolio()
for product in plan.products:
    for release in product.releases:
        for one in release.handed_in:
            assert (folder() / one.file).exists(), one.file
            assert not one.advisories or list((folder() / one.advisories).iterdir()), one.advisories
for policy in plan.policies:
    for version in policy.versions:
        assert (folder() / version.file).is_file(), version.file
assert organisation().people
print(folder().name, folder() == EXAMPLES / "company")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "installed")
    return folder / "installed"


def test_the_demonstration_finds_its_files_in_an_installed_package(installed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FINDS_ITS_FILES], cwd=installed, env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["company", "False"]


def test_whoever_scans_an_environment_with_paddock_does_not_find_the_demonstration_in_it(installed: Path) -> None:
    scan = [sys.executable, "-m", "paddock", "scan", str(installed), "--format", "json"]
    done = subprocess.run(scan, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "pkg:pypi/paddock@" in done.stdout, done.stderr
    assert "espeak-ng" not in done.stdout
    assert "lumitronik" not in done.stdout


def test_pages_and_their_translations_are_in_it(installed: Path) -> None:
    hub = installed / "paddock" / "hub"
    assert (hub / "pages" / "templates" / "pages" / "base.html").is_file()
    assert list((hub / "pages" / "static" / "vendor").glob("htmx-*/htmx.min.js"))
    assert list(hub.glob("*/locale/de/LC_MESSAGES/django.mo"))
