# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""cdxgen, unchanged, makes a bill of materials and uploads it as it would to Dependency-Track."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

from paddock.hub.core.clock import now
from paddock.hub.products.models import Release
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import take_in
from tests.hub.api.callers import caller
from tests.hub.company import found

FOLDER = "CDXGEN_FOLDER"
"""Names the folder into which `npm install @cyclonedx/cdxgen` was done."""
SHOP = {"name": "shop", "version": "1.0.0", "dependencies": {"left": "^1.2.0"}}
LOCK = {
    "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": True,
    "packages": {
        "": SHOP,
        "node_modules/left": {"version": "1.2.3", "license": "MIT", "integrity": "sha512-" + "A" * 86 + "=="},
    },
}  # fmt: skip


@pytest.fixture
def cdxgen() -> Path:
    program = Path(os.environ.get(FOLDER, "")) / "node_modules" / ".bin" / "cdxgen"
    if not shutil.which("node") or not program.is_file():
        pytest.skip(f"no cdxgen: node is missing, or {FOLDER} names no folder with npm's @cyclonedx/cdxgen")
    return program.resolve()


@pytest.mark.django_db(transaction=True)
def test_cdxgen_uploads_and_the_hub_knows_what_it_found(cdxgen: Path, tmp_path: Path, live_server: Any) -> None:
    caches["process"].clear()
    company = found()
    project = tmp_path / "shop"
    project.mkdir()
    (project / "package-lock.json").write_text(json.dumps(LOCK))
    (project / "package.json").write_text(json.dumps({**SHOP, "license": "MIT"}))
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "NO_PROXY": "*", "FETCH_LICENSE": "false",
        "CDXGEN_TIMEOUT_MS": "60000",
    }  # fmt: skip
    done = subprocess.run(
        [
            str(cdxgen), "-t", "js", "--no-install-deps", "--server-url", live_server.url, "--api-key",
            caller(company, "colleague").secret, "--project-name", "shop", "--project-version", "1.0.0",
            "-o", str(tmp_path / "bom.json"), str(project),
        ],
        cwd=project, env=environment, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    release = Release.objects.select_related("product").get()
    assert (release.product.name, release.name) == ("shop", "1.0.0")
    take_in(intake_id=Intake.objects.get().pk, now=now())
    release.refresh_from_db()
    assert release.inventory is not None
    assert release.component_count == 1
