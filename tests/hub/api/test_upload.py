# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock scan --upload`: from the command line to a hub that runs on loopback."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

from paddock.cli.main import run_arguments
from paddock.hub.core.clock import now
from paddock.hub.products.models import Release
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import take_in
from tests.hub.api.callers import caller
from tests.hub.company import Company, found

pytestmark = pytest.mark.django_db(transaction=True)

PACKAGE = {"name": "shop", "version": "1.0.0", "license": "MIT", "dependencies": {}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "package.json").write_text(json.dumps(PACKAGE))
    return folder


@pytest.fixture
def everybody(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Company:
    caches["process"].clear()
    company = found()
    monkeypatch.setenv("PADDOCK_TOKEN", caller(company, "colleague").secret)
    return company


@pytest.fixture
def worker() -> Iterator[None]:
    """Reads what is handed in, as a worker would."""
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(0.1):
            for intake in Intake.objects.filter(state="waiting"):
                take_in(intake_id=intake.id, now=now())

    from django.db import connection

    def work_and_close() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=work_and_close)
    thread.start()
    yield
    ended.set()
    thread.join()


def test_the_result_is_handed_in_once_however_often_it_is_sent(
    everybody: Company, live_server: Any, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["analyze", str(project), "--upload", live_server.url, "--hub-product", "Shop", "--hub-release", "1.0"]
    assert run_arguments(command) == 0
    said = capsys.readouterr().err
    release = Release.objects.select_related("product").get()
    assert (release.product.name, release.name, release.product.unit_id) == ("Shop", "1.0", everybody.cockpit.id)
    assert f"Handed in for Shop 1.0: {live_server.url}/releases/{release.id}" in said
    assert Intake.objects.get().kind == "result"


def test_waiting_for_the_verdict_gives_its_exit_code(
    everybody: Company, live_server: Any, project: Path, worker: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_arguments(["scan", str(project), "-q", "--upload", live_server.url, "--wait", "--wait-seconds", "60"])
    release = Release.objects.select_related("product").get()
    assert (release.product.name, release.name) == ("shop", "main")
    assert code == {"compliant": 0, "not compliant": 1, "undecided": 2}[release.outcome]


@pytest.mark.parametrize(
    ("token", "said"),
    [("pdk_wrong", "refuses|valid"), ("", "PADDOCK_TOKEN"), ("pdk_\n", "PADDOCK_TOKEN|valid")],
)
def test_without_a_token_that_is_valid_the_error_says_what_to_do(
    everybody: Company, live_server: Any, project: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], token: str, said: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("PADDOCK_TOKEN", token)
    assert run_arguments(["analyze", str(project), "-q", "--upload", live_server.url]) in (2, 3)
    told = capsys.readouterr().err
    assert any(word in told for word in said.split("|"))
    assert not token.strip() or token.strip() not in told
    assert Intake.objects.count() == 0


@pytest.mark.parametrize(
    "url", ["ftp://x", "https://user:secret@hub.example", "https://hub.example?x=1", "hub", "https://["]
)
def test_addresses_that_are_no_hub(project: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PADDOCK_TOKEN", "pdk_x")
    assert run_arguments(["analyze", str(project), "--upload", url]) == 3


def test_options_that_belong_to_an_upload(project: Path) -> None:
    assert run_arguments(["scan", str(project), "--hub-product", "Shop"]) == 3


def test_what_the_hub_refuses_is_told_in_its_words(
    everybody: Company, live_server: Any, project: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("PADDOCK_TOKEN", caller(everybody, "auditor").secret)
    assert run_arguments(["analyze", str(project), "-q", "--upload", live_server.url]) == 3
    assert "upload for" in capsys.readouterr().err


def test_a_server_that_is_no_hub(
    everybody: Company, live_server: Any, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_arguments(["analyze", str(project), "-q", "--upload", f"{live_server.url}/nowhere"]) == 3
    assert "answers 404" in capsys.readouterr().err
